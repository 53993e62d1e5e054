"""Deciding order by order gives what deciding the whole document gives."""

import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autoclaim.errors import FactsRefused
from autoclaim.model import Facts, Order
from autoclaim.model.checking import refuse_unknown_keys
from autoclaim.rules import decide, decide_stream
from autoclaim.rules.streaming import SeenNames
from tests.rules import orders
from tests.rules.shipped import CLOCK, POLICIES

Json = dict[str, Any]

HEADING = {"policy": "seed-2021", "now": "2026-04-10T12:00:00-07:00"}
FEW = settings(max_examples=150, deadline=None, derandomize=True)


def named(number: int, **facts: Any) -> Json:  # noqa: ANN401 - any JSON
    return {"store": "examplestore", "order_id": str(number), "status": "completed", **facts}


def streamed(given: list[Any]) -> list[Json]:
    decisions = decide_stream(HEADING, lambda: iter(given), POLICIES, CLOCK)
    return [decision.as_json() for decision in decisions]


def whole(given: list[Any]) -> list[Json]:
    facts = Facts.model_validate({**HEADING, "orders": given})
    return [decision.as_json() for decision in decide(facts, POLICIES, CLOCK)]


@FEW
@given(st.lists(orders.orders(bad=True), max_size=4), st.data())
def test_a_stream_is_decided_as_the_document(given: list[Json], data: st.DataObject) -> None:
    numbered = [{**order, "order_id": str(data.draw(st.integers(1, 3)))} for order in given]

    assert streamed(numbered) == whole(numbered)


def test_an_order_given_again_much_later_is_merged_at_its_first_place() -> None:
    given = [named(1), named(2), named(3), named(1, paid_with="visa")]

    decisions = streamed(given)

    assert [each["order_id"] for each in decisions] == ["1", "2", "3"]
    assert decisions == whole(given)


def test_an_order_that_differs_much_later_is_a_conflict_at_its_first_place() -> None:
    given = [named(1), named(2), named(1, status="awaiting_delivery")]

    decisions = streamed(given)

    assert "conflict" in decisions[0]["flags"]
    assert "orders[0].status" in decisions[0]["missing"]
    assert decisions == whole(given)


def test_of_many_names_the_filter_forgets_none() -> None:
    seen = SeenNames()
    names = [("examplestore", str(number)) for number in range(10_000)]

    for name in names:
        seen.add(name)

    assert all(seen.add(name) for name in names)
    assert not any(seen.add(("examplestore", f"new {number}")) for number in range(100))


def test_an_order_number_that_is_half_a_character_is_streamed_too() -> None:
    given = [named(1, order_id="\ud800"), named(2)]

    assert streamed(given) == whole(given)


def test_a_stream_without_a_moment_is_decided_at_that_of_the_clock() -> None:
    given = [named(1, status="awaiting_shipment", paid_at="2026-04-01T10:00:00-07:00")]
    heading = {"policy": "seed-2021"}

    (decision,) = decide_stream(heading, lambda: iter(given), POLICIES, CLOCK)

    (same,) = decide(Facts.model_validate({**heading, "orders": given}), POLICIES, CLOCK)
    assert decision.as_json() == same.as_json()


@pytest.mark.parametrize(
    "bad",
    [
        named(3, colour="red"),
        named(3, lines=[{}, {"problem": {"kid": 1}}]),
        named(3, total={"amount": "1.00", "currency": "USD", "tax": "0"}),
        {"store": "examplestore"},
        {"store": " ", "order_id": "3"},
        7,
        None,
    ],
)
def test_a_refused_order_refuses_all_before_anything_is_decided(bad: object) -> None:
    decisions = decide_stream(HEADING, lambda: iter([named(1), bad]), POLICIES, CLOCK)

    with pytest.raises(FactsRefused) as in_stream:
        next(decisions)
    with pytest.raises(FactsRefused) as in_document:
        Facts.model_validate({**HEADING, "orders": [named(1), bad]})

    assert in_stream.value.path == in_document.value.path
    assert in_stream.value.path.startswith("orders[1]")


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=4)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                [*Order.readers, "kind", "amount", "currency", "state", "paid", "quantity", "x"]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@settings(FEW, max_examples=600)
@given(st.dictionaries(st.sampled_from([*Order.readers, "x"]), JSON, max_size=5))
def test_the_quick_look_refuses_exactly_what_reading_refuses(order: Json) -> None:
    order = {"store": "examplestore", "order_id": "1", **order}

    assert refusal_of(lambda: refuse_unknown_keys(order)) == refusal_of(
        lambda: Order.model_validate(order)
    )


def refusal_of(work: Any) -> str | None:  # noqa: ANN401 - any callable
    try:
        work()
    except FactsRefused as refused:
        return str(refused)
    return None


def test_memory_does_not_grow_with_the_number_of_orders() -> None:
    def peak(count: int) -> int:
        def many() -> Iterator[Json]:
            return (named(number) for number in range(count))

        tracemalloc.start()
        for _ in decide_stream(HEADING, many, POLICIES, CLOCK):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(3000) < peak(300) * 1.05
