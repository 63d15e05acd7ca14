"""Short forms of derivatives, and texts that are left as they are."""

import pytest

from lemmata.reporting.derivatives import primed


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("diff(x: real, f(x), p) = 1", "f'(p) = 1"),
        ("diff(y: real, diff(x: real, f(x), y), b - t*(u + v))", "f''(b - t*(u + v))"),
        ("1/diff(x: real, f(x), g(p)) + diff(x: real, g(x), 0)", "1/f'(g(p)) + g'(0)"),
        ("d: real, diff(x: real, f(x), diff(x: real, g(x), x))", "d: real, f'(g'(x))"),
        ("diff(t: real, f(j, t, x), w(j))", "diff(t: real, f(j, t, x), w(j))"),
        ("diff(x: real, f(x)^2, p)", "diff(x: real, f(x)^2, p)"),
        ("diff(x: real, f(y), p)", "diff(x: real, f(y), p)"),
        ("x' + diff(x: real, f(x), p)", "x' + diff(x: real, f(x), p)"),
    ],
)
def test_short_forms(long: str, short: str) -> None:
    assert primed(long) == short


def test_four_derivatives_and_more_are_numbered() -> None:
    text = "f(y0)"
    for order in range(5):
        text = f"diff(y{order}: real, {text}, {f'y{order + 1}' if order < 4 else 'b'})"
    assert primed(text) == "f^(5)(b)"
