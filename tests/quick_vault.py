"""The key of a vault is made once per passphrase, salt and cost, however many commands open it.

Making it is slow on purpose (half a second for an attacker's every guess), and gives the same key
each time. A new vault has a salt of its own and pays in full, and so does every program in a
process of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from cryptography.hazmat.primitives.kdf import scrypt
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt


class _Remembering:
    """Stands for `Scrypt`, which makes every key that is not known yet."""

    def __init__(self, **how: Any) -> None:  # noqa: ANN401 - as the library takes them
        self._how = how

    def derive(self, passphrase: bytes) -> bytes:
        return _key(passphrase, **self._how)


@cache
def _key(passphrase: bytes, **how: Any) -> bytes:  # noqa: ANN401 - the same
    return Scrypt(**how).derive(passphrase)


@contextmanager
def keys_made_once() -> Iterator[None]:
    """While the block runs, in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scrypt, "Scrypt", _Remembering)
        yield
