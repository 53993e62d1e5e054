"""What is told of one line among several, of an order given twice, and of what is not there."""

from typing import Any

import pytest

from autoclaim.errors import WrongInput
from autoclaim.model import Facts
from autoclaim.rules import Explanation, explained
from autoclaim.rules.pressing import consequences
from tests.rules.shipped import CLOCK, POLICIES
from tests.rules.tables import facts_of

Json = dict[str, Any]

ARRIVED = {
    "policy": "seed-2021",
    "now": "2026-04-10T12:00:00-07:00",
    "status": "completed",
    "paid": "2026-03-02T10:00:00-08:00",
    "delivered": "2026-04-01T14:00:00-07:00",
}
WITHOUT_LINES = {"store": "examplestore", "order_id": "1"}
TWO_LINES = {**WITHOUT_LINES, "order_id": "2", "lines": [{"line_id": "a"}, {"line_id": "b"}]}
UNDER_WAY = {
    "store": "examplestore",
    "order_id": "3",
    "status": "awaiting_delivery",
    "paid_at": "2026-03-01T10:00:00-08:00",
    "shipments": [
        {"shipment_id": "p1", "state": "in_transit", "promised_by": "2026-05-01"},
        {"shipment_id": "p2", "state": "in_transit", "promised_by": "2026-05-02"},
    ],
    "lines": [{"line_id": "a", "shipment_id": "p1"}, {"line_id": "b", "shipment_id": "p2"}],
}


def told(document: Json, order: int = 0, line: int = 0) -> Explanation:
    return explained(Facts.model_validate(document), POLICIES, CLOCK, order, line)


@pytest.mark.parametrize(
    ("order", "line", "words", "next_step"),
    [
        (1, 0, "There is no order 1.", "Orders are counted from 0."),
        (0, 1, "The order has no line 1.", "Lines are counted from 0."),
    ],
)
def test_a_line_that_is_not_there_is_refused(
    order: int, line: int, words: str, next_step: str
) -> None:
    with pytest.raises(WrongInput) as refused:
        told(facts_of(dict(ARRIVED)), order, line)

    assert words in str(refused.value)
    assert refused.value.next_step == next_step


def test_without_a_moment_the_decision_is_told_with_what_it_lacks() -> None:
    found = told({**facts_of(dict(ARRIVED)), "now": "tomorrow"})

    assert (found.rule, found.reading) == ("R0", found.decision.why)
    assert (found.mind, found.unknown) == ((), ("what day it is",))
    assert [each.name for each in found.clauses] == ["S1", "S5"]


def test_what_its_flags_mean_and_what_is_not_known_are_told_in_words() -> None:
    given = {**ARRIVED, "status": "awaiting_delivery", "delivered": "", "state": "in_transit"}

    found = told(facts_of({**given, "shipped": "2026-03-05T10:00:00-08:00"}))

    assert found.mind == (
        "No promised day is known; the longest time a delivery may take stands in for it.",
    )
    assert found.unknown == ("by when it was promised",)


def test_the_facts_that_a_later_order_lacks_are_named_by_its_place() -> None:
    found = told({"orders": [WITHOUT_LINES, TWO_LINES]}, order=1, line=1)

    assert found.decision.missing
    assert all(path.startswith("orders[1].") for path in found.decision.missing)


def test_two_other_readings_are_told_each_for_itself() -> None:
    document = facts_of(
        {
            "policy": "seed-2021",
            "now": "2026-04-10T12:00:00-07:00",
            "status": "awaiting_delivery",
            "paid": "2026-03-02T10:00:00-08:00",
            "shipped": "2026-03-05T12:00:00-08:00",
            "promised": "2026-04-20T12:00:00-07:00",
            "delivered": "2026-04-01T14:00:00-07:00",
            "problem": "not_received",
            "dispute": "withdrawn",
        }
    )

    found = told(document)

    assert len(found.readings) == 2
    assert found.decision.why == f"{found.reading} {' '.join(found.readings)}"


def test_of_an_order_that_is_given_twice_the_earlier_last_day_is_told_of() -> None:
    parcel = {"orders[0].shipments[0].shipment_id": "p1"}
    order = facts_of({**ARRIVED, **parcel, "problem": "damaged"})["orders"][0]
    earlier = facts_of({**ARRIVED, **parcel, "delivered": "2026-03-30T14:00:00-07:00"})["orders"][
        0
    ]
    heading = {"policy": "seed-2021", "now": "2026-04-10T12:00:00-07:00"}

    for given in ([order, earlier], [earlier, order]):
        found = told({**heading, "orders": given})

        assert (found.rule, str(found.decision.last_on)) == ("R13", "2026-04-14")
        (last,) = (each for each in found.days if each.name == "last day")
        assert str(last.day) == "2026-04-14"
        assert "15 days after 2026-03-30" in last.origin
        assert "dispute.received_days" in [value.name for value in found.values]


@pytest.mark.parametrize(
    ("paid", "countries"),
    [("2024-03-13T12:00:00-07:00", ()), ("2024-03-14T12:00:00-07:00", ("KR",))],
)
def test_an_overlay_is_cited_for_orders_paid_since_it_holds(
    paid: str, countries: tuple[str, ...]
) -> None:
    given = {
        "policy": "ed-2024-page",
        "now": "2024-04-01T12:00:00-07:00",
        "status": "completed",
        "paid": paid,
        "ship_to": "KR",
        "delivered": "2024-03-28T12:00:00-07:00",
        "confirmed": "2024-03-28T12:00:00-07:00",
        "problem": "changed_mind",
        "free_return": "yes",
    }

    found = told(facts_of(given))

    returns = [each.countries for each in found.values if each.name == "return.no_reason"]
    assert returns == [countries]


def test_what_confirming_would_end_is_told_of_the_line_asked_for_and_its_parcel() -> None:
    before = [WITHOUT_LINES, TWO_LINES]
    facts = Facts.model_validate({"policy": "ed-2018", "orders": [*before, UNDER_WAY]})

    first, second = (consequences(facts, POLICIES, CLOCK, 2, line) for line in (0, 1))

    assert [each.before.line_id for each in (*first, *second)] == ["a", "b"]
    assert [str(each.before.last_on) for each in (*first, *second)] == ["2026-05-16", "2026-05-17"]
    # counted from the confirmation of its own parcel, on the day of the clock
    assert [str(each.after.last_on) for each in (*first, *second)] == ["2026-04-25"] * 2


def test_an_order_told_by_two_documents_is_explained_by_both() -> None:
    named = {"store": "examplestore", "order_id": "5"}
    page = {**named, "status": "completed", "lines": [{"problem": {"kind": "damaged"}}]}
    mail = {**named, "shipments": [{"delivered_at": "2026-04-01T14:00:00-07:00"}]}
    document = {"policy": "seed-2021", "now": "2026-04-10T12:00:00-07:00", "orders": [page, mail]}

    found = told(document)

    assert (found.decision.action, found.rule) == ("dispute", "R13")
    assert [str(day.day) for day in found.days] == ["2026-04-01", "2026-04-16", "2026-04-15"]
