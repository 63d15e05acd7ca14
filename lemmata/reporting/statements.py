"""Reading aids for the kernel's texts: what a whole page declares is said once, not on every line.

A claim prints as ``for all n: nat, x: signs(n). if H then C`` and a mean as ``mean(x: signs(n), B)``. The sort that
a name has most often on a page moves into one line of symbols, and such a mean prints as ``E_x[B]``. Wherever that
could change what is said, the text stays as the kernel wrote it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from lemmata.reporting.derivatives import close, primed

_PREFIX = "for all "
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_']*")
_BINDER = re.compile(r"\b(sum|prod|mean)\(([A-Za-z_][A-Za-z0-9_']*): ")


def split(statement: str) -> tuple[dict[str, str], str]:
    """The declared variables with the texts of their sorts, and the rest of the statement."""
    if not statement.startswith(_PREFIX) or ". " not in statement:
        return {}, statement
    declared, body = statement.removeprefix(_PREFIX).split(". ", 1)
    pairs = [declaration.partition(": ") for declaration in _top_level(declared)]
    if not all(colon and _NAME.fullmatch(name) for name, colon, _ in pairs):
        return {}, statement
    return {name: sort for name, _, sort in pairs}, body


def symbols(found: Iterable[str]) -> dict[str, str]:
    """Every name that is declared or bound, in order of appearance, with the sort it has most often."""
    sorts: dict[str, Counter[str]] = {}
    for statement in found:
        for name, sort in _declarations(statement):
            sorts.setdefault(name, Counter())[sort] += 1
    return {name: counts.most_common(1)[0][0] for name, counts in sorts.items()}


def shortened(statement: str, common: Mapping[str, str]) -> str:
    """The statement without what ``common`` already says.

    A name that has another sort in this statement is declared here, and so is all that depends on it. A declared
    variable that the body does not mention free keeps the whole ``for all`` in sight: if its sort can be empty,
    the statement without it would say more than was proved.
    """
    declared, body = split(statement)
    known = usable(statement, common)
    free = set(declared) <= _mentioned(body, declared) - {name for name, _ in _bound(body)}
    return primed(_abbreviated(body if free and set(declared) <= set(known) else statement, known))


def usable(statement: str, common: Mapping[str, str]) -> dict[str, str]:
    """What of ``common`` holds in this statement: names that it does not declare otherwise, nor what they need."""
    other = {name for name, sort in _declarations(statement) if common.get(name) != sort}
    return {name: sort for name, sort in common.items() if not (_names(sort) | {name}) & other}


def conditional(statement: str) -> tuple[list[str], str]:
    """The hypotheses and the conclusion of ``if H; ... then C``; no hypotheses for any other text."""
    if not statement.startswith("if "):
        return [], statement
    found: list[str] = []
    depth, start = 0, 3
    for position, character in enumerate(statement):
        depth += (character in "([") - (character in ")]")
        if depth == 0 and statement.startswith("; ", position):
            found.append(statement[start:position])
            start = position + 2
        if depth == 0 and statement.startswith(" then ", position):
            return [*found, statement[start:position]], statement[position + 6 :]
    return [], statement


def grouped(common: Mapping[str, str]) -> str:
    """``n: nat; x, y: signs(n)``."""
    names: dict[str, list[str]] = {}
    for name, sort in common.items():
        names.setdefault(sort, []).append(name)
    return "; ".join(f"{', '.join(group)}: {sort}" for sort, group in names.items())


def _abbreviated(text: str, common: Mapping[str, str]) -> str:
    """``E_x[B]``, ``sum_e(B)``, ``prod_i(B)``; the last binder first, so that the places of the others stay."""
    taken = _names(text)
    for match in reversed(list(_BINDER.finditer(text))):
        kind, name = match.groups()
        short = f"E_{name}" if kind == "mean" else f"{kind}_{name}"
        sort = _sort(text, match)
        if common.get(name) != sort or short in taken:
            continue
        end = close(text, match.end())
        left, right = ("[", "]") if kind == "mean" else ("(", ")")
        body = text[match.end() + len(sort) + 2 : end]
        text = f"{text[: match.start()]}{short}{left}{body}{right}{text[end + 1 :]}"
    return text


def _declarations(statement: str) -> list[tuple[str, str]]:
    declared, body = split(statement)
    return [*declared.items(), *_bound(body)]


def _bound(text: str) -> list[tuple[str, str]]:
    return [(match[2], _sort(text, match)) for match in _BINDER.finditer(text)]


def _sort(text: str, binder: re.Match[str]) -> str:
    return _top_level(text[binder.end() : close(text, binder.end())])[0]


def _names(text: str) -> set[str]:
    return set(_NAME.findall(text))


def _mentioned(body: str, declared: Mapping[str, str]) -> set[str]:
    """The declared names in the body, and those that the sorts of these depend on."""
    seen: set[str] = set()
    waiting = _names(body) & set(declared)
    while waiting:
        name = waiting.pop()
        seen.add(name)
        waiting |= (_names(declared[name]) & set(declared)) - seen
    return seen


def _top_level(text: str) -> list[str]:
    """Split at commas outside all parentheses."""
    parts, depth, start = list[str](), 0, 0
    for position, character in enumerate(text):
        depth += (character in "([") - (character in ")]")
        if character == "," and depth == 0:
            parts.append(text[start:position].strip())
            start = position + 1
    return [*parts, text[start:].strip()]
