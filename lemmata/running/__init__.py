"""Runs: an experiment cut into shards, drawn anywhere, joined in order, and judged row by row."""

from lemmata.running.evidence import Predict, effective_tolerance, evidence
from lemmata.running.executors import Executor, Processes, Serial
from lemmata.running.experiment import Experiment
from lemmata.running.loading import load_rows
from lemmata.running.shards import Unit, count_shard
from lemmata.running.tallies import Prefix, Progress, tally

__all__ = [
    "Executor",
    "Experiment",
    "Predict",
    "Prefix",
    "Processes",
    "Progress",
    "Serial",
    "Unit",
    "count_shard",
    "effective_tolerance",
    "evidence",
    "load_rows",
    "tally",
]
