r"""A posterior is a softmax of Hamiltonians, and a Hamiltonian of low order has few coefficients.

For classes y let H_y = -ln p(x|y) and mu_y = -ln p(y). The posterior p(y|x) is the softmax of -H - mu (a1), for any
number of classes, and is the same for H + c(x) (a2). A polynomial of degree at most d in n variables has C(n+d, d)
coefficients (b1), on bits the sum of C(n, k) over k <= d (b2): over all sets I of n bits the sum of z^|I| is, by size,
(1+z)^n (b3). A Gaussian of mean m and inverse covariance P has H equal to x.Px/2 - x.Pm + const (c1); a quadratic H
has a number of coefficients of 1 + n (n+3)/2 (c2), whose constant is fixed by normalisation as e^-c = 1/Z (c3). The
log-odds of two Gaussians of one covariance are x.P(m-m') + const (c4), and only covariances that agree make them
linear (c5). Let p ~ exp(sum_a l_a f_a), on finitely many outcomes, and q have the same means of the f_a: then S(p)
exceeds S(q) by D(q|p) (d1), and S(q) <= S(p) (d2).

Let Q be a quadratic form of rank r in coordinates in which it is diagonal; that every form has such coordinates is the
spectral theorem, which no part states. The Taylor polynomial of r + 2 neurons through degree 2 can be s_2 Q(x)/2 (e1).
If s_0, s_1 and s_2 are not 0, that of fewer is not, for all x (e2); nor, if s_1 and s_2 are not 0, that of fewer than
r + 1 and an output bias (e3). The neurons of (e1) need a sum T that is not 0; changing one of its terms by 3 e_0 mends
one that is, since T^2 + (T + 3 e_0)^2 (e4) is positive. The product of k bits is the logistic function of -beta(k -
1/2 - sum x_i) up to 1/(1 + e^(beta/2)) (f1), which is attained (f2). The nonempty sets of diameter below k among n
sites in a row number (n-k+1) 2^(k-1) + 2^(k-1) - 1 (g1). With the cyclic shift S of n places a matrix A commutes, ASx =
SAx for all x, if it is circulant (g2) and only if it is (g3): its n^2 entries are the n of its first column (g4). Low
order does not survive marginalising: an equal mixture of two Gaussians N(+-a, 1) has H = x^2/2 - ln cosh(ax) + c (h1),
of the Taylor polynomial (1 - a^2) x^2/2 + a^4 x^4/12 (h2).

The maximal entropy (d2) is proved for finite alphabets. Two observations, for which no claim speaks: the densities
that the rows look at have at most the entropy of the Gaussian of their variance (d3); and nature prefers the degrees 2
to 4 (i), for which no row speaks either.

Idea.       Bayes' rule is a softmax; coefficients are counted by Pascal's rule; neurons by the rank of their moments.
Numbers.    quadratic_energy(quadratic=2, linear=3, constant=1) = -1; hamiltonian_coefficients(n=2) = 6;
            normalising_factor(partition=4) = 1/4; linear_log_odds(pull=1, constant=2) = 3; second_order(s2=1/4,
            form=2) = 1/4; two_scales(T=0, e0=1) = 9; local_parameters(n=10, k=3) = 35; mixture_taylor(x=1,
            a=2) = -1/6; fourth_coefficient(a=2) = 4/3; coefficients(n=2, d=2) = 6; bit_coefficients(n=10,
            d=2) = 56; subset_polynomial(n=3, z=2) = 27; quadratic_neurons(rank=1) = 3;
            quadratic_neurons(rank=2) = 4; circulant_image(column=1,2,3, x=1,0,0, place=0) = 2.
References. LinTegmarkRolnick2017 (section II).
"""

from __future__ import annotations

from lemmata.proof import Observation, Part, Proof, Theorem
from theorems.expressivity._hamiltonian_order_bits import attained_claim, bound_claim, derive_bits
from theorems.expressivity._hamiltonian_order_counts import (
    choose,
    derive_counts,
    local_claim,
    monomial_claim,
    quadratic_claim,
    sizes_claim,
    subset_claim,
)
from theorems.expressivity._hamiltonian_order_entropy import (
    derive_entropy,
    divergence_claim,
    entropy_claim,
)
from theorems.expressivity._hamiltonian_order_errata import errata
from theorems.expressivity._hamiltonian_order_gaussian import (
    constant_claim,
    covariance_claim,
    derive_gaussian,
    hamiltonian_claim,
    linear_claim,
)
from theorems.expressivity._hamiltonian_order_lower import derive_lower, lower_claim, output_bias_claim
from theorems.expressivity._hamiltonian_order_mixture import derive_mixture, mixture_claim, taylor_claim
from theorems.expressivity._hamiltonian_order_model import model
from theorems.expressivity._hamiltonian_order_neurons import (
    derive_neurons,
    neurons_claim,
    some_claim,
)
from theorems.expressivity._hamiltonian_order_posterior import derive_posterior, posterior_claim, shift_claim
from theorems.expressivity._hamiltonian_order_quantities import quantities
from theorems.expressivity._hamiltonian_order_symmetry import (
    circulant_claim,
    column_claim,
    commutes_claim,
    derive_symmetry,
)
from theorems.expressivity._hamiltonian_order_variants import variants


def derive(proof: Proof) -> None:
    """Part by part; nothing of one is used by another."""
    derive_posterior(proof)
    derive_counts(proof)
    derive_gaussian(proof)
    derive_entropy(proof)
    derive_neurons(proof)
    derive_lower(proof)
    derive_bits(proof)
    derive_symmetry(proof)
    derive_mixture(proof)


parts = (
    Part("a1", "The posterior is the softmax of -H - mu, for any number of classes.", posterior_claim),
    Part("a2", "It does not change if H is changed by what does not know the class.", shift_claim),
    Part("b1", "Monomials of degree at most d in n real variables: C(n+d, d).", monomial_claim),
    Part("b2", "Subsets of at most d of n bits: the sum of C(n, k) over k <= d.", subset_claim),
    Part("b3", "Over all sets of n bits, weighted by z for each element: C(n, k) of size k.", sizes_claim),
    Part("c1", "The Hamiltonian of a Gaussian is quadratic.", hamiltonian_claim),
    Part("c2", "A constant, n linear terms and a symmetric matrix: 1 + n(n+3)/2.", quadratic_claim),
    Part("c3", "Normalisation fixes the constant, on any finite set of places.", constant_claim),
    Part("c4", "Two Gaussians of one covariance have linear log-odds.", linear_claim),
    Part("c5", "Log-odds linear on the planes of two coordinates: the covariances agree.", covariance_claim),
    Part("d1", "What the entropy lacks is a divergence (finite alphabets).", divergence_claim),
    Part("d2", "Of all with the same moments it has the largest entropy (finite alphabets).", entropy_claim),
    Part(
        "e1",
        "r + 2 neurons make a quadratic form of rank r, in coordinates in which it is diagonal; the one at 0 is an "
        "output bias.",
        neurons_claim,
    ),
    Part(
        "e2",
        "Fewer than r + 2 neurons do not, for all x, a form that is diagonal on r directions (r + 1 of them here).",
        lower_claim,
    ),
    Part("e3", "With an output bias: fewer than r + 1 do not (r + 1 is the rank here).", output_bias_claim),
    Part("e4", "Of two choices of u one has S != 0: they differ by 3 e_0.", some_claim),
    Part("f1", "One logistic neuron for a product of k bits: its error is at most lo(-beta/2).", bound_claim),
    Part("f2", "Where every bit is 1, it is that.", attained_claim),
    Part("g1", "Local terms: k = w + 1, n = g + w; by the first site of a set.", local_claim),
    Part("g2", "Circulant matrices commute with the cyclic shift S: ASx = SAx for all x.", commutes_claim),
    Part("g3", "What commutes with the cyclic shift is circulant.", circulant_claim),
    Part("g4", "An entry of it is one of the n of its first column: n = rest + column.", column_claim),
    Part("h1", "An equal mixture of N(a, 1) and N(-a, 1), up to normalisation.", mixture_claim),
    Part("h2", "Its Taylor polynomial, through degree 4: the coefficient of z^4 is a^4/12.", taylor_claim),
)

theorem = Theorem(
    setting="H_y = -ln p(x|y), mu_y = -ln p(y); s_0, s_1, s_2: the neurons' activation and its derivatives at 0.",
    definitions=(choose,),
    parts=parts,
    observations=(
        Observation(
            "d3", "The densities looked at have at most the entropy of the Gaussian of their variance."
        ),
        Observation("i", "The Hamiltonians of known physics mostly have degree 2 to 4."),
    ),
    readings={
        "ex, lo, L": "the exponential, the logistic function, ln cosh, by what is known of them",
        "E": "the Hamiltonian of the mixture",
        "likely(y, x), prior(y)": "p(x|y) and p(y)",
        "M(n, d)": "the number of monomials of degree at most d in n variables, by the exponent of the last one",
        "K(n, d)": "the number of subsets of at most d of n elements, by the largest one",
        "choose(m, k)": "the binomial coefficient",
        "P, R, centre, other": "inverse covariances and means of the Gaussians",
        "s*[i = k] + t*[i = l]": "the points of the plane of the coordinates k and l",
        "p, q, lnp, lnq": "two distributions on N outcomes and their logarithms, any numbers where q is 0",
        "lam(j), stat(j, s)": "multipliers and statistics: p has the logarithm sum_j lam(j) stat(j, s) - c",
        "curve(k)*inverse(k) = 1": "no diagonal coefficient of the form is 0",
        "v(k, i), along(k), S": "coordinates in which the form is diagonal, the vector u, and sum_k u_k^2/d_k",
        "s0, s1, s2": "the activation at 0 and its first two derivatives there",
        "weight(j), input(j, i), bias": "the output and input weights of m neurons, and an output bias",
        "form(i, o), axis(k, i)": "the matrix of the form, and r + 1 directions on which it is diagonal",
        "sum(x: bits(w), 1)": "the subsets of the w sites that follow",
        "matrix(u, v), signal(v)": "a matrix A, its places naturals and the same if they differ by n; x at 0 to n",
        "sum(j: index(n), matrix(u, j)*signal(j + 1))": "the entry u of ASx, as (Sx)(v) = x(v + 1)",
        "sum(j: index(n), matrix(u + 1, j)*signal(j))": "the entry u of SAx",
    },
    quantities=quantities,
    variants=variants,
    references=("LinTegmarkRolnick2017",),
    errata=errata,
    model=model,
    notation={
        "x.Px": "quadratic",
        "x.P(m-m')": "pull",
        "x.Pm": "linear",
        "const": "constant",
        "1/Z": "1/partition",
        "s_2": "s2",
        "Q(x)": "form",
        "e_0": "e0",
    },
)
