"""Spans are sets of numbers: compared with Python's own."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lemmata.running.spans import Numbers, spans, without

SETS = st.sets(st.integers(0, 40))


@given(SETS)
def test_spans_are_the_fewest_that_hold_the_numbers(numbers):
    found = spans(sorted(numbers))
    assert [number for span in found for number in span] == sorted(numbers)
    assert all(a.stop < b.start for a, b in pairwise(found))


@given(SETS, st.integers(0, 30), st.integers(0, 30))
def test_what_is_left_is_the_difference(numbers, start, length):
    whole = range(start, start + length)
    left = Numbers(without(whole, spans(sorted(numbers))))
    assert list(left) == sorted(set(whole) - numbers)
    assert len(left) == len(set(whole) - numbers)
    assert [left[-k] for k in range(1, len(left) + 1)] == list(left)[::-1]
    assert left[1:3] == list(left)[1:3]


def test_a_plan_longer_than_memory_is_wide_is_no_list():
    left = Numbers(without(range(1, 2**32), [range(5, 10), range(2**31, 2**31 + 7)]))
    assert len(left) == 2**32 - 1 - 12
    assert (left[3], left[4], left[-1]) == (4, 10, 2**32 - 1)
