"""Sealed bytes: AES-256-GCM, unreadable without the key and refused when changed.

The associated bytes are not stored; they must be given again to open. Whoever swaps two sealed
files, or takes one for another account's, therefore opens neither.
"""

import os

KEY_LENGTH = 32  # bytes: AES-256
_NONCE_LENGTH = 12  # bytes; NIST SP 800-38D, section 5.2.1.1


class SealBroken(Exception):
    """The bytes were changed, or belong to another key or to other associated bytes."""


def new_key() -> bytes:
    """A random key."""
    return os.urandom(KEY_LENGTH)


def seal(key: bytes, plain: bytes, associated: bytes) -> bytes:
    """The sealed bytes: a fresh nonce, then what AES-GCM gives."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_LENGTH)
    return nonce + AESGCM(key).encrypt(nonce, plain, associated)


def unseal(key: bytes, sealed: bytes, associated: bytes) -> bytes:
    """The bytes given to `seal`. Raises `SealBroken`."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce, rest = sealed[:_NONCE_LENGTH], sealed[_NONCE_LENGTH:]
    try:
        return AESGCM(key).decrypt(nonce, rest, associated)
    except (InvalidTag, ValueError) as reason:
        raise SealBroken("the seal does not fit") from reason
