"""A real Secret Service (gnome-keyring) under a private D-Bus; `.ci/keychain` starts it and this.

Not collected with the other tests: where no keychain can be had there is nothing to ask.
"""

import subprocess
import sys
from pathlib import Path

import keyring
import pytest

from autoclaim.edge.secrets import Secrets
from autoclaim.edge.sessions import Sessions
from autoclaim.model.account import Account
from tests.edge.builders import NOON

ACCOUNT = Account(name="mine", store="fairstore", email="ana@buyer.example", added_at=NOON)


@pytest.fixture
def secrets(tmp_path: Path) -> Secrets:
    return Secrets(tmp_path / "vault.json", None)


def test_the_keychain_is_the_secret_service_and_not_a_file(secrets: Secrets) -> None:
    found = keyring.get_keyring()
    kinds = {type(one).__module__ for one in getattr(found, "backends", [found])}

    assert any("SecretService" in kind or "libsecret" in kind for kind in kinds)
    assert "Service" in secrets.describe() or "chainer" in secrets.describe()


def test_a_password_comes_back_in_another_process_and_is_gone_after_forgetting(
    secrets: Secrets, tmp_path: Path
) -> None:
    secrets.set_password(ACCOUNT, "un-secreto-7 ñ")
    ask = "import keyring; print(keyring.get_password('autoclaim:fairstore', 'ana@buyer.example'))"
    asked = subprocess.run(
        [sys.executable, "-c", ask],
        capture_output=True,
        text=True,
        check=True,
    )

    secrets.forget(ACCOUNT)

    assert asked.stdout.strip() == "un-secreto-7 ñ"
    assert secrets.get_password(ACCOUNT) is None
    assert not (tmp_path / "vault.json").exists()


def test_a_session_is_sealed_with_a_key_that_only_the_keychain_has(
    secrets: Secrets, tmp_path: Path
) -> None:
    state = {"cookies": [{"name": "sid", "value": "c00kie"}]}
    sessions = Sessions(tmp_path / "sessions", secrets, print)

    sessions.seal(ACCOUNT, state, at=NOON)

    assert sessions.open_session(ACCOUNT) == state
    assert [file for file in tmp_path.rglob("*.sealed") if b"c00kie" in file.read_bytes()] == []
    secrets.forget(ACCOUNT)
    assert sessions.open_session(ACCOUNT) is None


def test_the_address_of_a_channel_is_kept_there_too(secrets: Secrets) -> None:
    secrets.set_address("telephone", "ntfy://token@host.example/topic")

    assert secrets.get_address("telephone") == "ntfy://token@host.example/topic"
    secrets.forget_address("telephone")
    assert secrets.get_address("telephone") is None
