"""R17: what becomes of lines, parcels and times when an order is given by two documents."""

from typing import Any

import pytest

from autoclaim.model import Order
from autoclaim.rules.merging import Merged, merged
from autoclaim.rules.same import same_json, same_parsed

Json = dict[str, Any]

A, B = {"line_id": "a"}, {"line_id": "b"}
FIVE = {"amount": "5", "currency": "USD"}
RED, BLUE = {"title": "red"}, {"title": "blue"}


def of_both(first: Json, second: Json, preferred: int = 0) -> Merged:
    named = {"store": "examplestore", "order_id": "1"}
    documents = [Order.model_validate({**named, **facts}) for facts in (first, second)]
    return merged(documents, preferred)


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        pytest.param([A], [B, A], [A, B], id="lines meet by their id, wherever they stand"),
        pytest.param([{**A, **RED}], [A], [{**A, **RED}], id="each adds what the other lacks"),
        pytest.param([A, A], [A], [A, A], id="an id given twice in one document is two lines"),
        pytest.param([RED, A], [RED, B], [RED, A, B], id="the same line without an id is one"),
        pytest.param([RED, RED], [A], [RED, RED, A], id="within one document it is two"),
        pytest.param([RED], [BLUE], [RED, BLUE], id="other lines without an id stand beside"),
        pytest.param([RED, A], [BLUE, A], [RED, A, BLUE], id="and lines after them are read on"),
        pytest.param([{**A, **RED}], [RED], [{**A, **RED}, RED], id="an id is more than none"),
        pytest.param(
            [{"line_id": " ", **RED}],
            [{"line_id": " ", **BLUE}],
            [{"line_id": " ", **RED}, {"line_id": " ", **BLUE}],
            id="a blank id names nothing",
        ),
        pytest.param([7], [7], [7], id="what is no line is kept once"),
        pytest.param([7], [8], [7, 8], id="or each, when it differs"),
        pytest.param([7], [A], [7, A], id="beside lines"),
        pytest.param([A, 7], [7, B], [A, 7, B], id="and lines after it are read on"),
        pytest.param(
            [{"quantity": 1}], [{"quantity": 1.0}], [{"quantity": 1}, {"quantity": 1.0}],
            id="what cannot be read is the same only as it is written",
        ),
        pytest.param(
            [{"paid": {"amount": "5", "currency": "USD"}}],
            [{"paid": {"amount": "5.00", "currency": "USD"}}],
            [{"paid": {"amount": "5", "currency": "USD"}}],
            id="the same amount written otherwise is the same line",
        ),
    ],
)  # fmt: skip
def test_the_lines_of_two_documents(first: list[Any], second: list[Any], both: list[Any]) -> None:
    found = of_both({"lines": first}, {"lines": second})

    assert found.order.as_facts()["lines"] == both
    assert repr(found.order.as_facts()["lines"]) == repr(both)  # 1 and 1.0 are not the same


@pytest.mark.parametrize(
    ("key", "first", "second", "kept", "differs"),
    [
        ("paid_at", "2026-04-01", "2026-04-01T10:00:00-07:00", 1, False),
        ("paid_at", "2026-04-01T14:00:00", "2026-04-01T10:00:00-07:00", 1, False),
        ("paid_at", "2026-04-01T14:00:00", "2026-04-01", 0, False),
        ("paid_at", "2026-04-01", "2026-04-02T10:00:00-07:00", 0, True),
        ("paid_at", "?", "?", 0, False),
        ("paid_at", "?", "2026-04-01", 0, True),
        ("site_actions", ["track", "cancel"], ["cancel", "track"], 0, False),
        ("site_actions", ["track"], ["cancel"], 0, True),
        ("site_actions", ["track"], 7, 0, True),
        ("site_actions", 7, 7, 0, False),
        ("site_actions", 7, 8, 0, True),
        ("seller", " ", {"name": "Moss"}, 0, True),
        ("cancellation", 7, {"requested_at": "2026-04-01"}, 0, True),
        ("cancellation", 7, 7, 0, False),
        ("lines", 7, "?", 0, True),
        ("lines", 7, [A], 1, True),
        ("status", "unknown", "completed", 1, False),
        ("status", None, "completed", 1, False),
        ("status", " ", "completed", 0, True),
        ("status_text", " ", "Done", 1, False),
        ("status_text", "Ended", "Done", 0, False),
    ],
)
def test_which_of_two_values_counts_and_whether_they_differ(
    key: str, first: object, second: object, kept: int, *, differs: bool
) -> None:
    found = of_both({key: first}, {key: second})
    turned = of_both({key: second}, {key: first}, 1)

    assert found.order.as_facts()[key] == (first, second)[kept]
    assert turned.order.as_facts()[key] == (first, second)[kept]
    assert found.differing == turned.differing == ((key,) if differs else ())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (1, 1, True),
        (1, 1.0, False),
        (1, True, False),
        ([1, 2], [1, 2], True),
        ([1, 2], [2, 1], False),
        ([1, 2], [1], False),
        ([1], [1, 2], False),
        ({"a": [1]}, {"a": [1]}, True),
        ({"a": 1}, {"a": True}, False),
        ({"a": 1}, {"b": 1}, False),
        ({"a": 1}, {"a": 1, "b": 2}, False),
        (None, None, True),
        ("1", 1, False),
    ],
)
def test_json_is_the_same_only_with_the_same_types(
    one: object, other: object, *, same: bool
) -> None:
    assert same_json(one, other) is same
    assert same_json(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"paid_at": "2026-04-01T10:00:00-07:00"}, {"paid_at": "2026-04-01T17:00:00Z"}, True),
        ({"paid_at": "2026-04-01T10:00:00-07:00"}, {"paid_at": "2026-04-01"}, False),
        ({"total": FIVE}, {"total": {**FIVE, "amount": "5.00"}}, True),
        ({"total": FIVE}, {"total": {**FIVE, "currency": "EUR"}}, False),
        ({"paid_at": "?"}, {"paid_at": "?"}, True),
        ({"paid_at": "?"}, {}, False),
        ({}, {"paid_at": "?"}, False),
        ({"status": "completed"}, {"status": "cancelled"}, False),
    ],
)  # fmt: skip
def test_orders_are_the_same_by_what_was_read_of_them(
    one: Json, other: Json, *, same: bool
) -> None:
    named = {"store": "examplestore", "order_id": "1"}

    assert same_parsed(Order, {**named, **one}, {**named, **other}) is same
