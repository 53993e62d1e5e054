"""What a document as a whole adds to its orders: their places, its policy, its moment."""

import gc
from typing import Any

import pytest

from autoclaim.errors import FactsRefused
from tests.rules.shipped import decided

Json = dict[str, Any]


def order(number: str, **given: Any) -> Json:  # noqa: ANN401 - any facts
    return {"store": "examplestore", "order_id": number, "status": "completed", **given}


def test_orders_are_decided_in_input_order_each_by_its_own_place() -> None:
    unread = {"shipments": [{"delivered_at": "?"}]}

    first, second = decided({"policy": "seed-2021", "orders": [order("1"), order("2", **unread)]})

    assert (first.order_id, second.order_id) == ("1", "2")
    assert second.missing == ("orders[1].shipments[0].delivered_at",)


def test_without_a_moment_each_order_still_names_its_own_facts() -> None:
    document = {"now": "soon", "orders": [order("1"), order("2", total="?")]}

    first, second = decided(document)

    assert first.missing == ("now",)
    assert second.missing == ("now", "orders[1].total")


def test_without_a_moment_the_line_and_its_problem_are_named_all_the_same() -> None:
    line = {"line_id": "A", "problem": {"kind": "damaged"}}

    [decision] = decided({"now": "soon", "orders": [order("1", lines=[line])]})

    assert (decision.store, decision.order_id, decision.line_id) == ("examplestore", "1", "A")
    assert (decision.action, decision.reason) == ("need_data", "damaged")


def test_an_unknown_edition_refuses_the_document() -> None:
    with pytest.raises(FactsRefused) as refused:
        decided({"policy": "ed-1999", "orders": []})

    assert str(refused.value) == "policy: no edition of the policy has this name"
    assert refused.value.path == "policy"


def test_a_parcel_that_the_order_does_not_have_is_missing() -> None:
    parcel = {"shipment_id": "p1", "delivered_at": "2026-04-01"}
    line = {"shipment_id": "p9", "paid": {"amount": "1.00", "currency": "USD"}}

    [decision] = decided({"orders": [order("1", shipments=[parcel], lines=[line])]})

    assert decision.missing == ("orders[0].lines[0].shipment_id",)


def test_what_was_decided_is_freed_without_the_collector() -> None:
    lines = [{"problem": {"kind": "damaged"}}]
    document = {"orders": [order(str(number), lines=lines) for number in range(9)]}
    decided(document)  # what is kept for good is kept now
    gc.collect()
    gc.disable()

    decided(document)
    circles = gc.collect()
    gc.enable()

    assert circles == 0


def test_what_was_decided_is_not_walked_over_when_the_collector_comes_back() -> None:
    [decision] = decided({"orders": [order("1", lines=[{"problem": {"kind": "damaged"}}])]})

    old = gc.get_objects(generation=2)

    assert any(one is decision.telling for one in old)


def test_what_is_unread_in_a_dispute_of_another_line_holds_nothing_back() -> None:
    parcel = {"shipment_id": "p1", "delivered_at": "2026-04-01"}
    for case, name in (("dispute", "opened_at"), ("return", "sent_at"), ("refund", "paid_at")):
        complained = {"line_id": "A", "problem": {"kind": "damaged"}}
        lines = [complained, {"line_id": "B"}]
        given = order("1", shipments=[parcel], lines=lines, **{case: {name: "?"}})

        first, second = decided({"policy": "seed-2021", "now": "2026-05-20", "orders": [given]})

        assert first.action != "none"
        assert second.action == "none"
        assert f"orders[0].{case}.{name}" in first.missing


def test_a_case_of_the_line_itself_is_named_by_its_own_path() -> None:
    line = {"line_id": "A", "problem": {"kind": "damaged"}, "dispute": {"state": "open"}}
    waiting = {"status": "awaiting_shipment", "lines": [{"cancellation": {}}]}

    [own] = decided({"orders": [order("1", lines=[line])]})
    [asked] = decided({"orders": [{**order("1"), **waiting, "status": "cancelling"}]})

    assert "orders[0].lines[0].dispute.opened_at" in own.missing
    assert "orders[0].lines[0].cancellation.requested_at" in asked.missing


def test_each_order_of_a_document_is_judged_by_the_edition_of_its_own_payment() -> None:
    days = ("2021-03-01T12:00:00-08:00", "2019-03-01T12:00:00-08:00")
    orders = [order(day, status="awaiting_shipment", paid_at=day) for day in days]

    decisions = decided({"now": "2021-03-02T12:00:00-08:00", "orders": orders})

    assert [decision.policy for decision in decisions] == ["seed-2021", "ed-2018"]


def test_of_two_equal_times_the_one_given_first_counts() -> None:
    hours = ("T01:00:00", "T20:00:00")  # without an offset only the day tells them apart
    parcels = [{"shipment_id": "p1", "delivered_at": f"2026-04-01{hour}"} for hour in hours]
    lines = [{"problem": {"kind": "damaged"}}]
    orders = [order("1", lines=lines, shipments=[parcel]) for parcel in parcels]
    facts: Json = {"policy": "seed-2021", "now": "2026-04-10T12:00:00-07:00"}
    facts["buyer"] = {"time_zone": "Pacific/Honolulu"}

    days = [str(decided({**facts, "orders": each})[0].safe_on) for each in (orders, orders[::-1])]

    assert days == ["2026-04-14", "2026-04-15"]


def test_of_an_order_without_lines_nobody_knows_what_was_shipped() -> None:
    total = {"amount": "20.00", "currency": "USD"}
    partly = order("1", paid_at="2026-04-01", total=total)

    [decision] = decided({"orders": [{**partly, "status": "partly_shipped"}]})

    assert (decision.action, decision.missing) == ("review", ("orders[0].lines",))
