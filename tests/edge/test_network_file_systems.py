"""A folder on another machine: it is noticed, and the ledger there needs no shared memory."""

import errno
import fcntl
from pathlib import Path

import pytest

from autoclaim.edge.ledger import open_ledger
from autoclaim.edge.locks import hold_run
from autoclaim.edge.network_file_systems import network_kind
from autoclaim.errors import MachineFault
from tests.edge.builders import NOON, an_order

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
35 22 0:40 / /home rw,relatime - {kind} server.example:/export rw,vers=4.2
36 35 8:2 / /home/ana/my\\040disk rw - ext4 /dev/sdb1 rw
"""


@pytest.fixture
def mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the system says is mounted, which a test writes."""
    file = tmp_path / "mountinfo"
    monkeypatch.setattr("autoclaim.edge.network_file_systems.MOUNTS", file)
    return file


@pytest.mark.parametrize(
    ("folder", "kind", "found"),
    [
        ("/home/ana", "nfs4", "nfs4"),
        ("/home", "cifs", "cifs"),
        ("/home/ana", "fuse.sshfs", "fuse.sshfs"),
        ("/home/ana", "ext4", None),
        ("/home/ana", "fuse.gocryptfs", None),
        ("/home/ana/my disk/data", "nfs4", None),
        ("/homes/ana", "nfs4", None),
    ],
)
def test_a_network_file_system_is_known_by_what_is_mounted_nearest_above(
    mounts: Path, folder: str, kind: str, found: str | None
) -> None:
    mounts.write_text(MOUNTS.format(kind=kind))

    assert network_kind(Path(folder)) == found


def test_where_the_system_does_not_tell_a_disk_counts_as_this_machines(mounts: Path) -> None:
    assert not mounts.exists()
    assert network_kind(Path("/home/ana")) is None


def journal_of(file: Path) -> str:
    with open_ledger(file) as ledger:
        (journal,) = ledger._connection.execute("PRAGMA journal_mode").fetchone()
        assert [order.order_id for order in ledger.orders()] == ["1001"]
    return str(journal)


def test_a_ledger_carried_to_a_network_disk_and_back_loses_nothing(
    mounts: Path, tmp_path: Path
) -> None:
    file = tmp_path / "ledger.sqlite3"
    with open_ledger(file) as ledger:
        ledger.see_orders([an_order("1001")], at=NOON)

    mounts.write_text(MOUNTS.format(kind="nfs4").replace("/home ", f"{tmp_path} "))
    carried = journal_of(file)
    left_beside = list(tmp_path.glob("ledger.sqlite3-*"))
    mounts.unlink()

    assert carried == "delete"
    assert left_beside == []
    assert journal_of(file) == "wal"


def test_a_file_system_without_locks_is_a_fault_and_nothing_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)

    with pytest.raises(MachineFault, match="no locks available"), hold_run(tmp_path / "locks"):
        raise AssertionError("it was run without a lock")
