"""Opens the ledger's file: refuses what is not ours, copies it, and brings it up to date."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from autoclaim.edge.ledger.faults import as_ledger_fault, broken_ledger, busy_ledger, copy_name
from autoclaim.edge.network_file_systems import network_kind
from autoclaim.edge.private_files import (
    FILE_MODE,
    as_machine_fault,
    file_fault,
    half_written_name,
    make_private_file,
    make_private_folder,
)
from autoclaim.errors import MachineFault

# "aucl": marks the file as autoclaim's, in SQLite's own header field.
APPLICATION_ID = 0x6175636C
BUSY_SECONDS = 10.0

_MAGIC = b"SQLite format 3\x00"
_WRITTEN_WITH_WAL = 2
_HEADER_LENGTH = 100  # https://www.sqlite.org/fileformat.html, section 1.3


def numbered_migrations() -> list[str]:
    """The SQL texts of `migrations/` by number; the n-th leads to version n."""
    folder = Path(__file__).parent / "migrations"
    return [file.read_text("utf-8") for file in sorted(folder.glob("*.sql"))]


def open_connection(path: Path, migrations: list[str] | None = None) -> sqlite3.Connection:
    """A connection to the ledger at `path`, made or brought up to date when needed.

    In autocommit mode: a transaction begins only where one is asked for. Raises `MachineFault`
    for a file that is damaged, not ours, from a newer autoclaim, or cannot be written; such a
    file is not touched.
    """
    steps = numbered_migrations() if migrations is None else migrations
    version, journal = _form_in_header(path)
    _refuse_newer(path, version, len(steps))
    make_private_folder(path.parent)
    make_private_file(path)
    wanted = _journal_for(path.parent)
    with as_ledger_fault(path):
        if (version, journal) != (len(steps), wanted):
            _prepare_alone(path, steps, wanted)
        return _connect(path, newest=len(steps))


def _journal_for(folder: Path) -> str:
    """WAL, but its index is memory that only programs of one machine share (sqlite.org/wal.html).

    On a network file system the older form is slower, and safe as far as its locks are.
    """
    return "DELETE" if network_kind(folder) else "WAL"


def _connect(path: Path, newest: int) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        # FULL: a hand-over must be on the disk before the window becomes the buyer's.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        # Asked again: the header lags behind while another process has the file open.
        _refuse_newer(path, version_of(connection), newest)
    except BaseException:
        connection.close()
        raise
    return connection


def _form_in_header(path: Path) -> tuple[int, str]:
    """The file's form and kind of journal as its first bytes say, 0 for a file that is none yet.

    Raises `MachineFault` for one that is not ours.

    Read by hand: merely opening a stranger's file with SQLite would leave files beside it.
    """
    with as_machine_fault(path):
        header = _header(path)
    if not header:
        return 0, ""
    if len(header) < _HEADER_LENGTH or not header.startswith(_MAGIC):
        raise broken_ledger(path)
    version = int.from_bytes(header[60:64], "big")
    if version and int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise MachineFault(
            f"The file {path} belongs to another program.",
            "Move it away, or set AUTOCLAIM_HOME to another folder; it was not touched.",
        )
    return version, "WAL" if header[18] == _WRITTEN_WITH_WAL else "DELETE"


def _header(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEADER_LENGTH)
    except FileNotFoundError:
        return b""


def _refuse_newer(path: Path, version: int, newest: int) -> None:
    if version > newest:
        raise MachineFault(
            f"The ledger {path} was written by a newer autoclaim (form {version}; this one knows "
            f"{newest}).",
            "Update autoclaim: `pip install --upgrade autoclaim`. The ledger was not touched.",
        )


def version_of(connection: sqlite3.Connection) -> int:
    """The form of the file: how many migrations it has had."""
    row = connection.execute("PRAGMA user_version").fetchone()
    return int(row[0])


def _prepare_alone(path: Path, steps: list[str], journal: str) -> None:
    from filelock import FileLock, Timeout

    # SQLite's own busy timeout does not cover the change to WAL, which needs the file alone.
    lock = FileLock(f"{path}.lock", timeout=BUSY_SECONDS, mode=FILE_MODE)
    try:
        with lock:
            _prepare(path, steps, journal)
    except Timeout as reason:
        raise busy_ledger(path) from reason
    except OSError as reason:
        raise file_fault(path, reason.errno) from reason


def _prepare(path: Path, steps: list[str], journal: str) -> None:
    """Makes the tables, or brings them and the kind of journal up to date."""
    with contextlib.closing(_connect(path, newest=len(steps))) as connection:
        connection.execute(f"PRAGMA journal_mode = {journal}")
        version = version_of(connection)
        if version == len(steps):
            return
        if version:
            copy_ledger(connection, copy_name(path, f"before-form-{len(steps)}"))
        _migrate(connection, steps[version:], len(steps))


def _migrate(connection: sqlite3.Connection, steps: list[str], version: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in steps:
            for statement in _statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {version}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _statements(text: str) -> Iterator[str]:
    # executescript would commit before it begins, and a trigger holds semicolons of its own.
    statement = ""
    for line in text.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def copy_ledger(connection: sqlite3.Connection, to: Path) -> None:
    """Writes a whole copy of the ledger to `to` (mode 0600), in one step over an older one."""
    half_written = half_written_name(to)
    make_private_file(half_written)
    try:
        with contextlib.closing(sqlite3.connect(half_written)) as copy:
            connection.backup(copy)
        half_written.replace(to)
    except BaseException:
        half_written.unlink(missing_ok=True)
        raise
