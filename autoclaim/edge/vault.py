"""The vault: one encrypted file of secrets for a machine without a keychain.

The file is JSON: how the key is made from the passphrase (scrypt), a check that tells a wrong
passphrase from a changed file, and the sealed entries. It is replaced whole, never written into.
"""

import base64
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from autoclaim.edge.private_files import make_private_folder, write_privately
from autoclaim.edge.sealing import KEY_LENGTH, SealBroken, seal, unseal
from autoclaim.errors import MachineFault

# OWASP Password Storage Cheat Sheet, scrypt: N=2^15, r=8, p=3, which needs 32 MB for a moment.
_COST, _BLOCK, _PARALLEL = 2**15, 8, 3
_MOST_COST = 2**20  # more, in a changed file, would only fill the memory
_BUSY_SECONDS = 10.0

Entries = dict[str, str]


class _Box(NamedTuple):
    cost: int
    salt: bytes
    check: bytes
    sealed: bytes

    @property
    def associated(self) -> bytes:
        return json.dumps(["autoclaim-vault", 1, self.cost, self.salt.hex()]).encode()


class _Keys(NamedTuple):
    key: bytes
    check: bytes


class Vault:
    """The entries of the file at `path`; `passphrase` is asked when first needed.

    Every method raises `MachineFault` for a wrong passphrase, a changed or damaged file, or a
    folder that cannot be written; the file is then left as it is.
    """

    def __init__(self, path: Path, passphrase: Callable[[], bytes]) -> None:
        self._path = path
        self._passphrase = passphrase
        self._made: dict[tuple[bytes, int], _Keys] = {}

    def read(self) -> Entries:
        """All entries; none when there is no file yet."""
        box = self._box()
        return {} if box is None else self._open(box)

    def change(self, change: Callable[[Entries], None]) -> None:
        """Rereads the entries, lets `change` alter them, writes them; one process at a time."""
        from filelock import FileLock, Timeout

        make_private_folder(self._path.parent)
        lock = FileLock(f"{self._path}.lock", timeout=_BUSY_SECONDS, mode=0o600)
        try:
            with lock:
                entries = self.read()
                change(entries)
                self._write(entries)
        except Timeout as reason:
            raise MachineFault(
                f"Another program holds the vault {self._path}.", "Wait for it and try again."
            ) from reason

    def _box(self) -> _Box | None:
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as reason:
            raise self._damaged() from reason
        try:
            return _read_box(json.loads(content))
        except (ValueError, KeyError, TypeError) as reason:
            raise self._damaged() from reason

    def _open(self, box: _Box) -> Entries:
        keys = self._keys(box.salt, box.cost)
        if keys.check != box.check:
            raise MachineFault(
                f"The passphrase does not open the vault {self._path}.",
                "Check the file that AUTOCLAIM_PASSPHRASE_FILE names.",
            )
        try:
            entries: Entries = json.loads(unseal(keys.key, box.sealed, box.associated))
        except SealBroken as reason:
            raise self._damaged() from reason
        return entries

    def _write(self, entries: Mapping[str, str]) -> None:
        before = self._box()
        salt, cost = (before.salt, before.cost) if before else (os.urandom(16), _COST)
        keys = self._keys(salt, cost)
        box = _Box(cost, salt, keys.check, b"")
        plain = json.dumps(dict(entries)).encode()
        sealed = seal(keys.key, plain, box.associated)
        write_privately(self._path, _box_text(box._replace(sealed=sealed)))

    def _keys(self, salt: bytes, cost: int) -> _Keys:
        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

        if (salt, cost) not in self._made:
            kdf = Scrypt(salt=salt, length=2 * KEY_LENGTH, n=cost, r=_BLOCK, p=_PARALLEL)
            made = kdf.derive(self._passphrase())
            self._made[salt, cost] = _Keys(made[:KEY_LENGTH], made[KEY_LENGTH:])
        return self._made[salt, cost]

    def _damaged(self) -> MachineFault:
        return MachineFault(
            f"The vault {self._path} was changed or is damaged; nothing in it was used.",
            "Put a copy of it back, or move it away and run `autoclaim account add` again.",
        )


def _read_box(content: Mapping[str, object]) -> _Box:
    cost = content["cost"]
    if content["format"] != 1 or not isinstance(cost, int) or not _COST <= cost <= _MOST_COST:
        raise ValueError("not a vault of this form")
    texts = (base64.b64decode(str(content[name])) for name in ("salt", "check", "sealed"))
    return _Box(cost, *texts)


def _box_text(box: _Box) -> bytes:
    texts = {name: base64.b64encode(getattr(box, name)) for name in ("salt", "check", "sealed")}
    content = {"format": 1, "cost": box.cost, **{name: t.decode() for name, t in texts.items()}}
    return json.dumps(content, indent=1).encode() + b"\n"
