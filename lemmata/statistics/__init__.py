"""Numbers in, verdicts out: betting martingales, confidence sequences, power, and the error ledger.

Every bound here is valid at any stopping time for bounded statistics whose conditional mean is fixed,
so a run may be looked at after every shard, and stopped or continued, without spending more error.
"""

from lemmata.statistics.decision import (
    Decision,
    decide_exact,
    decide_exact_at_least,
    decide_exact_at_most,
    decide_mean_at_most,
    decide_mean_equals,
)
from lemmata.statistics.ledger import ErrorLedger
from lemmata.statistics.martingale import GRID, log_factors, log_wealth
from lemmata.statistics.power import detectable, samples_needed
from lemmata.statistics.scaling import decide_scaling_law, slope_interval
from lemmata.statistics.sequence import confidence_sequence
from lemmata.statistics.tally import Tally

__all__ = [
    "GRID",
    "Decision",
    "ErrorLedger",
    "Tally",
    "confidence_sequence",
    "decide_exact",
    "decide_exact_at_least",
    "decide_exact_at_most",
    "decide_mean_at_most",
    "decide_mean_equals",
    "decide_scaling_law",
    "detectable",
    "log_factors",
    "log_wealth",
    "samples_needed",
    "slope_interval",
]
