r"""The LaTeX of statements shortened as their texts are: what the whole page says is not said on every line.

The LaTeX of a claim reads ``\forall n \in \mathbb{N}.\quad \mathrm{if}\ H;\ H\ \mathrm{then}\ C``, without what is
missing.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from lemmata.reporting import statements
from lemmata.reporting.latex_symbols import symbol
from lemmata.reporting.nodes import Mathematics, Node, Paragraph

FORALL, DECLARED, IF, AND, THEN = r"\forall ", r".\quad ", r"\mathrm{if}\ ", r";\ ", r"\ \mathrm{then}\ "


@dataclass(frozen=True, slots=True)
class Page:
    """What the whole page declares: the sort of every name as text, and what LaTeX follows a name of a sort."""

    common: Mapping[str, str]
    memberships: Mapping[str, str]

    def formula(self, statement: str, latex: str) -> Mathematics:
        """A statement without what the page says already."""
        text = statements.shortened(statement, self.common)
        if latex.startswith(FORALL) and not text.startswith("for all "):
            latex = latex.partition(DECLARED)[2]
        return Mathematics(text, _bound(latex, statements.usable(statement, self.common), self.memberships))

    def declaration(self, label: str = "FOR ALL", but: Container[str] = ()) -> list[Node]:
        """The symbols of the page, ``but`` for some, under a label; nothing where there are none."""
        found = {name: sort for name, sort in self.common.items() if name not in but}
        return [Paragraph(statements.grouped(found), label, latex=self._declared(found))] if found else []

    def _declared(self, found: Mapping[str, str]) -> str:
        names: dict[str, list[str]] = {}
        for name, sort in found.items():
            names.setdefault(sort, []).append(symbol(name))
        if not set(names) <= set(self.memberships):
            return ""
        return AND.join(f"{', '.join(group)}{self.memberships[sort]}" for sort, group in names.items())


def _bound(latex: str, common: Mapping[str, str], memberships: Mapping[str, str]) -> str:
    """The LaTeX without the sets of bound variables that the whole page declares."""
    for name, sort in common.items():
        below = symbol(name) + memberships.get(sort, "")
        latex = latex.replace(rf"\mathbb{{E}}_{{{below}}}", rf"\mathbb{{E}}_{{{symbol(name)}}}")
        for sign in (r"\sum", r"\prod"):
            latex = latex.replace(rf"{sign}_{{{below}}}", rf"{sign}_{{{symbol(name)}}}")
    return latex


def conclusion(latex: str) -> str:
    """What a conditional statement concludes."""
    depth = 0
    for position, character in enumerate(latex):
        depth += (character in "([{") - (character in ")]}")
        if depth == 0 and latex.startswith(THEN, position):
            return latex[position + len(THEN) :]
    return latex
