"""Folders and files only the buyer can read, and the one way a whole file is written."""

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from threading import get_ident

from autoclaim.errors import MachineFault

FOLDER_MODE = 0o700
FILE_MODE = 0o600

_NO_RIGHT = "Give yourself the right to write there, or set AUTOCLAIM_HOME to another folder."
_NO_ROOM = "Make room on the disk and try again; what was stored before is still there."
_NO_FOLDER = "A file stands where a folder is needed: move it, or set AUTOCLAIM_HOME elsewhere."
_NEXT_STEPS = {
    errno.EROFS: "The disk is read-only: set AUTOCLAIM_HOME to a folder that can be written.",
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
    errno.ENOSPC: _NO_ROOM,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EEXIST: _NO_FOLDER,
}


def file_fault(path: Path, number: int | None) -> MachineFault:
    """The error for a path that cannot be written; `number` is the system's errno."""
    because = os.strerror(number).lower() if number else "the system did not say why"
    step = _NEXT_STEPS.get(number or 0, "Check the disk, or set AUTOCLAIM_HOME to another folder.")
    return MachineFault(f"autoclaim cannot write to {path}: {because}.", step)


@contextlib.contextmanager
def as_machine_fault(path: Path) -> Iterator[None]:
    """Turns an `OSError` met inside into a `MachineFault` that names `path`."""
    try:
        yield
    except OSError as reason:
        raise file_fault(path, reason.errno) from reason


def make_private_folder(folder: Path) -> Path:
    """Makes the folder and its missing parents, readable by the buyer alone.

    A folder that exists with wider rights is narrowed. Raises `MachineFault`.
    """
    with as_machine_fault(folder):
        # mkdir(parents=True) gives the parents the umask's mode, not ours.
        for parent in reversed(folder.parents):
            if not parent.exists():
                parent.mkdir(mode=FOLDER_MODE, exist_ok=True)
        folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        if os.name == "posix" and folder.stat().st_mode & 0o077:
            folder.chmod(FOLDER_MODE)
    # A folder that was there already, on a read-only disk, passes all of the above.
    if not _may_write(folder):
        read_only = os.name == "posix" and os.statvfs(folder).f_flag & os.ST_RDONLY
        raise file_fault(folder, errno.EROFS if read_only else errno.EACCES)
    return folder


def make_missing_folder(folder: Path) -> None:
    """Makes the folder where none is; one that is there is the buyer's own and keeps its rights.

    Raises `MachineFault`.
    """
    with as_machine_fault(folder):
        if not folder.is_dir():
            make_private_folder(folder)


def _may_write(folder: Path) -> bool:
    # The rights of the process as it runs, where the system can tell them from the user's own.
    effective = os.access in os.supports_effective_ids
    return os.access(folder, os.W_OK | os.X_OK, effective_ids=effective)


def make_private_file(path: Path) -> None:
    """Makes an empty file with mode 0600 where none is; an existing one keeps its bytes."""
    with as_machine_fault(path):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, FILE_MODE))


def write_privately(path: Path, content: bytes) -> None:
    """Replaces the file in one step: whoever reads it sees the old bytes or the new, never half.

    The new bytes reach the disk before the name does, so a power cut leaves one of the two whole.
    Raises `MachineFault`; the old file is then untouched.
    """
    half_written = half_written_name(path)
    with as_machine_fault(path):
        try:
            with open(half_written, "wb", opener=open_privately) as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            half_written.replace(path)
        except BaseException:
            half_written.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)


def half_written_name(path: Path) -> Path:
    """Where the new bytes wait until they are whole: no other process and no other thread's."""
    return path.with_name(f".{path.name}.{os.getpid()}.{get_ident()}.new")


def open_privately(path: str, flags: int) -> int:
    """An `opener` for `open`: a file it makes is the buyer's alone."""
    return os.open(path, flags, FILE_MODE)


def _sync_folder(folder: Path) -> None:
    # Makes the replaced name survive a power cut; Windows has no such call and needs none.
    if os.name != "posix":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
