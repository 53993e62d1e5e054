"""What a case page tells is laid over the order's facts."""

from pathlib import Path

from autoclaim.model import CaseSeen
from autoclaim.runner.follow_up_facts import keep_case, with_case
from tests.runner.claiming import LATE, an_order, machine

TEN = {"amount": "10.00", "currency": "USD"}
OPEN = {"state": "open", "opened_at": "2026-11-24"}


def seen(**facts: object) -> CaseSeen:
    return CaseSeen(order_id=LATE, line_id="1", kind="dispute", facts=facts)


def test_the_line_has_its_case_and_the_order_no_vaguer_word() -> None:
    order = an_order(dispute={"state": "open"}, refund={"kind": "none"})

    told = with_case(order, seen(dispute=OPEN))

    assert told["lines"][0]["dispute"] == OPEN
    assert told["lines"][0]["title"] == "A lamp"
    assert "dispute" not in told
    assert "dispute" in order


def test_an_offer_that_is_gone_is_gone() -> None:
    order = an_order(line={"dispute": {**OPEN, "offer": TEN, "answer_by": "2026-11-28"}})

    told = with_case(order, seen(dispute=OPEN))

    assert told["lines"][0]["dispute"] == OPEN


def test_a_parcels_number_is_not_forgotten_where_the_page_is_silent() -> None:
    order = an_order(line={"return": {"approved_at": "2026-11-20", "tracking_number": "RR1"}})

    told = with_case(order, seen(dispute=OPEN, **{"return": {"approved_at": "2026-11-20"}}))

    assert told["lines"][0]["return"]["tracking_number"] == "RR1"


def test_money_that_came_is_full_or_partial_by_what_was_paid() -> None:
    told = with_case(an_order(), seen(refund={"paid": TEN, "paid_at": "2026-11-24"}))

    assert told["lines"][0]["refund"]["kind"] == "partial"


def test_a_cancelled_order_is_told_as_such() -> None:
    cancelled = CaseSeen(order_id=LATE, kind="cancel", facts={"status": "cancelling"})

    assert with_case(an_order(), cancelled)["status"] == "cancelling"


def test_what_the_case_tells_counts_at_once_and_is_kept_once(tmp_path: Path) -> None:
    wiring = machine(tmp_path, an_order())

    keep_case(wiring, "mine", seen(dispute=OPEN))
    keep_case(wiring, "mine", seen(dispute=OPEN))

    assert wiring.ledger.order(LATE).facts["lines"][0]["dispute"] == OPEN
    assert len(list(wiring.ledger.events("order_seen"))) == 2


def test_a_case_of_an_order_nobody_read_changes_nothing(tmp_path: Path) -> None:
    wiring = machine(tmp_path)

    keep_case(wiring, "mine", seen(dispute=OPEN))

    assert list(wiring.ledger.events("order_seen")) == []
