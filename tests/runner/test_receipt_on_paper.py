"""The receipt as a person reads it: the store's answer first, the buyer's clock, short lines."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from autoclaim.cli.papers import receipt_lines
from autoclaim.model import FieldCheck, Receipt

NUMBER = "8200000000000001"
SENT_AT = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)


def printed(**changed: Any) -> list[str]:  # noqa: ANN401 - any field
    facts = {"result": "verified", "order_id": NUMBER, "line_id": "1", "kind": "dispute"}
    receipt = Receipt.model_validate({**facts, "sent_at": SENT_AT, **changed})
    return list(receipt_lines(receipt, 60, ZoneInfo("Europe/Madrid")))


@pytest.mark.parametrize(
    ("changed", "first"),
    [
        ({"answer": "refused"}, "REFUSED"),
        ({"answer": "waiting"}, "Verified: the store shows the case as you sent it, and"),
        ({"answer": "done"}, "Agreed"),
        ({}, "Verified: the store shows the case as you sent it."),
        ({"kind": "answer"}, "Verified: the store has your answer, and no longer asks for"),
        ({"kind": "return_parcel"}, "Verified: the store has the parcel's number, and no"),
        ({"result": "contradicts", "answer": "done"}, "Sent, but the store shows something else"),
    ],
)
def test_the_stores_answer_stands_first(changed: dict[str, Any], first: str) -> None:
    assert printed(**changed)[0].startswith(first)


def test_the_stores_own_words_and_both_clocks_are_told() -> None:
    lines = printed(answer="refused", status_text="Picked up by the courier")

    assert "  store says   Picked up by the courier" in lines
    assert "2026-11-25 21:00 your time (2026-11-25 12:00" in "\n".join(lines)


def test_lines_are_broken_at_the_width_and_numbers_never() -> None:
    text = FieldCheck(name="text", planned=None, found=f"Order {NUMBER} " * 9)

    lines = printed(fields=(text,))

    assert max(map(len, lines)) <= 60
    assert sum(line.count(NUMBER) for line in lines) == 10
    assert any(line.startswith(" " * 15) for line in lines)


def test_a_long_name_moves_the_values_and_none_stands_out() -> None:
    number = FieldCheck(name="tracking number", planned="RR1", found="RR1")

    lines = printed(fields=(number,))

    assert f"  order           {NUMBER}" in lines
    assert "  tracking number RR1" in lines


def test_what_changed_before_the_press_is_shouted() -> None:
    amount = FieldCheck(name="amount", planned="20.00 USD", found="1.00 USD")

    lines = printed(changed=("amount",), fields=(amount,))

    assert lines[1].startswith("CHANGED between filling in and your press: amount.")
    assert "CHANGED" in " ".join(lines[3:])


def test_what_the_guard_let_through_and_what_it_stopped_is_listed() -> None:
    lines = printed(let_through=("POST /upload", "POST /submit"), stopped=("POST /pixel",))

    assert lines[-3:] == [
        "  let through  POST /upload",
        "  let through  POST /submit",
        "  stopped      POST /pixel",
    ]


def test_a_guard_that_had_nothing_to_do_says_so() -> None:
    assert printed()[-2:] == [
        "  let through  nothing that changes anything",
        "  stopped      nothing",
    ]
