r"""One hidden layer without biases multiplies n inputs exactly only with 2^n neurons; a tree of gates with 4(n - 1).

Let f(x) = sum_j w_j sigma(a_j . x) have m neurons, s_k the k-th derivative of sigma at 0 and L(alpha) = sum_j w_j
prod_i a_ji^alpha_i, so that D^alpha f(0) = s_|alpha| L(alpha). If f is c x^r, c != 0, through degree |r|, where s_k
!= 0, then m is at least prod (r_i + 1) (a), or one less with an output bias (b); for r = (1, .., 1) that is 2^n. The
gate of 2^n neurons at the sign vectors attains it: its L(alpha) is 1 if every alpha_i is odd, else 0 (c), so 0 at
every other alpha of degree at most n than (1, .., 1) (c'). (For other r finite differences attain (a) and (b), which
the rows look at.) With s_k != 0 through degree 2n the sum of (L(x^S x^T) - [T = S^c])^2 over all subsets S, T of the
inputs is at least 2^n - m (d), and m neurons of the sign gate leave just 2^n - m (d'). A matrix of m products of a
column by a row, over the C(n,k) subsets of one size k, whose squared distance from the identity is at most C(n,k) d
has C(n,k) - m <= C(n,k) d (e); if the distance is below 1 then C(n,k) <= m (g). Such are the Hermite coefficients of
m functions of one linear form each, and their mollified derivatives, whatever the activations and biases: so m ridge
functions of a Gaussian miss the product by a mean square of 1 - m/C(n,k), and uniform approximation needs C(n,k) of
them. That step, by Mehler's formula and Bessel's inequality with the multiplicities 2^t C(n-2t, k-t) <= C(n,k), is
not proved here. If every neuron has an activation and a bias of its own, those that see x_0 number at least prod (r_i
+ 1) for x_0 x^r, so 2^(n-1) for n inputs (f). A tree of gates of two inputs has 4(n - 1) (h) neurons, four for each
gate; how near a gate comes to its product is the theorem multiplication-gate, and how near a tree does is looked at
in rows.

Idea.       Moments L(x^s x^(r-t)) form a matrix of rank m that is triangular in the degree, whatever the unknown is.
Numbers.    residual(n=3, m=5) = 3; neurons_deep(n=32) = 124; neurons_shallow(r=1,1,1) = 8.
References. LinTegmarkRolnick2017; RolnickTegmark2018 (theorem 3.4 and its uniform form; the latter is false).
"""

from __future__ import annotations

from lemmata.proof import Part, Proof, Quantity, Theorem, total
from theorems.expressivity import _no_flattening_values as values
from theorems.expressivity._no_flattening import n
from theorems.expressivity._no_flattening_errata import errata
from theorems.expressivity._no_flattening_gates import (
    derive_gates,
    exact_claim,
    gate_claim,
    leaves,
    tree_claim,
)
from theorems.expressivity._no_flattening_model import model
from theorems.expressivity._no_flattening_rank import biased_claim, derive_rank, moments_claim, plain_claim
from theorems.expressivity._no_flattening_residual import (
    attained_claim,
    derive_residual,
    kept,
    residual_claim,
    ridge_claim,
    uniform_claim,
    x,
)
from theorems.expressivity._no_flattening_variants import variants


def derive(proof: Proof) -> None:
    """Ranks of triangular matrices, the gates that attain them, distances from a permutation."""
    derive_rank(proof)
    derive_gates(proof)
    derive_residual(proof)


theorem = Theorem(
    setting="f has m neurons in one hidden layer, n inputs; r has n natural entries, degrees are total degrees.",
    parts=(
        Part("a", "Without biases x^r needs prod (r_i + 1) neurons.", plain_claim),
        Part("b", "With an output bias, which changes degree 0 alone, one less.", biased_claim),
        Part(
            "c",
            "The sign gate of 2^n neurons has the moment 1 where all exponents are odd, else 0.",
            gate_claim,
        ),
        Part(
            "c'",
            "So it vanishes at every alpha of degree at most n but (1, .., 1): 2^n neurons do.",
            exact_claim,
        ),
        Part(
            "d", "m neurons leave a squared distance of 2^n - m at least, through degree 2n.", residual_claim
        ),
        Part("d'", "The sign gate without some of its neurons leaves just that.", attained_claim),
        Part(
            "e",
            "m products of a column by a row, C(n, size) d from the identity in squares: m >= (1 - d) C(n, size).",
            ridge_claim,
        ),
        Part(
            "f",
            "Every neuron with its own activation and bias: prod (r_i + 1) of them see x_0, to give x_0 x^r.",
            moments_claim,
        ),
        Part("g", "A squared distance below 1 needs C(n, size) of them.", uniform_claim),
        Part("h", "A tree of gates of two inputs has four times one gate less than leaves.", tree_claim),
    ),
    readings={
        "s": "the derivatives of the activation at 0, by their order",
        "a, w": "weights into and out of the neurons, by number",
        "alpha, l": "a multi-index, and an input at which it differs from r",
        "sum_j(w(j)*prod_i(a(j, i)^alpha(i)))": "the moment at alpha; times s at its degree it is the network's "
        "derivative at 0",
        "in (f)": "neurons with a first weight of 1, each with an activation of its own, whose derivative of order "
        "one more than the degree of r is taken into w; another first weight goes into the activation, unless it is 0: "
        "then the neuron has no derivative in the first input",
        "in (e), (g)": "over subsets of one size: for ridge functions the sums are Hermite coefficients, or mollified "
        "derivatives, at a row's subset and the complement of a column's, where the product has the identity; that "
        "this bounds a mean squared error is Mehler's formula with Bessel's inequality, not proved here",
        "feeds": "1 if a node, a leaf or a gate, is an input of a gate",
    },
    quantities=(
        Quantity(
            "neurons_shallow", "least neurons of one layer for x^r", {"r": "naturals"}, values.neurons_shallow
        ),
        Quantity(
            "neurons_shallow_output_bias",
            "the same with an output bias",
            {"r": "naturals"},
            values.neurons_shallow_output_bias,
        ),
        Quantity(
            "neurons_free_bias",
            "the same for n inputs with free biases",
            {"n": "count"},
            values.neurons_free_bias,
        ),
        Quantity(
            "uniform_neurons",
            "fewer ridge functions do not approximate n inputs' product uniformly",
            {"n": "count"},
            values.uniform_neurons,
        ),
        Quantity(
            "residual",
            "least squared distance of m neurons",
            {"n": "nat", "m": "nat"},
            values.residual,
            side=("d'", {"n": n, "m": total(x, kept(x))}),
        ),
        Quantity(
            "l2_lower_bound",
            "no m ridge functions of a Gaussian have a smaller mean squared error",
            {"n": "count", "m": "nat"},
            values.l2_lower_bound,
        ),
        Quantity(
            "neurons_deep",
            "neurons of a tree of gates of two inputs, inputs skipping layers unless n is a power of 2",
            {"n": "count"},
            values.neurons_deep,
            side=("h", {"n": leaves}),
        ),
        Quantity(
            "neurons_at_depth",
            "neurons of the cheapest tree of k layers of equal gates",
            {"n": "count", "k": "nat"},
            values.neurons_at_depth,
        ),
        Quantity(
            "neurons_at_depth_mixed",
            "neurons of the cheapest tree of depth at most k",
            {"n": "count", "k": "nat"},
            values.neurons_at_depth_mixed,
        ),
        Quantity(
            "counterexample_error",
            "sup |sigma(az)/a^d - z^d| on [-1, 1] for sigma = z^d + sin + cos, no derivative of which is 0: one neuron",
            {"d": "count", "scale": "positive"},
            values.counterexample_error,
        ),
        Quantity("sign_gate", "what the sign gate computes, for small t", {"x": "reals"}, values.sign_gate),
        Quantity("gate_order", "the power of t in the error of a gate", {}, values.gate_order),
    ),
    variants=variants,
    references=("LinTegmarkRolnick2017", "RolnickTegmark2018"),
    model=model,
    errata=errata,
)
