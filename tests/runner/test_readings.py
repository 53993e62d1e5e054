"""Several readings of one order: the later counts, the more exact fills, the rest stays apart."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autoclaim.model import Facts, Order
from autoclaim.model.dated import Reading
from autoclaim.runner.decide_document import decide_facts
from autoclaim.runner.readings import together

EARLY, LATE = (datetime(2026, 4, day, tzinfo=UTC) for day in (1, 9))


def reading(at: datetime | None = None, **facts: object) -> Reading:
    return Reading(Order.model_validate({"store": "s", "order_id": "1", **facts}), at)


def facts(*readings: Reading) -> list[dict[str, Any]]:
    [found] = together(readings)
    return [order.as_facts() for order in found.orders]


def test_a_later_reading_replaces_an_earlier_one_and_is_filled_from_it() -> None:
    total = {"amount": "9.00", "currency": "USD"}
    early = reading(EARLY, placed_at="2026-03-01", paid_with="visa", total=total)
    late = reading(LATE, placed_at="2026-03-02", status="completed")

    [told] = facts(early, late)

    assert facts(late, early) == [told]
    assert told["placed_at"] == "2026-03-02"
    assert told["paid_with"] == "visa"
    assert told["total"] == total
    assert told["status"] == "completed"


def test_of_two_times_of_one_day_the_more_exact_stays() -> None:
    moment = "2026-03-04T10:00:00-08:00"

    [told] = facts(reading(placed_at="2026-03-04"), reading(placed_at=moment))

    assert told["placed_at"] == moment


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ("awaiting_shipment", "awaiting_delivery", "awaiting_delivery"),
        ("awaiting_delivery", "awaiting_payment", "awaiting_delivery"),
        ("cancelling", "cancelled", "cancelled"),
        ("unknown", "frozen", "frozen"),
    ],
)
def test_a_status_only_moves_forward_whoever_came_first(one: str, other: str, kept: str) -> None:
    [undated] = facts(reading(status=one), reading(status=other))
    [backwards] = facts(reading(LATE, status=one), reading(EARLY, status=other))

    assert undated["status"] == backwards["status"] == kept


def test_a_later_reading_tells_which_of_two_equal_steps_it_is() -> None:
    [told] = facts(reading(EARLY, status="cancelling"), reading(LATE, status="awaiting_shipment"))

    assert told["status"] == "awaiting_shipment"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"placed_at": "2026-03-01"}, {"placed_at": "2026-03-05"}),
        ({"status": "completed"}, {"status": "cancelled"}),
        ({"status": "frozen"}, {"status": "awaiting_delivery"}),
    ],
)
@pytest.mark.parametrize("at", [None, LATE])
@pytest.mark.parametrize("other_at", [None, LATE])
def test_where_nobody_can_tell_which_is_later_the_rules_say_conflict(
    one: dict[str, Any], other: dict[str, Any], at: datetime | None, other_at: datetime | None
) -> None:
    seen = (reading(at, **one), reading(other_at, **other), reading(other_at, **other))

    both = facts(*seen)

    decided = decide_facts(Facts.model_validate({"orders": both}), LATE)
    assert len(both) == 2
    assert ["conflict" in decision.flags for decision in decided] == [True]


def test_the_same_again_is_no_conflict() -> None:
    again = [reading(status="completed", placed_at="2026-03-01") for _ in range(3)]

    assert len(facts(*again)) == 1


def test_the_only_line_of_an_order_needs_no_number_to_be_the_same() -> None:
    page = reading(EARLY, lines=[{"line_id": "7", "title": "Lamp"}])
    table = reading(LATE, lines=[{"problem": {"kind": "damaged"}}])

    [told] = facts(page, table)

    assert told["lines"] == [{"line_id": "7", "title": "Lamp", "problem": {"kind": "damaged"}}]


moments = st.sampled_from([None, EARLY, LATE])
values = st.sampled_from(["2026-03-01", "2026-03-05", None])
states = st.sampled_from(["awaiting_shipment", "awaiting_delivery", "completed", None])


@given(st.lists(st.tuples(moments, values, states), min_size=1, max_size=5))
@settings(max_examples=200, deadline=None)
def test_the_order_of_the_files_and_duplicates_do_not_matter(
    seen: list[tuple[datetime | None, str | None, str | None]],
) -> None:
    given_so = [reading(at, placed_at=day, status=status) for at, day, status in seen]

    there, back = facts(*given_so), facts(*given_so[::-1], *given_so)

    def days(told: list[dict[str, Any]]) -> set[object]:
        return {one.get("placed_at") for one in told} - {None}

    assert {one.get("status") for one in there} == {one.get("status") for one in back}
    assert days(there) == days(back)
