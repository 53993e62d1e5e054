"""A year of subscriptions, day by day, on a machine that is off at times; judged by its event log.

1. No renewal that could be stopped comes without an earlier reminder, unless the machine was off
   during all of the time in which it was due.
2. No reminder is sent twice.
3. Nothing is said of what was cancelled until the day on which a charge would show, nor of what
   the buyer wants to keep.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from autoclaim.model.config import Config
from autoclaim.model.subscription import Subscription
from autoclaim.rules.subscriptions.acting import acting_before
from autoclaim.rules.subscriptions.renewals import renewals_after
from autoclaim.runner.subscription_cancel import record_cancelled
from autoclaim.runner.subscriptions import (
    add_subscription,
    edit_subscription,
    subscription_deadlines,
)
from autoclaim.runner.telling import Seen, tell
from autoclaim.runner.workdays import holidays_of
from tests.runner.year import DAYS, FIRST, QUIET_MACHINE, Machine, days_on

SAID: dict[str, dict[str, str]] = {
    "Weekly box": {"every": "1 week", "started_on": "2025-12-03", "notice": "none"},
    "Monthly films": {"every": "1 month", "started_on": "2025-08-31", "notice": "14 days"},
    "Yearly club": {"every": "1 year", "started_on": "2024-02-29", "notice": "1 month"},
    "Gym by letter": {
        "every": "1 month",
        "started_on": "2025-01-31",
        "minimum_term": "18 months",
        "renews_for": "6 months",
        "notice": "3 months",
        "channel": "letter",
        "country": "DE",
    },
    "Telephone": {
        "every": "1 month",
        "started_on": "2025-03-15",
        "notice": "3 months",
        "notice_to": "month-end",
    },
    "Trial of music": {"every": "1 month", "started_on": "2026-03-20", "trial_ends": "2026-04-20"},
    "Kept paper": {"every": "1 month", "started_on": "2025-10-01", "notice": "none"},
    "Ended app": {"every": "1 month", "started_on": "2025-11-11", "notice": "none"},
}
KEPT, ENDED = "Kept paper", "Ended app"
KEPT_ON, RENAMED_ON, ENDED_ON = date(2026, 5, 4), date(2026, 7, 8), date(2026, 6, 5)
RENAMED = "Films by the month"
PRICE = {"amount": "9.99", "currency": "EUR"}


def windows_of(watched: Subscription) -> Iterator[tuple[str, date, list[date]]]:
    """Of each renewal of the year that can be stopped: its safe day, and the days it is due on."""
    days_off = (watched.channel == "letter" and holidays_of("DE", FIRST.year)) or ()
    for renews_on in renewals_after(watched, FIRST):
        acting = acting_before(renews_on, watched, days_off)
        if acting.last_on > FIRST + timedelta(days=DAYS - 1):
            return
        begins = max(acting.opens_on, acting.safe_on - timedelta(days=14), FIRST)
        many = (acting.last_on - begins).days + 1
        yield watched.name, acting.safe_on, [begins + timedelta(days=at) for at in range(many)]


@pytest.mark.parametrize(
    "longest_gap",
    [pytest.param(0, id="on every day"), pytest.param(20, id="off for up to twenty days")],
)
def test_no_renewal_comes_unannounced_and_nothing_is_said_twice(
    tmp_path: Path, longest_gap: int
) -> None:
    on = days_on(seed=11, longest_gap=longest_gap)
    machine = Machine(tmp_path / "home")
    with (wiring := machine.at(FIRST)).ledger:
        watched = {
            name: add_subscription(wiring, {"name": name, "price": PRICE, **said}).subscription
            for name, said in SAID.items()
        }

    for day, before in zip(on, [FIRST, *on], strict=False):
        with (wiring := machine.at(day)).ledger:
            if before < KEPT_ON <= day:
                edit_subscription(wiring, KEPT, {"keep": True}, ())
            if before < RENAMED_ON <= day:
                edit_subscription(wiring, "Monthly films", {"name": RENAMED}, ())
            if before < ENDED_ON <= day:
                record_cancelled(wiring, ENDED, None, None, None)
            tell(wiring, Config(notify=QUIET_MACHINE), Seen(subscription_deadlines(wiring)))
    with machine.at(on[-1]).ledger as ledger:
        told = [(event.at.date(), event.body) for event in ledger.events("reminded")]

    first_told: dict[tuple[str, str], date] = {}
    for day, body in told:
        name = "Monthly films" if body["key"] == RENAMED else str(body["key"])
        first_told.setdefault((name, str(body["safe_on"])), day)
    windows = [
        window for name in set(SAID) - {KEPT, ENDED} for window in windows_of(watched[name])
    ]
    met = [(name, safe_on, days) for name, safe_on, due in windows if (days := set(due) & set(on))]
    assert len(met) > 60
    for name, safe_on, days in met:
        assert first_told[name, str(safe_on)] <= min(days), (name, safe_on)
    one_name = [
        {**body, "key": str(body["key"]).replace(RENAMED, "Monthly films")} for _, body in told
    ]
    words = [tuple(sorted(map(str, body.items()))) for body in one_name]
    assert [words for words, count in Counter(words).items() if count > 1] == []
    kept_from = next(day for day in on if day >= KEPT_ON)
    assert [day for day, body in told if body["key"] == KEPT and day >= kept_from] == []
    ended_on = next(day for day in on if day >= ENDED_ON)
    of_ended = [(day, body) for day, body in told if body["key"] == ENDED and day >= ended_on]
    assert {body["action"] for _, body in of_ended} == {"review"}
