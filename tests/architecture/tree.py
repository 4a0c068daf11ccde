"""The project as these tests see it: which files are the product's, which are tests, which are anybody's."""

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("config.py", "wsgi.py", "intake", "migrations")
TESTS = ("tests",)


def files(root: Path, names: tuple[str, ...], suffix: str) -> Iterator[Path]:
    """Give the files of these names, or under these folders, that end so; nothing that was built."""
    for name in names:
        start = root / name
        found = [start] if start.is_file() else sorted(start.rglob("*"))
        built = {"__pycache__", "node_modules", "build"}
        yield from (
            path
            for path in found
            if path.is_file() and path.suffix == suffix and not built & set(path.relative_to(root).parts)
        )


def kept(root: Path = ROOT) -> list[Path]:
    """Give every file that git does not ignore, whether or not this is a clone."""
    lines = (root / ".gitignore").read_text(encoding="utf-8").splitlines()
    ignored = [".git", *(line for line in lines if line and not line.startswith("#"))]
    found: list[Path] = []
    folders = [root]
    while folders:
        for path in sorted(folders.pop().iterdir()):
            if not any(_matches(path.relative_to(root), pattern) for pattern in ignored):
                (folders if path.is_dir() else found).append(path)
    return found


def _matches(place: Path, pattern: str) -> bool:
    name = place.as_posix() if pattern.startswith("/") else place.name
    return fnmatch(name, pattern.strip("/"))


def words(path: Path) -> str:
    """Give a file's text, and nothing for a picture."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""
