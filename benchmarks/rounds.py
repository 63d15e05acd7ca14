"""Candidates side by side: each once a round, in alternating order, and ratios within the round.

What disturbs a machine disturbs neighbours in time alike, so that a ratio is steadier than either time.
"""

from __future__ import annotations

import resource
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from statistics import median
from time import perf_counter, process_time
from typing import Any

LEAST = 0.02  # seconds that one measurement takes at least


def children_time() -> float:
    """The processor time of the processes that this one has started and seen end."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


CLOCKS = {"cpu": process_time, "wall": perf_counter, "children": children_time}


@dataclass(frozen=True)
class Target:
    """``of`` is to take at least (with ``most`` at most) so many times as long as ``over``; told alone without."""

    of: str
    over: str
    ratio: float | None = None
    most: bool = False


@dataclass(frozen=True)
class Case:
    """One workload at one size: what is run, by which clock, and what is expected of the ratios.

    With ``returned`` the numbers are those that the candidates return, and no times.
    """

    name: str
    candidates: Mapping[str, Callable[[], Any]]
    targets: tuple[Target, ...] = ()
    clock: str = "cpu"
    rounds: int = 5
    returned: bool = False


@dataclass(frozen=True)
class Ratio:
    """The median and the range of the per-round ratios of two candidates."""

    of: str
    over: str
    median: float
    low: float
    high: float
    target: str = ""
    met: bool | None = None


@dataclass(frozen=True)
class Result:
    """Median milliseconds of every candidate (or what it returned), and the ratios that the case asks for."""

    workload: str
    case: str
    clock: str
    rounds: int
    milliseconds: dict[str, float] | None
    ratios: list[Ratio] = field(default_factory=list)
    returned: dict[str, float] | None = None

    def document(self) -> dict[str, Any]:
        return asdict(self)


def measure(workload: str, case: Case) -> Result:
    """Run all candidates of a case; the first run of each, which may load or compile, is not measured."""
    clock = CLOCKS[case.clock]
    repeats = {name: 1 if case.returned else _repeats(run, clock) for name, run in case.candidates.items()}
    seconds: dict[str, list[float]] = {name: [] for name in case.candidates}
    for turn in range(case.rounds):
        order = list(case.candidates) if turn % 2 == 0 else list(case.candidates)[::-1]
        for name in order:
            run = case.candidates[name]
            seconds[name].append(run() if case.returned else _timed(run, repeats[name], clock))
    ratios = [
        _ratio(target, seconds) for target in case.targets if {target.of, target.over} <= seconds.keys()
    ]
    middle = {name: median(found) for name, found in seconds.items()}
    times = None if case.returned else {name: 1e3 * value for name, value in middle.items()}
    found = middle if case.returned else None
    return Result(workload, case.name, case.clock, case.rounds, times, ratios, found)


def _timed(run: Callable[[], Any], repeats: int, clock: Callable[[], float]) -> float:
    start = clock()
    for _ in range(repeats):
        run()
    return (clock() - start) / repeats


def _repeats(run: Callable[[], Any], clock: Callable[[], float]) -> int:
    run()
    once = _timed(run, 1, clock)
    return max(1, min(1000, round(LEAST / max(once, 1e-6))))


def _ratio(target: Target, seconds: Mapping[str, list[float]]) -> Ratio:
    found = [a / b for a, b in zip(seconds[target.of], seconds[target.over], strict=True)]
    middle = median(found)
    if target.ratio is None:
        return Ratio(target.of, target.over, middle, min(found), max(found))
    met = middle <= target.ratio if target.most else middle >= target.ratio
    said = f"{'<=' if target.most else '>='} {target.ratio:g}"
    return Ratio(target.of, target.over, middle, min(found), max(found), said, met)
