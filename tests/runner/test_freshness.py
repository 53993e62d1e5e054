"""An order under way is looked at again the sooner, the nearer a day that matters."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from autoclaim.model import Order
from autoclaim.runner.freshness import is_fresh

NOON = datetime(2026, 4, 20, 19, 0, tzinfo=UTC)  # noon on the store's clock


def judged(decisions: Sequence[Mapping[str, date]] = (), **facts: object) -> Any:  # noqa: ANN401 - a part of a Judged
    none = {"opens_on": None, "safe_on": None, "last_on": None}
    told = [SimpleNamespace(**{**none, **days}) for days in decisions]
    order = Order.model_validate({"store": "s", "order_id": "1", **facts})
    return SimpleNamespace(order=order, decisions=told)


def in_days(days: int) -> date:
    return date(2026, 4, 20) + timedelta(days=days)


@pytest.mark.parametrize(
    ("decisions", "still", "no_more"),
    [
        pytest.param([], 47, 49, id="no day: two days"),
        pytest.param([{"last_on": in_days(60)}], 47, 49, id="far away: two days"),
        pytest.param([{"last_on": in_days(10)}], 23, 25, id="in ten days: one day"),
        pytest.param([{"last_on": in_days(0)}], 0, 2, id="today: one hour"),
        pytest.param([{"last_on": in_days(-9)}], 47, 49, id="over: two days"),
        pytest.param([{"opens_on": in_days(5), "last_on": in_days(20)}], 11, 13, id="opens soon"),
        pytest.param([{"last_on": in_days(30)}, {"last_on": in_days(5)}], 11, 13, id="of lines"),
    ],
)
def test_a_look_holds_for_a_tenth_of_the_time_that_is_left(
    decisions: list[dict[str, date]], still: int, no_more: int
) -> None:
    one = judged(decisions)

    assert is_fresh(NOON - timedelta(hours=still), NOON, one)
    assert not is_fresh(NOON - timedelta(hours=no_more), NOON, one)


@pytest.mark.parametrize(
    ("facts", "no_more"),
    [
        ({"dispute": {"state": "open"}}, 7),
        ({"lines": [{"line_id": "1", "dispute": {"state": "agreed"}}]}, 7),
        ({"dispute": {"state": "never seen before"}}, 7),
        ({"dispute": {"state": "finished"}}, 49),
    ],
)
def test_a_running_case_is_looked_at_after_six_hours(facts: dict[str, Any], no_more: int) -> None:
    one = judged(**facts)

    assert is_fresh(NOON - timedelta(hours=no_more - 2), NOON, one)
    assert not is_fresh(NOON - timedelta(hours=no_more), NOON, one)


def test_after_the_clock_was_set_back_no_look_holds() -> None:
    assert not is_fresh(NOON + timedelta(minutes=1), NOON, judged())
