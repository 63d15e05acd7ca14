r"""M power sums determine M numbers, and no fewer continuous sums their maximum.

A function of a multiset X is represented as rho(sum_(x in X) phi(x)), phi continuous from [0,1] to R^N, rho any map.

For phi = (x, ..., x^M) the sum determines the polynomial whose roots are the M elements: equal power sums up to M are
those of equal polynomials prod_i (t - x_i), for any real x_i (a). In [0,1], where the largest is written first, they
are those of equal elements (a'), so that every function of multisets is a rho of these sums. And the multiset depends
on them continuously (a''), by compactness, which is cited. Remark, on what no part claims: so rho is continuous on the
sums if the function is. If the sums of any phi determine the maximum of every multiset of M numbers in [0,1], they
determine the multiset (b); so for N < M and every continuous phi two multisets of M numbers have equal sums and
different maxima (c), and no rho, continuous or not, makes a maximum of the sums. For phi = (x, x^2) such a pair is
{0,3,3} and {1,1,4} (c'), for phi = (x, x^2, x^3) it is {0,3,4,7} and {1,1,6,6} (c''), at every scale.

That is about exact representation. With N = 1 and two numbers or more no rho comes nearer than 1/2 to the range max -
min (d), and the constant 1/2 does so, the square of its error being at most 1/4 (d'). But N = 1 brings the maximum as
near as one likes: L = t log sum exp(x_i/t) is at least max (e) and at most t log M above it (e'). And without
continuity N = 1 represents everything: a universe that is numbered 0, 1, 2, ... and phi = B^-(k+1) at element number k
determine every finite multiset of multiplicities up to B - 1 (f). Of K + 1 points one has a number of at least K (f').
Remark, on what no part claims: there phi is at most B^-(K+1), so that phi, positive everywhere, is not continuous
where points accumulate.

Idea.       Newton's identities; a root is not above the largest root; take away what two multisets share; tangents of
            exp; digits.
Numbers.    min_latent_dimension(M=7) = 7; multisets(M=2, R=20) = 231; multisets(M=3, R=12) = 455;
            sup_error_lower_bound(X=0,3,3, Y=1,1,4) = 1/8; collision_height(N=3) = 7; squared_constant_error() = 1/4;
            encode(B=4, counts=1,2,3) = 27/64; bounded_multisets(highest=3, n=6) = 4096.
References. ZaheerEtAl2017, WagstaffEtAl2019 (sections 3 and 4; the bounds of (d) and (e') are derived here); Rudin1976
            and Hatcher2002 for what is cited.
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.proof import Part, Proof, Quantity, Theorem
from theorems.expressivity import _set_dimension_values as values
from theorems.expressivity._set_dimension import derive_order
from theorems.expressivity._set_dimension_collision import collision_claim, derive_collision
from theorems.expressivity._set_dimension_digits import derive_digits, digits_claim
from theorems.expressivity._set_dimension_errata import errata
from theorems.expressivity._set_dimension_inverse import derive_inverse, inverse_claim
from theorems.expressivity._set_dimension_largest import derive_largest, powers_claim
from theorems.expressivity._set_dimension_maximum import derive_maximum, multiset_claim
from theorems.expressivity._set_dimension_model import model
from theorems.expressivity._set_dimension_naturals import derive_naturals, derive_places, places_claim
from theorems.expressivity._set_dimension_newton import derive_newton
from theorems.expressivity._set_dimension_pairs import derive_pairs, latent, three_claim, two_claim
from theorems.expressivity._set_dimension_polynomials import derive_polynomials, newton_claim
from theorems.expressivity._set_dimension_powers import derive_powers
from theorems.expressivity._set_dimension_range import constant_claim, derive_range, range_claim
from theorems.expressivity._set_dimension_scheme import derive_scheme
from theorems.expressivity._set_dimension_smooth import above_claim, below_claim, derive_smooth
from theorems.expressivity._set_dimension_sums import derive_sums
from theorems.expressivity._set_dimension_variants import variants


def derive(proof: Proof) -> None:
    """Order and naturals first; then part by part, (b) before (a'), which rests on it."""
    derive_order(proof)
    derive_naturals(proof)
    derive_newton(proof)
    derive_sums(proof)
    derive_scheme(proof)
    derive_polynomials(proof)
    derive_maximum(proof)
    derive_largest(proof)
    derive_powers(proof)
    derive_inverse(proof)
    derive_collision(proof)
    derive_pairs(proof)
    derive_range(proof)
    derive_smooth(proof)
    derive_digits(proof)
    derive_places(proof)


# ---------------------------------------------------------------- the theorem

theorem = Theorem(
    setting="Multisets of M numbers in [0,1], or of elements of a numbered universe; rho any map of the sum of phi.",
    definitions=(latent,),
    parts=(
        Part("a", "M power sums determine the polynomial whose roots are M numbers.", newton_claim),
        Part("a'", "M power sums determine M numbers of [0,1], the largest written first.", powers_claim),
        Part("a''", "The multiset depends on its M power sums continuously.", inverse_claim),
        Part("b", "Sums that determine the maximum determine the multiset.", multiset_claim),
        Part("c", "N < M, phi continuous: equal sums and different maxima.", collision_claim),
        Part("c'", "{0,3,3} and {1,1,4}: equal sums of x and of x^2.", two_claim),
        Part("c''", "{0,3,4,7} and {1,1,6,6}: equal sums of x, x^2 and x^3.", three_claim),
        Part("d", "N = 1, M >= 2: the range is not approximated better than 1/2.", range_claim),
        Part("d'", "The constant 1/2 is nowhere farther from the range than 1/2.", constant_claim),
        Part("e", "t log sum exp(x_i/t) is at least the maximum.", above_claim),
        Part("e'", "It is at most t log M above the maximum.", below_claim),
        Part("f", "phi = B^-(k+1) determines multisets of multiplicities up to B - 1.", digits_claim),
        Part("f'", "Of K + 1 points one has a number of at least K.", places_claim),
    ),
    readings={
        "x, y, f, g": "multisets of M numbers; the sequence x(i) falls where the largest is written first",
        "prod_i(u - x(i))": "the polynomial in u whose roots they are",
        "phi(l, u), psi(u)": "coordinate l of the map, or its only one",
        "delta(z)": "a modulus of continuity: (u - v)^2 <= delta(z) makes (phi(u) - phi(v))^2 <= z",
        "if (.. then Q = 0) .. then Q = 0": "that there is such a thing: what is 0 whenever there is, is 0",
        "latent(w1, w2, w3, z)": "any combination of the coordinates of phi(z) = (z, z^2, z^3)",
        "rho(u)": "any real function of the sum",
        "ex(u)": "the exponential: ex' = ex, ex(0) = 1, and it takes sums to products",
        "L, w": "t log sum exp(x_i/t), and log M: the numbers with these exponentials",
        "x(top)": "the largest of M = top + after + 1 numbers",
        "count(k, X)": "the multiplicity of element number k in X",
        "r": "1/B",
        "scale": "by which all numbers of a pair may be multiplied",
        "number(i)": "the number of the i-th of different points of the universe",
    },
    quantities=(
        Quantity(
            "min_latent_dimension",
            "latent dimensions that multisets of M numbers need",
            {"M": "count"},
            values.min_latent_dimension,
        ),
        Quantity(
            "collision",
            "the smallest exact pair of multisets with equal power sums up to N",
            {"N": "count"},
            values.collision,
        ),
        Quantity(
            "collision_height", "the largest number in that pair", {"N": "count"}, values.collision_height
        ),
        Quantity(
            "sum_difference",
            "the difference of the sums of two multisets that collide",
            {},
            lambda: Fraction(0),
        ),
        Quantity(
            "collision_distance",
            "of no part: the distance of two multisets opposite each other on a sphere in the order of its centre",
            {"radius": "positive"},
            values.collision_distance,
        ),
        Quantity(
            "rounding_separation",
            "of no part, an estimate: how far apart maxima may be for no other reason than that sums differ by the "
            "residual, where they part at the rate slope",
            {"residual": "nonnegative", "slope": "positive"},
            values.rounding_separation,
        ),
        Quantity(
            "multiset_distance",
            "of no part: how far an element of M numbers in [0,1], or of M complex ones of at most that size, can be "
            "from all of the other, if power sums up to M differ by at most gap",
            {"M": "count", "gap": "probability", "size": "positive=1"},
            values.multiset_distance,
        ),
        Quantity(
            "multisets", "multisets of M numbers from 0, ..., R", {"M": "count", "R": "nat"}, values.multisets
        ),
        Quantity(
            "multisets_up_to",
            "multisets of at most M numbers from 0, ..., R",
            {"M": "count", "R": "nat"},
            values.multisets_up_to,
        ),
        Quantity(
            "jacobian",
            "of no part: the determinant of the derivatives of the power sums",
            {"X": "reals"},
            values.jacobian,
        ),
        Quantity(
            "smooth_max_error",
            "the largest error of t log sum exp(x_i/t) as a maximum",
            {"M": "count", "t": "positive"},
            values.smooth_max_error,
        ),
        Quantity(
            "range_error",
            "the least error of an approximation of the range of two numbers or more with N = 1",
            {},
            lambda: Fraction(1, 2),
        ),
        Quantity(
            "squared_constant_error",
            "bound on the squared error of the constant 1/2",
            {},
            lambda: Fraction(1, 4),
            side=("d'", {}),
        ),
        Quantity(
            "sup_error_lower_bound",
            "a lower bound on any approximation of the maximum whose sums of X and of Y are equal; that you vouch for",
            {"X": "reals", "Y": "reals"},
            values.sup_error_lower_bound,
        ),
        Quantity(
            "encode",
            "the code of a multiset with so many of each element",
            {"B": "count", "counts": "naturals"},
            values.encode,
        ),
        Quantity(
            "decode",
            "the multiplicities of the elements of the multiset with that code, or of one element alone",
            {"B": "count", "value": "real", "element": "nat=0"},
            values.decode,
        ),
        Quantity(
            "round_trips",
            "how many of so many multisets, of multiplicities up to B - 1, come back from their codes: all",
            {"drawn": "nat"},
            lambda drawn: drawn,
        ),
        Quantity(
            "bounded_multisets",
            "multisets of n elements, each at most so many times",
            {"highest": "nat", "n": "nat"},
            values.bounded_multisets,
        ),
        Quantity(
            "largest_number",
            "a lower bound on the largest of the numbers of K + 1 points",
            {"K": "nat"},
            lambda K: K,
        ),
    ),
    variants=variants,
    errata=errata,
    references=("ZaheerEtAl2017", "WagstaffEtAl2019", "Rudin1976", "Hatcher2002"),
    model=model,
)
