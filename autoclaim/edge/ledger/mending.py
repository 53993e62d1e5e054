"""A damaged ledger: kept aside, and built anew from every event that can still be read.

Read are the damaged file itself, page by page, and the daily copies beside it. Events keep their
numbers, so what is missing in the row shows what was lost.
"""

import contextlib
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from autoclaim.edge.ledger.events import Event, EventTable
from autoclaim.edge.ledger.faults import LedgerDamaged, as_ledger_fault, copies_of
from autoclaim.edge.ledger.opening import open_connection
from autoclaim.edge.private_files import FILE_MODE, as_machine_fault

_COLUMNS = "id, at, kind, account, store, order_id, line_id, claim_id, body"
_READ = f"SELECT {_COLUMNS} FROM events WHERE id BETWEEN ? AND ? ORDER BY id"  # noqa: S608 - ours
_WRITE = f"INSERT INTO events ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - ours
_KIND = re.compile(r"[a-z_]{3,40}")
_PAGE_SIZE_AT, _PAGES_AT = 16, 28  # https://www.sqlite.org/fileformat.html, section 1.3
_LEAST_ROW = 60  # bytes: its moment, its kind, and its places in the indexes
_BESIDE = ("-wal", "-shm")

Row = tuple[int, str, str, str | None, str | None, str | None, str | None, str | None, str]


class Mended(NamedTuple):
    """What became of a damaged ledger: where it is `kept`, and how many events were saved.

    `lost` counts the numbers missing in the row; `newest` is the last event saved (aware). Events
    after it may be lost too, and nobody can count those.
    """

    kept: Path
    events: int
    lost: int
    newest: datetime | None


def is_damaged(path: Path) -> bool:
    """Whether the ledger at `path` cannot be read as a whole; one that is not there yet can.

    Raises `MachineFault` for a file that is not ours, or cannot be opened for another reason.
    """
    try:
        with contextlib.closing(open_connection(path)) as connection, as_ledger_fault(path):
            found: tuple[str] = connection.execute("PRAGMA quick_check(1)").fetchone()
    except LedgerDamaged:
        return True
    return found != ("ok",)


def mend(path: Path, *, at: datetime) -> Mended:
    """Keep the damaged ledger aside and put one in its place that holds what could be read.

    Until the last step the damaged file stays where it is, so that a crash changes nothing.
    Nobody else may have it open. Raises `MachineFault` when the disk takes no more.
    """
    with as_machine_fault(path), as_ledger_fault(path):
        kept = _keep_aside(path, at)
        rows = _saved(path, kept)
        whole = _write_anew(path, rows, kept, at)
        for ending in _BESIDE:
            path.with_name(path.name + ending).unlink(missing_ok=True)
        whole.replace(path)
    newest = datetime.fromisoformat(rows[max(rows)][1]) if rows else None
    return Mended(kept, len(rows), max(rows, default=0) - len(rows), newest)


def _keep_aside(path: Path, at: datetime) -> Path:
    kept = path.with_name(f"{path.name}.damaged-{at:%Y%m%d-%H%M%S}")
    for ending in ("", *_BESIDE):
        part = path.with_name(path.name + ending)
        if part.exists():
            shutil.copyfile(part, kept.with_name(kept.name + ending))
            kept.with_name(kept.name + ending).chmod(FILE_MODE)
    return kept


def _saved(path: Path, kept: Path) -> dict[int, Row]:
    """Every event by its number; a copy that tells of another ledger is left out."""
    copies = copies_of(path)[::-1]
    rows = _rows_of(kept, copies[0] if copies else None)
    for copy in copies:
        theirs = _rows_of(copy, None)
        both = theirs.keys() & rows.keys()
        if 2 * sum(theirs[number] == rows[number] for number in both) >= len(both):
            rows |= theirs  # a copy was made of a whole ledger: its word counts more
    return dict(sorted(rows.items()))


def _rows_of(file: Path, with_first_page_of: Path | None) -> dict[int, Row]:
    """What can be read of a file; it is not touched, because reading a ledger changes it."""
    with TemporaryDirectory(dir=file.parent, prefix=".mending-") as folder:
        work = Path(folder) / "ledger"
        for ending in ("", "-wal"):
            if (part := file.with_name(file.name + ending)).exists():
                shutil.copyfile(part, work.with_name(work.name + ending))
        rows = dict(_readable(work))
        if not rows and with_first_page_of:
            # The first page holds the plan of the file, which is the same in every copy.
            _graft_first_page(work, with_first_page_of)
            rows = dict(_readable(work))
    return rows


def _graft_first_page(work: Path, copy: Path) -> None:
    header = copy.read_bytes()[:_PAGES_AT]
    size = int.from_bytes(header[_PAGE_SIZE_AT : _PAGE_SIZE_AT + 2], "big")
    page = bytearray(copy.read_bytes()[:size])
    page[_PAGES_AT : _PAGES_AT + 4] = (work.stat().st_size // size).to_bytes(4, "big")
    with work.open("r+b") as file:
        file.write(page)


def _readable(work: Path) -> Iterator[tuple[int, Row]]:
    with contextlib.closing(sqlite3.connect(work)) as connection:
        most = work.stat().st_size // _LEAST_ROW
        try:
            (last,) = connection.execute("SELECT max(id) FROM events").fetchone()
        except sqlite3.Error:
            last = most
        for row in _between(connection, 1, min(last or 0, most)):
            if _is_whole(row):
                yield row[0], row


def _between(connection: sqlite3.Connection, first: int, last: int) -> Iterator[Row]:
    """The rows of these numbers; where a page is damaged, the halves are tried by themselves."""
    try:
        yield from connection.execute(_READ, (first, last)).fetchall()
    except sqlite3.Error:
        if first < last:
            middle = (first + last) // 2
            yield from _between(connection, first, middle)
            yield from _between(connection, middle + 1, last)


def _is_whole(row: Row) -> bool:
    """Whether what a damaged page gave can be an event at all."""
    try:
        moment, body = datetime.fromisoformat(row[1]), json.loads(row[8])
    except (TypeError, ValueError):
        return False
    if moment.tzinfo is None or not isinstance(body, dict):
        return False
    return bool(_KIND.fullmatch(row[2])) and all(isinstance(one, str | None) for one in row[3:8])


def _write_anew(path: Path, rows: dict[int, Row], kept: Path, at: datetime) -> Path:
    new = path.with_name(f".{path.name}.mended")
    beside = [new.with_name(new.name + ending) for ending in ("", *_BESIDE, ".lock")]
    for part in beside:
        part.unlink(missing_ok=True)
    connection = open_connection(new)
    with EventTable(new, connection) as table, table.together():
        connection.executemany(_WRITE, rows.values())
        body = {"kept": kept.name, "events": len(rows)}
        table.record(Event("ledger_mended", at, body=body))
    beside[-1].unlink(missing_ok=True)
    return new
