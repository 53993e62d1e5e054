"""A reading that was not whole is told of once, also where nobody asked for it."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autoclaim.model import Account
from autoclaim.model.reminder import Age
from autoclaim.runner.history import TO_THE_END
from autoclaim.runner.looking import MOST_AT_ONCE, _most_at_once, drifted, looked_at
from autoclaim.runner.run import Ran
from autoclaim.runner.scan import Scanned
from autoclaim.runner.settings import Settings
from autoclaim.runner.telling import Seen, _news, _Told
from autoclaim.runner.wiring import Wiring
from tests.runner.test_wiring import Nobody

NOW = datetime(2026, 4, 20, 12, tzinfo=UTC)
MINE = Account(name="mine", store="fairstore", email="you@buyer.example", added_at=NOW)


def scanned(*missing: str) -> Scanned:
    reading = Scanned(MINE)
    reading.coverage.add("detail", ["status"], [], missing)
    return reading


def test_a_whole_reading_is_no_trouble() -> None:
    assert drifted(scanned()) is None


def test_a_change_of_the_pages_is_told_once_whichever_order_it_is_seen_on() -> None:
    first = drifted(scanned("the seller of 8200000000150011"))
    again = drifted(scanned("the seller of 8200000000150012"))
    other = drifted(scanned("the total of 8200000000150011"))

    assert first is not None
    assert again is not None
    assert other is not None
    assert "the seller of 8200000000150011 on the detail page" in first.what_happened
    assert first.topic == again.topic != other.topic
    ages = [Age("mine", NOW, NOW)]  # read well since it was told
    told = _Told({first.topic: NOW - timedelta(days=1)}, {}, NOW)
    assert list(_news(Seen([], ages, [again, other], None), told)) == [other]


def lost_a_fact() -> Scanned:
    reading = scanned()
    reading.lost = ["paid_at on 0 of 12 detail pages (before: 8 of 10)"]
    return reading


def could_not_read_a_value() -> Scanned:
    reading = scanned()
    reading.unread = ["8200000000150011: shipments[0].state"]
    return reading


@pytest.mark.parametrize(
    "reading",
    [scanned("a known status of 8200000000150011"), lost_a_fact(), could_not_read_a_value()],
    ids=["an unknown status", "a drop in coverage", "an unreadable value"],
)
def test_scan_and_run_end_with_4_where_something_was_missing_and_the_rest_was_read(
    reading: Scanned,
) -> None:
    reading.orders.append("8200000000150011")

    ran = Ran([looked_at(reading)], [], [])

    assert reading.exit_code == ran.exit_code == 4
    assert "1 account, 1 orders looked at" in ran.lines[0]
    assert "not told where it always stood" in ran.lines[0]
    assert "Not read" not in ran.lines[0]
    assert "Next: autoclaim doctor --live" in ran.lines[2]


def test_what_is_new_and_took_nothing_away_is_named_and_no_fault() -> None:
    reading = scanned()
    reading.coverage.add("detail", ["status"], ["the block detail_choir"])

    ran = Ran([looked_at(reading)], [], [])

    assert reading.coverage.unseen == ["the block detail_choir on the detail page"]
    assert reading.exit_code == ran.exit_code == 0


def test_once_all_were_read_to_the_end_there_are_no_more_browsers_than_cores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    yours = MINE.model_copy(update={"name": "yours"})
    wiring = Wiring(Settings(home=tmp_path), Nobody())
    whole: dict[str, object] = {TO_THE_END: True}

    def read(account: Account) -> int:
        wiring.ledger.scan_finished(account.name, store=account.store, counts=whole, at=NOW)
        return _most_at_once(wiring, [MINE, yours])

    assert read(MINE) == MOST_AT_ONCE
    assert read(yours) == 2
    wiring.close()
