"""The console script `intake`: finds the command asked for, runs it, and says what went wrong in one line."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module, metadata
from pathlib import Path
from pkgutil import iter_modules
from typing import cast

from intake import cli
from intake.cli import Command
from intake.errors import IntakeError

_DESCRIPTION = "Pass It On: from a school's concern about a child to the people whose duty it is."
_EPILOG = "'intake COMMAND --help' says what a command does, what it needs and what it prints."
_REFUSED = 2
_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 done, 1 a check failed, 2 refused or not understood."""
    words = sys.argv[1:] if argv is None else list(argv)
    parser, commands = _parser(words)
    args = parser.parse_args(words)
    if args.command is None:
        parser.print_help()
        return _REFUSED
    try:
        done = commands[args.command].run(args)
        sys.stdout.flush()
    except IntakeError as error:
        sys.stderr.write(f"intake: {_sentence(error)}\n")
        return _REFUSED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever was reading (`| head`) has read enough; Python must not complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return done


def _parser(words: Sequence[str]) -> tuple[argparse.ArgumentParser, dict[str, Command]]:
    parser = argparse.ArgumentParser(prog="intake", description=_DESCRIPTION, epilog=_EPILOG)
    parser.add_argument("--version", action="version", version=f"intake {metadata.version('pass-it-on')}")
    listed = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    commands: dict[str, Command] = {}
    for module in _modules(words):
        before = set(listed.choices)
        module.register(listed)
        commands.update(dict.fromkeys(set(listed.choices) - before, module))
    return parser, commands


def _modules(words: Sequence[str]) -> list[Command]:
    """Load only the command asked for, when it is one: the others' imports would be waiting for nothing."""
    names = sorted({found.name for found in iter_modules(cli.__path__)} - {Path(__file__).stem})
    asked = [name for name in names if name in words[:1]]
    modules = [import_module(f"{cli.__name__}.{name}") for name in asked or names]
    return [cast("Command", module) for module in modules if hasattr(module, "register")]


def _sentence(error: IntakeError) -> str:
    return " ".join((str(error) or type(error).__doc__ or type(error).__name__).split())


if __name__ == "__main__":
    sys.exit(main())
