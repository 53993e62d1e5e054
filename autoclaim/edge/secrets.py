"""Passwords and keys, kept by the machine's keychain or, where there is none, by the vault.

A secret is never written to a file in plain text: keychains that do so are refused.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from autoclaim.errors import MachineFault
from autoclaim.model.account import Account

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_VAULT_INSTEAD = (
    "Write a passphrase into a file only you can read, and name it with "
    "AUTOCLAIM_PASSPHRASE_FILE: autoclaim then keeps an encrypted vault of its own."
)
# keyrings.alt keeps secrets in files, plainly or nearly so; null forgets them; fail is none.
_REFUSED = ("keyrings.alt.", "keyring.backends.null", "keyring.backends.fail")
_CHANNELS = "autoclaim::notify"  # no store's name is empty
_LEAST_PRIORITY = 1  # keyring's own mark of a backend it can recommend


class Secrets:
    """The buyer's secrets; keyring is imported and asked only when one is needed.

    `passphrase_file` (AUTOCLAIM_PASSPHRASE_FILE) chooses the vault at `vault`; without it the
    machine's keychain is used. Every method raises `MachineFault` when neither can be had.
    """

    def __init__(self, vault: Path, passphrase_file: Path | None) -> None:
        self._vault = vault
        self._passphrase_file = passphrase_file
        self._chosen: KeyringBackend | None = None
        self._asking = Lock()

    def open(self) -> None:
        """Have the keychain or vault ready; whoever asks for a secret meanwhile waits for it.

        The first question takes a moment: the vault's key is made slowly, for safety's sake.
        """
        self._get(_CHANNELS, "")

    def get_password(self, account: Account) -> str | None:
        """The account's password at the store, or None when the buyer types it each time."""
        return self._get(_service(account), account.email)

    def set_password(self, account: Account, password: str) -> None:
        """Keeps the password in place of an older one."""
        self._set(_service(account), account.email, password)

    def get_session_key(self, account: Account) -> str | None:
        """The text kept by `set_session_key`, or None."""
        return self._get(_service(account, "session"), account.name)

    def set_session_key(self, account: Account, key: str) -> None:
        """Keeps the key of the account's sealed session."""
        self._set(_service(account, "session"), account.name, key)

    def forget(self, account: Account) -> None:
        """Removes the password and the session's key; none there is no fault."""
        for service, name in (
            (_service(account), account.email),
            (_service(account, "session"), account.name),
        ):
            if self._get(service, name) is not None:
                with _as_machine_fault("remove a secret"):
                    self._backend().delete_password(service, name)

    def get_address(self, channel: str) -> str | None:
        """The address of one of the buyer's notification channels (it holds a token), or None."""
        return self._get(_CHANNELS, channel)

    def set_address(self, channel: str, address: str) -> None:
        """Keeps the address of a notification channel in place of an older one."""
        self._set(_CHANNELS, channel, address)

    def forget_address(self, channel: str) -> None:
        """Removes a channel's address; none there is no fault."""
        if self.get_address(channel) is not None:
            with _as_machine_fault("remove a secret"):
                self._backend().delete_password(_CHANNELS, channel)

    def describe(self) -> str:
        """What keeps the secrets, in words for `doctor`. Raises as all others do."""
        if self._passphrase_file:
            return f"the vault {self._vault}"
        with _as_machine_fault("be asked"):
            return self._backend().name

    def _get(self, service: str, name: str) -> str | None:
        with self._asking, _as_machine_fault("give a secret"):
            return self._backend().get_password(service, name)

    def _set(self, service: str, name: str, secret: str) -> None:
        with _as_machine_fault("keep a secret"):
            self._backend().set_password(service, name, secret)

    def _backend(self) -> "KeyringBackend":
        if self._chosen is None:
            self._chosen = self._open_vault() if self._passphrase_file else _machine_keychain()
        return self._chosen

    def _open_vault(self) -> "KeyringBackend":
        from autoclaim.edge.passphrase import read_passphrase
        from autoclaim.edge.vault import Vault
        from autoclaim.edge.vault_backend import VaultKeyring

        file = self._passphrase_file or Path()
        return VaultKeyring(Vault(self._vault, lambda: read_passphrase(file)))


def _service(account: Account, part: str = "") -> str:
    return f"autoclaim:{account.store}:{part}" if part else f"autoclaim:{account.store}"


def _machine_keychain() -> "KeyringBackend":
    import keyring

    backend = keyring.get_keyring()
    refuse_unsafe(backend)
    return backend


def refuse_unsafe(backend: "KeyringBackend") -> None:
    """Raises `MachineFault` for a keychain that is none, forgets, or writes plain text."""
    for one in getattr(backend, "backends", [backend]):
        kind = type(one)
        name = f"{kind.__module__}.{kind.__qualname__}"
        if name.startswith("keyring.backends.fail"):
            raise MachineFault(
                "This machine has no keychain that autoclaim can use.", _VAULT_INSTEAD
            )
        if (
            name.startswith(_REFUSED)
            or "plaintext" in name.lower()
            or one.priority < _LEAST_PRIORITY
        ):
            raise MachineFault(
                f"The keychain {name} does not keep secrets safely; it was not used.",
                _VAULT_INSTEAD,
            )


@contextlib.contextmanager
def _as_machine_fault(what: str) -> Iterator[None]:
    from keyring.errors import KeyringLocked

    # A keychain is a plug-in and raises what it likes; its words may hold what it was given, so
    # they are neither shown nor chained.
    try:
        yield
    except MachineFault:
        raise
    except KeyringLocked:
        raise MachineFault(
            f"The keychain is locked and could not {what}.",
            f"Unlock it and try again. Or: {_VAULT_INSTEAD}",
        ) from None
    except Exception as reason:  # noqa: BLE001 - raised again, in our words
        raise MachineFault(
            f"The keychain could not {what} ({type(reason).__name__}).", _VAULT_INSTEAD
        ) from None
