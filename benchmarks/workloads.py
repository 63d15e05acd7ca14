"""The workloads: own routes, what users would pick, and the limit of the machine, at sizes that show them."""

from __future__ import annotations

import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import numpy

from benchmarks import peers
from benchmarks.rounds import Case, Target
from lemmata.sampling import Stream, compiled, moments, walsh_hadamard
from lemmata.sampling.gates import Layer, gate_sums, layer
from lemmata.sampling.kronecker import kronecker
from numerics.hardness._network import Network, output
from numerics.hardness._sampled import moment_row

ROOT = Path(__file__).resolve().parent.parent
RNG = numpy.random.default_rng(0)
# Enough samples that what is done once does not count.
SAMPLES = 2**18


def on_numpy(run: Callable[[], Any]) -> Callable[[], Any]:
    """The same without numba."""

    def plain() -> Any:
        found, compiled.ready = compiled.ready, lambda: False  # pyright: ignore[reportAttributeAccessIssue]
        try:
            return run()
        finally:
            compiled.ready = found

    return plain


def on_threads(run: Callable[[], Any], workers: int) -> Callable[[], Any]:
    """The same on so many threads."""

    def several() -> Any:
        found, compiled.threads = compiled.threads, lambda: workers
        try:
            return run()
        finally:
            compiled.threads = found

    return several


# W1: the exact Walsh spectrum -------------------------------------------------------------------------------


def spectra() -> Iterator[Case]:
    yield _spectrum(12, "float64")
    for n in (16, 20, 24):
        yield from (_spectrum(n, dtype) for dtype in ("float32", "float64"))
    yield _spectrum(26, "float32")
    values = RNG.random(2**24, dtype=numpy.float32)
    run = partial(walsh_hadamard, values)
    yield Case(
        "n = 24 float32, threads",
        {"1 thread": on_threads(run, 1), "2 threads": on_threads(run, 2)},
        (Target("1 thread", "2 threads", 1.5),),
        clock="wall",
    )


def _spectrum(n: int, dtype: str) -> Case:
    values = RNG.random(2**n).astype(dtype)
    out = values.copy()
    runs: dict[str, Callable[[], Any]] = {"matrix products": lambda: kronecker(values, n, numpy)}
    if compiled.ready() and n >= 14:
        from lemmata.sampling.compiled import hadamard

        runs["numba"] = on_threads(partial(walsh_hadamard, values), 1)
        runs["numba, no allocation"] = on_threads(lambda: hadamard.walsh_hadamard(values, out, n), 1)
    if n < 26:
        runs["NumPy butterfly"] = partial(peers.butterfly, values)
    if n <= 12:
        from scipy.linalg import hadamard

        matrix = hadamard(2**n, dtype=values.dtype)
        runs["scipy.linalg.hadamard"] = lambda: matrix @ values
    if fht := peers.installed("fht_cpu"):
        runs["fht_cpu"] = lambda: fht.fht(values, inplace=False)
    if n < 26 and (torch := peers.installed("torch")):
        runs["torch butterfly"] = peers.torch_butterfly(torch, values)
    runs["one sweep"] = lambda: numpy.negative(out, out=out)
    # A sweep is an in-place pass over the data; within the caches it says nothing of memory.
    sweeps = (5.0 if dtype == "float32" else 6.0) if n >= 24 else None
    large = (
        Target("NumPy butterfly", "numba", 30.0),
        Target("numba", "fht_cpu", 1.0 if n <= 20 else 1.1, most=True),
        Target("numba, no allocation", "one sweep", sweeps, most=True),
        Target("NumPy butterfly", "matrix products", 3.0),
        Target("torch butterfly", "numba"),
    )
    small = (Target("scipy.linalg.hadamard", "matrix products"), Target("NumPy butterfly", "matrix products"))
    return Case(f"n = {n} {dtype}", runs, large if n >= 16 else small)


# W1b: a network on the whole cube ---------------------------------------------------------------------------


def networks() -> Iterator[Case]:
    n, width = 20, 32
    inner, bias, outer = (
        RNG.standard_normal((width, n)),
        RNG.standard_normal(width),
        RNG.standard_normal(width),
    )
    net = Network(n, "relu", tuple(map(tuple, inner.tolist())), tuple(bias.tolist()), tuple(outer.tolist()))
    single = [part.astype(numpy.float32) for part in (inner, bias, outer)]
    low, high = (RNG.standard_normal((width, 2**k)).astype(numpy.float32) for k in (12, n - 12))
    row = numpy.empty((2 ** (n - 12), 2**12), dtype=numpy.float32)
    runs: dict[str, Callable[[], Any]] = {
        "half-cube tables": partial(output, net, numpy),
        "the same without numba": on_numpy(partial(output, net, numpy)),
        "chunked sgemm": lambda: peers.network_by_products(n, *single),
        "sums of tables alone": lambda: [
            numpy.add(a[None, :], b[:, None], out=row) for a, b in zip(low, high, strict=True)
        ],
    }
    yield Case(f"n = {n}, width {width}", runs, (Target("chunked sgemm", "half-cube tables", 15.0),))


# W2: the gradient's correlation with a parity, sampled ------------------------------------------------------


def gradients() -> Iterator[Case]:
    n, subset = 32, [1, 4, 9]
    index = sum(1 << i for i in subset)
    for width in (32, 128):
        inner, bias = RNG.standard_normal((width, n)), RNG.standard_normal(width)
        units = layer(inner.astype(numpy.float32), bias.astype(numpy.float32))
        x = RNG.choice(numpy.array([-1.0, 1.0], dtype=numpy.float32), size=(2**14, n))
        single = inner.astype(numpy.float32)
        runs: dict[str, Callable[[], Any]] = {
            "packed signs": partial(_packed, units, index),
            "the same without numba": on_numpy(partial(_packed, units, index)),
            "choice and floats": partial(peers.gradient_by_floats, RNG, SAMPLES, inner, bias, subset),
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
        )
        yield Case(f"n = {n}, width {width}, 2^18 samples", runs, targets)


def _packed(units: Layer, subset: int) -> Any:
    stream = Stream.keyed(0, "benchmarks", "W2")
    return gate_sums(units, stream.packed_signs(SAMPLES, units.n), subset)


# W3: means of samples ---------------------------------------------------------------------------------------


def integrand(u: Any) -> Any:
    return u * (1.0 - u)


def means() -> Iterator[Case]:
    size = 2**23

    def own() -> Any:
        return moments(integrand, Stream.keyed(0, "benchmarks", "W3"), size)

    runs: dict[str, Callable[[], Any]] = {
        "one pass": on_threads(own, 1),
        "the same without numba": on_numpy(own),
        "chunked NumPy": partial(peers.streamed_moments, RNG, size, integrand),
        "random() alone": lambda: deque((RNG.random(2**16) for _ in range(size >> 16)), maxlen=0),
    }
    if torch := peers.installed("torch"):
        runs["chunked torch"] = partial(peers.torch_moments, torch, size, integrand)
    targets = (
        Target("chunked NumPy", "one pass", 4.0),
        Target("chunked torch", "one pass", 8.0),
        Target("random() alone", "one pass", 2.0),
    )
    yield Case("u (1 - u), 2^23 samples", runs, targets)
    both = {"1 thread": on_threads(own, 1), "2 threads": on_threads(own, 2)}
    yield Case("u (1 - u), threads", both, (Target("1 thread", "2 threads", 1.7),), clock="wall")
    yield _shard()


def _shard() -> Case:
    """One shard of a row of the catalogue, drawn, evaluated, rounded and counted."""
    from lemmata.sampling import bin_counts
    from numerics.hardness._network import draw_network

    row = moment_row(draw_network(Stream.keyed(0, "benchmarks", "net"), 6, "tanh"), numpy)

    def shard() -> Any:
        stream = Stream.keyed(0, "benchmarks", "shard")
        assert row.sampler and row.support
        return bin_counts(row.sampler(stream, 2**16), row.support, None, stream.spawn("rounding"))

    runs = {"numba": shard, "NumPy": on_numpy(shard)}
    return Case("a shard of parity-gradient's moment-6", runs, (Target("NumPy", "numba"),))


# W7: start-up ------------------------------------------------------------------------------------------


def starts() -> Iterator[Case]:
    eager = (
        "import sympy, flint, numpy, networkx, rich, lemmata.proof, lemmata.running, runpy, sys; "
        "sys.argv = ['cli.py', '--help']; runpy.run_path('cli.py', run_name='__main__')"
    )
    yield Case(
        "--help",
        {
            "--help": _process("cli.py", "--help"),
            "import click": _process("-c", "import click"),
            "eager imports": _process("-c", eager),
        },
        (Target("--help", "import click", 1.2, most=True), Target("eager imports", "--help", 5.0)),
        clock="children",
        rounds=7,
    )
    yield Case(
        "--version",
        {"--version": _process("cli.py", "--version"), "bare interpreter": _process("-c", "pass")},
        (Target("--version", "bare interpreter", 1.3, most=True),),
        clock="children",
        rounds=9,
    )


def _process(*words: str) -> Callable[[], Any]:
    return lambda: subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, check=True, timeout=60
    )


# W8: identities between polynomials -------------------------------------------------------------------------


def identities() -> Iterator[Case]:
    import sympy

    from lemmata.proof.rings import Ring

    for variables, power in ((4, 5), (5, 5)):
        symbols = sympy.symbols(f"x:{variables}")
        ring = Ring(symbols)
        # SymPy remembers what it has expanded: every run asks for another constant.
        shifts = count(2)

        def sides(total: Any, power: int = power, shifts: Any = shifts) -> tuple[Any, Any]:
            c = next(shifts)
            return (total + c) ** power * (total - c), (total + c) ** (power - 1) * (total**2 - c**2)

        def native(ring: Any = ring, sides: Any = sides) -> None:
            left, right = sides(sum(ring.context.gens()))
            assert left == right

        def tree(ring: Any = ring, sides: Any = sides) -> None:
            left, right = sides(sympy.Add(*ring.symbols))
            assert ring.element(left) == ring.element(right)

        def expand(ring: Any = ring, sides: Any = sides) -> None:
            left, right = sides(sympy.Add(*ring.symbols))
            assert sympy.expand(left - right) == 0

        def poly(ring: Any = ring, sides: Any = sides) -> None:
            left, right = sides(sympy.Add(*ring.symbols))
            assert sympy.Poly(left - right, *ring.symbols).is_zero

        runs = {"ring form": native, "ring form from a tree": tree, "expand": expand, "Poly(expr)": poly}
        targets = (
            Target("expand", "ring form", 100.0),
            Target("expand", "ring form from a tree", 8.0),
            Target("Poly(expr)", "ring form from a tree"),
        )
        yield Case(f"{variables} variables, degree {power + 1}", runs, targets)


WORKLOADS: dict[str, Callable[[], Iterator[Case]]] = {
    "W1": spectra,
    "W1b": networks,
    "W2": gradients,
    "W3": means,
    "W7": starts,
    "W8": identities,
}
