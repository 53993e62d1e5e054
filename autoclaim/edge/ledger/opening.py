"""Opens the ledger's file: refuses what is not ours, copies it, and brings it up to date."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from autoclaim.edge.ledger.faults import as_ledger_fault, broken_ledger
from autoclaim.edge.private_files import as_machine_fault, make_private_file, make_private_folder
from autoclaim.errors import MachineFault

# "aucl": marks the file as autoclaim's, in SQLite's own header field.
APPLICATION_ID = 0x6175636C
BUSY_SECONDS = 10.0

_MAGIC = b"SQLite format 3\x00"
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
    _refuse_strangers(path, newest=len(steps))
    make_private_folder(path.parent)
    make_private_file(path)
    with as_ledger_fault(path):
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            _set_up(connection)
            _migrate(connection, path, steps)
        except BaseException:
            connection.close()
            raise
    return connection


def _refuse_strangers(path: Path, newest: int) -> None:
    # Read by hand: merely opening the file with SQLite would leave files beside it.
    with as_machine_fault(path):
        header = _header(path)
    if not header:
        return
    if len(header) < _HEADER_LENGTH or not header.startswith(_MAGIC):
        raise broken_ledger(path)
    version = int.from_bytes(header[60:64], "big")
    if version and int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise MachineFault(
            f"The file {path} belongs to another program.",
            "Move it away, or set AUTOCLAIM_HOME to another folder; it was not touched.",
        )
    _refuse_newer(path, version, newest)


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


def _set_up(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    # FULL: a hand-over must be on the disk before the window becomes the buyer's.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def version_of(connection: sqlite3.Connection) -> int:
    """The form of the file: how many migrations it has had."""
    row = connection.execute("PRAGMA user_version").fetchone()
    return int(row[0])


def _migrate(connection: sqlite3.Connection, path: Path, steps: list[str]) -> None:
    version = version_of(connection)
    _refuse_newer(path, version, len(steps))
    if version == len(steps):
        return
    if version:
        copy_ledger(connection, path.with_name(f"{path.name}.copy-before-{len(steps):04}"))
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Read again: another autoclaim may have done it while we waited for the lock.
        for number in range(version_of(connection), len(steps)):
            for statement in _statements(steps[number]):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(steps)}")
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
    """Writes a whole copy of the ledger to `to` (0600), replacing what stood there."""
    make_private_file(to)
    copy = sqlite3.connect(to, isolation_level=None)
    try:
        connection.backup(copy)
    finally:
        copy.close()
