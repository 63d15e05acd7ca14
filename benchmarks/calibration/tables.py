"""The tables of docs/calibration.md: each is a header and rows, measured anew with fixed seeds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial

from scipy import stats

from benchmarks.calibration import alarms, coins, identity, sampled, scheduling
from benchmarks.calibration.laws import coin, four_laws
from lemmata.running import Prefix
from lemmata.statistics import decide_mean_at_most, decide_mean_equals

Rows = list[tuple[str, ...]]
ALPHA_RUN, ALPHA = 1e-3, 1e-6
FRACTIONS = [0.5, 0.71, 0.85, 1.0]
RUNS, LOOKS = 10_000, 2000
# A rule that errs with probability alpha exceeds this many alarms once in 100,000 repetitions.
LIMIT = int(stats.binom.isf(1e-5, RUNS, ALPHA_RUN))


def powers(exponents: list[int]) -> list[int]:
    return [2**k for k in exponents]


def rate(number: float) -> str:
    return f"{number:.3g}"


def capital() -> Rows:
    half, one = Fraction(1, 2), Fraction(1)
    rules = {
        "mean of the bets, half of the capital on each side": identity.two_sided(24, half, half),
        "all of the capital on each side": identity.two_sided(24, half, one),
        "sum of the bets in place of their mean": identity.two_sided(24, half, half, identity.total),
        "best bet in place of their mean": identity.two_sided(24, half, half, max),
        "both: best bet, all of the capital on each side, after 10 samples": identity.two_sided(
            10, half, one, max
        ),
    }
    return [
        ("rule", "mean capital"),
        *((name, f"{float(mean):.5g}") for name, mean in rules.items()),
    ]


def null_runs() -> Rows:
    rows: Rows = [("law", "runs", "looks each", "alarms", "limit", "alarms of a z test")]
    for law in four_laws().values():
        mine, usual = (
            str(alarms.null_alarms(law, RUNS, LOOKS, ALPHA_RUN, rule))
            for rule in (alarms.alarmed, alarms.peeked)
        )
        rows.append((law.name, str(RUNS), str(LOOKS), mine, str(LIMIT), usual))
    return rows


def true_rate() -> Rows:
    lengths = powers([10, 12, 14, 16, 18])
    header = ("law", "alpha", *(f"{length:,} looks" for length in lengths))
    return [
        header,
        *(
            (coin(p).name, rate(alpha), *map(rate, alarms.exact_rates(p, lengths, alpha)))
            for alpha in (ALPHA_RUN, ALPHA)
            for p in (0.5, 0.01)
        ),
    ]


def reweighted() -> Rows:
    looks, paths = 2**12, 20 * 74
    rows: Rows = [("law", "looks", "paths", "rate", "standard error", "exact")]
    for law in four_laws().values():
        estimate, error = alarms.reweighted_rate(law, looks, ALPHA, paths)
        exact = rate(alarms.exact_rates(law.mean, [looks], ALPHA)[0]) if law.values.size == 2 else "-"
        rows.append((law.name, f"{looks:,}", f"{paths:,}", rate(estimate), rate(error), exact))
    return rows


def planted() -> Rows:
    rows: Rows = [("law", "samples", "how", *(f"{fraction:g} of it" for fraction in FRACTIONS))]
    for p, n in ((0.5, 2**16), (0.01, 2**24)):
        for side, words in ((1, "too large"), (-1, "too small")):
            chances = [coins.found(p, n, fraction, side, ALPHA) for fraction in FRACTIONS]
            rows.append((coin(p).name, f"{n:,}", f"exact, {words}", *map("{:.3f}".format, chances)))
    runs, n = 1000, 2**14
    for name in ("uniform", "Beta(10, 30)"):
        count = sampled.found_in_runs(four_laws()[name], n, FRACTIONS, runs, ALPHA)
        chances = [count[fraction] / runs for fraction in FRACTIONS]
        rows.append((name, f"{n:,}", f"{runs} runs", *map("{:.3f}".format, chances)))
    return rows


def printed() -> Rows:
    cases = [(0.5, 2**6), (0.5, 2**16), (0.01, 2**10), (0.01, 2**16), (0.001, 2**16), (1e-5, 2**20)]
    rows: Rows = [("claim", "samples", "prediction too large", "prediction too small")]
    for p, n in cases:
        found = [f"{coins.found_as_printed(p, n, side, ALPHA):.3f}" for side in (1, -1)]
        rows.append((f"mean of a {coin(p).name}", f"{n:,}", *found))
    for n in powers([8, 10]):
        found = [f"{coins.law_found_as_printed(n, side, ALPHA):.3f}" for side in (1, -1)]
        rows.append(("slope between coins 1/2 and 1/4", f"{n:,} each", *found))
    return rows


def edges() -> Rows:
    """Verdicts where the truth lies at the very edge of what is claimed, at alpha = 0.05."""
    alpha, looks, slope = 0.05, [16, 64, 256], -coins.LOG2
    rows: Rows = [("claim", "truth", "refuted", "consistent")]

    def add(claim: str, truth: str, chances: Mapping[str, float]) -> None:
        rows.append((claim, truth, rate(chances["refuted"]), rate(chances["consistent"])))

    def ever(decide: coins.Decide, p: float) -> dict[str, float]:
        return {
            verdict: coins.chance_ever(decide, verdict, p, looks) for verdict in ("refuted", "consistent")
        }

    for predicted, tolerance in ((0.5, 0.25), (0.3, 0.2)):
        equals = partial(decide_mean_equals, predicted=predicted, tolerance=tolerance, alpha=alpha)
        for p in (predicted - tolerance, predicted + tolerance):
            add(f"mean = {predicted:g} +- {tolerance:g}", f"{p:g}", ever(equals, p))
    at_most = partial(decide_mean_at_most, bound=0.3, tolerance=0.2, alpha=alpha)
    for p in (0.3, 0.5):
        add("mean <= 0.3, tolerance 0.2", f"{p:g}", ever(at_most, p))
    for side in (-1, 1):
        claimed, tolerance = slope + side * 0.5 * coins.LOG2, 0.5 * coins.LOG2
        chances = coins.law_chances(1024, claimed, tolerance, alpha)
        add(f"slope = {claimed:.3f} +- {tolerance:.3f}", f"{slope:.3f}", chances)
    return rows


def schedules() -> Rows:
    runs, flips, rows = 2000, 512, [("workers", "what is looked at", "runs", "alarms")]
    for workers in (1, 8, 64):
        for joining, words in (
            (Prefix, "the contiguous prefix"),
            (scheduling.CompletionOrder, "whatever has finished"),
        ):
            alarmed = scheduling.false_alarms(joining, runs, flips, workers, ALPHA_RUN)
            rows.append((str(workers), words, str(runs), str(alarmed)))
    return rows


TABLES: dict[str, Callable[[], Rows]] = {
    "capital": capital,
    "null-runs": null_runs,
    "true-rate": true_rate,
    "reweighted": reweighted,
    "planted": planted,
    "printed": printed,
    "edges": edges,
    "schedules": schedules,
}
