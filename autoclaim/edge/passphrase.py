"""The passphrase that opens the vault, read from the file AUTOCLAIM_PASSPHRASE_FILE names."""

import os
import stat
from pathlib import Path

from autoclaim.errors import MachineFault

_LONGEST = 64 * 1024  # bytes; a passphrase is short, a mistyped path may lead to anything


def read_passphrase(file: Path) -> bytes:
    """The passphrase: the file's bytes without the line ending.

    Raises `MachineFault` when the file is missing, empty, or readable by others.
    """
    try:
        found = file.stat()
        _refuse_open_file(file, found)
        with file.open("rb") as opened:
            content = opened.read(_LONGEST + 1)
    except OSError as reason:
        because = os.strerror(reason.errno or 0).lower()
        raise MachineFault(
            f"The passphrase file {file} cannot be read: {because}.",
            "Set AUTOCLAIM_PASSPHRASE_FILE to a file that holds the passphrase.",
        ) from reason
    passphrase = content.rstrip(b"\r\n")
    if not passphrase or len(content) > _LONGEST:
        raise MachineFault(
            f"The passphrase file {file} is {'empty' if not passphrase else 'too long'}.",
            "Write one line into it: the passphrase.",
        )
    return passphrase


def _refuse_open_file(file: Path, found: os.stat_result) -> None:
    if os.name != "posix":
        return
    forbidden = stat.S_IRWXG | stat.S_IRWXO
    # systemd hands a credential to a service as root's file with an access list, which shows as
    # a right of root's group (systemd.exec(5), LoadCredential).
    if found.st_uid == found.st_gid == 0 and os.geteuid() != 0:
        forbidden = stat.S_IWGRP | stat.S_IRWXO
    if not stat.S_ISREG(found.st_mode):
        raise MachineFault(
            f"The passphrase file {file} is not a plain file.",
            "Set AUTOCLAIM_PASSPHRASE_FILE to a file that holds the passphrase.",
        )
    if found.st_mode & forbidden:
        raise MachineFault(
            f"Others on this machine can read the passphrase file {file}.",
            f"Take their right away: `chmod 600 {file}`; then choose a new passphrase.",
        )
