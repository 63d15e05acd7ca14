"""``python -m lemmata.kernel FILE``: the kernel alone re-checks a certificate."""

from __future__ import annotations

import sys

from lemmata.kernel.documents import Replay, replay, replay_file
from lemmata.kernel.errors import CertificateError, Refused

__all__ = ["Replay", "main", "replay", "replay_file"]


def main(arguments: list[str]) -> int:
    """Exit code 0: every step accepted; 1: a step refused; 2: not a certificate."""
    if len(arguments) != 1:
        print("usage: python -m lemmata.kernel FILE.json", file=sys.stderr)
        return 2
    try:
        found = replay_file(arguments[0])
    except Refused as error:
        print(error, file=sys.stderr)
        return 1
    except CertificateError as error:
        print(error, file=sys.stderr)
        return 2
    ledger = ", ".join(f"{tier} {count}" for tier, count in found.ledger.items())
    print(f"accepted: {found.steps} steps, parts {', '.join(found.parts)}; {ledger}")
    return 0
