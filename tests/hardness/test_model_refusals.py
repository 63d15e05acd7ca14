"""Everything that a model of the user's own is refused for: one line each, which names the file."""

import pickle
from dataclasses import replace
from functools import partial

import numpy
import pytest
from click.testing import CliRunner

from cli import program
from lemmata.model import LemmataError
from lemmata.running import Experiment, tally
from lemmata.sampling import AssumptionViolated, Stream
from numerics.hardness import parity_gradient as twin
from numerics.hardness._model import Model, load_model


def stream(label="model"):
    return Stream.keyed(0, "model", label)


BAD = {
    "raises": (
        "def factory(n):\n    raise ValueError('of no\\nuse')",
        r"factory\(9\) raised ValueError: of no use$",
    ),
    "exits": ("import sys\ndef factory(n):\n    sys.exit(0)", r"factory\(9\) raised SystemExit: 0"),
    "takes nothing": ("def factory():\n    pass", r"raised TypeError: factory\(\) takes 0 positional"),
    "broken file": ("def factory(n:", r"own\.py cannot be run: SyntaxError"),
    "file raises": ("def factory(n): pass\n1 / 0", r"own\.py cannot be run: ZeroDivisionError"),
    "missing function": ("def other(n): pass", r"own\.py has no function factory"),
    "no function": ("factory = 3  # def ", r"own\.py has no function factory"),
    "nothing": ("def factory(n): pass", r"factory\(9\) returned None, not gradients or"),
    "a number": ("def factory(n): return 3", r"factory\(9\) returned 3, not gradients or"),
    "three things": ("def factory(n): return max, 1, 2", r"returned \(<built-in function max>, 1, 2\), not"),
    "gradients raise": ("s / 0 @ 1", r"gradients\(signs of shape \(8, 9\)\) raised"),
    "a vector": ("numpy.ones(len(s))", r"shape \(8,\) for 8 inputs, not \(8, p\)"),
    "a tensor": ("numpy.ones((len(s), 2, 2))", r"shape \(8, 2, 2\)"),
    "other N": ("numpy.ones((3, 2))", r"shape \(3, 2\) for 8 inputs"),
    "no coordinates": ("numpy.ones((len(s), 0))", r"shape \(8, 0\)"),
    "a changing p": ("numpy.ones((len(s), len(s)))", "1 gradient coordinates, and 8 before"),
    "nan": ("s * numpy.nan", "returned the value nan"),
    "inf": ("s / numpy.inf + numpy.inf", "returned the value inf"),
    "squares overflow": ("s * 1e200", r"returned the value -?1e\+200, not a number whose square"),
    "complex": ("s * 1j", "complex128 values, not real"),
    "bools": ("s > 0", "bool values, not real"),
    "strings": ("s.astype(str)", "values, not real"),
    "objects": ("[[None]] * len(s)", "object values, not real"),
    "a mapping": ("{'w': s}", "object values, not real"),
    "ragged": ("[[1], [1, 2]] * 4", "raised ValueError"),
    "mutates": ("numpy.negative(s, out=s)", "changed the signs"),
    "random": (
        "numpy.random.default_rng().normal(size=(len(s), 2))",
        "two calls of gradients on the same signs",
    ),
    "batch": ("s - s.mean(axis=0)", "depends on the other inputs of the call"),
    "position": ("s * numpy.arange(len(s))[:, None]", "depends on the other inputs of the call"),
    "too wide": (
        "numpy.zeros((len(s), 2**20 + 1))",
        "1048577 gradient coordinates are too many: at most 1048576",
    ),
    "out of memory": ("numpy.zeros((len(s), 2**55))", "raised .*MemoryError"),
}


@pytest.mark.parametrize(("source", "message"), BAD.values(), ids=BAD)
def test_a_bad_factory_is_one_line(named, source, message):
    name = named(source)
    with pytest.raises(LemmataError, match=message) as caught, numpy.errstate(all="ignore"):
        next(twin.rows(stream(), numpy, n=9, model=name))
    text = str(caught.value)
    assert "own.py" in text and "\n" not in text


@pytest.mark.parametrize(
    "bound",
    [
        "-1",
        "0",
        "float('nan')",
        "float('inf')",
        "'large'",
        "True",
        "1j",
        "[1]",
        "10**5000",
        "1e-200",
        "1e200",
    ],
)
def test_a_bound_is_a_positive_number(named, bound):
    with pytest.raises(
        LemmataError, match=r"own\.py:factory: the bound on \|g\| is a positive number .*, not "
    ):
        load_model(named("s", bound), 9, stream())


@pytest.mark.parametrize(
    "bound", ["3", "numpy.float32(3)", "numpy.int64(3)", "__import__('fractions').Fraction(3)"]
)
def test_a_bound_may_be_any_real_number(named, bound):
    assert load_model(named("s", bound), 9, stream()).bound == 3.0


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere.py:factory", "there is no file nowhere.py"),
        ("nowhere.py", "a model is named FILE.py:FUNCTION, not 'nowhere.py'"),
        (":factory", "a model is named"),
        ("own.py:", "a model is named"),
        ("own.py:a b", "a model is named"),
    ],
)
def test_another_name_is_refused(monkeypatch, tmp_path, name, message):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(LemmataError, match=message):
        next(twin.rows(stream(), numpy, n=9, model=name))


@pytest.mark.parametrize(
    "source",
    [
        "while True: pass  # def ",
        "def factory(n):\n    while True: pass",
        "def factory(n):\n    def gradients(s):\n        while True: pass\n    return gradients",
    ],
)
def test_code_that_never_ends_is_ended(named, monkeypatch, source):
    monkeypatch.setenv("LEMMATA_PATIENCE", "0.2")
    with pytest.raises(LemmataError, match=r"own\.py: .* did not finish within 0\.2 s \(LEMMATA_PATIENCE"):
        next(twin.rows(stream(), numpy, n=9, model=named(source)))


@pytest.mark.parametrize(
    ("n", "message"),
    [(0, r"1\.\.1000 inputs, not 0"), (1001, r"not 1001"), (21, "declares no bound: beyond 20")],
)
def test_other_numbers_of_inputs_are_refused(named, n, message):
    with pytest.raises(LemmataError, match=message):
        next(twin.rows(stream(), numpy, n=n, model=named("s * 1.0")))


def test_a_cube_that_would_take_hours_is_refused(named):
    model = load_model(named("numpy.ones((len(s), 2049))"), 20, stream())
    with pytest.raises(
        LemmataError, match=r"2049 gradient coordinates on 2\^20 inputs .* at most 2048 parameters"
    ):
        next(model.coordinates(numpy))
    assert next(replace(model, n=4).coordinates(numpy)).shape == (2**4,)


# Longer than the bound only where the first three inputs are -1, which eight inputs may well miss.
LONGER = "numpy.where((s[:, :3] < 0).all(axis=1), 2.0, 1.0)[:, None] * numpy.ones((1, 4))"


def test_a_model_that_breaks_its_bound_violates_an_assumption(named):
    broken = r"^assumption violated: .*own\.py:factory gave a gradient of length {}, above the bound {} that"
    with pytest.raises(AssumptionViolated, match=broken.format(3, 2)):
        load_model(named("s", "2"), 9, stream())
    seen = partial(pytest.raises, AssumptionViolated, match=broken.format(4, 2))
    model = Model(
        "own.py:factory", 9, 4, lambda s: eval(LONGER, {"numpy": numpy, "s": s}), 2.0, tuple(range(5))
    )
    with seen():
        list(model.coordinates(numpy))
    with seen():
        model.mean_products(stream("draw"), 4)


def test_a_bound_broken_in_a_shard_is_told_once(named):
    """Ten of 30 inputs must be -1 for it: the model is long gone from where it was tried."""
    name = named("numpy.where((s[:, :10] < 0).all(axis=1), 2.0, 1.0)[:, None]", "1")
    experiment = Experiment(f"module:{twin.__name__}", {"n": 30, "far": 1, "model": name}, key="own")
    with pytest.raises(
        AssumptionViolated, match=r"^assumption violated: .*length 2, above the bound 1"
    ) as caught:
        tally(experiment, "model-sampled", 1024)
    text = str(caught.value)
    assert text.count("assumption violated") == 1
    assert str(pickle.loads(pickle.dumps(caught.value))) == text


@pytest.mark.parametrize("source", ["1 +  # def ", "def factory(n): raise ValueError('no')", "s * numpy.nan"])
def test_the_command_says_one_line_and_exits_with_2(named, source):
    done = CliRunner().invoke(program, ["check", "parity-gradient", "-p", f"model={named(source)}"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ") and done.stderr.count("\n") == 1 and "own.py" in done.stderr
