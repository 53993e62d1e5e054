"""A buyer's machine with orders and claims, in this process: a real ledger in its own folder."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from autoclaim.model import Claim, Money
from autoclaim.model.claim import FieldCheck
from autoclaim.runner.settings import Settings
from autoclaim.runner.wiring import Wiring

LATE, SHIPPED, LAMP = "8200000000000001", "8200000000000002", "8200000000000003"


class Buyer:
    """Hears everything, and picks what the test says, or nothing (ports.Told)."""

    def __init__(self, pick: str | None = None) -> None:
        self.pick = pick
        self.heard: list[str] = []

    def say(self, text: str) -> None:
        self.heard.append(text)

    def progress(self, done: int, total: int | None, what: str) -> None: ...

    def choose(self, question: str, options: Sequence[str]) -> str | None:
        self.heard.append(question)
        return next((one for one in options if self.pick and one.startswith(self.pick)), None)

    def fields(self, checks: Sequence[FieldCheck]) -> None: ...


def machine(home: Path, *orders: dict[str, Any], pick: str | None = None) -> Wiring:
    """The parts of a run at noon of 25 November 2026 on the store's clock, with these orders."""
    settings = Settings(home=home, now=datetime.fromisoformat("2026-11-25T12:00:00-08:00"))
    wiring = Wiring(settings, Buyer(pick))
    wiring.ledger.add_account(
        "mine", store="aliexpress", email="ana@buyer.example", at=wiring.now(), buyer={}
    )
    wiring.ledger.see_orders(orders, at=wiring.now(), account="mine")
    return wiring


def an_order(order_id: str = LATE, **changed: Any) -> dict[str, Any]:  # noqa: ANN401 - any fact
    """Promised by 20 November, never arrived; its dispute window is open."""
    parcel = {
        "shipment_id": "p1",
        "tracking_number": f"LP{order_id[-3:]}",
        "state": "in_transit",
        "shipped_at": "2026-09-04",
        "promised_by": "2026-11-20",
        **changed.pop("parcel", {}),
    }
    line = {
        "line_id": "1",
        "shipment_id": "p1",
        "title": "A lamp",
        "quantity": 1,
        "paid": {"amount": "24.99", "currency": "USD"},
        **changed.pop("line", {}),
    }
    return {
        "store": "aliexpress",
        "order_id": order_id,
        "status": "awaiting_delivery",
        "placed_at": "2026-09-01",
        "paid_at": "2026-09-02",
        "total": {"amount": "24.99", "currency": "USD"},
        "shipments": [parcel],
        "lines": [line],
        **changed,
    }


def a_claim(order_id: str = LATE, **changed: Any) -> Claim:  # noqa: ANN401 - any field
    usual = Claim(
        account="mine",
        store="aliexpress",
        order_id=order_id,
        line_id="1",
        kind="dispute",
        reason="not_received",
        amount=Money.of("24.99", "USD"),
        statement="It never came.",
    )
    return usual.model_copy(update=changed)


def was_sent(wiring: Wiring, claim: Claim) -> str:
    """Keep the claim as one that the buyer sent and the store shows; gives its number."""
    at = wiring.now()
    claim_id = wiring.ledger.start_claim(claim.model_dump(mode="json"), at=at)
    wiring.ledger.hand_over(claim_id, at=at, body={})
    for kind in ("sent_seen", "verified"):
        wiring.ledger.advance(claim_id, kind, at=at, body={})
    return claim_id


def an_old_order_with_money_owed(**changed: Any) -> dict[str, Any]:  # noqa: ANN401 - any fact
    """A refund of the whole price was agreed on 1 August 2026 and has not come."""
    dispute = {"opened_at": "2026-07-25", "state": "agreed", "agreed_at": "2026-08-01"}
    return an_order(
        placed_at="2026-06-01",
        paid_at="2026-06-02",
        parcel={"shipped_at": "2026-06-04", "promised_by": "2026-07-20"},
        dispute={**dispute, "reference": "R77"},
        refund={"kind": "full"},
        **changed,
    )
