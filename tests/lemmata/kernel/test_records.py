"""What is no record at all is told apart from a record that is refused."""

from __future__ import annotations

from typing import Any

import pytest

from lemmata.kernel.errors import CertificateError
from lemmata.kernel.judge import Judge


@pytest.mark.parametrize(
    "broken",
    [
        {"id": "s", "rule": "magic", "claim": "0 = 0"},
        {"id": "s", "rule": "identity", "claim": "0 = 0", "extra": 1},
        {"id": "s", "rule": "identity", "claim": "0 = 0", "certificate": {"extra": 1}},
        {"id": "s", "rule": "identity", "claim": ""},
        {"rule": "identity", "claim": "0 = 0"},
    ],
)
def test_what_is_no_record_is_no_certificate(broken: dict[str, Any]) -> None:
    with pytest.raises(CertificateError):
        Judge().accept(broken)
