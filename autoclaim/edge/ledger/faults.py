"""What SQLite says when something is wrong, in the buyer's words."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from autoclaim.errors import MachineFault

_BROKEN = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
_FULL = "SQLITE_FULL"
_FAILED = "SQLITE_IOERR"  # what SQLite says of a full disk where it makes its own helping files
_TOO_LITTLE = 100_000  # bytes: less than one run needs
_SHUT = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")


class LedgerDamaged(MachineFault):
    """The file is a ledger that cannot be read as a whole; `mending` builds it anew."""


@contextlib.contextmanager
def as_ledger_fault(path: Path) -> Iterator[None]:
    """Turns an error of SQLite met inside into a `MachineFault` that names the file."""
    try:
        yield
    except sqlite3.Error as reason:
        raise ledger_fault(path, reason) from reason


def ledger_fault(path: Path, reason: sqlite3.Error) -> MachineFault:
    """The error for the ledger at `path`, with the step that mends it."""
    name = getattr(reason, "sqlite_errorname", "")
    if name.startswith(_BROKEN):
        return broken_ledger(path)
    if name.startswith(_BUSY):
        return busy_ledger(path)
    if name.startswith(_FULL) or (name.startswith(_FAILED) and _has_no_room(path)):
        return MachineFault(
            f"The disk is full: the ledger {path} took no more.",
            "Make room and try again; what was stored before is still there.",
        )
    if name.startswith(_SHUT):
        return MachineFault(
            f"autoclaim cannot write to the ledger {path}.",
            "Give yourself the right to write there, or set AUTOCLAIM_HOME to another folder.",
        )
    return MachineFault(f"The ledger {path} failed: {reason}.", "See the log for what was done.")


def _has_no_room(path: Path) -> bool:
    import shutil

    try:
        return shutil.disk_usage(path.parent).free < _TOO_LITTLE
    except OSError:
        return False


def busy_ledger(path: Path) -> MachineFault:
    """The error for a file that another program does not let go."""
    return MachineFault(
        f"Another program holds the ledger {path}.",
        "Wait until it has ended and try again; nothing was lost.",
    )


def broken_ledger(path: Path) -> LedgerDamaged:
    """The error for a damaged file; names the newest copy beside it, if there is one."""
    copies = copies_of(path)
    and_copy = f" and from {copies[-1].name}" if copies else ""
    return LedgerDamaged(
        f"The ledger {path} is damaged and cannot be read.",
        "Say `autoclaim run`: it keeps the file aside and builds a new one from all that can be "
        f"read of it{and_copy}. Nothing was changed.",
    )


def copy_name(path: Path, which: str) -> Path:
    """Where a copy of the ledger at `path` is kept: beside it."""
    return path.with_name(f"{path.name}.copy-{which}")


def copies_of(path: Path) -> list[Path]:
    """The copies of the ledger at `path`, the newest last."""
    found = path.parent.glob(f"{path.name}.copy-*")
    return sorted(found, key=lambda copy: (_changed_at(copy), copy.name))


def _changed_at(copy: Path) -> int:
    try:
        return copy.stat().st_mtime_ns
    except FileNotFoundError:  # another run has just removed it, or put a new one in its place
        return 0
