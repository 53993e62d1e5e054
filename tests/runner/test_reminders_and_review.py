"""What the buyer answered in `review` holds for the reminders of a run too."""

from datetime import date, timedelta
from pathlib import Path

from autoclaim.model.config import Config, NotifyConfig, ReminderConfig
from autoclaim.runner.deadlines import all_deadlines, all_judged, not_put_off, open_deadlines
from autoclaim.runner.review import no_problem, put_off, steps_to_review, undo
from autoclaim.runner.settings import Settings
from autoclaim.runner.telling import Seen, tell
from autoclaim.runner.wiring import Wiring
from tests.runner.claiming import LATE, an_order, machine
from tests.runner.year import Listener, noon

CONFIG = Config(reminders=ReminderConfig(heartbeat_days=0), notify=NotifyConfig(desktop=False))
TODAY = date(2026, 11, 25)


def told_on(home: Path, day: date) -> str:
    listener = Listener()
    wiring = Wiring(Settings(home=home, now=noon(day)), listener)
    judged = all_judged(wiring)
    still_open = open_deadlines(wiring, all_deadlines(wiring, judged), judged)
    tell(wiring, CONFIG, Seen(not_put_off(wiring, still_open, judged)))
    return "\n".join(listener.heard)


def test_what_was_put_off_is_told_on_the_day_it_was_put_off_to(tmp_path: Path) -> None:
    wiring = machine(tmp_path, an_order())
    [step] = steps_to_review(wiring, None)
    put_off(wiring, step)

    today, tomorrow = told_on(tmp_path, TODAY), told_on(tmp_path, TODAY + timedelta(days=1))

    assert LATE not in today
    assert LATE in tomorrow


def test_what_is_no_problem_is_told_never_again_unless_that_is_taken_back(tmp_path: Path) -> None:
    wiring = machine(tmp_path, an_order())
    [step] = steps_to_review(wiring, None)
    no_problem(wiring, step)
    last = step.decision.last_on
    assert last is not None

    silent = [told_on(tmp_path, TODAY), told_on(tmp_path, last)]
    judged = all_judged(wiring)
    in_calendar = open_deadlines(wiring, all_deadlines(wiring, judged), judged)
    undo(wiring, step)

    assert not any(LATE in text for text in silent)
    assert in_calendar == []
    assert LATE in told_on(tmp_path, last)
