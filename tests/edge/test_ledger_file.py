import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from filelock import FileLock

from autoclaim.edge.ledger import Event, Ledger, open_ledger
from autoclaim.edge.ledger.faults import ledger_fault
from autoclaim.edge.ledger.opening import numbered_migrations, open_connection, version_of
from autoclaim.edge.places import Places
from autoclaim.errors import MachineFault
from tests.edge.builders import NOON, an_order

MIGRATIONS = numbered_migrations()  # read while this process may read its own files
NEXT_FORM = [*MIGRATIONS, "CREATE TABLE notes (text TEXT) STRICT;\n"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET kind = 'verified'",
        "DELETE FROM events",
        "INSERT OR REPLACE INTO events (id, at, kind) VALUES (1, 'x', 'x')",
    ],
)
def test_an_event_once_written_stays(ledger: Ledger, statement: str) -> None:
    ledger.record(Event("noted", NOON))

    with sqlite3.connect(ledger.path) as other, pytest.raises(sqlite3.Error, match="only grows"):
        other.execute(statement)

    other.close()
    assert [event.kind for event in ledger.events()] == ["noted"]


def test_events_come_back_in_the_order_they_were_recorded(ledger: Ledger) -> None:
    first = ledger.record(Event("noted", NOON, "mine", body={"number": 1}))
    ledger.record(Event("noted", NOON.replace(year=2020), "mine", body={"number": 2}))

    assert [event.body["number"] for event in ledger.events("noted")] == [1, 2]
    assert [event.body["number"] for event in ledger.events(after=first)] == [2]
    assert ledger.last("noted", "mine") == list(ledger.events())[-1]
    assert ledger.last("noted", "ours") is None


def test_an_event_without_a_time_zone_is_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="time zone"):
        ledger.record(Event("noted", NOON.replace(tzinfo=None)))


def record_both(ledger: Ledger, one: Event, other: Event) -> None:
    ledger.record(one)
    ledger.record(other)


def test_events_recorded_together_are_kept_together_or_not(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="time zone"), ledger.together():
        record_both(ledger, Event("noted", NOON), Event("noted", NOON.replace(tzinfo=None)))

    assert list(ledger.events()) == []


def test_the_file_is_the_buyers_alone(ledger: Ledger) -> None:
    ledger.record(Event("noted", NOON))

    modes = {stat.S_IMODE(file.stat().st_mode) for file in ledger.path.parent.glob("ledger*")}

    assert modes == {0o600}


def test_a_ledger_from_a_newer_autoclaim_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite3"
    open_connection(file, NEXT_FORM).close()
    before = {part.name: part.read_bytes() for part in tmp_path.iterdir()}

    with pytest.raises(MachineFault, match="newer autoclaim") as refusal:
        open_ledger(file)

    assert "Update autoclaim" in refusal.value.next_step
    assert {part.name: part.read_bytes() for part in tmp_path.iterdir()} == before


def test_a_ledger_made_newer_while_it_is_open_elsewhere_is_refused_too(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite3"
    with open_ledger(file):
        open_connection(file, NEXT_FORM).close()
        assert file.read_bytes()[60:64] == b"\x00\x00\x00\x01"

        with pytest.raises(MachineFault, match="newer autoclaim"):
            open_ledger(file)


def test_an_older_ledger_is_copied_and_brought_up_to_date(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite3"
    with open_ledger(file) as old:
        old.record(Event("noted", NOON))

    connection = open_connection(file, NEXT_FORM)

    assert version_of(connection) == len(NEXT_FORM)
    connection.close()
    with open_ledger(tmp_path / "ledger.sqlite3.copy-before-form-2") as copy:
        assert [event.kind for event in copy.events()] == ["noted"]


def test_a_migration_that_fails_leaves_the_ledger_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite3"
    with open_ledger(file) as old:
        old.record(Event("noted", NOON))

    with pytest.raises(MachineFault):
        open_connection(file, [*NEXT_FORM, "CREATE TABLE events (id);\n"])

    with open_ledger(file) as same:
        assert [event.kind for event in same.events()] == ["noted"]
    open_connection(file, NEXT_FORM).close()


def test_another_programs_file_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite3"
    with sqlite3.connect(file) as other:
        other.execute("PRAGMA user_version = 1")
        other.execute("CREATE TABLE theirs (text)")
    other.close()
    before = file.read_bytes()

    with pytest.raises(MachineFault, match="another program"):
        open_ledger(file)

    assert file.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database" * 100, b"SQLite", b"\x00" * 5000])
def test_a_file_that_is_no_ledger_is_named_and_kept(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "ledger.sqlite3"
    file.write_bytes(content)

    with pytest.raises(MachineFault, match=r"ledger\.sqlite3 is damaged") as fault:
        open_ledger(file)

    assert "`autoclaim run`" in fault.value.next_step
    assert file.read_bytes() == content


def test_a_damaged_page_is_a_fault_that_names_the_copy(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite3"
    with open_ledger(file) as ledger:
        ledger.see_orders((an_order(str(number), x="y" * 500) for number in range(300)), at=NOON)
        ledger.keep_copy(NOON.date())
    with file.open("r+b") as damaged:
        damaged.seek(4096 * 3)
        damaged.write(os.urandom(4096 * 20))

    with (
        pytest.raises(MachineFault, match="is damaged") as fault,
        open_ledger(file) as ledger,
    ):
        list(ledger.orders())

    assert "copy-2026-04-20" in fault.value.next_step


def test_a_copy_is_whole_and_only_the_newest_three_stay(ledger: Ledger) -> None:
    ledger.record(Event("noted", NOON))

    copies = [ledger.keep_copy(NOON.date() + timedelta(days=day)) for day in range(5)]

    assert [copy.exists() for copy in copies] == [False, False, True, True, True]
    assert copies[-1].stat().st_mode & 0o777 == 0o600
    with open_ledger(copies[-1]) as copy:
        assert [event.kind for event in copy.events()] == ["noted"]


def test_a_second_copy_on_the_same_day_takes_the_place_of_the_first(ledger: Ledger) -> None:
    ledger.keep_copy(NOON.date())
    ledger.record(Event("noted", NOON))

    with open_ledger(ledger.keep_copy(NOON.date())) as copy:
        assert len(list(copy.events())) == 1


def test_accounts_read_side_by_side_may_copy_at_the_same_moment(places: Places) -> None:
    def copy_often(_: int) -> int:
        with open_ledger(places.ledger) as own:
            return sum(own.keep_copy(NOON.date()).exists() for _ in range(25))

    with open_ledger(places.ledger) as ledger, ThreadPoolExecutor(4) as threads:
        ledger.record(Event("noted", NOON))
        made = sum(threads.map(copy_often, range(4)))

    [copy] = places.ledger.parent.glob("ledger.sqlite3.copy-*")
    assert made == 100
    with open_ledger(copy) as whole:
        assert len(list(whole.events())) == 1


def test_an_empty_file_becomes_a_ledger(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite3").touch()

    with open_ledger(tmp_path / "ledger.sqlite3") as ledger:
        ledger.record(Event("noted", NOON))

        assert len(list(ledger.events())) == 1


def test_a_folder_that_cannot_be_written_is_said(locked_folder: Path) -> None:
    with pytest.raises(MachineFault, match="cannot write") as fault:
        open_connection(locked_folder / "ledger.sqlite3", MIGRATIONS)

    assert "AUTOCLAIM_HOME" in fault.value.next_step


def test_a_folder_that_cannot_even_be_looked_into_is_said(locked_folder: Path) -> None:
    inside = locked_folder / "inside"

    with pytest.raises(MachineFault, match="cannot write"):
        open_connection(inside / "ledger.sqlite3", MIGRATIONS)


def test_an_event_is_on_the_disk_when_it_is_recorded(ledger: Ledger) -> None:
    (synchronous,) = ledger._connection.execute("PRAGMA synchronous").fetchone()
    (journal,) = ledger._connection.execute("PRAGMA journal_mode").fetchone()

    assert (synchronous, journal) == (2, "wal")


def test_a_ledger_another_run_is_just_making_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autoclaim.edge.ledger.opening.BUSY_SECONDS", 0.01)

    with (
        FileLock(tmp_path / "ledger.sqlite3.lock"),
        pytest.raises(MachineFault, match="Another program holds the ledger"),
    ):
        open_ledger(tmp_path / "ledger.sqlite3")


def test_a_full_disk_is_said_and_what_was_stored_stays(ledger: Ledger) -> None:
    ledger.see_orders([an_order("1001")], at=NOON)
    ledger._connection.execute("PRAGMA max_page_count = 12")

    with pytest.raises(MachineFault, match="disk is full") as fault:
        ledger.see_orders([an_order("1002"), an_order("1003", note="x" * 100_000)], at=NOON)

    assert "still there" in fault.value.next_step
    assert [order.order_id for order in ledger.orders()] == ["1001"]


@pytest.mark.parametrize(("free", "said"), [(4096, "disk is full"), (10**9, "disk I/O error")])
def test_a_disk_without_room_for_what_sqlite_needs_beside_the_ledger_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, said: str
) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = (
        "SQLITE_IOERR_SHMSIZE"  # as on a full disk, before anything is written
    )
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))

    assert said in str(ledger_fault(tmp_path / "ledger.sqlite3", error))


def test_a_ledger_another_program_does_not_let_go_is_said(ledger: Ledger) -> None:
    ledger._connection.execute("PRAGMA busy_timeout = 10")
    holder = sqlite3.connect(ledger.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    with pytest.raises(MachineFault, match="Another program holds") as fault:
        ledger.record(Event("noted", NOON))

    assert fault.value.next_step
    holder.close()


def test_two_may_write_at_once(places: Places) -> None:
    with open_ledger(places.ledger) as one, open_ledger(places.ledger) as other:
        for number in range(20):
            one.record(Event("noted", NOON, body={"number": number}))
            other.record(Event("noted", NOON, body={"number": number}))

        assert len(list(one.events())) == 40


def test_the_ledger_is_read_while_it_is_written(ledger: Ledger) -> None:
    ledger.see_orders([an_order("1001"), an_order("1002")], at=NOON)

    for order in ledger.orders():
        ledger.look_taken("mine", order.store, order.order_id, at=NOON)

    assert set(ledger.looks("mine")) == {"1001", "1002"}


OPENS_AND_WRITES = """
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from autoclaim.edge.ledger import Event, open_ledger

print("ready", flush=True)
sys.stdin.readline()
with open_ledger(Path(sys.argv[1])) as ledger:
    ledger.record(Event("noted", datetime.now(UTC)))
"""


def test_several_may_begin_the_ledger_at_the_same_moment(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite3"
    command = [sys.executable, "-c", OPENS_AND_WRITES, str(file)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    writers = [subprocess.Popen(command, text=True, **pipes) for _ in range(5)]
    for writer in writers:
        assert writer.stdout
        writer.stdout.readline()

    for writer in writers:
        assert writer.stdin
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate()

    assert [writer.returncode for writer in writers] == [0] * 5
    with open_ledger(file) as ledger:
        assert len(list(ledger.events())) == 5


WRITES_UNTIL_KILLED = """
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from autoclaim.edge.ledger import open_ledger

now = datetime.now(UTC)
with open_ledger(Path(sys.argv[1])) as ledger:
    for number in count():
        order = {"store": "fairstore", "order_id": str(number), "title": "x" * 2000}
        ledger.see_orders([order, {**order, "order_id": f"{number}-twin"}], at=now)
        draft = {"store": "fairstore", "order_id": str(number), "kind": "cancel"}
        claim = ledger.start_claim(draft, at=now)
        ledger.hand_over(claim, at=now, body={})
        print(number, flush=True)
        if number < int(sys.argv[2]):
            ledger.advance(claim, "declined", at=now, body={})
"""


@pytest.mark.parametrize("enough", [0, 1, 7])
def test_killed_in_the_middle_it_opens_again_and_knows_what_is_unknown(
    places: Places, enough: int
) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITES_UNTIL_KILLED, str(places.ledger), str(enough)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout
    for line in writer.stdout:
        if int(line) == enough:
            break

    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()

    with open_ledger(places.ledger) as ledger:
        numbers = {order.order_id for order in ledger.orders()}
        states = [claim.state for claim in ledger.claims()]
    assert states[: enough + 1] == ["not_sent"] * enough + ["unknown"]
    assert {f"{number}-twin" for number in numbers if "-" not in number} <= numbers
    assert sqlite3.connect(places.ledger).execute("PRAGMA integrity_check").fetchone() == ("ok",)
