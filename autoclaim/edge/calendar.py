"""A calendar file (RFC 5545) of windows: each an all-day entry on its last safe day."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from autoclaim.edge.private_files import make_missing_folder, write_privately

if TYPE_CHECKING:
    from icalendar import Alarm, Event

MORNING = timedelta(hours=9)  # of an all-day entry, whose alarms count from its midnight


class Entry(NamedTuple):
    """One entry. `uid` never changes; `sequence` rises with each change a reader must notice.

    `day` is the last safe day; `changed_at` (aware) is when the entry last changed. `alarm_days`
    count back from the day; the alarms ring at nine in the morning, on the reader's own clock.
    """

    uid: str
    sequence: int
    cancelled: bool
    day: date
    summary: str
    description: str
    address: str
    changed_at: datetime
    alarm_days: tuple[int, ...]


def write_entries(path: Path, entries: Iterable[Entry]) -> None:
    """Replace the file with these entries; the same entries give the same bytes.

    Raises `MachineFault` when the file cannot be written; the old one is then whole.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//autoclaim//windows//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "autoclaim")
    for entry in entries:
        calendar.add_component(_event(entry))
    make_missing_folder(path.parent)
    write_privately(path, calendar.to_ical())


def _event(entry: Entry) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    if entry.address:
        event.add("url", entry.address)
    if not entry.cancelled:
        for days in entry.alarm_days:
            event.add_component(_alarm(entry.summary, MORNING - timedelta(days=days)))
    return event


def _alarm(text: str, trigger: timedelta) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", trigger)
    return alarm
