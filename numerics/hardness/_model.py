"""A model of the user's own: its gradients on signs, and everything that it must keep to.

``factory(n)`` returns ``gradients``, the pair ``(gradients, bound)``, or a PyTorch module. ``gradients`` takes
signs, int8 (N, n), and returns the gradient of the model's output at each of them, real (N, p); ``bound`` is at
least |g| everywhere. What comes back is checked on every call, and nothing is clipped.

Beyond the inputs whose cube can be gone through, the gradient is asked about the parities of five of its inputs.
With the others averaged out it is a function on a cube of 2^5 points, to which the theorem applies as it stands;
about all 2^n parities at once it speaks of numbers near 2^-n, which no sample resolves.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy

from lemmata.model import LemmataError
from lemmata.sampling import AssumptionViolated, Stream, call_user, load_factory, parity, shown, to_host

# What one call of the user's function may return, and what a group of coordinates may hold on the whole cube.
CALL_BYTES = 2**25
TABLE_BYTES = 2**28
# The coordinates of a gradient, and those on the whole cube together: more would take hours.
WIDEST, LARGEST_CUBE = 2**20, 2**31
PROBE = 8
# A sample is a mean over the pairs of so many inputs, and over the parities of so many of their bits.
INPUTS, BLOCK = 32, 5
# Single precision sums in another order differ by about 1e-6; a gradient of something else differs by far more.
SAME = 1e-4
NEAR = 1e-6
# Sums of squares of what is larger, and squares of what is all smaller, may be no floats.
LARGEST = 1e140


@dataclass(frozen=True, slots=True)
class Model:
    """The gradient function of ``label``, for n inputs and p parameters; ``block`` are inputs to be asked about."""

    label: str
    n: int
    p: int
    gradients: Callable[[Any], Any]
    bound: float | None
    block: tuple[int, ...] = ()

    def __call__(self, signs: Any) -> Any:
        """The gradients at ``signs``, int8 (N, n) on the host: float64 (N, p) on the host.

        Raises LemmataError for anything but finite real numbers of that shape, and AssumptionViolated for a
        gradient longer than the bound.
        """
        found = _called(self.label, self.gradients, signs)
        if found.shape[1] != self.p:
            raise LemmataError(f"{self.label}: {found.shape[1]} gradient coordinates, and {self.p} before")
        if self.bound is not None:
            longest = float(numpy.sqrt((found * found).sum(axis=1).max()))
            if longest > self.bound * (1 + NEAR):
                raise AssumptionViolated(
                    f"{self.label} gave a gradient of length {longest:.9g}, above the bound {self.bound:.9g} that it "
                    "declares"
                )
        return found

    @property
    def rows_per_call(self) -> int:
        """A power of two, so that calls divide the cube evenly."""
        return 2 ** min(14, max(0, (CALL_BYTES // (8 * self.p)).bit_length() - 1))

    @property
    def support(self) -> tuple[float, float]:
        """What :meth:`mean_products` cannot leave, as no call gives a gradient longer than the bound."""
        assert self.bound is not None
        high = self.bound**2 * (1 + 4 * NEAR)
        return -high / (INPUTS - 1), high

    def mean_products(self, stream: Stream, size: int) -> Any:
        """For each of ``size`` groups of 32 inputs the mean of g(x).g(x') chi_I(x) chi_I(x').

        The mean is over the pairs of the group and over all subsets I of the block: an unbiased estimate of the
        mean over I of |E chi_I g|^2. Returns float64 (size,), on the host.
        """
        groups = to_host(stream.signs(size * INPUTS, self.n)).reshape(size, INPUTS, self.n)
        return numpy.array([self.mean_product(group) for group in groups])

    def mean_product(self, signs: Any) -> float:
        """The statistic of one group: the square of a sum over the group, less what its inputs give with themselves."""
        step = self.rows_per_call
        g = numpy.concatenate([self(signs[first : first + step]) for first in range(0, len(signs), step)])
        # Not a matrix product: on so little, the threads of a BLAS cost more than they bring, and far more when busy.
        totals = numpy.einsum("ij,jp->ip", self._characters(signs), g)
        squares = (totals * totals).sum(axis=1)
        return float(squares.mean() - (g * g).sum()) / (len(signs) * (len(signs) - 1))

    def _characters(self, signs: Any) -> Any:
        """chi_I of every subset of the block at every input: float64 (2^5, N)."""
        bits = (signs[:, self.block] < 0) @ (1 << numpy.arange(len(self.block), dtype=numpy.uint64))
        subsets = numpy.arange(2 ** len(self.block), dtype=numpy.uint64)
        return parity(subsets[:, None] & bits, numpy).astype(numpy.float64)

    def coordinates(self, xp: Any) -> Iterator[Any]:
        """The coordinates of g on the whole cube: p arrays float64 (2^n,), a group of them held at a time.

        The cube is gone through once for each group. Bit i of an index is 1 where x_i = -1.
        Raises LemmataError where that would take hours.
        """
        if self.p > LARGEST_CUBE >> self.n:
            raise LemmataError(
                f"{self.label}: {self.p} gradient coordinates on 2^{self.n} inputs would take hours: take a smaller n "
                f"or at most {LARGEST_CUBE >> self.n} parameters"
            )
        size = max(1, TABLE_BYTES // (8 * 2**self.n))
        for first in range(0, self.p, size):
            yield from map(xp.asarray, self._table(slice(first, min(first + size, self.p))))

    def _table(self, group: slice) -> Any:
        table = numpy.empty((group.stop - group.start, 2**self.n))
        for first in range(0, 2**self.n, self.rows_per_call):
            index = numpy.arange(first, min(first + self.rows_per_call, 2**self.n))
            signs = 1 - 2 * (index[:, None] >> numpy.arange(self.n) & 1)
            table[:, first : first + len(index)] = self(signs.astype(numpy.int8))[:, group].T
        return table


def load_model(named: str, n: int, stream: Stream) -> Model:
    """The model that ``factory(n)`` of 'file.py:factory' makes, tried on a few inputs drawn from ``stream``.

    Raises LemmataError naming what is wrong with it: beside what every call is checked for, gradients that
    change their argument, that differ between two equal calls, or that depend on the rest of their batch.
    """
    made = call_user(named, f"factory({n})", load_factory(named), n)
    gradients, bound = made if isinstance(made, tuple) and len(made) == 2 else (made, None)
    if _is_module(gradients):
        gradients = call_user(named, "the module's parameters", module_gradients, gradients)
    if not callable(gradients):
        raise LemmataError(
            f"{named}: factory({n}) returned {shown(made)}, not gradients or (gradients, bound)"
        )
    probe = to_host(stream.signs(PROBE, n))
    p = _called(named, gradients, probe).shape[1]
    block = numpy.argsort(to_host(stream.words(n)))[:BLOCK].tolist()
    model = Model(named, n, p, gradients, None if bound is None else _bound(named, bound), tuple(block))
    _require_function(model, probe)
    return model


def module_gradients(module: Any) -> Callable[[Any], Any]:
    """The gradients of a PyTorch module's single output in all of its parameters, input by input."""
    import torch  # pyright: ignore[reportMissingImports]
    from torch.func import functional_call, grad, vmap  # pyright: ignore[reportMissingImports]

    module.eval()
    parameters = {name: value.detach() for name, value in module.named_parameters() if value.requires_grad}
    if not parameters:
        raise LemmataError(f"the module {type(module).__name__} has no parameters that require a gradient")

    def output(chosen: Any, x: Any) -> Any:
        found = functional_call(module, chosen, (x[None],))
        if found.numel() != 1:
            raise LemmataError(f"the module {type(module).__name__} has {found.numel()} outputs, not one")
        return found.reshape(())

    each = vmap(grad(output), in_dims=(None, 0))

    def gradients(signs: Any) -> Any:
        like = next(iter(parameters.values()))
        found = each(parameters, torch.as_tensor(signs).to(like))
        return torch.cat([part.reshape(len(signs), -1) for part in found.values()], dim=1).cpu().numpy()

    return gradients


def _is_module(made: Any) -> bool:
    """Whether this is a PyTorch module; nobody has made one unless PyTorch has been imported."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(made, torch.nn.Module)


def _called(label: str, gradients: Callable[[Any], Any], signs: Any) -> Any:
    """One call of the user's function, which gets an array of its own: float64 (N, p) on the host."""
    given = signs.copy()
    found = call_user(label, f"gradients(signs of shape {signs.shape})", lambda: to_host(gradients(given)))
    if not numpy.array_equal(given, signs):
        raise LemmataError(f"{label}: gradients changed the signs that it was given; let it work on a copy")
    if found.dtype.kind not in "fiu":
        raise LemmataError(f"{label}: gradients returned {found.dtype} values, not real numbers")
    if found.ndim != 2 or found.shape[0] != len(signs) or not found.shape[1]:
        raise LemmataError(
            f"{label}: gradients returned shape {found.shape} for {len(signs)} inputs, not ({len(signs)}, p)"
        )
    if found.shape[1] > WIDEST:
        raise LemmataError(
            f"{label}: {found.shape[1]} gradient coordinates are too many: at most {WIDEST} are held"
        )
    return _require_moderate(label, found.astype(numpy.float64))


def _require_moderate(label: str, found: Any) -> Any:
    # Comparisons with NaN are false, so one test covers finiteness too.
    inside = numpy.abs(found) <= LARGEST
    if not inside.all():
        worst = float(found[~inside][0])
        raise LemmataError(
            f"{label}: gradients returned the value {worst!r}, not a number whose square a float holds"
        )
    return found


def _bound(label: str, bound: Any) -> float:
    # A float32 cannot even be compared with the limits.
    value: Any = bound.item() if isinstance(bound, numpy.generic) else bound
    real = isinstance(value, Real) and not isinstance(value, bool)
    if not (real and 1 / LARGEST <= value <= LARGEST):  # pyright: ignore[reportOperatorIssue]
        raise LemmataError(
            f"{label}: the bound on |g| is a positive number whose square a float holds, not {shown(bound)}"
        )
    return float(value)


def _require_function(model: Model, probe: Any) -> None:
    """One input has one gradient, today and tomorrow, alone and in company."""
    first, again, alone = model(probe), model(probe), model(probe[-1:])
    near = SAME * max(float(numpy.abs(first).max()), 1e-300)
    if numpy.abs(first - again).max() > near:
        raise LemmataError(
            f"{model.label}: two calls of gradients on the same signs differ: fix its randomness"
        )
    if numpy.abs(first[-1:] - alone).max() > near:
        raise LemmataError(
            f"{model.label}: the gradient at an input depends on the other inputs of the call (batch statistics?)"
        )
