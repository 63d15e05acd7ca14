"""Runs: an experiment cut into shards, drawn anywhere, joined in order, and judged row by row."""

from lemmata.running.cluster import Cluster
from lemmata.running.evidence import Predict, effective_tolerance, evidence
from lemmata.running.executors import Executor, Serial
from lemmata.running.experiment import Experiment
from lemmata.running.keeping import Keeper
from lemmata.running.loading import load_rows
from lemmata.running.processes import Processes
from lemmata.running.shards import Unit, count_shard
from lemmata.running.store import Store, Unusable
from lemmata.running.tallies import Prefix, Progress, Share, draw_share, tally

__all__ = [
    "Cluster",
    "Executor",
    "Experiment",
    "Keeper",
    "Predict",
    "Prefix",
    "Processes",
    "Progress",
    "Serial",
    "Share",
    "Store",
    "Unit",
    "Unusable",
    "count_shard",
    "draw_share",
    "effective_tolerance",
    "evidence",
    "load_rows",
    "tally",
]
