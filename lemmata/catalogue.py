"""The catalogue is the two trees: a theorem and the experiment with the same path are a pair, and the path is the id.

Packs add trees of their own. Everything is read as text: nothing here imports, parses or runs a theorem.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lemmata import packs
from lemmata.model import LemmataError

ROOT = Path(__file__).resolve().parent.parent
THEOREMS, NUMERICS = "theorems", "numerics"
# What stands for a pack in the longer names of lemmata's own theorems.
OWN = "lemmata"
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
    def qualified(self) -> str:
        """``PACK:ID``, or ``lemmata:ID`` for lemmata's own."""
        return f"{self.pack or OWN}:{self.id}"

    @property
    def kept(self) -> str:
        """What a finished run is kept by: the id of a pack or of a user's file may be that of a theorem here."""
        return ".".join(filter(None, (self.pack, self.id))) if self.module else f"files/{self.id}"

    @property
    def single_file(self) -> bool:
        """Whether the lemma and its experiment can see each other."""
        return self.twin == self.theorem


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All theorems in the order of theme and id, and everything that is wrong with the two trees."""

    entries: tuple[Entry, ...]
    problems: tuple[str, ...]

    def names(self) -> tuple[str, ...]:
        """What each entry is asked for by: its id, or ``PACK:ID`` where several have that id."""
        counts = Counter(entry.id for entry in self.entries)
        return tuple(entry.id if counts[entry.id] == 1 else entry.qualified for entry in self.entries)

    def find(self, name: str) -> Entry:
        """The theorem of an id or of ``PACK:ID``.

        Raises LemmataError with the nearest ids, or naming all owners of one id.
        """
        found = [entry for entry in self.entries if name in (entry.id, entry.qualified)]
        if len(found) > 1:
            raise LemmataError(_duplicate(name, found))
        if not found:
            raise LemmataError(f"there is no theorem {name!r}{self._nearest(name)}")
        return found[0]

    def _nearest(self, name: str) -> str:
        from difflib import get_close_matches

        known = [entry.qualified if ":" in name else entry.id for entry in self.entries]
        near = get_close_matches(name if ":" in name else name.replace("_", "-"), known, cutoff=0.5)
        return f": did you mean {' or '.join(near)}?" if near else "; the command list shows all of them"


def scan(root: Path | None = None) -> Catalogue:
    """The pairs below ``root``; where none is given, lemmata's own and those of every installed pack.

    A file ``_name.py`` is a companion, not a pair. A pack that cannot be read is a problem, never an error.
    """
    entries, problems = _pairs(root or ROOT)
    for pack in () if root else packs.declared():
        try:
            found, faults = _pairs(packs.home(pack, THEOREMS, NUMERICS), pack)
        except Exception as error:  # finders and file systems of others: whatever they raise is one line
            found, faults = [], [f"the pack {pack} is broken: {' '.join(str(error).split())}"]
        entries, problems = entries + found, problems + faults
    entries.sort(key=_order)
    return Catalogue(tuple(entries), (*problems, *_duplicates(entries)))


def find(target: str, root: Path | None = None) -> Entry:
    """The theorem of an id or ``PACK:ID``, of a path ``./file.py``, or of one lemma in it, ``./file.py::id``.

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
    taken = {str(entry.theorem): entry.qualified for entry in owners}
    said = " and ".join(f"{qualified} ({path})" for path, qualified in taken.items())
    apart = len(set(taken.values())) == len(taken)
    advice = "these longer names tell them apart" if apart else "only their paths tell them apart"
    return f"the id {name} is taken twice: {said}; {advice}"


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
