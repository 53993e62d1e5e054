"""Months and days added and counted backwards, where the ways of counting differ."""

from datetime import date

import pytest

from autoclaim.model.span import Span
from autoclaim.rules.subscriptions.spans import (
    after,
    last_day_before,
    month_begin,
    strictest_day_before,
)

MONTH = Span(1, "month")


@pytest.mark.parametrize(
    ("start", "span", "times", "day"),
    [
        (date(2026, 1, 31), MONTH, 1, date(2026, 2, 28)),
        (date(2026, 1, 31), MONTH, 2, date(2026, 3, 31)),
        (date(2026, 1, 31), MONTH, -2, date(2025, 11, 30)),
        (date(2026, 1, 31), Span(10, "day"), 3, date(2026, 3, 2)),
        (date(2026, 1, 31), Span(10, "day"), -2, date(2026, 1, 11)),
        (date(2026, 1, 31), Span(10, "day"), 0, date(2026, 1, 31)),
    ],
)
def test_spans_are_added_at_once(start: date, span: Span, times: int, day: date) -> None:
    assert after(start, span, times) == day


@pytest.mark.parametrize(
    ("end", "notice", "last", "strictest"),
    [
        (date(2026, 12, 31), MONTH, date(2026, 11, 30), date(2026, 11, 30)),
        (date(2027, 2, 28), MONTH, date(2027, 1, 31), date(2027, 1, 28)),
        (date(2026, 3, 30), MONTH, date(2026, 2, 28), date(2026, 2, 27)),
        (date(2026, 3, 30), Span(14, "day"), date(2026, 3, 16), date(2026, 3, 16)),
    ],
)
def test_the_last_day_and_the_strictest(
    end: date, notice: Span, last: date, strictest: date
) -> None:
    assert last_day_before(end, notice) == last
    assert strictest_day_before(end, notice) == strictest


def test_the_first_of_a_month_is_that_month_and_any_other_day_the_next() -> None:
    begins = [month_begin(date(2026, 12, day)) for day in (1, 2, 31)]

    assert begins == [date(2026, 12, 1), date(2027, 1, 1), date(2027, 1, 1)]
