"""A buyer's machine with subscriptions, in this process: a real ledger in a folder of its own."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from autoclaim.model.claim import FieldCheck
from autoclaim.runner.settings import Settings
from autoclaim.runner.subscriptions import JudgedSubscription, add_subscription
from autoclaim.runner.wiring import Wiring


class Nobody:
    """Nobody is told and nobody answers (ports.Told)."""

    def say(self, text: str) -> None: ...

    def progress(self, done: int, total: int | None, what: str) -> None: ...

    def choose(self, question: str, options: Sequence[str]) -> str | None: ...

    def fields(self, checks: Sequence[FieldCheck]) -> None: ...


def machine(home: Path, on: str = "2026-11-25") -> Wiring:
    """The parts of a run at noon of the day `on`, for a buyer in Berlin with one account."""
    wiring = Wiring(
        Settings(home=home, now=datetime.fromisoformat(f"{on}T12:00:00+01:00")), Nobody()
    )
    if not wiring.ledger.accounts():
        buyer = {"country": "DE", "time_zone": "Europe/Berlin"}
        wiring.ledger.add_account(
            "mine", store="fairstore", email="ana@buyer.example", at=wiring.now(), buyer=buyer
        )
    return wiring


def subscribe(wiring: Wiring, name: str = "Example TV", **said: Any) -> JudgedSubscription:  # noqa: ANN401
    """A monthly subscription for 9.99 EUR, begun on 10 January 2026, without notice."""
    facts = {"every": "1 month", "started_on": "2026-01-10", "notice": "none", **said}
    price = {"amount": facts.pop("price", "9.99"), "currency": facts.pop("currency", "EUR")}
    return add_subscription(wiring, {"name": name, "price": price, **facts})
