"""Markdown tables that run, for subscriptions.

As in tests/rules/tables.py: a fenced `subscription` block gives what the rows below it have in
common, a column names a fact row by row, a column in **bold** is expected of the decision, and the
last column is the reason and the test id. An empty cell means not known, `null` is null, `none` an
empty list, and a `~` before the words asks that they are among others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from autoclaim.model.subscription import Cancelled, Subscription
from autoclaim.rules.subscriptions import decide_subscription

HERE = Path(__file__).parent
NOTHING = "null"
_START = {"name": "Example", "price": "10.00 EUR", "every": "1 month", "notice": "none"}
_CANCELLED = ("cancelled_on", "effective_on", "reference", "charged")


@dataclass(frozen=True)
class Row:
    """One row: what is said, as texts, and what is expected of the decision."""

    name: str
    said: dict[str, str]
    expected: dict[str, str]

    def decision(self) -> dict[str, Any]:
        """The decision as JSON, at noon of the row's `today` or at its `now`."""
        said = dict(self.said)
        zone = ZoneInfo(said.pop("zone", "Europe/Madrid"))
        now = said.pop("now", "") or f"{said.pop('today')}T12:00:00"
        moment = datetime.fromisoformat(now)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        days = said.pop("holidays", None)
        holidays = None if not days else frozenset(map(date.fromisoformat, days.split()))
        cancelled = {name: text for name in _CANCELLED if (text := said.pop(name, ""))}
        how = Cancelled.model_validate(cancelled) if cancelled else None
        return decide_subscription(subscription(**said), how, moment, zone, holidays).as_json()


def subscription(**said: Any) -> Subscription:  # noqa: ANN401 - texts, or what they stand for
    """A subscription with the given facts; a price is a text like `10.00 EUR`."""
    facts: dict[str, Any] = {**_START, **said}
    for name in ("price", "trial_price"):
        if facts.get(name) and isinstance(facts[name], str):
            amount, currency = facts[name].split()
            facts[name] = {"amount": amount, "currency": currency}
    return Subscription.model_validate({name: value for name, value in facts.items() if value})


def rows_of(path: Path) -> Iterator[Row]:
    """The rows of all tables of a file."""
    common: dict[str, str] = {}
    header: list[str] = []
    fenced = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("```"):
            fenced = line == "```subscription"
            common = {} if fenced else common
        elif fenced:
            name, _, value = line.partition("=")
            common[name.strip()] = value.strip()
        elif not line.startswith("|"):
            header = []
        elif not header:
            header = _cells(line)
        elif set(line) - set("|- :"):
            yield _row(f"{path.name}:{number}", common, header, _cells(line))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _row(place: str, common: dict[str, str], header: list[str], cells: list[str]) -> Row:
    pairs = list(zip(header, cells, strict=True))[:-1]
    given = {name: cell for name, cell in pairs if not name.startswith("**")}
    expected = {name.strip("*"): cell for name, cell in pairs if name.startswith("**")}
    return Row(f"{place} {cells[-1]}", {**common, **given}, expected)


def differences(row: Row) -> list[tuple[str, str, str]]:
    """Where the decision differs from what the row expects: field, expected, found."""
    decision = row.decision()
    found = [(name, want, _shown(decision[name])) for name, want in row.expected.items()]
    return [(name, want, got) for name, want, got in found if not _fits(want, got)]


def _fits(want: str, got: str) -> bool:
    if want.startswith("~"):
        return all(piece.strip() in got for piece in want[1:].split(";"))
    return want == got


def _shown(value: object) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, dict):
        return f"{value['amount']} {value['currency']}"
    return ", ".join(value) or "none" if isinstance(value, list) else str(value)
