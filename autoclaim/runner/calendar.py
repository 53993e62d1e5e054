"""The calendar: an entry per open window, withdrawn when the window closes or was used."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from autoclaim.edge.calendar import Entry, write_entries
from autoclaim.edge.hostile_text import clean_text
from autoclaim.model.config import ReminderConfig
from autoclaim.model.deadline import Deadline
from autoclaim.runner.deadline_words import basis_words, doing, name_of, next_step
from autoclaim.runner.deadlines import order_address
from autoclaim.runner.reminders import has_closed, is_dated, is_loud
from autoclaim.runner.wiring import Wiring

CALENDAR_NAME = "windows.ics"
WITHDRAWN_FOR = timedelta(days=60)  # so long a withdrawn entry stays, for readers that look seldom

Written = Mapping[str, object]  # an entry as the ledger keeps it


def calendar_file(wiring: Wiring) -> Path:
    """Where a run writes the calendar."""
    return wiring.places.data / CALENDAR_NAME


def write_calendar(
    wiring: Wiring,
    deadlines: Iterable[Deadline],
    config: ReminderConfig,
    output: Path | None = None,
) -> Path:
    """Write the calendar of these open deadlines, and withdraw what is no longer among them.

    Numbers only rise, whichever file is written: the ledger remembers every entry.
    """
    now, path = wiring.now(), output or calendar_file(wiring)
    before = wiring.ledger.calendar_entries()
    zones = _zones(wiring)
    wanted = {
        _uid(one): _entry(wiring, one, config, zones.get(one.account or ""))
        for one in deadlines
        if is_dated(one) and not has_closed(one, now)
    }
    withdrawn = {
        uid: {**old, "cancelled": True} for uid, old in before.items() if uid not in wanted
    }
    after = {
        uid: _with_number(uid, entry, before.get(uid), now)
        for uid, entry in {**withdrawn, **wanted}.items()
    }
    for uid, entry in after.items():
        if entry != before.get(uid):
            wiring.ledger.keep_calendar_entry(entry, at=now)
    shown = [_read(entry) for entry in after.values()]
    kept = [one for one in shown if not one.cancelled or now - one.changed_at < WITHDRAWN_FOR]
    write_entries(path, sorted(kept, key=lambda one: (one.day, one.uid)))
    return path


def _uid(deadline: Deadline) -> str:
    """The same for the same window of the same line, on every machine and for ever."""
    name = f"autoclaim:{deadline.kind}:{deadline.key}:{deadline.action}"
    return f"{uuid5(NAMESPACE_URL, name)}@autoclaim"


def _entry(
    wiring: Wiring, deadline: Deadline, config: ReminderConfig, zone: tzinfo | None
) -> dict[str, object]:
    day = deadline.safe_on or date.max
    quiet = [config.quiet_lead_days] if config.quiet_lead_days else []
    alarms = config.lead_days if is_loud(deadline) else quiet
    return {
        "cancelled": False,
        "day": day.isoformat(),
        "summary": f"{doing(deadline).capitalize()}: {name_of(deadline)}",
        "description": "\n".join(_description(deadline, zone)),
        "address": order_address(wiring, deadline) or "",
        "alarm_days": sorted(alarms, reverse=True),
    }


def _description(deadline: Deadline, zone: tzinfo | None) -> list[str]:
    basis = basis_words(deadline)
    amount = deadline.amount
    costs = "Amount" if deadline.kind == "order" else "The next term costs"
    return [
        clean_text(deadline.why),
        f"To be safe by {deadline.safe_on}, at the latest on {deadline.last_on} ({basis}).",
        *(_closing(deadline.closes_at, zone) if deadline.kind == "order" else []),
        *([f"{costs}: {amount.written} {amount.currency}"] if amount else []),
        f"Next: {next_step(deadline)}",
    ]


def _closing(closes_at: datetime | None, zone: tzinfo | None) -> list[str]:
    """The moment it closes, on the store's clock and, where it is known, on the buyer's."""
    if closes_at is None:
        return []
    store = f"{closes_at:%Y-%m-%d %H:%M (UTC%z)}"
    if zone is None:
        return [f"Closes at {store} on the store's clock."]
    here = closes_at.astimezone(zone)
    return [f"Closes at {here:%Y-%m-%d %H:%M (UTC%z)} your time, {store} on the store's clock."]


def _zones(wiring: Wiring) -> dict[str, tzinfo | None]:
    from autoclaim.model import zone_named

    zones = {one.name: one.buyer.get("time_zone") for one in wiring.ledger.accounts()}
    return {name: zone_named(zone) if zone else None for name, zone in zones.items()}


def _with_number(uid: str, entry: Written, before: Written | None, now: datetime) -> Written:
    """The entry with its number and moment: the former ones while it is the same as before."""
    said = {name: value for name, value in entry.items() if name in _SAID}
    if before is None:
        return {"uid": uid, "sequence": 0, "changed_at": _moment(now), **said}
    if all(before.get(name) == value for name, value in said.items()):
        return before
    number = int(str(before["sequence"])) + 1
    return {"uid": uid, "sequence": number, "changed_at": _moment(now), **said}


_SAID = ("cancelled", "day", "summary", "description", "address", "alarm_days")


def _moment(now: datetime) -> str:
    return now.replace(microsecond=0).isoformat()


def _read(entry: Written) -> Entry:
    days = entry["alarm_days"]
    return Entry(
        uid=str(entry["uid"]),
        sequence=int(str(entry["sequence"])),
        cancelled=bool(entry["cancelled"]),
        day=date.fromisoformat(str(entry["day"])),
        summary=str(entry["summary"]),
        description=str(entry["description"]),
        address=str(entry["address"]),
        changed_at=datetime.fromisoformat(str(entry["changed_at"])),
        alarm_days=tuple(days) if isinstance(days, Sequence) else (),
    )
