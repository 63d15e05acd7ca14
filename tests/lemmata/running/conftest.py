"""Twins written to files."""

import textwrap

import pytest

from lemmata.running import Experiment

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


@pytest.fixture
def twin(tmp_path):
    """A function from the text of a twin to its experiment."""

    def write(text=SIGNS, name="twin", **fields):
        path = tmp_path / f"{name}.py"
        path.write_text(textwrap.dedent(text))
        return Experiment(f"file:{path}", **{"key": str(path)} | fields)

    return write
