"""The calendar file, read back with a second library."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from ics import Calendar as SecondReader

from autoclaim.edge.calendar import Entry, write_entries

AT = datetime(2026, 4, 20, 12, tzinfo=UTC)
ENTRY = Entry(
    uid="11111111-1111-5111-8111-111111111111@autoclaim",
    sequence=2,
    cancelled=False,
    day=date(2026, 4, 24),
    summary="Open a dispute: Lamp; 2, big",
    description="First line, with a comma\nNext: autoclaim list",
    address="https://store.example/order?id=1",
    changed_at=AT,
    alarm_days=(7, 1, 0),
)

# ics 0.7 reads with a parser that warns about its own grammar.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:tatsu")


def written(tmp_path: Path, *entries: Entry) -> str:
    write_entries(tmp_path / "windows.ics", entries)
    return (tmp_path / "windows.ics").read_bytes().decode("utf-8")


def test_a_second_library_reads_the_same_entry(tmp_path: Path) -> None:
    [event] = SecondReader(written(tmp_path, ENTRY)).events

    assert event.uid == ENTRY.uid
    assert event.name == ENTRY.summary
    assert event.description == ENTRY.description
    assert event.url == ENTRY.address
    assert event.all_day
    assert event.begin.date() == date(2026, 4, 24)
    assert event.status == "CONFIRMED"
    assert sorted(alarm.trigger for alarm in event.alarms) == [
        timedelta(days=-7, hours=9),
        timedelta(days=-1, hours=9),
        timedelta(hours=9),
    ]


def test_a_withdrawn_entry_says_so_and_rings_no_more(tmp_path: Path) -> None:
    text = written(tmp_path, ENTRY._replace(cancelled=True, sequence=3))

    [event] = SecondReader(text).events
    assert event.status == "CANCELLED"
    assert "SEQUENCE:3" in text
    assert not event.alarms


def test_the_same_entries_give_the_same_bytes(tmp_path: Path) -> None:
    assert written(tmp_path, ENTRY) == written(tmp_path, ENTRY)


def test_a_hostile_title_adds_no_property(tmp_path: Path) -> None:
    title = "Lamp\r\nATTENDEE:mailto:x\r\nEND:VEVENT"

    [event] = SecondReader(written(tmp_path, ENTRY._replace(summary=title))).events

    assert event.attendees == set()
    assert event.uid == ENTRY.uid


def test_long_lines_are_folded(tmp_path: Path) -> None:
    text = written(tmp_path, ENTRY._replace(description="Grüße 灯 " * 60))

    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
