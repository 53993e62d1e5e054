"""Where a claim stands after it was sent, and what comes next."""

from pathlib import Path
from typing import Any

import pytest

from autoclaim.runner.evidence import about
from autoclaim.runner.follow_up import under_way
from autoclaim.runner.follow_up_life import NEXT, Life, life
from tests.runner.claiming import (
    LATE,
    a_claim,
    an_old_order_with_money_owed,
    an_order,
    machine,
    was_sent,
)

AGREED = {"state": "agreed", "opened_at": "2026-11-01"}
CAME = {
    "kind": "full",
    "paid": {"amount": "24.99", "currency": "USD"},
    "paid_at": "2026-11-22",
}
TEN = {"amount": "10.00", "currency": "USD"}


def life_of(tmp_path: Path, **facts: Any) -> Life:  # noqa: ANN401 - any fact
    wiring = machine(tmp_path, {**an_order(), **facts})
    claim_id = was_sent(wiring, a_claim())
    return life(wiring, wiring.ledger.claim(claim_id), about(wiring, LATE, "1"))


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        pytest.param({}, "sent", id="nothing-yet"),
        pytest.param({"dispute": {"opened_at": "2026-11-24", "state": "open"}}, "sent", id="open"),
        pytest.param(
            {"dispute": {"opened_at": "2026-11-24", "state": "open", "offer": TEN}},
            "answered",
            id="offer",
        ),
        pytest.param({"dispute": {"state": "refused"}}, "refused", id="refused"),
        pytest.param({"dispute": {"state": "withdrawn"}}, "withdrawn", id="withdrawn"),
        pytest.param(
            {"dispute": {**AGREED, "agreed_at": "2026-11-20"}, "refund": {"kind": "full"}},
            "refund_due",
            id="agreed",
        ),
        pytest.param(an_old_order_with_money_owed(), "overdue", id="overdue"),
        pytest.param(
            {
                "dispute": {**AGREED, "agreed_at": "2026-11-20"},
                "refund": {
                    "kind": "full",
                    "paid": {"amount": "24.99", "currency": "USD"},
                    "paid_at": "2026-11-22",
                },
            },
            "refunded",
            id="refunded",
        ),
        pytest.param(
            {
                "dispute": {**AGREED, "agreed_at": "2026-11-20"},
                "refund": {"kind": "full", "paid": TEN, "paid_at": "2026-11-22"},
            },
            "refunded_in_part",
            id="less-than-promised",
        ),
        pytest.param(
            {
                "dispute": {**AGREED, "agreed_at": "2026-11-20"},
                "refund": {**CAME, "paid_as": "balance"},
            },
            "refunded_as_credit",
            id="store-credit",
        ),
        pytest.param(
            {
                "dispute": {**AGREED, "agreed_at": "2026-11-20", "offer": TEN},
                "refund": {**CAME, "paid": {"amount": "24.99", "currency": "EUR"}},
            },
            "refunded_otherwise",
            id="another-currency",
        ),
    ],
)
def test_the_stage_follows_the_facts(tmp_path: Path, facts: dict[str, Any], stage: str) -> None:
    found = life_of(tmp_path, **facts)

    assert found.stage == stage
    assert found.next_step == NEXT[stage]


@pytest.mark.parametrize(
    ("answer", "stage"), [("refused", "not_cancelled"), ("done", "cancelled"), ("waiting", "sent")]
)
def test_a_cancellation_stands_where_the_store_answered_it(
    tmp_path: Path, answer: str, stage: str
) -> None:
    wiring = machine(tmp_path, an_order())
    claim_id = was_sent(wiring, a_claim(kind="cancel", line_id=None, reason=None))
    wiring.ledger.advance(claim_id, "verified", at=wiring.now(), body={"answer": answer})

    found = life(wiring, wiring.ledger.claim(claim_id), about(wiring, LATE, None))

    assert (found.stage, found.next_step) == (stage, NEXT[stage])


def test_a_refund_under_way_runs_on_their_clock(tmp_path: Path) -> None:
    found = life_of(
        tmp_path, dispute={**AGREED, "agreed_at": "2026-11-20"}, refund={"kind": "full"}
    )

    assert found.until is not None
    assert found.until.isoformat() > "2026-11-25"
    assert not found.yours


def test_an_offer_is_set_against_what_was_asked(tmp_path: Path) -> None:
    found = life_of(tmp_path, dispute={"opened_at": "2026-11-24", "state": "open", "offer": TEN})

    assert found.offer is not None
    assert found.offer.percent == 40
    assert "Accepting is final" in found.offer.ends


def test_an_offer_in_another_currency_has_no_percentage(tmp_path: Path) -> None:
    coupon = {"amount": "10.00", "currency": "EUR"}

    found = life_of(
        tmp_path, dispute={"opened_at": "2026-11-24", "state": "open", "offer": coupon}
    )

    assert found.offer is not None
    assert found.offer.percent is None


def test_a_refund_overdue_has_a_text_and_a_link(tmp_path: Path) -> None:
    found = life_of(tmp_path, **an_old_order_with_money_owed())

    assert found.support_text is not None
    assert "It was promised on August 1, 2026." in found.support_text
    assert found.link is not None
    assert LATE in found.link


def test_what_was_not_sent_is_a_draft_and_a_packed_one_is_looked_for(tmp_path: Path) -> None:
    wiring = machine(tmp_path, an_order())
    draft = a_claim().model_dump(mode="json")
    claim_id = wiring.ledger.start_claim(draft, at=wiring.now())
    before = under_way(wiring, None)

    wiring.ledger.advance(claim_id, "packed", at=wiring.now(), body={"packed": "pack.zip"})

    found = life(wiring, wiring.ledger.claim(claim_id), about(wiring, LATE, "1"))
    assert found.stage == "drafted"
    assert before == []
    assert [one.claim_id for one in under_way(wiring, None)] == [claim_id]
