"""An invented year: orders that are placed, ship, arrive or do not, and end; and a machine."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from autoclaim.edge.ledger import StoredRun
from autoclaim.model.config import Config, NotifyConfig, ReminderConfig
from autoclaim.model.deadline import Deadline
from autoclaim.runner.deadlines import all_deadlines, all_judged, not_put_off, open_deadlines
from autoclaim.runner.settings import Settings
from autoclaim.runner.telling import Seen, tell
from autoclaim.runner.wiring import Wiring

FIRST = date(2026, 1, 1)
DAYS = 365
KINDS = ("never_came", "broken", "refunded", "fine", "unshipped")
QUIET_MACHINE = NotifyConfig(desktop=False)


@dataclass
class Listener:
    """Stands for the buyer: hears every line of every message."""

    heard: list[str] = field(default_factory=list)

    def say(self, text: str) -> None:
        self.heard.append(text)

    def progress(self, done: int, total: int | None, what: str) -> None:
        del done, total, what

    def choose(self, question: str, options: object) -> None:
        del question, options

    def fields(self, checks: object) -> None:
        del checks


@dataclass(frozen=True)
class Life:
    """One order's life, as a facts document shows it on any day."""

    order_id: str
    placed_on: date
    kind: str

    def on(self, today: date) -> dict[str, Any] | None:
        age = (today - self.placed_on).days
        if age < 0:
            return None
        facts = self._facts("awaiting_shipment" if age < 3 else "awaiting_delivery")
        if age >= 3 and self.kind != "unshipped":
            facts["shipments"] = [self._parcel()]
        getattr(self, f"_{self.kind}")(facts, age)
        return facts

    @property
    def settled_on(self) -> date | None:
        age = {"refunded": 52, "unshipped": 40}.get(self.kind)
        return self.placed_on + timedelta(days=age) if age else None

    def _facts(self, status: str) -> dict[str, Any]:
        paid = {"amount": "20.00", "currency": "USD"}
        line = {"line_id": "1", "title": f"Thing {self.order_id}", "quantity": 1, "paid": paid}
        return {
            "store": "aliexpress",
            "order_id": self.order_id,
            "status": status,
            "placed_at": self._day(0),
            "paid_at": self._day(0),
            "lines": [line],
        }

    def _parcel(self) -> dict[str, Any]:
        days = {"shipped_at": self._day(3), "promised_by": self._day(35)}
        return {"shipment_id": "p1", "state": "in_transit", **days}

    def _never_came(self, facts: dict[str, Any], age: int) -> None:
        if age >= 38 and self.order_id.endswith("0"):
            facts["lines"][0]["problem"] = {"kind": "not_received", "noticed_at": self._day(38)}

    def _broken(self, facts: dict[str, Any], age: int) -> None:
        if age >= 20:
            facts["shipments"][0] |= {"state": "delivered", "delivered_at": self._day(20)}
        if age >= 22:
            facts["lines"][0]["problem"] = {"kind": "damaged", "noticed_at": self._day(21)}

    def _refunded(self, facts: dict[str, Any], age: int) -> None:
        if age >= 38:
            facts["lines"][0]["problem"] = {"kind": "not_received", "noticed_at": self._day(38)}
            facts["dispute"] = {"opened_at": self._day(38), "state": "open"}
        if age >= 45:
            facts["dispute"] |= {"state": "agreed", "agreed_at": self._day(45)}
        if age >= 52:
            money = {"amount": "20.00", "currency": "USD"}
            facts["refund"] = {"kind": "full", "paid": money, "paid_at": self._day(52)}

    def _fine(self, facts: dict[str, Any], age: int) -> None:
        if age >= 18:
            facts["shipments"][0] |= {"state": "delivered", "delivered_at": self._day(18)}

    def _unshipped(self, facts: dict[str, Any], age: int) -> None:
        facts["status"] = "awaiting_shipment"
        if age >= 30:
            facts["status"] = "cancelled"
            facts["cancellation"] = {"accepted_at": self._day(30)}
        if age >= 40:
            money = {"amount": "20.00", "currency": "USD"}
            facts["refund"] = {"kind": "full", "paid": money, "paid_at": self._day(40)}

    def _day(self, age: int) -> str:
        return (self.placed_on + timedelta(days=age)).isoformat()


def lives(seed: int, orders: int = 60) -> list[Life]:
    chance = random.Random(seed)  # noqa: S311 - an invented history
    return [
        Life(
            f"82000000000{number:04d}{number % 2 * 5}",
            FIRST + timedelta(days=chance.randrange(-40, DAYS - 90)),
            KINDS[number % len(KINDS)],
        )
        for number in range(orders)
    ]


def days_on(seed: int, longest_gap: int) -> list[date]:
    """The days on which the machine is on; between two of them up to `longest_gap` days off."""
    chance = random.Random(seed)  # noqa: S311 - the same
    days, at = [], 0
    while at < DAYS:
        days.append(FIRST + timedelta(days=at))
        away = longest_gap and chance.random() < 0.15
        at += 1 + (chance.randrange(1, longest_gap + 1) if away else 0)
    return days


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


@dataclass
class Machine:
    """A home with a ledger, whose clock the test sets."""

    home: Path
    listener: Listener = field(default_factory=Listener)

    def at(self, day: date) -> Wiring:
        return Wiring(Settings(home=self.home, now=noon(day)), self.listener)

    def see(self, wiring: Wiring, history: list[Life], day: date) -> list[Deadline]:
        shown = [facts for life in history if (facts := life.on(day))]
        wiring.ledger.see_orders(shown, at=noon(day))
        judged = all_judged(wiring)
        return not_put_off(
            wiring, open_deadlines(wiring, all_deadlines(wiring, judged), judged), judged
        )

    def run(self, history: list[Life], day: date, config: ReminderConfig) -> list[Deadline]:
        wiring = self.at(day)
        with wiring.ledger as ledger:
            last = ledger.last_run()
            found = self.see(wiring, history, day)
            seen = Seen(found, last_run_at=last and last.at)
            tell(wiring, Config(reminders=config, notify=QUIET_MACHINE), seen)
            ledger.run_finished(StoredRun(noon(day), 0, ("", "", "")))
        return found


def every_day() -> Iterator[date]:
    return (FIRST + timedelta(days=at) for at in range(DAYS))
