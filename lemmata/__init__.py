"""lemmata: theorems of deep-learning theory that can be run."""

__version__ = "0.1.0"
