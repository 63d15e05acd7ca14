"""``python -m benchmarks [W1 W1b W2 W3 W7 W8]`` prints ratios; ``--write`` keeps them in benchmarks/results."""

from __future__ import annotations

import argparse
import json
import os
import platform
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks import document
from benchmarks.rounds import Ratio, Result, measure


def machine() -> dict[str, Any]:
    """What the numbers were measured on."""
    from importlib.metadata import PackageNotFoundError, version

    def installed(name: str) -> str | None:
        try:
            return version(name)
        except PackageNotFoundError:
            return None

    packages = ("numpy", "scipy", "numba", "fht_cpu", "torch", "sympy", "python-flint", "click")
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": {name: found for name in packages if (found := installed(name))},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown"
    )


def lines(result: Result) -> list[str]:
    unit, found = ("", result.returned) if result.returned else (" ms", result.milliseconds or {})
    times = ", ".join(f"{name} {value:.3g}{unit}" for name, value in found.items())
    head = f"{result.workload}  {result.case}  [{result.clock} time, {result.rounds} rounds]"
    return [head, f"    {times}", *(f"    {_said(ratio)}" for ratio in result.ratios)]


def _said(ratio: Ratio) -> str:
    spread = f"{ratio.median:.3g} ({ratio.low:.3g} to {ratio.high:.3g})"
    target = f"; target {ratio.target}: {'met' if ratio.met else 'MISSED'}" if ratio.target else ""
    return f"{ratio.of} / {ratio.over}: {spread}{target}"


def write(name: str, results: list[Result]) -> None:
    """Keep the results of a workload, and say them in the document."""
    document.RESULTS.mkdir(exist_ok=True)
    found = {"workload": name, "machine": machine(), "results": [result.document() for result in results]}
    partial = document.RESULTS / f"{name}.json.partial"
    partial.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    os.replace(partial, document.RESULTS / f"{name}.json")
    document.write()


def main() -> None:
    # One thread, before any BLAS is loaded: what is compared by processor time is compared on one core.
    os.environ |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    from benchmarks.workloads import WORKLOADS
    from lemmata.sampling import compiled

    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "workloads", nargs="*", metavar="WORKLOAD", help=f"of {', '.join(WORKLOADS)}; default: all"
    )
    parser.add_argument("--write", action="store_true", help="keep the results in benchmarks/results/*.json")
    options = parser.parse_args()
    if unknown := sorted(set(options.workloads) - set(WORKLOADS)):
        parser.error(f"there is no workload {', '.join(unknown)}; choose from {', '.join(WORKLOADS)}")
    # The kernels are what is measured: they are used from the first sample on.
    compiled.LOADING = 0.0
    for name in options.workloads or WORKLOADS:
        start, results = perf_counter(), []
        for case in WORKLOADS[name]():
            results.append(measure(name, case))
            print("\n".join(lines(results[-1])), flush=True)
        print(f"{name}: {perf_counter() - start:.0f} s\n", flush=True)
        if options.write:
            write(name, results)


if __name__ == "__main__":
    main()
