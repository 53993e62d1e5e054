"""A whole year, day by day: every window that closes was told of, once, and nothing after its end.

1. No window closes without an earlier reminder, unless the machine was off during all of its life.
2. No reminder is sent twice.
3. Nothing is said of an order that is settled.
"""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from autoclaim.model.config import ReminderConfig
from autoclaim.model.deadline import Deadline
from autoclaim.runner.reminders import LOUD, has_closed
from tests.runner.year import Machine, days_on, every_day, lives, noon

Window = tuple[str, str, date]  # key, action, last safe day
CASES = [
    pytest.param(0, ReminderConfig(), id="on every day"),
    pytest.param(20, ReminderConfig(), id="off for up to twenty days at a time"),
    pytest.param(20, ReminderConfig(digest_days=7), id="off at times, with a weekly digest"),
]


@pytest.fixture(scope="module")
def windows(tmp_path_factory: pytest.TempPathFactory) -> dict[Window, list[date]]:
    """The days on which each window stood open, as one who looks every day sees it."""
    eye, found = Machine(tmp_path_factory.mktemp("eye")), {}
    history = lives(seed=7)
    for day in every_day():
        wiring = eye.at(day)
        with wiring.ledger:
            for one in eye.see(wiring, history, day):
                if is_open_window(one, day):
                    window = (one.key, one.action, one.safe_on or date.max)
                    found.setdefault(window, []).append(day)
    return found


def is_open_window(one: Deadline, day: date) -> bool:
    is_dated = one.safe_on is not None and one.closes_at is not None
    return one.action in LOUD and is_dated and not has_closed(one, noon(day))


@pytest.mark.parametrize(("longest_gap", "config"), CASES)
def test_no_window_closes_unannounced_and_nothing_is_said_twice(
    windows: dict[Window, list[date]], tmp_path: Path, longest_gap: int, config: ReminderConfig
) -> None:
    history, on = lives(seed=7), days_on(seed=7, longest_gap=longest_gap)
    machine = Machine(tmp_path / "home")

    for day in on:
        machine.run(history, day, config)
    with machine.at(on[-1]).ledger as ledger:
        told = [(event.at.date(), event.body) for event in ledger.events("reminded")]

    first_told: dict[tuple[str, str], dict[date, date]] = {}
    for day, body in told:
        if body["safe_on"]:
            asked = first_told.setdefault((str(body["key"]), str(body["action"])), {})
            asked.setdefault(date.fromisoformat(body["safe_on"]), day)
    closed = [one for one in windows.items() if one[1][-1] >= one[0][2] and set(one[1]) & set(on)]
    for (key, action, safe_on), days in closed:
        warned = [day for until, day in first_told[key, action].items() if until <= safe_on]
        assert min(warned) <= min(set(days) & set(on)), (key, action, safe_on)
    assert len(closed) > 20
    words = [tuple(sorted(map(str, body.items()))) for _, body in told]
    assert [words for words, count in Counter(words).items() if count > 1] == []
    settled = {f"aliexpress/{life.order_id}/1": life.settled_on for life in history}
    assert [body for day, body in told if day >= (settled[str(body["key"])] or date.max)] == []
