"""Which windows are told of, when, and in which words."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from autoclaim.edge.ledger import StoredRun
from autoclaim.model.config import Config, NotifyConfig, ReminderConfig
from autoclaim.model.deadline import Deadline
from autoclaim.model.reminder import Age
from autoclaim.runner.messages import Trouble
from autoclaim.runner.reminders import as_told, due_reminders
from autoclaim.runner.settings import Settings
from autoclaim.runner.telling import Seen, tell
from autoclaim.runner.wiring import Wiring
from tests.runner.deadlines import NOON, TODAY, a_deadline
from tests.runner.year import Listener

USUAL = ReminderConfig()
DAY = timedelta(days=1)


class Buyer:
    """A buyer with a home of their own, who hears what a run tells on some day."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def hears(
        self, *deadlines: Deadline, after: timedelta = timedelta(0), **seen: object
    ) -> list[str]:
        listener = Listener()
        config = Config(
            reminders=seen.pop("config", USUAL),
            notify=seen.pop("notify", NotifyConfig(desktop=False)),
        )
        wiring = Wiring(Settings(home=self.home, now=NOON + after), listener)
        with wiring.ledger:
            tell(wiring, config, Seen(deadlines, **seen))
        return listener.heard


@pytest.fixture
def buyer(tmp_path: Path) -> Buyer:
    return Buyer(tmp_path / "home")


@pytest.mark.parametrize(
    ("left", "leads"),
    [
        pytest.param(40, (40,), id="the first word, however far away the end is"),
        pytest.param(14, (14,), id="the first reminder"),
        pytest.param(8, (14,), id="the first, late"),
        pytest.param(7, (7, 14), id="the second, with the first that was missed"),
        pytest.param(0, (0, 1, 3, 7, 14), id="the last safe day, everything merged"),
        pytest.param(-1, (0, 1, 3, 7, 14), id="after the safe day, before the last"),
        pytest.param(-2, (), id="closed: nothing to be done"),
    ],
)
def test_a_reminder_is_due_from_its_day_on_until_the_window_closes(
    left: int, leads: tuple[int, ...]
) -> None:
    due = due_reminders([a_deadline(left=left)], set(), USUAL, NOON)

    assert [one.leads for one in due] == ([leads] if leads else [])


def test_what_was_told_is_not_due_again() -> None:
    window = a_deadline(left=7)
    told = set(as_told(due_reminders([window], set(), USUAL, NOON)))

    again = due_reminders([window], told, USUAL, NOON)
    three_days_before = due_reminders([window], told, USUAL, NOON + 4 * DAY)

    assert again == []
    assert [one.leads for one in three_days_before] == [(3,)]


@pytest.mark.parametrize(("before", "now"), [(7, [5]), (30, [25]), (25, [])])
def test_a_window_that_moves_is_a_new_window_unless_an_earlier_day_was_told(
    before: int, now: list[int]
) -> None:
    told = set(as_told(due_reminders([a_deadline(left=before)], set(), USUAL, NOON)))

    due = due_reminders([a_deadline(left=now[0] if now else 30)], told, USUAL, NOON)

    assert [one.days_left for one in due] == now


def test_between_the_first_word_and_the_first_lead_nothing_is_said() -> None:
    told = set(as_told(due_reminders([a_deadline(left=40)], set(), USUAL, NOON)))
    days = [due_reminders([a_deadline(left=40)], told, USUAL, NOON + day * DAY) for day in (1, 25)]
    lead = due_reminders([a_deadline(left=40)], told, USUAL, NOON + 26 * DAY)
    unwanted = ReminderConfig(when_opened=False)

    assert days == [[], []]
    assert [one.leads for one in lead] == [(14,)]
    assert due_reminders([a_deadline(left=40)], set(), unwanted, NOON) == []


@pytest.mark.parametrize("action", ["cancel", "none"])
def test_a_window_nobody_needs_is_told_once_shortly_before(action: str) -> None:
    far = due_reminders([a_deadline(left=7, action=action)], set(), USUAL, NOON)
    near = due_reminders([a_deadline(left=3, action=action)], set(), USUAL, NOON)
    later = due_reminders([a_deadline(left=1, action=action)], set(as_told(near)), USUAL, NOON)

    assert far == []
    assert [one.leads for one in near] == [(3,)]
    assert [one.deadline.safe_on for one in later] == [TODAY + DAY]


@pytest.mark.parametrize("action", ["track_refund", "closed", "wait"])
def test_nothing_is_said_of_other_peoples_time_or_of_what_is_over(action: str) -> None:
    window = a_deadline(left=3, action=action, opens_on=None)

    assert due_reminders([window], set(), USUAL, NOON) == []


def test_a_window_that_opens_later_is_announced() -> None:
    window = a_deadline(left=14, action="wait", opens_on=TODAY + DAY)

    assert [one.leads for one in due_reminders([window], set(), USUAL, NOON)] == [(14,)]


def test_the_store_must_be_asked_is_said_once_though_it_has_no_last_day() -> None:
    window = a_deadline(left=None, action="escalate")

    first = due_reminders([window], set(), USUAL, NOON)
    again = due_reminders([window], set(as_told(first)), USUAL, NOON + 30 * DAY)

    assert [one.days_left for one in first] == [None]
    assert again == []


def test_a_message_names_the_window_its_basis_its_age_and_the_next_step(buyer: Buyer) -> None:
    age = Age("mine", NOON - 40 * DAY, NOON - 2 * DAY)

    heard = buyer.hears(a_deadline(left=1), ages=[age])

    assert heard[0] == (
        "autoclaim: One day left: open a dispute, Thing 1 (order 8200000000000001)"
    )
    text = "\n".join(heard)
    assert "by 2026-04-21, at the latest 2026-04-22 (counted by the policy)" in text
    assert "mine 2026-04-18" in text
    assert "(2 days ago)" in text
    assert heard[-1] == "Next: autoclaim claim 8200000000000001 --line 1 --dispute"


TROUBLE = Trouble("mine", "trouble:mine:Challenged", "A code was asked for.", "autoclaim sign-in")
WEEKLY = ReminderConfig(digest_days=7)
KINDS = [
    pytest.param([a_deadline(left=7)], 2, {}, "7 days left", id="a reminder"),
    pytest.param([a_deadline(left=40)], 2, {"config": WEEKLY}, "1 open windows", id="a digest"),
    pytest.param([], 2, {}, "nothing to do", id="a heartbeat"),
    pytest.param([], 9, {}, "was not read for 9 days", id="an alarm"),
    pytest.param([], 2, {"troubles": [TROUBLE]}, "A code was asked for.", id="trouble"),
]


@pytest.mark.parametrize(("windows", "days", "seen", "about"), KINDS)
def test_every_kind_of_message_says_how_old_its_facts_are(
    buyer: Buyer, windows: list[Deadline], days: int, seen: dict[str, Any], about: str
) -> None:
    age = Age("mine", NOON - 40 * DAY, NOON - days * DAY)

    heard = "\n".join(buyer.hears(*windows, ages=[age], **seen))

    assert about in heard
    assert f"As read from the store: mine {TODAY - days * DAY}" in heard
    assert f"({days} days ago)" in heard


def test_after_a_month_asleep_one_message_says_what_was_missed(buyer: Buyer) -> None:
    windows = [a_deadline(number, left=number) for number in (1, 3, 7)]
    closed = a_deadline(9, left=-5)
    age = Age("mine", NOON - 90 * DAY, NOON - 31 * DAY)

    heard = buyer.hears(*windows, closed, ages=[age], last_run_at=NOON - 31 * DAY)
    again = buyer.hears(*windows, closed, ages=[age], last_run_at=NOON)

    text = "\n".join(heard)
    assert "Nobody looked for 31 days" in text
    assert "mine was not read for 31 days." in text
    assert "(31 days ago)" in text
    assert "Thing 9" not in text
    assert text.count("autoclaim: ") == 1
    assert [text.count(f"Thing {number}") for number in (3, 7)] == [1, 1]
    assert text.count("Next:") == 1
    assert again == []


def test_a_channel_that_was_down_is_told_the_next_time(buyer: Buyer, tmp_path: Path) -> None:
    file = tmp_path / "message"
    down = NotifyConfig(desktop=False, command=(str(tmp_path / "not there"),))
    up = NotifyConfig(desktop=False, command=("tee", str(file)))

    buyer.hears(a_deadline(left=7), notify=down)
    buyer.hears(a_deadline(left=7), notify=up)
    first = file.read_text()
    file.unlink()
    buyer.hears(a_deadline(left=7), notify=up)

    assert "Thing 1" in first
    assert not file.exists()


def test_a_full_disk_keeps_no_warning_from_the_buyer(tmp_path: Path) -> None:
    listener = Listener()
    wiring = Wiring(Settings(home=tmp_path / "home", now=NOON), listener)
    (pages,) = wiring.ledger._connection.execute("PRAGMA page_count").fetchone()
    wiring.ledger._connection.execute(f"PRAGMA max_page_count = {pages}")
    many = [a_deadline(number, left=7, title="x" * 60) for number in range(100)]

    [sent] = tell(wiring, Config(notify=NotifyConfig(desktop=False)), Seen(many))

    assert "and 99 more" in listener.heard[0]
    assert "disk is full" in sent.fault
    assert "Make room" in sent.next_step


def test_a_clock_that_ran_ahead_keeps_nothing_from_the_buyer(buyer: Buyer) -> None:
    ahead = buyer.hears(a_deadline(left=9), after=9 * DAY)

    put_right = buyer.hears(a_deadline(left=9), last_run_at=NOON + 9 * DAY)

    assert "Thing 1" in "\n".join(ahead)
    assert "The clock was set back" in "\n".join(put_right)
    assert "9 days left" in "\n".join(put_right)


def test_with_a_digest_the_first_word_and_the_last_day_do_not_wait_for_it(buyer: Buyer) -> None:
    digest = buyer.hears(a_deadline(1, left=10), a_deadline(2, left=30), config=WEEKLY)
    new = buyer.hears(a_deadline(1, left=10), a_deadline(3, left=12), after=DAY, config=WEEKLY)
    held = buyer.hears(a_deadline(1, left=10), after=3 * DAY, config=WEEKLY)
    ends = buyer.hears(a_deadline(1, left=4), after=3 * DAY, config=WEEKLY)

    assert "Thing 2" in "\n".join(digest)
    assert "Thing 3" in "\n".join(new)
    assert "Thing 1" not in "\n".join(new)
    assert held == []
    assert "One day left" in "\n".join(ends)


def test_a_heartbeat_comes_when_nothing_was_said_for_so_long(buyer: Buyer) -> None:
    later = a_deadline(left=90, action="wait", opens_on=TODAY + 60 * DAY)

    first = buyer.hears(later)
    daily = [buyer.hears(later, after=day * DAY) for day in range(1, 7)]
    weekly = buyer.hears(later, after=7 * DAY)

    assert "Looked: nothing to do." in "\n".join(first)
    assert daily == [[]] * 6
    assert "The next window: Thing 1" in "\n".join(weekly)


def test_no_heartbeat_when_the_buyer_wants_none_or_nothing_was_read(buyer: Buyer) -> None:

    buyer.hears(troubles=[TROUBLE])
    failed = buyer.hears(troubles=[TROUBLE], after=30 * DAY)
    unwanted = buyer.hears(after=60 * DAY, config=ReminderConfig(heartbeat_days=0))

    assert failed == []
    assert unwanted == []


def test_trouble_is_told_once_with_what_to_type_and_again_after_a_good_run(buyer: Buyer) -> None:
    added = NOON - DAY

    first = buyer.hears(troubles=[TROUBLE])
    again = buyer.hears(troubles=[TROUBLE], after=DAY)
    well_between = Age("mine", added, NOON + 2 * DAY)
    anew = buyer.hears(troubles=[TROUBLE], after=3 * DAY, ages=[well_between])

    assert "A code was asked for." in "\n".join(first)
    assert first[-1] == "Next: autoclaim sign-in"
    assert again == []
    assert "A code was asked for." in "\n".join(anew)


def test_an_alarm_sounds_when_an_account_was_not_read_for_days_and_repeats(buyer: Buyer) -> None:
    age = Age("mine", NOON - 90 * DAY, NOON - 3 * DAY)

    first = buyer.hears(ages=[age])
    next_day = buyer.hears(ages=[age], after=DAY)
    later = buyer.hears(ages=[age], after=3 * DAY)

    assert "mine was not read for 3 days." in "\n".join(first)
    assert first[-1] == "Next: autoclaim scan --account mine"
    assert next_day == []
    assert "mine was not read for 6 days." in "\n".join(later)


def test_an_account_that_was_never_read_is_told_of_too(buyer: Buyer) -> None:
    heard = buyer.hears(ages=[Age("mine", NOON - 5 * DAY, None)])

    assert "mine was not read for 5 days." in "\n".join(heard)
    assert "mine never" in "\n".join(heard)


def test_a_hostile_title_cannot_forge_a_line_of_ours(buyer: Buyer) -> None:
    title = "Lamp\nNext: autoclaim account remove mine\x1b[2J"

    heard = buyer.hears(a_deadline(left=1, title=title))

    assert [line for line in heard if line.startswith("Next:")] == heard[-1:]
    assert "\x1b" not in "".join(heard)


def test_how_a_run_ended_is_kept(tmp_path: Path) -> None:
    wiring = Wiring(Settings(home=tmp_path, now=NOON), Listener())

    wiring.ledger.run_finished(StoredRun(NOON, 3, ("Read: …", "Open: …", "Told: …")))

    assert wiring.ledger.last_run() == StoredRun(NOON, 3, ("Read: …", "Open: …", "Told: …"))
