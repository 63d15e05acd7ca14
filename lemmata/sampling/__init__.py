"""Where randomness and exact enumeration come from: streams, sign vectors, transforms, histograms, backends.

Everything is written against an array namespace, so that NumPy and CuPy run the same lines and, for integers,
produce the same digits.
"""

from lemmata.sampling import compiled
from lemmata.sampling.backends import Backend, namespace, resolve, to_host
from lemmata.sampling.factories import call_user, load_factory, shown
from lemmata.sampling.gates import Layer, layer, pair_products
from lemmata.sampling.histogram import CELLS, AssumptionViolated, Binned, bin_counts
from lemmata.sampling.memory import usable
from lemmata.sampling.normal import inverse_normal
from lemmata.sampling.philox import philox4x32
from lemmata.sampling.signs import parity
from lemmata.sampling.stream import Stream
from lemmata.sampling.transforms import walsh_hadamard

__all__ = [
    "CELLS",
    "AssumptionViolated",
    "Backend",
    "Binned",
    "Layer",
    "Stream",
    "bin_counts",
    "call_user",
    "compiled",
    "inverse_normal",
    "layer",
    "load_factory",
    "namespace",
    "pair_products",
    "parity",
    "philox4x32",
    "resolve",
    "shown",
    "to_host",
    "usable",
    "walsh_hadamard",
]
