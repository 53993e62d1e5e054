"""A run that cannot look says so wherever the buyer is, and leaves everything as it was."""

import json
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from autoclaim.edge.ledger import StoredRun, open_ledger
from autoclaim.edge.locks import hold_account
from autoclaim.errors import AlreadyRunning, AutoclaimError
from autoclaim.model import Account
from autoclaim.runner import doctor
from autoclaim.runner.run import run
from autoclaim.runner.settings import Settings
from autoclaim.runner.wiring import Wiring
from tests.runner.deadlines import LATE, NOON
from tests.runner.year import Listener


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose only channel writes into the file `heard`."""
    config = tmp_path / "home" / "config"
    config.mkdir(parents=True)
    command = [
        "sh",
        "-c",
        f'echo "$AUTOCLAIM_TITLE" >> "{tmp_path}/heard"; cat >> "{tmp_path}/heard"',
    ]
    (config / "config.toml").write_text(
        f"[notify]\ndesktop = false\ncommand = {json.dumps(command)}\n"
    )
    return tmp_path / "home"


def wired(home: Path, after: timedelta = timedelta(0)) -> Wiring:
    return Wiring(Settings(home=home, now=NOON + after), Listener())


def test_where_nothing_can_be_written_the_buyer_is_told_why(home: Path) -> None:
    (home / "data").write_text("a file where a folder is needed")

    with pytest.raises(AutoclaimError):
        run(wired(home), None)

    heard = (home.parent / "heard").read_text()
    assert "autoclaim: could not look" in heard
    assert "AUTOCLAIM_HOME" in heard
    assert "How old the facts are cannot be told" in heard


def test_an_account_that_is_gone_is_told_with_those_there_are(home: Path) -> None:
    with wired(home).ledger as ledger:
        ledger.add_account("mine", store="aliexpress", email="a@buyer.example", at=NOON, buyer={})
        ledger.scan_finished("mine", store="aliexpress", counts={}, at=NOON - timedelta(days=9))

    with pytest.raises(AutoclaimError):
        run(wired(home), "gone")

    heard = (home.parent / "heard").read_text()
    assert "gone" in heard
    assert "mine 2026-04-11" in heard
    assert "(9 days ago)" in heard


def test_of_an_account_that_was_removed_the_windows_are_told_still_and_how_old_they_are(
    home: Path,
) -> None:
    with wired(home).ledger as ledger:
        ledger.add_account("mine", store="aliexpress", email="a@buyer.example", at=NOON, buyer={})
        ledger.see_orders([LATE], at=NOON, account="mine")
        ledger.scan_finished("mine", store="aliexpress", counts={}, at=NOON)
        ledger.remove_account("mine", at=NOON)

    ran = run(wired(home, after=timedelta(days=4)), None)

    heard = (home.parent / "heard").read_text()
    assert ran is not None
    assert ran.exit_code == 0
    assert "Lamp" in heard
    assert "mine (removed, read no more) 2026-04-20" in heard
    assert "(4 days ago)" in heard
    assert "was not read for" not in heard


def test_a_fault_of_ours_is_told_too(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autoclaim.runner.run.look_at", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        run(wired(home), None)

    assert "a fault of ours" in (home.parent / "heard").read_text()


def test_a_damaged_ledger_that_somebody_uses_is_left_until_they_have_ended(home: Path) -> None:
    wiring = wired(home)
    wiring.places.ledger.write_bytes(b"not a database" * 500)
    account = Account(name="mine", store="aliexpress", email="a@buyer.example", added_at=NOON)

    with hold_account(wiring.places.locks, account), pytest.raises(AlreadyRunning):
        run(wiring, None)
    untouched = wiring.places.ledger.read_bytes()
    ran = run(wired(home), None)

    assert untouched.startswith(b"not a database")
    assert ran is not None
    heard = (home.parent / "heard").read_text()
    assert "the ledger was damaged and is mended" in heard
    assert "From what you imported or entered yourself." in heard


def test_what_stops_every_run_is_told_once_a_day_and_shown(home: Path) -> None:
    config = home / "config" / "config.toml"
    config.write_text(config.read_text() + "[reminders]\nlead_day = [3]\n")
    for hours in (0, 1, 2, 23):
        with suppress(AutoclaimError):
            run(wired(home, after=timedelta(hours=hours)), None, if_due=True)

    heard = (home.parent / "heard").read_text()
    last = wired(home).ledger.last_run()
    config.write_text(config.read_text().replace("lead_day =", "lead_days ="))
    put_right = run(wired(home, after=timedelta(hours=24)), None, if_due=True)

    assert heard.count("could not look") == 2
    assert "Did you mean lead_days?" in heard
    assert last is not None
    assert last.exit_code == 2
    assert put_right is not None


def test_a_look_at_one_account_does_not_stand_for_the_others(home: Path) -> None:
    run(wired(home), None)
    with pytest.raises(AutoclaimError):
        run(wired(home, after=timedelta(days=1)), "gone")

    last = wired(home).ledger.last_run()

    assert last is not None
    assert last.at == NOON


def test_if_due_a_run_in_the_future_counts_as_a_clock_set_back(home: Path) -> None:
    with open_ledger(wired(home).places.ledger) as ledger:
        ledger.run_finished(StoredRun(NOON.replace(hour=12), 0, ("", "", "")))
        soon = run(wired(home), None, if_due=True)
        ledger.run_finished(StoredRun(NOON.replace(year=2027), 0, ("", "", "")))
        set_back = run(wired(home), None, if_due=True)

    assert soon is None
    assert set_back is not None


def test_a_home_on_a_network_disk_is_told_once_and_works(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = home.parent / "mountinfo"
    mounts.write_text(f"1 0 0:40 / {home} rw - nfs4 server.example:/export rw\n")
    monkeypatch.setattr("autoclaim.edge.network_file_systems.MOUNTS", mounts)

    ran = [run(wired(home, after=timedelta(days=day)), None) for day in (0, 7)]

    heard = (home.parent / "heard").read_text()
    assert [one and one.exit_code for one in ran] == [0, 0]
    assert heard.count("is on a network file system (nfs4)") == 1
    assert "Looked: nothing to do" in heard
    assert "nfs4" in doctor._folders(wired(home))
