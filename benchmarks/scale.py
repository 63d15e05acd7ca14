"""Cost and memory against the number of shards: ``python -m benchmarks.scale``.

A quick sampler is drawn for 10, 32, 100, 316 and 1000 shards of 2^16 samples, each in a fresh process, serially,
by processes, with a store, and resumed from it. Printed are the processor seconds of all processes of a run without
those of its start, those of one shard, and the largest memory of any process; at the end the slope of the logarithm
of the seconds against that of the shards, 1 where cost is linear and less where a long run may use what is not worth
loading for a short one. The exit code is 1 where the slope exceeds 1.1, or a process takes 400 MB.
"""

from __future__ import annotations

import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SHARDS = (10, 32, 100, 316, 1000)
LIMIT, STEEPEST = 400.0, 1.1
MODES = ("serial", "2 processes", "with store", "resumed")
TWIN = """
from lemmata.model import Row

def rows(rng, xp):
    def sampler(stream, size):
        return stream.uniform((size, 4)).mean(axis=1)
    yield Row(name="mean", quantity="half", at={}, part="a", kind="mean-equals", support=(0, 1), sampler=sampler)
"""


def run(mode: str, shards: int, folder: Path) -> dict[str, float]:
    """One run in a process of its own."""
    words = [sys.executable, "-m", "benchmarks.scale", mode, str(shards), str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def measure(mode: str, shards: int, folder: Path) -> dict[str, float]:
    """Processor seconds and memory of a run in this process and its children."""
    from lemmata.running import Experiment, Keeper, Processes, Serial, Store, keeping, tally

    keeping.SECONDS = 0.0
    twin = folder / "twin.py"
    twin.write_text(TWIN)
    experiment = Experiment(f"file:{twin}", key="scale")
    executor = Processes(2) if mode == "2 processes" else Serial()
    tally(experiment, "mean", 2 * 2**16, executor)  # what is loaded once is not counted
    start, began = used(), time.perf_counter()
    if mode in ("with store", "resumed"):
        with Store(folder / f"shards-{shards}", print) as store:
            drawn = tally(experiment, "mean", shards * 2**16, keeper=Keeper(store, print))
    else:
        drawn = tally(experiment, "mean", shards * 2**16, executor)
    wall = time.perf_counter() - began
    if isinstance(executor, Processes):
        executor.close()  # the time of children counts once they have ended
    assert drawn.n == shards * 2**16
    return {"cpu": used() - start, "wall": wall, "memory": memory()}


def used() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, kinds))


def memory() -> float:
    """The largest memory of this process or a child, in MB."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1000


def main() -> int:
    """Measure every mode and print a table; 1 where a limit is broken."""
    broken = False
    print(f"{'run':12} {'shards':>6} {'seconds':>8} {'ms/shard':>9} {'wall':>7} {'MB':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for mode in MODES:
            found = {shards: run(mode, shards, Path(folder)) for shards in SHARDS}
            for shards, seen in found.items():
                each = 1000 * seen["cpu"] / shards
                print(
                    f"{mode:12} {shards:6} {seen['cpu']:8.2f} {each:9.3f} {seen['wall']:7.2f} {seen['memory']:6.0f}"
                )
            slope = exponent({shards: seen["cpu"] for shards, seen in found.items()})
            most = max(seen["memory"] for seen in found.values())
            wrong = most >= LIMIT or slope > STEEPEST
            broken = broken or wrong
            print(
                f"{mode:12} exponent {slope:.3f}, at most {most:.0f} MB{'   BROKEN' if wrong else ''}",
                flush=True,
            )
    return int(broken)


def exponent(seconds: dict[int, float]) -> float:
    """The slope of least squares through the logarithms."""
    points = [(math.log(shards), math.log(cost)) for shards, cost in seconds.items()]
    x, y = (sum(each) / len(points) for each in zip(*points, strict=True))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


if __name__ == "__main__":
    if len(sys.argv) == 4:
        print(json.dumps(measure(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))))
    else:
        sys.exit(main())
