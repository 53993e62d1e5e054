"""What the calendar says as windows come, move, close and are used."""

from datetime import timedelta
from pathlib import Path

import pytest
from ics import Calendar as SecondReader

from autoclaim.model.config import ReminderConfig
from autoclaim.model.deadline import Deadline
from autoclaim.runner.calendar import write_calendar
from autoclaim.runner.settings import Settings
from autoclaim.runner.wiring import Wiring
from tests.runner.deadlines import NOON, a_deadline
from tests.runner.year import Listener

DAY = timedelta(days=1)

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:tatsu")


def calendar(home: Path, *deadlines: Deadline, days: int = 0) -> str:
    wiring = Wiring(Settings(home=home, now=NOON + days * DAY), Listener())
    with wiring.ledger as ledger:
        if not ledger.accounts():
            buyer = {"time_zone": "Europe/Madrid"}
            ledger.add_account(
                "mine", store="aliexpress", email="ana@buyer.example", at=NOON, buyer=buyer
            )
        path = write_calendar(wiring, deadlines, ReminderConfig())
    return path.read_bytes().decode("utf-8")


def numbers(text: str) -> list[str]:
    return [line for line in text.split("\r\n") if line.startswith(("SEQUENCE", "STATUS"))]


def test_an_entry_tells_both_clocks_the_basis_and_the_next_step(tmp_path: Path) -> None:
    [event] = SecondReader(calendar(tmp_path, a_deadline(left=7))).events

    assert event.name == "Open a dispute: Thing 1 (order 8200000000000001)"
    assert "Closes at 2026-04-29 09:00 (UTC+0200) your time" in event.description
    assert "counted by the policy" in event.description
    assert event.description.endswith("Next: autoclaim claim 8200000000000001 --line 1 --dispute")
    assert event.url.endswith("orderId=8200000000000001")


def test_nothing_new_changes_nothing(tmp_path: Path) -> None:
    first = calendar(tmp_path, a_deadline(left=7))

    assert calendar(tmp_path, a_deadline(left=7), days=1) == first


def test_a_moved_window_keeps_its_uid_and_raises_its_number(tmp_path: Path) -> None:
    first = calendar(tmp_path, a_deadline(left=7))

    moved = calendar(tmp_path, a_deadline(left=9), days=1)

    [before], [after] = SecondReader(first).events, SecondReader(moved).events
    assert after.uid == before.uid
    assert after.begin - before.begin == 2 * DAY
    assert [numbers(first), numbers(moved)] == [
        ["SEQUENCE:0", "STATUS:CONFIRMED"],
        ["SEQUENCE:1", "STATUS:CONFIRMED"],
    ]


@pytest.mark.parametrize(
    ("windows", "days"),
    [
        pytest.param([], 1, id="its claim was sent"),
        pytest.param([a_deadline(left=7)], 20, id="it has closed"),
    ],
)
def test_a_window_that_closed_or_was_used_is_withdrawn(
    tmp_path: Path, windows: list[Deadline], days: int
) -> None:
    calendar(tmp_path, a_deadline(left=7))

    withdrawn = calendar(tmp_path, *windows, days=days)
    later = calendar(tmp_path, *windows, days=days + 1)

    assert numbers(withdrawn) == ["SEQUENCE:1", "STATUS:CANCELLED"]
    assert later == withdrawn


def test_a_window_that_comes_back_is_confirmed_with_a_higher_number(tmp_path: Path) -> None:
    calendar(tmp_path, a_deadline(left=7))
    calendar(tmp_path, days=1)

    back = calendar(tmp_path, a_deadline(left=7), days=2)

    assert numbers(back) == ["SEQUENCE:2", "STATUS:CONFIRMED"]


def test_a_withdrawn_entry_leaves_the_file_after_two_months(tmp_path: Path) -> None:
    calendar(tmp_path, a_deadline(left=7))
    calendar(tmp_path, days=1)

    assert "VEVENT" not in calendar(tmp_path, days=62)


def test_a_subscription_stands_beside_orders(tmp_path: Path) -> None:
    window = a_deadline(
        left=7,
        kind="subscription",
        key="Old Films",
        title="Old Films",
        action="cancel",
        account=None,
    )

    [event] = SecondReader(calendar(tmp_path, window)).events

    assert event.name == "Cancel or keep: Old Films"
    assert "counted from its terms" in event.description
    assert "The next term costs: 24.99 USD" in event.description
    assert "store" not in event.description
    assert event.description.endswith("Next: autoclaim subscription cancel 'Old Films'")
