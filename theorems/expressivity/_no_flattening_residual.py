"""Part (d): a matrix of rank m stays away from a permutation, by projections that are made orthogonal one by one."""

from __future__ import annotations

import sympy as sp

from lemmata.proof import (
    Proof, Statement, bracket, claim, eq, function, le, ne, product, real, square, total, use,
)
from lemmata.proof import bits
from theorems.expressivity._no_flattening import S, T, U, V, a, i, j, k, m, n, w

E = bits("E", n)

q = real("q")
A, B = function("A", k, S), function("B", k, S)
P, R, W = function("P", S, T), function("R", S, T), function("W", S, T)
v, b = function("v", S), function("b", S)

symmetric = Statement((U, V), (), eq(R(U, V), R(V, U)))
idempotent = Statement((U, V), (), eq(total(E, R(U, E) * R(E, V)), R(U, V)))
projection = (symmetric, idempotent)
permutation = Statement((U, V), (), eq(total(E, P(U, E) * P(V, E)), bracket(U, "=", V)))
inside = Statement((U,), (), eq(total(E, R(U, E) * v(E)), v(U)))
length = eq(total(S, v(S) ** 2), q)
