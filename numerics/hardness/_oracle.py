"""The oracle that keeps quiet, and algorithms that ask it: every subset is played against every one of its answers.

At a query the oracle knows the bias E[f g] and the signal E[chi_I g]. It answers the bias while the signal is no
longer than eps, and the exact gradient, bias minus signal, otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy

from lemmata.sampling import Stream, to_host, walsh_hadamard
from numerics.hardness._network import (
    Network,
    characters,
    gradient,
    output,
    preactivation,
    times_input,
)

RATE = 0.5
SCALE = 0.05


@dataclass(frozen=True, slots=True)
class Query:
    """What the oracle knows at a query: the bias (p,) and the signals of all subsets (2^n, p)."""

    bias: Any
    signals: Any

    def answer(self, subset: int, eps: float) -> Any:
        signal = self.signals[subset]
        return self.bias - signal if signal @ signal > eps**2 else self.bias


@dataclass(frozen=True, slots=True)
class Player:
    """A deterministic algorithm: its first state, its query in a state, and the state after an answer."""

    start: Any
    ask: Callable[[Any], Query]
    move: Callable[[Any, Any], Any]


def query(f: Any, g: Any, xp: Any) -> Query:
    """The query whose model has the values ``f`` (2^n,) and the gradients ``g`` (p, 2^n)."""
    signals = to_host(walsh_hadamard(g)).T / g.shape[1]
    return Query(to_host(xp.mean(f[None, :] * g, axis=1)), signals)


def worst_error(net: Network, xp: Any) -> tuple[float, float]:
    """eps, the median length of the signals of a network, and the oracle's largest squared error at this eps.

    The gradient that its answers are compared with is the mean of (f - chi_I) g, computed as it stands.
    """
    f, g = output(net, xp), xp.stack(list(gradient(net, xp)), axis=0)
    asked = query(f, g, xp)
    lengths = numpy.sqrt((asked.signals**2).sum(axis=1))
    eps = float(numpy.sort(lengths)[len(lengths) // 2])
    targets = xp.astype(characters(net.n, xp), xp.float64)
    exact = to_host((f[None, :] - targets) @ g.T) / g.shape[1]
    off = numpy.stack([asked.answer(subset, eps) for subset in range(len(exact))]) - exact
    return eps, float((off * off).sum(axis=1).max())


def fraction_told(player: Player, n: int, eps: float, queries: int) -> float:
    """The fraction of the subsets whose transcript differs from the one in which only biases are heard."""
    known: dict[bytes, Query] = {}

    def ask(state: Any) -> Query:
        return known.setdefault(state.tobytes(), player.ask(state))

    deaf = [player.start]
    for _ in range(queries):
        deaf.append(player.move(deaf[-1], ask(deaf[-1]).bias))
    told = 0
    for subset in range(2**n):
        state = player.start
        for unheard in deaf[1:]:
            state = player.move(state, ask(state).answer(subset, eps))
            if not numpy.array_equal(state, unheard):
                told += 1
                break
    return told / 2**n


def descent(stream: Stream, n: int, xp: Any) -> Player:
    """Gradient descent on one neuron tanh(w.x) with small weights: there |g|^2 <= n."""

    def ask(w: Any) -> Query:
        unit = xp.tanh(preactivation(w.tolist(), 0.0, xp))
        slope = 1.0 - unit * unit
        return query(unit, xp.stack([times_input(slope, i, xp) for i in range(n)], axis=0), xp)

    return Player(SCALE * to_host(stream.normal(n)), ask, lambda w, answer: w - RATE * answer)


def search(n: int, width: int, xp: Any) -> Player:
    """Linear models on ``width`` parities at a time, the next ones after every answer: there |g|^2 = width.

    The state holds the number of the block and the sum of the answers, so it remembers whether one was loud.
    """
    parities = xp.astype(characters(n, xp), xp.float64)

    def ask(state: Any) -> Query:
        first = int(state[0]) * width
        return query(xp.zeros(2**n, dtype=xp.float64), parities[first : first + width, :], xp)

    return Player(numpy.zeros(2), ask, lambda state, answer: state + numpy.array([1.0, answer.sum()]))
