"""Evidence: the four kinds, the width of a tolerance, and what is refused."""

import math
from dataclasses import replace

import pytest

from lemmata.model import LemmataError
from lemmata.running import Experiment, Serial, effective_tolerance, evidence

ALPHA = 1e-6
LAW = """
    from lemmata.model import Row

    def rows(rng, xp):
        def coin(probability):
            return lambda stream, size: stream.uniform(size) < probability

        def point(k, **more):
            return Row(name=f"p{k}", quantity="power", at={"k": k}, part="a", kind="mean-equals",
                       relative=0.25, sampler=coin(0.5 * 2.0**-k), support=(0, 1), lattice=1,
                       abscissa=k, scale=0.5, samples=2**18)

        points = tuple(point(k) for k in (1, 2, 3))
        yield points[0]
        yield Row(name="law", quantity="slope", at={}, part="a", kind="scaling-law", tolerance=0.1,
                  points=points)
        yield Row(name="most", quantity="power", at={"k": 1}, part="a", kind="mean-at-most", relative=0.1,
                  sampler=coin(0.25), support=(0, 1), lattice=1, samples=2**16)
        yield Row(name="ranked", quantity="power", at={"k": 1}, part="a", kind="rank", value=3)
"""


def predict(quantity, at):
    return {
        "zero": 0,
        "half": at.get("weight", 0) / 2,
        "power": 0.5 * 2.0 ** -at.get("k", 0),
        "slope": -math.log(2),
    }[quantity]


def shifted(by):
    return lambda quantity, at: predict(quantity, at) + by


class Counting(Serial):
    """Counts the units it was asked for."""

    units = 0

    def map(self, work, units):
        self.units += len(units)
        return super().map(work, units)


def verdicts(experiment, row, *shifts, **options):
    return [evidence(experiment, row, shifted(by), ALPHA, **options).verdict for by in shifts]


def test_a_mean_is_consistent_refuted_or_inconclusive(twin):
    experiment = twin()
    row = experiment.row("signs")
    many = verdicts(experiment, row, 0, samples=2**15)
    assert many == ["consistent"]
    wide = replace(row, tolerance=0.01)
    assert verdicts(experiment, wide, 0, samples=2**8) == ["inconclusive"]
    assert verdicts(experiment, wide, 0.4, -0.4, samples=2**15) == ["refuted"] * 2


def test_a_bound_is_one_sided(twin):
    experiment = twin(LAW)
    row = experiment.row("most")
    assert verdicts(experiment, row, 0, 0.5, -0.1) == ["consistent", "consistent", "refuted"]


def test_a_scaling_law_is_judged_by_its_slope(twin):
    experiment = twin(LAW)
    row = experiment.row("law")
    assert verdicts(experiment, row, 0, 0.25, -0.5) == ["consistent", "refuted", "refuted"]
    seen = evidence(experiment, row, predict, ALPHA)
    assert seen.lower <= -math.log(2) <= seen.upper
    assert seen.n == 3 * 2**18


def test_an_exact_row_spends_no_error(twin):
    experiment = twin()
    row = experiment.row("value")
    seen = evidence(experiment, row, predict, ALPHA)
    assert (seen.verdict, seen.alpha, seen.detectable) == ("consistent", 0.0, None)
    assert verdicts(experiment, row, 1e-9) == ["refuted"]


def test_evidence_says_what_was_done(twin):
    experiment = twin(seed=3)
    row = experiment.row("reals")
    seen = evidence(experiment, row, predict, ALPHA, samples=2**14)
    assert seen.point == row.at
    assert seen.tolerance == pytest.approx(0.1 * seen.predicted)
    assert seen.lower < seen.estimate < seen.upper
    # The statistic is uniform, so its standard deviation is known; 8.35 is the constant at this alpha.
    assert seen.detectable == pytest.approx(8.35 * row.at["weight"] * 12**-0.5 / 2**7, rel=0.3)
    assert (seen.n, seen.seed, seen.backend, seen.alpha, seen.grade) == (2**14, 3, "numpy", ALPHA, "valid")


def test_points_that_are_rows_are_drawn_once(twin):
    experiment, executor, shared = twin(LAW), Counting(), {}
    for name in ("p1", "law"):
        evidence(experiment, experiment.row(name), predict, ALPHA, executor, tallies=shared)
    assert executor.units == 3 * 4
    assert set(shared) == {"p1", "p2", "p3"}


@pytest.mark.parametrize("kind", ["mean-equals", "mean-at-most"])
def test_a_tolerance_wider_than_a_quarter_is_refused(twin, kind):
    row = replace(twin().row("reals"), kind=kind)
    assert effective_tolerance(replace(row, relative=0.2, tolerance=0.05), 1.0) == 0.25
    for relative, tolerance in [(0.26, 0), (0.2, 0.06), (0, 0.3)]:
        with pytest.raises(LemmataError, match=r"row 'reals': its tolerance .* exceeds a quarter"):
            effective_tolerance(replace(row, relative=relative, tolerance=tolerance), -1.0)
    assert effective_tolerance(replace(row, relative=0, tolerance=0.3), 0.0) == 0.3
    assert effective_tolerance(replace(row, kind="exact", relative=0, tolerance=0.3), 1.0) == 0.3


def test_the_tolerance_rule_holds_for_scaling_laws(twin):
    experiment = twin(LAW)
    with pytest.raises(LemmataError, match="row 'law': its tolerance"):
        evidence(experiment, replace(experiment.row("law"), tolerance=0.2), predict, ALPHA)


@pytest.mark.parametrize("prediction", [math.nan, math.inf, None, "many", 10**400])
def test_a_prediction_that_is_no_number_is_refused(twin, prediction):
    experiment = twin()
    with pytest.raises(LemmataError, match=r"row 'signs': the prediction .* of zero is no finite number"):
        evidence(experiment, experiment.row("signs"), lambda *_: prediction, ALPHA)


def test_a_kind_without_a_rule_is_refused(twin):
    experiment = twin(LAW)
    with pytest.raises(LemmataError, match="row 'ranked': there is no rule of decision for the kind rank"):
        evidence(experiment, experiment.row("ranked"), predict, ALPHA)


def test_faults_beneath_name_the_row(twin):
    experiment = twin()
    with pytest.raises(LemmataError, match=r"^row 'value': a tolerance must be finite"):
        evidence(experiment, replace(experiment.row("value"), tolerance=-1.0), predict, ALPHA)


def test_the_parity_gradient_experiment_is_told_from_its_variants():
    """The spectra without their theorem: true predictions hold, half the decay and the variants do not."""
    known = ("second_moment", "variance", "log_slope", "gradient", "character_inner_product")

    def parity(quantity, at):
        mean = 2.0 ** -at["n"] * float(at["grad_sq"]) if "grad_sq" in at else 0.0
        return {
            "second_moment": mean,
            "variance": mean - 4.0 ** -at.get("n", 0) * at.get("grad_sq_at_ones", 0.0),
            "log_slope": -math.log(2),
            "gradient": at.get("bias", 0.0) - at.get("signal", 0.0),
            "character_inner_product": at.get("differing") == 0,
        }[quantity]

    experiment, shared = Experiment("module:numerics.hardness.parity_gradient", {"n": 8}, key="claim"), {}
    rows = [row for row in experiment.rows() if row.quantity in known]
    assert {row.quantity for row in rows} == set(known)
    for row in rows:
        seen = evidence(experiment, row, parity, ALPHA, tallies=shared)
        assert seen.verdict == ("consistent" if row.variant is None else "refuted"), row.name
    law = experiment.row("decay")
    half = evidence(experiment, law, lambda *_: -math.log(2) / 2, ALPHA, tallies=shared)
    assert half.verdict == "refuted"
    variance = experiment.row("variance-tanh")
    moment_only = evidence(experiment, variance, lambda _, at: 2.0 ** -at["n"] * at["grad_sq"], ALPHA)
    assert moment_only.verdict == "refuted"
