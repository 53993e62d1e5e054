"""One autoclaim per account: a lock the system itself lets go when the process ends."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from autoclaim.edge.file_names import distinct_name
from autoclaim.edge.private_files import as_machine_fault, make_private_folder
from autoclaim.errors import AlreadyRunning

if TYPE_CHECKING:  # `list` holds no account and needs no pydantic
    from autoclaim.model.account import Account

_RUN = "run"


@contextlib.contextmanager
def hold_account(folder: Path, account: "Account") -> Iterator[None]:
    """Holds the account while the block runs; raises `AlreadyRunning` at once when it is held.

    Two names for one e-mail at one store are one account.

    `folder` is `Places.locks`. A crash or a kill frees the account: the lock is the system's,
    not the presence of a file, and the file may stay. Raises `MachineFault` where the file
    system knows no locks.
    """
    with _hold(
        folder,
        distinct_name(account.store, account.email.casefold()),
        f"on the account {account.name}",
    ):
        yield


@contextlib.contextmanager
def hold_run(folder: Path) -> Iterator[None]:
    """Holds the right to run: two timers at once must not tell the buyer everything twice."""
    with _hold(folder, _RUN, "already"):
        yield


def nobody_at_work(folder: Path) -> None:
    """Make sure that no account is held now; raises `AlreadyRunning` when one is."""
    for file in folder.glob("*.lock"):
        if file.stem != _RUN:
            with _hold(folder, file.stem, "on an account"):
                pass


@contextlib.contextmanager
def _hold(folder: Path, name: str, where: str) -> Iterator[None]:
    from filelock import FileLock, Timeout

    make_private_folder(folder)
    # fallback_to_soft would take the presence of a file for a lock, which outlives a crash.
    lock = FileLock(folder / f"{name}.lock", mode=0o600, fallback_to_soft=False)
    with as_machine_fault(folder):
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise AlreadyRunning(
                f"Another autoclaim is at work {where}.",
                "Wait until it has ended, or end it; nothing was done.",
            ) from None
    try:
        yield
    finally:
        lock.release()
