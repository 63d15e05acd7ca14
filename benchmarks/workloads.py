"""The workloads: own routes, what users would pick, and the limit of the machine, at sizes that show them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import numpy

from benchmarks import peers
from benchmarks.rounds import Case, Target
from benchmarks.routes import on_numpy, on_threads
from benchmarks.sampled import gradients, means
from lemmata.sampling import compiled, walsh_hadamard
from lemmata.sampling.kronecker import kronecker
from lemmata.sampling.memory import aligned
from numerics.hardness._network import Network, output

ROOT = Path(__file__).resolve().parent.parent
RNG = numpy.random.default_rng(0)


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
    out = aligned(values.size, values.dtype)
    out[:] = values
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
    # Bytecode is kept, as on any machine that starts a program twice: what is compared is not the compiler.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return lambda: subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=kept, capture_output=True, check=True, timeout=60
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
