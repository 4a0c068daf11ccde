"""Modules read with every mutant of theirs inside, of which one process makes one come true."""

import importlib
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

from mutmut.mutation import trampoline
from mutmut.mutation.file_mutation import mutate_file_contents

from tests.support.mutants import ROOT, Group

_SEEING = "stats"


class Mutated(SourceFileLoader):
    """Reads one module with its mutants inside."""

    def __init__(self, name: str, path: str, ran: set[str]) -> None:
        super().__init__(name, path)
        made = mutate_file_contents(path, Path(path).read_text(encoding="utf-8"))
        self._code, self._ran = made.code, ran
        #: Each mutant by its whole name, and a mark of the function it is one of.
        self.mutants = {
            f"{name}.{mutant}": made.hash_by_function_name[_function(mutant)] for mutant in made.mutant_names
        }
        #: The functions that run when the module is read.
        self.at_once: set[str] = set()

    def get_code(self, _fullname: str) -> CodeType:
        """Compile what mutmut made of the module."""
        return compile(self._code, self.path, "exec")

    def exec_module(self, module: ModuleType) -> None:
        """Read the module, and remember what ran meanwhile."""
        before = set(self._ran)
        super().exec_module(module)
        self.at_once |= self._ran - before


class Mutating:
    """Finds the modules of a group for whoever imports them; stands before whatever else finds modules."""

    def __init__(self, group: Group) -> None:
        self._group = group
        self.loaders: dict[str, Mutated] = {}
        #: The functions that ran since this was emptied.
        self.ran: set[str] = set()
        trampoline.set_mutant_under_test(_SEEING)
        trampoline.record_trampoline_hit = lambda name, **_: self.ran.add(name)
        sys.meta_path.insert(0, self)

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find a module of the group, to be read with its mutants; of others nothing is known here."""
        if not self._group.holds(name):
            return None
        found = PathFinder.find_spec(name, path, target)
        if found is None or found.origin is None:
            return found
        if name not in self.loaders:
            self.loaders[name] = Mutated(name, found.origin, self.ran)
        found.loader = self.loaders[name]
        return found

    def read_all(self) -> None:
        """Read every module of the group, also those no test has asked for."""
        for path in sorted((ROOT / "intake").rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(part for part in parts if part != "__init__")
            if self._group.holds(name):
                importlib.import_module(name)

    def become(self, mutant: str) -> None:
        """Make a mutant come true in this process; what runs when its module is read runs again."""
        trampoline.set_mutant_under_test(mutant)
        module = mutant.rpartition(".")[0]
        if _function(mutant) in self.loaders[module].at_once:
            importlib.reload(sys.modules[module])


def _function(mutant: str) -> str:
    return mutant.rpartition("__mutmut_")[0]
