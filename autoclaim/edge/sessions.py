"""Sealed browser sessions: cookies and storage, one file per account, never plain on the disk.

The file's first line is JSON and says when it was sealed; what follows are sealed bytes. The
line, the account and the store are part of the seal: no file can stand in for another.
"""

import base64
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from autoclaim.edge.file_names import distinct_name
from autoclaim.edge.private_files import as_machine_fault, make_private_folder, write_privately
from autoclaim.edge.sealing import KEY_LENGTH, SealBroken, new_key, seal, unseal
from autoclaim.edge.secrets import Secrets
from autoclaim.model.account import Account


class Sessions:
    """The sealed sessions in `folder`; `say` hears one sentence when one could not be used."""

    def __init__(self, folder: Path, secrets: Secrets, say: Callable[[str], None]) -> None:
        self._folder = folder
        self._secrets = secrets
        self._say = say

    def seal(self, account: Account, state: Mapping[str, Any], *, at: datetime) -> None:
        """Keeps the browser's storage state (Playwright's `storage_state()`), sealed.

        Raises `MachineFault` when there is no keychain for the key or no room for the file.
        """
        key = self._key(account) or self._make_key(account)
        head = json.dumps({"format": 1, "sealed_at": at.isoformat()}).encode()
        sealed = seal(key, json.dumps(state).encode(), _associated(head, account))
        make_private_folder(self._folder)
        write_privately(self._file(account), head + b"\n" + sealed)

    def open_session(self, account: Account) -> dict[str, Any] | None:
        """The storage state, or None when there is none or it cannot be used (which is said).

        Raises `MachineFault` when the keychain cannot be asked.
        """
        content = self._content(account)
        if content is None:
            return None
        key = self._key(account)
        if key is None:
            self._say(f"The key of the session of {account.name} is gone; sign in again.")
            return None
        head, _, sealed = content.partition(b"\n")
        try:
            state: dict[str, Any] = json.loads(unseal(key, sealed, _associated(head, account)))
        except (SealBroken, ValueError):
            self._say(f"The stored session of {account.name} is damaged; sign in again.")
            return None
        return state

    def sealed_at(self, account: Account) -> datetime | None:
        """When the session was sealed (aware), or None; asks no keychain, proves nothing."""
        head = (self._content(account) or b"").partition(b"\n")[0]
        try:
            return datetime.fromisoformat(json.loads(head)["sealed_at"])
        except (ValueError, KeyError, TypeError):
            return None

    def age(self, account: Account, *, now: datetime) -> timedelta | None:
        """How long ago the session was sealed, or None when there is none."""
        sealed_at = self.sealed_at(account)
        return None if sealed_at is None else now - sealed_at

    def forget(self, account: Account) -> None:
        """Removes the account's session; none there is no fault."""
        with as_machine_fault(self._folder):
            self._file(account).unlink(missing_ok=True)

    def _content(self, account: Account) -> bytes | None:
        with as_machine_fault(self._folder):
            try:
                return self._file(account).read_bytes()
            except FileNotFoundError:
                return None

    def _file(self, account: Account) -> Path:
        return self._folder / f"{distinct_name(account.store, account.name)}.sealed"

    def _key(self, account: Account) -> bytes | None:
        text = self._secrets.get_session_key(account)
        try:
            key = base64.b64decode(text or "", validate=True)
        except ValueError:
            return None
        return key if len(key) == KEY_LENGTH else None

    def _make_key(self, account: Account) -> bytes:
        key = new_key()
        self._secrets.set_session_key(account, base64.b64encode(key).decode())
        return key


def _associated(head: bytes, account: Account) -> bytes:
    names = ["autoclaim-session", account.store, account.name, account.email]
    return head + b"\n" + json.dumps(names).encode()
