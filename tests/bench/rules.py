"""How many lines are decided a second, beside a general rule engine and a hand-inlined function.

Run it as a script: `python tests/bench/rules.py [--lines N]`. Everything runs on one core, on
facts in memory that nobody has decided before. Rates are by processor time, because machines are
shared; beside each stands how far its rounds lay apart, and the rate by the clock on the wall.
The ratios count, because machines differ.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from autoclaim.model import Facts
from autoclaim.rules import Policies, decide

NOW = datetime(2026, 4, 10, 19, tzinfo=UTC)
TODAY = date(2026, 4, 10)
ROUNDS = 9


def policies() -> Policies:
    """The shipped policies."""
    folder = ROOT / "autoclaim" / "policies" / "aliexpress"
    return Policies.from_toml({path.name: path.read_bytes() for path in folder.glob("*.toml")})


def history(lines: int) -> dict[str, object]:
    """A buyer's history of `lines` orders: unshipped, under way, late, here, faulty, ended."""
    return {
        "now": "2026-04-10T12:00:00-07:00",
        "policy": "seed-2021",
        "buyer": {"level": "platinum", "time_zone": "Europe/Madrid", "country": "ES"},
        "orders": [_order(number) for number in range(lines)],
    }


def _order(number: int) -> dict[str, object]:
    age = number % 97
    paid_on = TODAY - timedelta(days=age)
    parcel: dict[str, object] = {"shipment_id": "p1"}
    line: dict[str, object] = {
        "line_id": "1",
        "paid": {"amount": f"{number % 90}.{number % 100:02}", "currency": "USD"},
    }
    order: dict[str, object] = {
        "store": "aliexpress",
        "order_id": str(8_200_000_000_000_000 + number),
        "status": "awaiting_shipment",
        "placed_at": f"{paid_on}T09:00:00-07:00",
        "paid_at": f"{paid_on}T10:00:00-07:00",
        "paid_with": ("visa", "paypal", "mastercard")[number % 3],
        "lines": [line],
    }
    if age > 3:
        shipped_on, promised_by = paid_on + timedelta(days=2), paid_on + timedelta(days=40)
        parcel |= {
            "state": "in_transit",
            "tracking_number": f"LP{number:012}",
            "shipped_at": f"{shipped_on}T10:00:00-07:00",
            "promised_by": str(promised_by),
        }
        order |= {"status": "awaiting_delivery", "shipments": [parcel]}
        line["shipment_id"] = "p1"
    if age > 30 and number % 5:
        delivered_on = paid_on + timedelta(days=25)
        parcel |= {"state": "delivered", "delivered_at": f"{delivered_on}T14:00:00-07:00"}
        order["status"] = "completed"
        if number % 4 == 0:
            line["problem"] = {"kind": "damaged", "noticed_at": str(delivered_on)}
    elif age > 40 and number % 2:
        line["problem"] = {"kind": "not_received"}
    return order


def by_hand(facts: Facts) -> list[tuple[str, date | None, date | None]]:
    """The floor: the seed's common rows written out in one function, without reasons or flags."""
    decided: list[tuple[str, date | None, date | None]] = []
    for order in facts.orders:
        parcel = order.shipments[0] if order.shipments else None
        for line in order.lines:
            if parcel is None or parcel.shipped_at is None:
                last_on = order.paid_at.day + timedelta(days=7) if order.paid_at else None
                decided.append(("cancel", last_on, None))
            elif parcel.delivered_at is not None:
                last_on = parcel.delivered_at.day + timedelta(days=15)
                action = "dispute" if line.problem else "none"
                decided.append((action if last_on >= TODAY else "closed", last_on, None))
            elif parcel.promised_by is not None:
                cap = parcel.shipped_at.day + timedelta(days=60)
                deadline = min(parcel.promised_by.day, cap)
                last_on = deadline + timedelta(days=15)
                late = "dispute" if last_on >= TODAY else "closed"
                action = "wait" if deadline >= TODAY else late
                decided.append((action, last_on, deadline + timedelta(days=1)))
    return decided


def by_engine(facts: Facts) -> Callable[[], object]:
    """The same common rows as a decision graph for zen-engine, asked line by line."""
    from zen import ZenEngine  # noqa: PLC0415 - only when it is installed

    rows = [
        ("shipped == false", "cancel"),
        ("shipped and delivered and problem and age_of_delivery <= 15", "dispute"),
        ("shipped and delivered and problem", "closed"),
        ("shipped and delivered", "none"),
        ("shipped and late_by < 1", "wait"),
        ("shipped and late_by <= 15", "dispute"),
        ("shipped", "closed"),
    ]
    rules = [
        {"_id": str(number), "in": condition, "out": f'"{action}"'}
        for number, (condition, action) in enumerate(rows)
    ]
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": "in", "name": "line"}],
        "outputs": [{"id": "out", "name": "action", "field": "action"}],
        "rules": rules,
    }
    graph = {
        "nodes": [
            {"id": "a", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
            {
                "id": "b",
                "type": "decisionTableNode",
                "name": "table",
                "position": {"x": 1, "y": 0},
                "content": table,
            },
            {"id": "c", "type": "outputNode", "name": "out", "position": {"x": 2, "y": 0}},
        ],
        "edges": [
            {"id": "ab", "type": "edge", "sourceId": "a", "targetId": "b"},
            {"id": "bc", "type": "edge", "sourceId": "b", "targetId": "c"},
        ],
    }
    decision = ZenEngine().create_decision(json.dumps(graph))
    asked = [_for_engine(facts, number) for number in range(len(facts.orders))]
    return lambda: [decision.evaluate(facts_of_line) for facts_of_line in asked]


def _for_engine(facts: Facts, number: int) -> dict[str, object]:
    """One line as the engine takes it, its days already counted for it."""
    order = facts.orders[number]
    parcel = order.shipments[0] if order.shipments else None
    delivered_at = parcel.delivered_at if parcel else None
    promised_by = parcel.promised_by if parcel else None
    return {
        "shipped": parcel is not None,
        "delivered": delivered_at is not None,
        "problem": order.lines[0].problem is not None,
        "age_of_delivery": (TODAY - delivered_at.day).days if delivered_at else 0,
        "late_by": (TODAY - promised_by.day).days if promised_by else 0,
    }


class Round(NamedTuple):
    """What one round took, in seconds."""

    processor: float
    wall: float


def round_of(work: Callable[[], object]) -> Round:
    """One round; what it made is let go afterwards."""
    wall, processor = time.perf_counter(), time.process_time()
    kept = work()
    took = Round(time.process_time() - processor, time.perf_counter() - wall)
    del kept
    return took


def main() -> None:
    """Measure and print medians of several rounds; in each round every line is new."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=20_000)
    lines = parser.parse_args().lines
    document, known = history(lines), policies()
    rounds: dict[str, list[Round]] = {}
    for _ in range(ROUNDS):
        facts = Facts.model_validate(document)
        works: dict[str, Callable[[], object]] = {
            "reading the facts": lambda: Facts.model_validate(document),
            "deciding": partial(decide, facts, known, NOW),
            "by hand, inlined": partial(by_hand, facts),
        }
        if find_spec("zen") is not None:
            works["zen-engine"] = by_engine(facts)
        for what, work in works.items():
            rounds.setdefault(what, []).append(round_of(work))
    deciding = median_of(rounds["deciding"])
    for what, each in rounds.items():
        say(what, lines, each, deciding.processor / median_of(each).processor)


def median_of(rounds: list[Round]) -> Round:
    """The median of several rounds, by each clock."""
    return Round(*(statistics.median(each) for each in zip(*rounds, strict=True)))


def say(what: str, lines: int, rounds: list[Round], times: float) -> None:
    """Print one measurement, its noise, and how many times as fast as deciding it is."""
    median = median_of(rounds)
    slowest, quickest = max(rounds).processor, min(rounds).processor
    sys.stdout.write(
        f"{what:<18} {lines / median.processor:>9,.0f} lines/s {times:>6.2f} x deciding"
        f"   rounds {lines / slowest:,.0f} to {lines / quickest:,.0f}"
        f"   by the wall {lines / median.wall:,.0f}\n"
    )


if __name__ == "__main__":
    main()
