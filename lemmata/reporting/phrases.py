"""Nodes that every page is made of: labels, verdict marks, formulas of parts, what is said once for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping

from lemmata.model import PartReport
from lemmata.reporting.formulas import Page
from lemmata.reporting.nodes import Column, Mark, Node, Paragraph, TableRow, Tone

TONES: Mapping[str, Tone] = {
    **dict.fromkeys(("verified", "proved", "proved-modulo", "checked", "consistent"), "good"),
    **dict.fromkeys(("empirical", "inconclusive", "not run", "unproved"), "open"),
    **dict.fromkeys(("failed", "refuted"), "bad"),
}
GROW = Column(grow=True)


OBSERVED = "an observation: no claim stands for it"


def marked(word: str, text: str = "") -> Mark:
    """A verdict's word with the tone that belongs to it."""
    return Mark(word, TONES.get(word, "plain"), text)


def labelled(label: str, text: str) -> list[Node]:
    """A labelled paragraph, or nothing where there is nothing to say."""
    return [Paragraph(text, label)] if text else []


def preamble(setting: str, page: Page, readings: Mapping[str, str], later: Container[str] = ()) -> list[Node]:
    """The setting, what the page quantifies over but for what is said ``later``, and what the symbols stand for."""
    return [
        *labelled("SETTING", setting),
        *page.declaration(but=later),
        *labelled("READING", "; ".join(f"{symbol} is {words}" for symbol, words in readings.items())),
    ]


def part_row(part: PartReport, page: Page, *status: Mark) -> TableRow:
    """A part's words and formula under its label; the formula alone where there are no words."""
    formula = page.formula(part.statement, part.latex) if part.statement else OBSERVED
    first, note = (part.words, formula) if part.words else (formula, "")
    return TableRow((f"({part.label})", first, *status), note)


def summary(words: Iterable[str], noun: str, plural: str = "") -> str:
    """``5 parts proved`` where all agree, otherwise ``5 parts: 4 proved, 1 empirical``."""
    counts = Counter(words)
    total = counts.total()
    nouns = f"{total} {noun}" if total == 1 else f"{total} {plural or f'{noun}s'}"
    if len(counts) == 1:
        return f"{nouns} {next(iter(counts))}"
    return f"{nouns}: {', '.join(f'{count} {word}' for word, count in counts.items())}"
