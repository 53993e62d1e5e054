"""Runs that follow each other: what was done or is over asks for nothing any more."""

from datetime import timedelta
from pathlib import Path

import pytest
from ics import Calendar as SecondReader

from autoclaim.runner.run import run
from autoclaim.runner.settings import Settings
from autoclaim.runner.wiring import Wiring
from tests.edge.builders import a_draft
from tests.runner.deadlines import LATE, NOON
from tests.runner.year import Listener

DAY = timedelta(days=1)

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:tatsu")


def heard_on(home: Path, after: timedelta = timedelta(0)) -> str:
    """What a run on that day tells the buyer."""
    listener = Listener()
    (home / "config").mkdir(parents=True, exist_ok=True)
    (home / "config" / "config.toml").write_text("[notify]\ndesktop = false\n")
    wiring = Wiring(Settings(home=home, now=NOON + after), listener)
    with wiring.ledger as ledger:
        if not list(ledger.orders()):
            ledger.see_orders([LATE], at=NOON)
        assert run(wiring, None) is not None
    return "\n".join(listener.heard)


def test_a_window_whose_claim_was_sent_is_told_no_more_and_withdrawn_from_the_calendar(
    tmp_path: Path,
) -> None:
    calendar = tmp_path / "data" / "windows.ics"
    before = heard_on(tmp_path)
    [confirmed] = SecondReader(calendar.read_text()).events
    with Wiring(Settings(home=tmp_path, now=NOON), Listener()).ledger as ledger:
        claim = ledger.start_claim(a_draft(store="aliexpress"), at=NOON)
        ledger.hand_over(claim, at=NOON, body={})
        ledger.advance(claim, "verified", at=NOON, body={})

    afterwards = [heard_on(tmp_path, day * DAY) for day in (1, 3, 4)]

    [withdrawn] = SecondReader(calendar.read_text()).events
    assert "Lamp" in before
    assert [text for text in afterwards if "Lamp" in text] == []
    assert (confirmed.status, withdrawn.status) == ("CONFIRMED", "CANCELLED")
    assert confirmed.uid == withdrawn.uid
    assert "SEQUENCE:1" in calendar.read_text()


def test_a_report_that_cannot_be_written_is_said_and_keeps_the_calendar_from_nobody(
    tmp_path: Path,
) -> None:
    (tmp_path / "data" / "report.html").mkdir(parents=True)

    heard = heard_on(tmp_path)

    last = Wiring(Settings(home=tmp_path), Listener()).ledger.last_run()
    assert "autoclaim cannot write to" in heard
    assert "Lamp" in heard
    assert last is not None
    assert last.exit_code == 1
    assert (tmp_path / "data" / "windows.ics").is_file()


def test_a_machine_asleep_for_a_month_tells_once_what_closed_nothing_and_how_old_it_is(
    tmp_path: Path,
) -> None:
    first = heard_on(tmp_path, -20 * DAY)

    woken = heard_on(tmp_path, 4 * DAY)
    again = heard_on(tmp_path, 4 * DAY + timedelta(hours=1))
    closed = heard_on(tmp_path, 40 * DAY)

    assert "Lamp" in first
    assert "Nobody looked for 24 days" in woken
    assert woken.count("- Lamp") == 1
    assert again == ""
    assert "Lamp" not in closed
    assert "Nobody looked for 35 days" in closed
