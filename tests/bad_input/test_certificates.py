"""Certificates that are none: refused quickly, in little memory, and told apart from a step that is refused."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import perf_counter
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]
Refused = Callable[..., str]
FILE = "proof.json"
DEEP = 100_000
# Far above what a refusal takes, far below what any of these would take if it were carried out.
SECONDS, KIBIBYTES = 20, 2**18


def step(claim: str = "0 = 0", **fields: Any) -> dict[str, Any]:
    return {"id": "s", "rule": "identity", "claim": claim, "premises": [], "certificate": {}, **fields}


def certificate(*steps: Any, **fields: Any) -> dict[str, Any]:
    parts = [{"label": "a", "step": "s", "claim": "0 = 0"}]
    head = {"format": "lemmata-certificate", "version": 1, "id": "zero"}
    return {**head, "steps": list(steps or [step()]), "parts": parts, **fields}


WHOLE = json.dumps(certificate())


def test_a_whole_one_is_accepted(run: Run) -> None:
    Path(FILE).write_text(WHOLE, encoding="utf-8")
    assert run("replay", FILE).exit_code == 0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Expecting value"),
        (b"\0" * 100, "Expecting value"),
        (b"\x89PNG\r\n\x1a\n\xff", "can't decode"),
        (b'{"format": "\xff"}', "can't decode"),
        (b"null", "not an object"),
        (b"[]", "not an object"),
        (b"3", "not an object"),
        (b'"text"', "not an object"),
        (b"{}", "version 1"),
        (WHOLE[: len(WHOLE) // 2].encode(), "line 1 column"),
        (WHOLE.encode() + b"x", "Extra data"),
        (b"[" * DEEP, "nested deeper than 100"),
        (b"[" * DEEP + b"]" * DEEP, "nested deeper than 100"),
        (b'{"a":' * DEEP + b"1" + b"}" * DEEP, "nested deeper than 100"),
        (WHOLE[:-1].encode() + b', "provenance": {"a": ' + b"[" * 200 + b"]" * 200 + b"}}", "nested deeper"),
        (b'{"format": 1, "format": 2}', "a key occurs twice"),
        (WHOLE.replace('"rule"', '"id": "t", "rule"').encode(), "a key occurs twice"),
        (b'{"version": NaN}', "NaN is not a number here"),
        (b'{"version": Infinity}', "Infinity is not a number here"),
        (b'{"version": -Infinity}', "-Infinity is not a number here"),
        (b'{"version": ' + b"9" * 1_000_000 + b"}", "more than 400 digits"),
        (b'{"version": 1e999999999}', "version 1"),
        (b" " * 10_000_001, "larger than 10000000 bytes"),
    ],
    ids=lambda value: repr(value[:20]) if isinstance(value, bytes) else "",
)
def test_what_is_not_read_as_a_certificate(run: Run, refused: Refused, data: bytes, said: str) -> None:
    Path(FILE).write_bytes(data)
    start = perf_counter()
    found = refused("replay", FILE)
    assert found.startswith(f"{FILE} is no certificate: ") and said in found
    assert perf_counter() - start < SECONDS


NO_TEXT = (None, 3, True, [], {}, ["s"])
WRONG = [
    *(({"format": v}, "version 1") for v in (*NO_TEXT, "lemmata", "\ud800")),
    *(({"version": v}, "version 1") for v in (None, "1", 1.0, True, [1], {}, 0, 2)),
    *(({key: v}, "steps and parts") for key in ("steps", "parts") for v in (None, 3, "s", [], {}, {"s": 1})),
    *(({"steps": [v]}, "a step is not an object") for v in (None, 3, "s", [], True)),
    *(
        ({"parts": [v]}, "exactly a label, a step and a claim")
        for v in (None, 3, "a", [], {}, {"label": "a"})
    ),
    *(({key: v}, f"'{key}' is not a text") for key in ("id", "title", "hash") for v in NO_TEXT),
    *(({"references": v}, "'references' is not a list") for v in (None, 3, "a", {})),
    *(({"provenance": v}, "'provenance' is not an object") for v in (None, 3, "a", [])),
    ({"extra": 1}, "unknown key 'extra'"),
    ({"ex\ntra\x1b[2J": 1}, "unknown key"),
]
WRONG_STEP = [
    *(({key: v}, f"a step has no {key}") for key in ("id", "rule", "claim") for v in (*NO_TEXT, "")),
    *(({"premises": v}, "not a list of ids") for v in (None, 3, "s", {}, [3], [None], [[]])),
    *(({"certificate": v}, "not an object") for v in (None, 3, "s", [])),
    *(({key: v}, f"'{key}' is not a text") for key in ("because", "latex") for v in NO_TEXT),
    ({"rule": "magic"}, "there is no rule 'magic'"),
    ({"extra": 1}, "unknown key 'extra' in a step"),
    ({"certificate": {"extra": 1}}, "extra"),
    ({"certificate": {"using": 3}}, "using"),
    ({"certificate": {"using": [3]}}, ""),
    ({"certificate": {"unfold": "s"}}, "'unfold' is not a list"),
    ({"rule": "cite", "certificate": {"source": 3}}, "a citation names its source"),
    ({"rule": "define", "certificate": {"symbol": 3}}, "a definition names its symbol"),
    ({"rule": "define", "certificate": {}}, "a definition names its symbol"),
]
WRONG_PART = [
    *(
        ({key: v}, "exactly a label, a step and a claim")
        for key in ("label", "step", "claim")
        for v in NO_TEXT
    ),
    ({"extra": "1"}, "exactly a label, a step and a claim"),
    *(({"label": v}, "cannot be printed") for v in ("", "\n", "\x1b[2J", "\ud800")),
]


@pytest.mark.parametrize(("fields", "said"), WRONG)
def test_a_field_of_the_wrong_kind(run: Run, refused: Refused, fields: dict[str, Any], said: str) -> None:
    Path(FILE).write_text(json.dumps(certificate(**fields)), encoding="utf-8")
    assert said in refused("replay", FILE)


@pytest.mark.parametrize(("fields", "said"), WRONG_STEP)
def test_a_step_of_the_wrong_kind(run: Run, refused: Refused, fields: dict[str, Any], said: str) -> None:
    Path(FILE).write_text(json.dumps(certificate(step(**fields))), encoding="utf-8")
    assert said in refused("replay", FILE)


@pytest.mark.parametrize(("fields", "said"), WRONG_PART)
def test_a_part_of_the_wrong_kind(run: Run, refused: Refused, fields: dict[str, Any], said: str) -> None:
    part = {"label": "a", "step": "s", "claim": "0 = 0"} | fields
    Path(FILE).write_text(json.dumps(certificate(parts=[part])), encoding="utf-8")
    assert said in refused("replay", FILE)


def test_an_id_or_a_part_that_occurs_twice(run: Run, refused: Refused) -> None:
    Path(FILE).write_text(json.dumps(certificate(step(), step())), encoding="utf-8")
    assert "the id 's' occurs twice" in refused("replay", FILE)
    part = {"label": "a", "step": "s", "claim": "0 = 0"}
    Path(FILE).write_text(json.dumps(certificate(parts=[part, part])), encoding="utf-8")
    assert "a part occurs twice" in refused("replay", FILE)


def test_a_certificate_that_cannot_be_opened(run: Run, refused: Refused, tmp_path: Path) -> None:
    assert "does not exist" in refused("replay", "nowhere.json")
    assert "is a directory" in refused("replay", ".")
    assert "does not exist" in refused("replay", "")
    (tmp_path / "loop.json").symlink_to("loop.json")
    assert "loop.json" in refused("replay", "loop.json")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_a_file_that_never_ends(refused: Refused) -> None:
    assert "/dev/zero is no regular file" in refused("replay", "/dev/zero")


def test_a_file_that_is_far_too_long(refused: Refused) -> None:
    Path(FILE).touch()
    os.truncate(FILE, 2**40)  # no block of it is written
    assert "larger than 10000000 bytes" in refused("replay", FILE)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_certificate_that_may_not_be_read(run: Run, refused: Refused) -> None:
    Path(FILE).write_text(WHOLE, encoding="utf-8")
    Path(FILE).chmod(0)
    assert "readable" in refused("replay", FILE)


# ---------------------------------------------------------------- claims that would never be finished

BIG = "9" * 400
SUMS = "*".join(f"(sum(i{k}: index(n), i{k}) + {k})" for k in range(12))
FACTORS = "*".join(["(a + 1)"] * 1000)
CLAIMS = [
    ("identity", "2^(10^9) = 0", "a power has too many digits"),
    ("identity", "9^(9^(9^9)) = 0", "a power has too many digits"),
    ("identity", "(((2^4000)^4000)^4000)^4000 = 0", "a power has too many digits"),
    ("identity", f"{BIG}9 = 0", "more than 400 digits"),
    ("identity", f"{'9' * 19_000} = 0", "more than 400 digits"),
    ("identity", f"1/({'*'.join([BIG] * 40)}) = 0", "a coefficient has too many digits"),
    ("identity", f"for all f: fn(real) -> real. f({'*'.join([BIG] * 40)}) = 0", "too many digits"),
    ("identity", "for all a: real. a^65 = 0", "an exponent above 64"),
    ("identity", "for all a: real, b: real. (((a + b)^64)^64)^64 = 0", "too many products"),
    ("identity", f"for all a: real. {FACTORS} = 0", "too many products"),
    ("sum", f"for all n: nat. {SUMS} = 0", "more than 6 summations"),
    ("sum", "prod(i: index(10^9), 2) = 0", "a power has too many digits"),
    ("cube", "sum(x: signs(10^9), 1) = 0", "a power has too many digits"),
    ("cube", "sum(x: signs(1000), prod(i: index(1000), x[i])) = 0", "more than 64 written factors"),
    ("identity", "(" * DEEP + "0" + ")" * DEEP + " = 0", "longer than 20000"),
    ("identity", "(" * 9000 + "0" + ")" * 9000 + " = 0", "nested deeper than 60"),
    ("identity", "0" + "[0]" * 6000 + " = 0", "nested too deep"),
    ("identity", "[" * 19_000 + " = 0", "nested deeper than 60"),
    ("identity", "-" * 19_000 + "0 = 0", "cannot be a name"),
    ("identity", "0 = 0 \x1b[2J", "unexpected character"),
    ("identity", "\u0663 = 3", "unexpected character"),
    ("identity", "0 = 0\ud800", "unexpected character"),
]


@pytest.mark.parametrize(
    ("rule", "claim", "said"), CLAIMS, ids=lambda text: text[:30].encode("unicode_escape")
)
def test_a_claim_too_large_to_judge_is_refused_at_once(run: Run, rule: str, claim: str, said: str) -> None:
    Path(FILE).write_text(json.dumps(certificate(step(claim, rule=rule))), encoding="utf-8")
    start, before = perf_counter(), getrusage(RUSAGE_SELF).ru_maxrss
    result = run("replay", FILE)
    seconds, grown = perf_counter() - start, getrusage(RUSAGE_SELF).ru_maxrss - before
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.startswith("step 's' refused: ") and result.stdout.count("\n") == 1
    assert said in result.stdout
    assert seconds < SECONDS and grown < KIBIBYTES


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such thing here")
def test_a_pipe_that_nobody_writes_to_is_not_waited_for(refused: Refused) -> None:
    os.mkfifo("pipe")
    assert "pipe is no regular file: save the certificate to one" in refused("replay", "pipe")
