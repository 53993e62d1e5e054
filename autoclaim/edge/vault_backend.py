"""The vault as a keyring backend, so that everything else knows only keyring."""

import json

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from autoclaim.edge.vault import Entries, Vault


class VaultKeyring(KeyringBackend):
    """Keeps secrets in a `Vault`. Keyring's own search passes it by, for want of a file."""

    priority = 10

    def __init__(self, vault: Vault) -> None:
        # Without the base's __init__: it lets the environment overwrite attributes.
        self._vault = vault

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, or None when there is none."""
        return self._vault.read().get(_name(service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keeps the secret in place of an older one."""

        def keep(entries: Entries) -> None:
            entries[_name(service, username)] = password

        self._vault.change(keep)

    def delete_password(self, service: str, username: str) -> None:
        """Removes the secret. Raises `PasswordDeleteError` when there is none."""

        def remove(entries: Entries) -> None:
            if entries.pop(_name(service, username), None) is None:
                raise PasswordDeleteError("there is no such entry")

        self._vault.change(remove)


def _name(service: str, username: str) -> str:
    # JSON keeps ("a:b", "c") and ("a", "b:c") apart.
    return json.dumps([service, username])
