"""W2 and W3: rows that sample, beside what would be written with floats, and what either says after the same time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import count
from time import process_time
from typing import Any

import numpy

from benchmarks import peers
from benchmarks.rounds import Case, Target
from benchmarks.routes import on_numpy
from lemmata.model import Row
from lemmata.sampling import CELLS, Layer, Stream, bin_counts, layer
from lemmata.statistics import Tally
from numerics.hardness._layer import BLOCK, GROUP, INPUTS, PAIRS, WIDTH, draw_layer, layer_row, products
from numerics.hardness._network import characters, draw_network
from numerics.hardness._sampled import INPUTS as CUBE_INPUTS
from numerics.hardness._sampled import moment_row, pairs_of

RNG = numpy.random.default_rng(0)
# How long a row is drawn before one looks how much it says, and the error that is allowed then.
SECONDS, ALPHA = 0.25, 1e-6
# Enough samples that what is done once does not count.
SAMPLES = 2**18


# W2: the row of a layer, sampled ----------------------------------------------------------------------------


def gradients() -> Iterator[Case]:
    n, subset = INPUTS, [0, 1, 2]
    for width in (WIDTH, 4 * WIDTH):
        inner, bias = draw_layer(Stream.keyed(0, "benchmarks", f"layer {width}"), width, n)
        units = layer(inner, bias)
        single = inner.astype(numpy.float32)
        x = RNG.choice(numpy.array([-1.0, 1.0], dtype=numpy.float32), size=(2**14, n))
        own = partial(_products, units)
        runs: dict[str, Callable[[], Any]] = {
            "packed signs": own,
            "the same without numba": on_numpy(own),
            "choice and floats": partial(peers.gradient_by_floats, RNG, SAMPLES, inner, bias, subset),
            "choice and floats in groups": partial(
                peers.products_by_floats, RNG, SAMPLES, inner, bias, BLOCK, GROUP
            ),
            "two matrix products alone": lambda x=x, w=single: [
                (x @ w.T).T @ x for _ in range(SAMPLES >> 14)
            ],
        }
        if torch := peers.installed("torch"):
            runs["torch autograd"] = peers.gradient_by_autograd(
                torch, SAMPLES, single, bias.astype(numpy.float32), subset
            )
        targets = (
            Target("choice and floats", "packed signs", 25.0),
            Target("torch autograd", "packed signs", 15.0),
            Target("two matrix products alone", "packed signs", 3.0),
            Target("choice and floats in groups", "packed signs"),
            Target("choice and floats in groups", "the same without numba"),
        )
        yield Case(f"n = {n}, width {width}, 2^18 inputs", runs, targets)


def _products(units: Layer) -> Any:
    return products(units, Stream.keyed(0, "benchmarks", "W2"), SAMPLES // GROUP)


# W3: shards of rows -----------------------------------------------------------------------------------------


def means() -> Iterator[Case]:
    """Whole shards of rows as a run makes them, and how far off the mean may still be when a time has passed."""
    net = draw_network(Stream.keyed(0, "benchmarks", "net"), 6, "tanh")
    moment, table = moment_row(net, numpy), pairs_of(net, numpy).products.reshape(2**net.n, -1)
    drawn = partial(peers.pair_means, RNG, table, characters(net.n, numpy), CUBE_INPUTS)
    yield from _row_cases(moment, "integers and tables", drawn)
    inner, bias = draw_layer(Stream.keyed(0, "benchmarks", "layer"), WIDTH, INPUTS)
    gates = layer_row(Stream.keyed(0, "benchmarks", "layer"))

    def by_floats(size: int) -> Any:
        return peers.products_by_floats(RNG, size * GROUP, inner, bias, BLOCK, GROUP) / PAIRS

    yield from _row_cases(gates, "choice and floats in groups", by_floats)


def _row_cases(row: Row, peer: str, sample: Callable[[int], Any]) -> Iterator[Case]:
    """The row's own sampler with and without numba, and ``sample(size)`` in its place."""
    sampler, other = row.sampler, replace(row, sampler=lambda stream, size: sample(size))
    assert sampler
    shards = {"numba": partial(_counted, row, 0), "NumPy": on_numpy(partial(_counted, row, 0))}
    runs = shards | {peer: partial(_counted, other, 0)}
    targets = (Target("NumPy", "numba", 4.0), Target(peer, "numba", 4.0))
    yield Case(f"a shard of {row.name}", runs, targets)
    widths = {
        "numba": partial(_width, row),
        "NumPy": on_numpy(partial(_width, row)),
        peer: partial(_width, other),
    }
    told = (Target("NumPy", "numba"), Target(peer, "numba"))
    yield Case(f"{row.name}, interval after {SECONDS:g} s", widths, told, returned=True)


def _counted(row: Row, shard: int) -> Any:
    """A shard drawn, evaluated, rounded and counted."""
    stream = Stream.keyed(0, "benchmarks", row.name, shard)
    assert row.sampler and row.support
    return bin_counts(row.sampler(stream, row.shard), row.support, None, stream.spawn("rounding"))


def _width(row: Row) -> float:
    """Half of the confidence sequence's length when as many shards are counted as this processor has time for."""
    start, shards = process_time(), count()
    counts = _counted(row, next(shards)).counts
    while process_time() - start < SECONDS:
        counts += _counted(row, next(shards)).counts
    assert row.support
    low, high = Tally(numpy.arange(CELLS + 1) / CELLS, counts, row.support, 1 / CELLS).interval(ALPHA)
    return (high - low) / 2
