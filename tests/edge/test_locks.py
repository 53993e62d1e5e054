import signal
import subprocess
import sys
from pathlib import Path

import pytest

from autoclaim.edge.locks import hold_account, nobody_at_work
from autoclaim.edge.places import Places
from autoclaim.errors import AlreadyRunning, MachineFault
from autoclaim.model import Account
from tests.edge.conftest import NOON

MINE = Account(name="mine", store="fairstore", email="ana@buyer.example", added_at=NOON)
OURS = MINE.model_copy(update={"name": "ours", "email": "ben@buyer.example"})

HOLDS_UNTIL_KILLED = """
import sys
from pathlib import Path
from autoclaim.edge.locks import hold_account
from autoclaim.model import Account

MINE = Account(
    name="mine", store="fairstore", email="ana@buyer.example", added_at="2026-04-01T12:00:00Z"
)
with hold_account(Path(sys.argv[1]), MINE):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_run_on_the_same_account_is_told_at_once(places: Places) -> None:
    with (
        hold_account(places.locks, MINE),
        pytest.raises(AlreadyRunning, match="account mine") as refusal,
        hold_account(places.locks, MINE),
    ):
        pass

    assert refusal.value.exit_code == 6
    assert refusal.value.next_step


def test_another_account_is_free(places: Places) -> None:
    with hold_account(places.locks, MINE), hold_account(places.locks, OURS):
        assert len(list(places.locks.iterdir())) == 2


def test_two_names_for_one_account_are_one_account(places: Places) -> None:
    again = MINE.model_copy(update={"name": "again", "email": "Ana@Buyer.example"})

    with (
        hold_account(places.locks, MINE),
        pytest.raises(AlreadyRunning, match="account again"),
        hold_account(places.locks, again),
    ):
        pass


def test_the_account_is_free_again_afterwards(places: Places) -> None:
    with pytest.raises(KeyboardInterrupt), hold_account(places.locks, MINE):
        raise KeyboardInterrupt

    nobody_at_work(places.locks)
    with (
        hold_account(places.locks, MINE),
        pytest.raises(AlreadyRunning, match="on an account"),
    ):
        nobody_at_work(places.locks)


def test_another_process_holds_the_account_until_it_is_killed(places: Places) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS_UNTIL_KILLED, str(places.locks)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunning), hold_account(places.locks, MINE):
            pass

        holder.send_signal(signal.SIGKILL)
        holder.wait()

        with hold_account(places.locks, MINE):
            assert holder.returncode == -signal.SIGKILL


def test_the_lock_file_is_the_buyers_alone(places: Places) -> None:
    with hold_account(places.locks, MINE):
        (file,) = places.locks.iterdir()
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_written_is_said(locked_folder: Path) -> None:
    with pytest.raises(MachineFault, match="cannot write"), hold_account(locked_folder, MINE):
        pass
