"""What `review` walks through, and what an answer changes."""

from pathlib import Path

from autoclaim.runner.problem import say_problem
from autoclaim.runner.review import no_problem, put_off, steps_to_review, undo
from tests.runner.claiming import (
    LAMP,
    LATE,
    SHIPPED,
    a_claim,
    an_old_order_with_money_owed,
    an_order,
    machine,
    was_sent,
)

PAID = {"status": "awaiting_shipment", "shipments": []}
BROKEN = {"problem": {"kind": "damaged", "noticed_at": "2026-11-24"}}
ARRIVED = {"state": "delivered", "delivered_at": "2026-11-14"}
CLOSING = {"promised_by": "2026-11-10"}


def test_what_can_be_done_is_walked_through_the_most_urgent_first(tmp_path: Path) -> None:
    wiring = machine(
        tmp_path,
        an_order(LATE),
        an_order(SHIPPED, parcel={"promised_by": "2026-12-20"}),
        an_order(LAMP, parcel=CLOSING),
    )

    steps = steps_to_review(wiring, None)

    assert [step.decision.order_id for step in steps] == [LAMP, LATE]


def test_each_step_says_what_would_persuade_and_is_missing(tmp_path: Path) -> None:
    wiring = machine(tmp_path, an_order(LATE, parcel=ARRIVED, line=BROKEN))

    [step] = steps_to_review(wiring, None)

    assert step.decision.action == "dispute"
    assert step.missing[0] == "The damage, from near"
    assert step.fills


def test_later_leaves_it_out_until_tomorrow(tmp_path: Path) -> None:
    wiring = machine(tmp_path, an_order())
    [step] = steps_to_review(wiring, None)

    until = put_off(wiring, step)

    assert str(until) == "2026-11-26"
    assert steps_to_review(wiring, None) == []


def test_on_the_last_safe_day_it_cannot_be_put_off(tmp_path: Path) -> None:
    wiring = machine(tmp_path, an_order(parcel={"promised_by": "2026-11-11"}))
    [step] = steps_to_review(wiring, None)

    until = put_off(wiring, step)

    assert str(step.decision.safe_on) == "2026-11-25"
    assert until is None
    assert len(steps_to_review(wiring, None)) == 1


def test_not_a_problem_leaves_it_out_while_the_same_is_advised(tmp_path: Path) -> None:
    wiring = machine(tmp_path, an_order())
    [step] = steps_to_review(wiring, None)

    no_problem(wiring, step)

    assert steps_to_review(wiring, None) == []


def test_not_a_problem_does_not_hide_another_advice(tmp_path: Path) -> None:
    wiring = machine(tmp_path, an_order())
    [step] = steps_to_review(wiring, None)
    no_problem(wiring, step)

    wiring.ledger.see_orders([an_order(parcel=ARRIVED)], at=wiring.now(), account="mine")
    say_problem(wiring, LATE, "1", "damaged", None)

    [other] = steps_to_review(wiring, None)
    assert other.decision.reason == "damaged"


def test_not_a_problem_takes_back_what_was_said_and_undo_says_it_again(tmp_path: Path) -> None:
    wiring = machine(tmp_path, an_order(parcel=ARRIVED))
    say_problem(wiring, LATE, "1", "damaged", "The glass is cracked")
    [step] = steps_to_review(wiring, None)
    no_problem(wiring, step)
    assert "problem" not in wiring.ledger.order(LATE).facts["lines"][0]

    undo(wiring, step)

    assert wiring.ledger.order(LATE).facts["lines"][0]["problem"]["note"] == "The glass is cracked"
    assert len(steps_to_review(wiring, None)) == 1


def test_undo_brings_back_what_was_put_off(tmp_path: Path) -> None:
    wiring = machine(tmp_path, an_order())
    [step] = steps_to_review(wiring, None)
    put_off(wiring, step)

    undo(wiring, step)

    assert len(steps_to_review(wiring, None)) == 1


def test_what_was_claimed_already_is_not_asked_about(tmp_path: Path) -> None:
    wiring = machine(tmp_path, an_order())

    was_sent(wiring, a_claim())

    assert steps_to_review(wiring, None) == []


def test_an_offer_is_shown_with_what_accepting_would_end_and_no_form_is_filled(
    tmp_path: Path,
) -> None:
    dispute = {
        "opened_at": "2026-11-20",
        "state": "open",
        "offer": {"amount": "2.50", "currency": "USD"},
        "answer_by": "2026-11-28",
    }
    wiring = machine(tmp_path, an_order(dispute=dispute))

    [step] = steps_to_review(wiring, None)

    assert step.decision.action == "review"
    assert step.offer is not None
    assert step.offer.percent == 10
    assert "Accepting is final" in step.offer.ends
    assert not step.fills


def test_overdue_money_comes_with_a_text_for_the_stores_support(tmp_path: Path) -> None:
    wiring = machine(tmp_path, an_old_order_with_money_owed())

    [step] = steps_to_review(wiring, None)

    assert step.decision.action == "escalate"
    assert step.support_text is not None
    assert step.support_text.startswith("A refund of 24.99 USD for order 8200000000000001")
    assert "Case R77." in step.support_text
    assert step.link.endswith("orderId=8200000000000001")
