"""Replay one certificate with the standard library alone."""

import sys

from lemmata.kernel.replay import main

sys.exit(main(sys.argv[1:]))
