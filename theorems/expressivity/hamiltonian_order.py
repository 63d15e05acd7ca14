r"""A posterior is a softmax of Hamiltonians, and a Hamiltonian of low order has few coefficients.

For classes y let H_y = -ln p(x|y) and mu_y = -ln p(y). The posterior p(y|x) is the softmax of -H - mu (a), for any
number of classes, and is the same for H + c(x) (a'). A polynomial of degree at most d in n variables has C(n+d, d)
coefficients (b), on bits the sum of C(n, k) over k <= d (b'): over all sets I of n bits the sum of z^|I| is, by size,
(1+z)^n (b''). A Gaussian of mean m and inverse covariance P has H equal to x.Px/2 - x.Pm + const (c); a quadratic H
has a number of coefficients of 1 + n (n+3)/2 (c'), whose constant is fixed by normalisation as e^-c = 1/Z (c''). The
log-odds of two Gaussians of one covariance are x.P(m-m') + const (c'''), and only covariances that agree make them
linear (c''''). Let p ~ exp(sum_a l_a f_a), on finitely many outcomes, and q have the same means of the f_a: then S(p)
- S(q) = D(q|p) (d) and S(q) <= S(p) (d').

The Taylor polynomial of r + 2 neurons can be s_2 Q(x)/2 (e) for any quadratic form Q of rank r, if s_0, s_1 and s_2
are not 0; fewer do not suffice (e'), nor, with an output bias, fewer than r + 1 (e''). The neurons need a sum T that
is not 0; changing one of its terms by 3 e_0 mends one that is, since T^2 + (T + 3 e_0)^2 (e''') is positive. The
product of k bits is the logistic function of -beta(k - 1/2 - sum x_i) up to 1/(1 + e^(beta/2)) (f), which is attained
(f'). The nonempty sets of diameter below k among n sites in a row number (n-k+1) 2^(k-1) + 2^(k-1) - 1 (g). A matrix
that is constant along its cyclic diagonals commutes with the shift, (ASx)_u = (SAx)_u (g'), and its first column fixes
it (g''). Remark, on what no part claims: what commutes with the shift is constant along them, entry by entry of AS =
SA.
Low order does not survive marginalising: an equal mixture of two Gaussians N(+-a, 1) has H = x^2/2 - ln cosh(ax) + c
(h), of the Taylor polynomial (1 - a^2) x^2/2 + a^4 x^4/12 (h').

The maximal entropy (d') is proved for finite alphabets, not for densities. That nature prefers the degrees 2 to 4 (i) is
an observation: no claim and no row speaks for it.

Idea.       Bayes' rule is a softmax; coefficients are counted by Pascal's rule; neurons by the rank of their moments.
Numbers.    quadratic_energy(quadratic=2, linear=3, constant=1) = -1; hamiltonian_coefficients(n=2) = 6;
            normalising_factor(partition=4) = 1/4; linear_log_odds(pull=1, constant=2) = 3;
            entropy_gap(divergence=1/3) = 1/3; entropy_bound(entropy=1/2) = 1/2; second_order(s2=1/4,
            form=2) = 1/4; two_scales(T=0, e0=1) = 9; local_parameters(n=10, k=3) = 35; after_shift(value=5)
            = 5; mixture_taylor(x=1, a=2) = -1/6; fourth_coefficient(a=2) = 4/3; coefficients(n=2, d=2) = 6;
            bit_coefficients(n=10, d=2) = 56; subset_polynomial(n=3, z=2) = 27; quadratic_neurons(rank=1) =
            3; quadratic_neurons(rank=2) = 4.
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
    commutes_claim,
    derive_symmetry,
    difference_claim,
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
    Part("a", "The posterior is the softmax of -H - mu, for any number of classes.", posterior_claim),
    Part("a'", "It does not change if H is changed by what does not know the class.", shift_claim),
    Part("b", "Monomials of degree at most d in n real variables: C(n+d, d).", monomial_claim),
    Part("b'", "Subsets of at most d of n bits: the sum of C(n, k) over k <= d.", subset_claim),
    Part("b''", "Over all sets of n bits, weighted by z for each element: C(n, k) of size k.", sizes_claim),
    Part("c", "The Hamiltonian of a Gaussian is quadratic.", hamiltonian_claim),
    Part("c'", "A constant, n linear terms and a symmetric matrix: 1 + n(n+3)/2.", quadratic_claim),
    Part("c''", "Normalisation fixes the constant, on any finite set of places.", constant_claim),
    Part("c'''", "Two Gaussians of one covariance have linear log-odds.", linear_claim),
    Part(
        "c''''",
        "Log-odds that are linear on the planes of two coordinates: the covariances agree.",
        covariance_claim,
    ),
    Part("d", "What the entropy lacks is a divergence (finite alphabets).", divergence_claim),
    Part(
        "d'", "No distribution with the same moments has a larger entropy (finite alphabets).", entropy_claim
    ),
    Part(
        "e", "r + 2 neurons make a quadratic form of rank r; the one at 0 is an output bias.", neurons_claim
    ),
    Part("e'", "Fewer than r + 2 neurons do not (r + 1 is the rank here).", lower_claim),
    Part("e''", "With an output bias: fewer than r + 1 do not (r + 1 is the rank here).", output_bias_claim),
    Part("e'''", "Of two choices of u one has S != 0: they differ by 3 e_0.", some_claim),
    Part("f", "One logistic neuron for a product of k bits: its error is at most lo(-beta/2).", bound_claim),
    Part("f'", "Where every bit is 1, it is that.", attained_claim),
    Part("g", "Local terms: k = w + 1, n = g + w; by the first site of a set.", local_claim),
    Part(
        "g'", "A circulant matrix, constant along cyclic diagonals, commutes with the shift.", commutes_claim
    ),
    Part(
        "g''",
        "An entry of a circulant matrix is that of the first column at the difference of its places.",
        difference_claim,
    ),
    Part("h", "An equal mixture of N(a, 1) and N(-a, 1), up to normalisation.", mixture_claim),
    Part("h'", "Its Taylor polynomial, through degree 4: the coefficient of z^4 is a^4/12.", taylor_claim),
)

theorem = Theorem(
    setting="H_y = -ln p(x|y), mu_y = -ln p(y); neurons have one activation with s_0, s_1, s_2 != 0 at 0.",
    definitions=(choose,),
    parts=parts,
    observations=(Observation("i", "The Hamiltonians of known physics mostly have degree 2 to 4."),),
    readings={
        "ex, ln, lo, L": "the exponential, the logarithm, the logistic function, ln cosh, by what is known of them",
        "E": "the Hamiltonian of the mixture",
        "likely(y, x), prior(y)": "p(x|y) and p(y)",
        "M(n, d)": "the number of monomials of degree at most d in n variables, by the exponent of the last one",
        "K(n, d)": "the number of subsets of at most d of n elements, by the largest one",
        "choose(m, k)": "the binomial coefficient",
        "P, Q, centre, other": "inverse covariances and means of the Gaussians",
        "s*[i = k] + t*[i = l]": "the points of the plane of the coordinates k and l",
        "p, q, lam, stat": "two distributions on N outcomes; p has the logarithm sum_j lam(j) stat(j, s) - c",
        "curve(k)*inverse(k) = 1": "no diagonal coefficient of the form is 0",
        "v(k, i), along(k), S": "coordinates in which the form is diagonal, the vector u, and sum_k u_k^2/d_k",
        "s0, s1, s2": "the activation at 0 and its first two derivatives there",
        "weight(j), input(j, i)": "the output and input weights of m neurons",
        "form(i, h), axis(k, i)": "the matrix of the form, and directions on which it is diagonal",
        "sum(x: bits(w), 1)": "the subsets of the w sites that follow",
        "matrix(u, v), signal(v)": "a matrix A and a vector x whose places are naturals, the same if they differ by n",
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
        "D(q|p)": "divergence",
        "S(p)": "entropy",
        "s_2": "s2",
        "Q(x)": "form",
        "e_0": "e0",
        "(SAx)_u": "value",
    },
)
