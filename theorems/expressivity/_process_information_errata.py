"""Where the source of process-information says it of processes that draw nothing too.

A program with its input and its stopping time describes its result: K(result) <= K(all of these) + O(1).
"""

from __future__ import annotations

from collections.abc import Iterator

from lemmata.proof import Comparison, Erratum

STEPS = 10_000


def short_process() -> Iterator[Comparison]:
    """1, then times 3, ten thousand times: eight characters say the process, its input and when it stops."""
    described = f"3**{STEPS}"
    result = 1
    for _ in range(STEPS):
        result *= 3
    yield Comparison(f"the result less {described}", result - 3**STEPS, "=", 0)
    yield Comparison(
        "bits of that description, and of the result", 8 * len(described), "<", result.bit_length()
    )


errata = (
    Erratum(
        "result-of-a-process",
        "LinTegmarkRolnick2017, as summarised",
        "the result of a generative process contains much more information than the process",
        "imprecise",
        "of a process that draws: m fair draws add at most m bits; without draws the result has no more entropy, of "
        "order two, than the input",
        "b",
        short_process,
    ),
)
