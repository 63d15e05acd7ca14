"""The catalogue is the two trees: a theorem and the experiment with the same path are a pair, and the path is the id.

Packs add trees of their own: an installed distribution names the package that holds them as an entry point in the
group ``lemmata.theorems``. Everything is read as text: nothing here imports, parses or runs a theorem.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lemmata.model import LemmataError

ROOT = Path(__file__).resolve().parent.parent
THEOREMS, NUMERICS = "theorems", "numerics"
GROUP = "lemmata.theorems"
_HEAD = 4096
_TITLE = re.compile(
    r"""\A(?:\s*(?:\#[^\n]*)?\n)*   # empty lines and comments
        \s*[rRuU]?(?P<quote>\"{3}|'{3}|"|')\s*
        (?P<title>[^\n]*?)\s*(?:\n|(?P=quote))""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A theorem and its twin, found but not loaded.

    ``twin`` is None for a theorem without one, and the theorem's own file where one file holds both. ``module``
    is the dotted path inside the two trees, empty for a user's file; ``selector`` is the ``id`` of
    ``file.py::id``; ``pack`` is the package that holds the trees, empty for lemmata's own.
    """

    id: str
    theme: str
    title: str
    theorem: Path
    twin: Path | None
    module: str = ""
    selector: str = ""
    pack: str = ""

    @property
    def theorem_source(self) -> str:
        """``module:theorems.hardness.parity_gradient`` or ``file:/path/to/theorem.py``."""
        return f"module:{self._inside(THEOREMS)}" if self.module else f"file:{self.theorem}"

    @property
    def twin_source(self) -> str:
        """``module:numerics.hardness.parity_gradient`` or ``file:/path/to/twin.py``.

        Raises LemmataError for a theorem without a twin.
        """
        if self.twin is None:
            raise LemmataError(
                f"{self.id} has no experiment: {NUMERICS}/{self.theme}/{self.theorem.name} is missing"
            )
        return f"module:{self._inside(NUMERICS)}" if self.module else f"file:{self.twin}"

    def _inside(self, tree: str) -> str:
        return ".".join(filter(None, (self.pack, tree, self.module)))

    @property
    def single_file(self) -> bool:
        """Whether the lemma and its experiment can see each other."""
        return self.twin == self.theorem


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All theorems in the order of theme and id, and everything that is wrong with the two trees."""

    entries: tuple[Entry, ...]
    problems: tuple[str, ...]

    def find(self, name: str) -> Entry:
        """The theorem of that id; raises LemmataError with the nearest ids, or naming both owners of one id."""
        found = [entry for entry in self.entries if entry.id == name]
        if len(found) > 1:
            raise LemmataError(_duplicate(name, found))
        if not found:
            raise LemmataError(f"there is no theorem {name!r}{self._nearest(name)}")
        return found[0]

    def _nearest(self, name: str) -> str:
        from difflib import get_close_matches

        near = get_close_matches(name.replace("_", "-"), [entry.id for entry in self.entries], cutoff=0.5)
        return f": did you mean {' or '.join(near)}?" if near else "; the command list shows all of them"


def scan(root: Path | None = None) -> Catalogue:
    """The pairs below ``root``; where none is given, lemmata's own and those of every installed pack.

    A file ``_name.py`` is a companion, not a pair. A pack that cannot be read is a problem, never an error.
    """
    entries, problems = _pairs(root or ROOT)
    for pack in () if root else _packs():
        try:
            found, faults = _pairs(_home(pack), pack)
        except Exception as error:  # finders and file systems of others: whatever they raise is one line
            found, faults = [], [f"the pack {pack} is broken: {' '.join(str(error).split())}"]
        entries, problems = entries + found, problems + faults
    entries.sort(key=_order)
    return Catalogue(tuple(entries), (*problems, *_duplicates(entries)))


def find(target: str, root: Path | None = None) -> Entry:
    """The theorem of an id, of a path ``./file.py``, or of one lemma in it, ``./file.py::id``.

    Raises LemmataError for an unknown id or a path that is no readable file.
    """
    path, colons, selector = target.partition("::")
    if path.endswith(".py") or os.sep in path:
        return _from_path(Path(path), selector, root)
    if colons:
        raise LemmataError(
            f"{target!r}: ::ID names a lemma of a file, FILE.py::ID, and {path!r} is no such file"
        )
    return scan(root).find(target)


def title(path: Path) -> str:
    """The first line of the docstring, read as text; empty if there is none."""
    with path.open(encoding="utf-8", errors="replace") as file:
        match = _TITLE.match(file.read(_HEAD))
    return match["title"] if match else ""


def _pairs(root: Path, pack: str = "") -> tuple[list[Entry], list[str]]:
    theorems, twins = _files(root / THEOREMS), _files(root / NUMERICS)
    entries = [_entry(key, path, twins.get(key), pack) for key, path in theorems.items()]
    return entries, [*_orphans(theorems, twins, f"{root}/" if pack else ""), *_untitled(entries)]


def _files(tree: Path) -> dict[tuple[str, str], Path]:
    return {
        (path.parent.name, path.stem): path
        for path in sorted(tree.glob("*/*.py"))
        if not path.name.startswith("_")
    }


def _entry(key: tuple[str, str], theorem: Path, twin: Path | None, pack: str) -> Entry:
    theme, slug = key
    try:
        words = title(theorem)
    except OSError:
        words = ""
    return Entry(_id(slug), theme, words, theorem, twin, module=f"{theme}.{slug}", pack=pack)


def _packs() -> list[str]:
    """The packages that installed distributions declare in the group, each once.

    Importing importlib.metadata takes half as long as all of ``list``, so its files are read here; as there, the
    first distribution of a name on sys.path hides the others.
    """
    files: dict[str, Path] = {}
    for folder in dict.fromkeys(sys.path):
        for file in _metadata(Path(folder)):
            files.setdefault(file.parent.name.removesuffix(".egg-info").partition("-")[0].lower(), file)
    return list(dict.fromkeys(package for file in files.values() for package in _declared(file)))


def _metadata(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob("*-info/entry_points.txt"))
    except (
        OSError
    ):  # a folder of sys.path that this user may not enter: Python imports nothing from it either
        return []


def _declared(file: Path) -> Iterator[str]:
    """The values of one distribution's entry points in the group, without extras."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:  # a distribution that is just being removed
        return
    section = ""
    for line in map(str.strip, text.splitlines() if GROUP in text else ()):
        if line.startswith("["):
            section = line.strip("[] ")
        elif section == GROUP and "=" in line and line[0] not in "#;":
            yield line.partition("=")[2].partition("[")[0].strip()


def _home(pack: str) -> Path:
    """The folder of a package that holds both trees, found without running any of it."""
    from importlib.util import find_spec

    top, *inner = pack.split(".")
    spec = find_spec(top) if all(name.isidentifier() for name in (top, *inner)) else None
    if spec is None:
        raise LemmataError("there is no such package")
    for place in spec.submodule_search_locations or ():
        home = Path(place, *inner)
        if (home / THEOREMS).is_dir() and (home / NUMERICS).is_dir():
            return home
    raise LemmataError(f"it has no folders {THEOREMS}/ and {NUMERICS}/")


def _id(slug: str) -> str:
    return slug.replace("_", "-")


def _order(entry: Entry) -> tuple[str, str]:
    return entry.theme, entry.id


def _orphans(theorems: Iterable[tuple[str, str]], twins: Iterable[tuple[str, str]], inside: str) -> list[str]:
    alone, unasked = set(theorems) - set(twins), set(twins) - set(theorems)
    lines = [
        *(f"theorems/{a}/{b}.py has no experiment: numerics/{a}/{b}.py is missing" for a, b in sorted(alone)),
        *(f"numerics/{a}/{b}.py has no theorem: theorems/{a}/{b}.py is missing" for a, b in sorted(unasked)),
    ]
    return [f"{inside}{line}" for line in lines]


def _untitled(entries: Iterable[Entry]) -> list[str]:
    return [
        f"{e.theorem}: the first line of its docstring is its title, and none can be read"
        for e in entries
        if not e.title
    ]


def _duplicates(entries: Iterable[Entry]) -> list[str]:
    counts = Counter(entry.id for entry in entries)
    return [
        _duplicate(name, [e for e in entries if e.id == name]) for name, count in counts.items() if count > 1
    ]


def _duplicate(name: str, owners: Iterable[Entry]) -> str:
    return f"the id {name} is taken twice: {' and '.join(str(entry.theorem) for entry in owners)}"


def _from_path(path: Path, selector: str, root: Path | None) -> Entry:
    if not os.path.isfile(path):
        raise LemmataError(f"{path} is not a file" if os.path.exists(path) else f"there is no file {path}")
    own = [entry for entry in scan(root).entries if entry.theorem.resolve() == path.resolve()]
    return own[0] if own and not selector else _user_file(path.resolve(), selector)


def _user_file(path: Path, selector: str) -> Entry:
    """A user's file holds theorem and experiment, unless it stands in a tree of theorems beside one of numerics."""
    theme, tree = path.parent, path.parent.parent
    twin = tree.parent / NUMERICS / theme.name / path.name
    paired = tree.name == THEOREMS and twin.is_file()
    try:
        words = title(path)
    except OSError as error:
        raise LemmataError(f"{path} cannot be read: {error.strerror}") from error
    name, home = selector or _id(path.stem), theme.name if paired else ""
    return Entry(name, home, words, path, twin if paired else path, selector=selector)
