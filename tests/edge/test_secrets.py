import json
import os
from pathlib import Path

import keyring.backends.fail
import keyring.backends.null
import pytest
from filelock import FileLock
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from autoclaim.edge.places import Places
from autoclaim.edge.secrets import Secrets, refuse_unsafe
from autoclaim.edge.vault import Vault
from autoclaim.edge.vault_backend import VaultKeyring
from autoclaim.errors import MachineFault
from autoclaim.model.account import Account

PASSWORD = "correct horse battery staple"


class PlaintextKeyring(keyring.backends.null.Keyring):
    """Stands for keyrings.alt.file.PlaintextKeyring, which is told by its name."""

    priority = 5


class WeakKeyring(PlaintextKeyring):
    """A backend whose own authors do not recommend it."""

    __qualname__ = "WeakKeyring"
    priority = 0.5


class TwoKeyrings(PlaintextKeyring):
    """As keyring's chainer: several behind one."""

    __module__ = "keyring.backends.chainer"
    __qualname__ = "ChainerBackend"

    def __init__(self, *backends: KeyringBackend) -> None:
        self.backends = backends


class FailingKeyring(PlaintextKeyring):
    """A keychain that is there and does not answer."""

    def __init__(self, failure: Exception) -> None:
        self.failure = failure

    def get_password(self, *_: str) -> str | None:
        raise self.failure


def test_a_password_kept_is_given_back(secrets: Secrets, account: Account) -> None:
    secrets.set_password(account, PASSWORD)

    assert secrets.get_password(account) == PASSWORD


def test_a_password_is_there_for_the_next_run(
    secrets: Secrets, places: Places, passphrase_file: Path, account: Account
) -> None:
    secrets.set_password(account, PASSWORD)

    again = Secrets(places.vault, passphrase_file)

    assert again.get_password(account) == PASSWORD


def test_no_password_is_no_fault(secrets: Secrets, account: Account) -> None:
    assert secrets.get_password(account) is None


def test_the_password_is_of_one_store_and_one_address(secrets: Secrets, account: Account) -> None:
    secrets.set_password(account, PASSWORD)

    assert secrets.get_password(account.model_copy(update={"store": "other"})) is None
    assert secrets.get_password(account.model_copy(update={"email": "b@buyer.example"})) is None


def test_a_forgotten_account_leaves_neither_password_nor_key(
    secrets: Secrets, account: Account
) -> None:
    secrets.set_password(account, PASSWORD)
    secrets.set_session_key(account, "key")

    secrets.forget(account)
    secrets.forget(account)

    assert secrets.get_password(account) is None
    assert secrets.get_session_key(account) is None


def test_the_vault_is_the_buyers_alone_and_shows_nothing(
    secrets: Secrets, places: Places, account: Account
) -> None:
    secrets.set_password(account, PASSWORD)

    content = places.vault.read_bytes()
    assert places.vault.stat().st_mode & 0o777 == 0o600
    assert not any(word.encode() in content for word in (PASSWORD, account.email, "autoclaim:"))


def test_once_opened_the_vault_asks_for_its_passphrase_no_more(
    secrets: Secrets, places: Places, passphrase_file: Path, account: Account
) -> None:
    secrets.set_password(account, PASSWORD)
    again = Secrets(places.vault, passphrase_file)

    again.open()
    passphrase_file.unlink()

    assert again.get_password(account) == PASSWORD


def test_a_wrong_passphrase_is_said_to_be_one(
    secrets: Secrets, places: Places, passphrase_file: Path, account: Account
) -> None:
    secrets.set_password(account, PASSWORD)
    passphrase_file.write_text("another sentence\n")

    with pytest.raises(MachineFault, match="passphrase does not open the vault") as fault:
        Secrets(places.vault, passphrase_file).get_password(account)

    assert "AUTOCLAIM_PASSPHRASE_FILE" in fault.value.next_step


SPOILT = [
    pytest.param("sealed", "AAAAAAAAAAAAAAAAAAAAAAAA", "changed or is damaged", id="entries"),
    pytest.param("salt", "AAAAAAAAAAAAAAAAAAAAAA==", "passphrase does not open", id="salt"),
    pytest.param("cost", 2, "changed or is damaged", id="a key cheap to guess"),
    pytest.param("cost", 2**30, "changed or is damaged", id="a key that fills the memory"),
    pytest.param("format", 2, "changed or is damaged", id="another form"),
]


@pytest.mark.parametrize(("name", "value", "sentence"), SPOILT)
def test_a_changed_vault_gives_nothing_and_is_kept(
    secrets: Secrets, places: Places, account: Account, name: str, value: object, sentence: str
) -> None:
    secrets.set_password(account, PASSWORD)
    content = json.loads(places.vault.read_bytes())
    places.vault.write_text(json.dumps({**content, name: value}))
    before = places.vault.read_bytes()

    with pytest.raises(MachineFault, match=sentence):
        secrets.set_password(account, "new")

    assert places.vault.read_bytes() == before


def test_a_vault_another_run_is_just_writing_is_waited_for(
    secrets: Secrets, places: Places, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autoclaim.edge.vault._BUSY_SECONDS", 0.01)

    with (
        FileLock(f"{places.vault}.lock"),
        pytest.raises(MachineFault, match="Another program holds the vault"),
    ):
        secrets.set_password(account, PASSWORD)


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff\x00", b'{"format": 1}'])
def test_a_vault_that_is_none_is_damaged(
    secrets: Secrets, places: Places, account: Account, content: bytes
) -> None:
    places.vault.write_bytes(content)

    with pytest.raises(MachineFault, match="changed or is damaged"):
        secrets.get_password(account)


def test_two_processes_do_not_lose_each_others_secrets(
    places: Places, passphrase_file: Path, account: Account
) -> None:
    one, other = (Secrets(places.vault, passphrase_file) for _ in range(2))
    second = account.model_copy(update={"email": "b@buyer.example"})

    one.set_password(account, "first")
    other.set_password(second, "second")
    one.set_session_key(account, "third")

    assert other.get_password(account) == "first"
    assert one.get_password(second) == "second"
    assert other.get_session_key(account) == "third"


def test_the_vault_serves_keyring_itself(places: Places, passphrase_file: Path) -> None:
    backend = VaultKeyring(Vault(places.vault, passphrase_file.read_bytes))

    backend.set_password("service", "ana", PASSWORD)

    assert backend.get_credential("service", "ana").password == PASSWORD
    backend.delete_password("service", "ana")
    with pytest.raises(PasswordDeleteError):
        backend.delete_password("service", "ana")


def test_names_that_hold_the_separator_are_kept_apart(
    places: Places, passphrase_file: Path
) -> None:
    backend = VaultKeyring(Vault(places.vault, passphrase_file.read_bytes))

    backend.set_password("a:b", "c", PASSWORD)

    assert backend.get_password("a", "b:c") is None


PASSPHRASE_FAULTS = [
    pytest.param(lambda file: file.unlink(), "cannot be read", id="missing"),
    pytest.param(lambda file: file.write_text("\n"), "is empty", id="empty"),
    pytest.param(lambda file: file.write_bytes(b"x" * 70_000), "too long", id="too long"),
    pytest.param(lambda file: file.chmod(0o644), "Others on this machine", id="open to others"),
    pytest.param(lambda file: file.chmod(0o640), "Others on this machine", id="open to a group"),
    pytest.param(lambda file: (file.unlink(), file.mkdir()), "not a plain file", id="a folder"),
    pytest.param(lambda file: (file.unlink(), os.mkfifo(file)), "not a plain file", id="a pipe"),
]


@pytest.mark.parametrize(("spoil", "sentence"), PASSPHRASE_FAULTS)
def test_a_passphrase_file_that_cannot_serve_is_said(
    secrets: Secrets, account: Account, passphrase_file: Path, spoil: object, sentence: str
) -> None:
    spoil(passphrase_file)

    with pytest.raises(MachineFault, match=sentence) as fault:
        secrets.set_password(account, PASSWORD)

    assert fault.value.next_step


def test_a_line_ending_is_no_part_of_the_passphrase(
    secrets: Secrets, places: Places, passphrase_file: Path, account: Account
) -> None:
    secrets.set_password(account, PASSWORD)
    passphrase_file.write_bytes(passphrase_file.read_bytes().replace(b"\n", b"\r\n"))

    assert Secrets(places.vault, passphrase_file).get_password(account) == PASSWORD


UNSAFE = [
    pytest.param(keyring.backends.fail.Keyring(), "has no keychain", id="none at all"),
    pytest.param(keyring.backends.null.Keyring(), "does not keep secrets safely", id="forgets"),
    pytest.param(PlaintextKeyring(), "does not keep secrets safely", id="plain text"),
    pytest.param(WeakKeyring(), "does not keep secrets safely", id="not recommended"),
    pytest.param(TwoKeyrings(PlaintextKeyring()), "PlaintextKeyring", id="one of several"),
]


@pytest.mark.parametrize(("backend", "sentence"), UNSAFE)
def test_a_keychain_that_is_not_safe_is_refused(backend: KeyringBackend, sentence: str) -> None:
    with pytest.raises(MachineFault, match=sentence) as refusal:
        refuse_unsafe(backend)

    assert "AUTOCLAIM_PASSPHRASE_FILE" in refusal.value.next_step


def test_where_there_is_no_keychain_the_next_step_is_the_vault(
    places: Places, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", keyring.backends.fail.Keyring)

    with pytest.raises(MachineFault, match="no keychain") as fault:
        Secrets(places.vault, None).get_password(account)

    assert "AUTOCLAIM_PASSPHRASE_FILE" in fault.value.next_step


FAILURES = [
    pytest.param(KeyringLocked(PASSWORD), "keychain is locked", id="locked"),
    pytest.param(RuntimeError(PASSWORD), r"\(RuntimeError\)", id="no message bus"),
    pytest.param(OSError(PASSWORD), r"\(OSError\)", id="cut off"),
]


@pytest.mark.parametrize(("failure", "sentence"), FAILURES)
def test_a_keychain_that_fails_is_said_without_its_words(
    secrets: Secrets, account: Account, failure: Exception, sentence: str
) -> None:
    secrets._chosen = FailingKeyring(failure)

    with pytest.raises(MachineFault, match=sentence) as fault:
        secrets.get_password(account)

    assert PASSWORD not in str(fault.value) + fault.value.next_step
    assert fault.value.__cause__ is None
    assert fault.value.__suppress_context__
