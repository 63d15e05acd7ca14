"""``python -m benchmarks.calibration [TABLE...]`` prints the tables; ``--write`` puts them into docs/calibration.md."""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
from pathlib import Path
from time import perf_counter

import numpy
import scipy

from benchmarks.calibration.tables import TABLES, Rows

DOCUMENT = Path(__file__).parents[2] / "docs" / "calibration.md"


def markdown(rows: Rows) -> str:
    header, *body = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([header, f"|{' --- |' * len(rows[0])}", *body])


def replace_table(text: str, name: str, table: str) -> str:
    """The text with what follows the mark of a table, up to an empty line, replaced by ``table``."""
    changed, count = re.subn(
        rf"(?<=^<!-- table: {name} -->\n).*?(?=\n\n)", lambda _: table, text, flags=re.DOTALL | re.MULTILINE
    )
    if count != 1:
        sys.exit(f"{DOCUMENT} has {count} marks '<!-- table: {name} -->', not one")
    return changed


def machine() -> str:
    parts = (platform.python_version(), numpy.__version__, scipy.__version__, os.cpu_count())
    return "Python {}, NumPy {}, SciPy {}, {} cores".format(*parts)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calibration", description=__doc__)
    parser.add_argument("tables", nargs="*", metavar="TABLE", help=f"of {', '.join(TABLES)}; default: all")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/calibration.md")
    options = parser.parse_args()
    if unknown := set(options.tables) - set(TABLES):
        parser.error(f"there is no table {', '.join(sorted(unknown))}; choose from {', '.join(TABLES)}")
    durations: Rows = [("table", "seconds")]
    made: dict[str, str] = {}
    for name in options.tables or TABLES:
        start = perf_counter()
        made[name] = markdown(TABLES[name]())
        durations.append((name, f"{perf_counter() - start:.0f}"))
        print(f"{name}\n\n{made[name]}\n", flush=True)
    if len(made) == len(TABLES):
        made["durations"] = markdown([*durations, ("on", machine())])
    print(markdown(durations))
    if options.write:
        text = DOCUMENT.read_text(encoding="utf-8")
        for name, table in made.items():
            text = replace_table(text, name, table)
        DOCUMENT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
