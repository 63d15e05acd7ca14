"""Twins written to files."""

import textwrap

import pytest

from lemmata.running import Experiment, Keeper, Store, keeping, tallies

SIGNS = """
    from lemmata.model import Row

    def rows(rng, xp, *, n: int = 3):
        weight = float(rng.uniform(1)[0])

        def signs(stream, size):
            return stream.signs(size, n).prod(axis=1)

        def reals(stream, size):
            return weight * stream.uniform(size)

        at = {"n": n, "weight": weight}
        common = dict(at=at, part="a", kind="mean-equals", shard=2**8, samples=5 * 2**8)
        yield Row(name="signs", quantity="zero", sampler=signs, support=(-1, 1), lattice=2,
                  tolerance=0.1, **common)
        yield Row(name="reals", quantity="half", sampler=reals, support=(0.0, weight), relative=0.1, **common)
        value = weight / 2
        yield Row(name="value", quantity="half", at=at, part="a", kind="exact", value=value, relative=1e-12)
"""

LEMMA = '''"""The product of two fair signs has mean zero."""

from lemmata.model import Row
from lemmata.proof import Part, Quantity, Theorem, claim, eq, mean, sign

x, y = sign("x"), sign("y")
theorem = Theorem(
    setting="x and y independent fair signs",
    parts=(Part("a", "Mean zero.", claim((), eq(mean(x, mean(y, x * y)), 0))),),
    quantities=(Quantity("product_mean", "E[x y]", {}, lambda: 0), Quantity("slope", "none", {}, lambda: 0)),
)


def derive(proof):
    proof.conclude("a", "sum", because="sum over the four cases")


def rows(rng, xp):
    def product(stream, size):
        s = stream.signs(size, 2)
        return s[:, 0] * s[:, 1]

    def coin(stream, size):
        return stream.uniform(size) < 0.5

    def row(name, sampler=product, low=-1.0, **more):
        return Row(name=name, quantity="product_mean", at={}, part="a", kind="mean-equals", support=(low, 1.0),
                   lattice=1.0 - low, sampler=sampler, tolerance=0.2, samples=16 * 2**8, shard=2**8, **more)

    yield row("first")
    yield row("second")
    points = tuple(row(f"p{k}", coin, 0.0, abscissa=k, scale=0.5) for k in (1, 2))
    yield Row(name="law", quantity="slope", at={}, part="a", kind="scaling-law", tolerance=1.0, points=points)
'''


@pytest.fixture
def twin(tmp_path):
    """A function from the text of a twin to its experiment."""

    def write(text=SIGNS, name="twin", **fields):
        path = tmp_path / f"{name}.py"
        path.write_text(textwrap.dedent(text))
        return Experiment(f"file:{path}", **{"key": str(path)} | fields)

    return write


@pytest.fixture
def keep(tmp_path, monkeypatch):
    """A function that runs something with a keeper, of quick rows too, and gives its result and the keeper."""
    monkeypatch.setattr(keeping, "SECONDS", 0.0)

    def run(work, name="shards", whole=False, notice=print, alone=False):
        with Store(tmp_path / name, notice, alone) as store:
            keeper = Keeper(store, notice, whole)
            return work(keeper), keeper

    return run


@pytest.fixture
def trusting(monkeypatch):
    """No kept shard is drawn again, so that those which are drawn can be told."""
    monkeypatch.setattr(tallies, "sample", lambda kept: [])


@pytest.fixture
def lemma(tmp_path, monkeypatch):
    """A lemma with two sampled rows and a law over two more in a file of the working directory: its path."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(keeping, "SECONDS", 0.0)
    monkeypatch.setenv("LEMMATA_NO_STORE", "0")
    (tmp_path / "lemma.py").write_text(LEMMA)
    return "./lemma.py"
