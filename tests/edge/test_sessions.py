from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from autoclaim.edge.places import Places
from autoclaim.edge.sealing import SealBroken, new_key, seal, unseal
from autoclaim.edge.secrets import Secrets
from autoclaim.edge.sessions import Sessions
from autoclaim.edge.vault import Vault
from autoclaim.model.account import Account
from tests.edge.builders import NOON, PASSPHRASE

STATE = {
    "cookies": [{"name": "sid", "value": "c00kie-value", "domain": "store.example"}],
    "origins": [],
}


@pytest.fixture(scope="module")
def empty_vault(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A vault that is there already: making the key of a new one would cost more than any test."""
    folder = tmp_path_factory.mktemp("empty-vault")
    Vault(folder / "vault", PASSPHRASE.encode).change(lambda _: None)
    return (folder / "vault").read_bytes()


@pytest.fixture
def secrets(places: Places, passphrase_file: Path, empty_vault: bytes) -> Secrets:
    places.vault.write_bytes(empty_vault)
    return Secrets(places.vault, passphrase_file)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def sessions(places: Places, secrets: Secrets, said: list[str]) -> Sessions:
    return Sessions(places.sessions, secrets, said.append)


def only_file(places: Places) -> Path:
    (file,) = places.sessions.iterdir()
    return file


def test_a_sealed_session_opens_again(sessions: Sessions, account: Account) -> None:
    sessions.seal(account, STATE, at=NOON)

    assert sessions.open_session(account) == STATE


def test_the_file_shows_neither_cookie_nor_buyer(
    sessions: Sessions, places: Places, account: Account
) -> None:
    sessions.seal(account, STATE, at=NOON)

    content = only_file(places).read_bytes()
    assert not any(word in content for word in (b"c00kie", b"cookies", b"ana@", b"store.example"))
    assert only_file(places).stat().st_mode & 0o777 == 0o600


def test_no_session_is_no_fault(sessions: Sessions, account: Account, said: list[str]) -> None:
    assert sessions.open_session(account) is None
    assert sessions.age(account, now=NOON) is None
    assert said == []


SPOILT: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("the last byte", lambda content: content[:-1] + bytes([content[-1] ^ 1])),
    ("the day it was sealed", lambda content: content.replace(b"2026-04-20", b"2026-04-21")),
    ("cut short", lambda content: content[:40]),
    ("nothing left", lambda _: b""),
    ("no head", lambda content: content.partition(b"\n")[2]),
]


@pytest.mark.parametrize("spoil", [pytest.param(one[1], id=one[0]) for one in SPOILT])
def test_a_changed_session_is_none_and_is_said(
    sessions: Sessions,
    places: Places,
    account: Account,
    said: list[str],
    spoil: Callable[[bytes], bytes],
) -> None:
    sessions.seal(account, STATE, at=NOON)
    only_file(places).write_bytes(spoil(only_file(places).read_bytes()))

    assert sessions.open_session(account) is None
    assert said == ["The stored session of mine is damaged; sign in again."]


@pytest.mark.parametrize(
    "changed", [{"name": "ours"}, {"store": "other"}, {"email": "b@b.example"}]
)
def test_one_accounts_session_cannot_stand_in_for_anothers(
    sessions: Sessions,
    places: Places,
    account: Account,
    secrets: Secrets,
    changed: dict[str, str],
) -> None:
    other = account.model_copy(update=changed)
    sessions.seal(account, STATE, at=NOON)
    secrets.set_session_key(other, secrets.get_session_key(account) or "")

    only_file(places).rename(sessions._file(other))

    assert sessions.open_session(other) is None


def test_without_its_key_the_session_is_none_and_is_said(
    sessions: Sessions, account: Account, secrets: Secrets, said: list[str]
) -> None:
    sessions.seal(account, STATE, at=NOON)

    secrets.forget(account)

    assert sessions.open_session(account) is None
    assert said == ["The key of the session of mine is gone; sign in again."]


def test_a_new_session_takes_the_place_of_the_old(
    sessions: Sessions, places: Places, account: Account
) -> None:
    sessions.seal(account, STATE, at=NOON)
    sessions.seal(account, {"cookies": []}, at=NOON + timedelta(hours=1))

    assert sessions.open_session(account) == {"cookies": []}
    assert sessions.age(account, now=NOON + timedelta(hours=3)) == timedelta(hours=2)
    assert only_file(places)


def test_a_forgotten_session_is_gone(sessions: Sessions, places: Places, account: Account) -> None:
    sessions.seal(account, STATE, at=NOON)

    sessions.forget(account)
    sessions.forget(account)

    assert list(places.sessions.iterdir()) == []


@pytest.mark.parametrize("name", ["../../out", "/etc/passwd", "", ".", "a\x00b", "é" * 300, "con"])
def test_an_accounts_name_never_leads_out_of_the_folder(
    sessions: Sessions, places: Places, account: Account, name: str
) -> None:
    named = account.model_copy(update={"name": name or " "})

    sessions.seal(named, STATE, at=NOON)

    assert only_file(places).parent == places.sessions
    assert sessions.open_session(named) == STATE


@given(
    plain=some.binary(max_size=200), associated=some.binary(max_size=20), place=some.integers(0)
)
@settings(max_examples=50)
def test_any_changed_bit_breaks_the_seal(plain: bytes, associated: bytes, place: int) -> None:
    key = new_key()
    sealed = bytearray(seal(key, plain, associated))
    assert unseal(key, bytes(sealed), associated) == plain

    sealed[place % len(sealed)] ^= 1 << place % 8

    with pytest.raises(SealBroken):
        unseal(key, bytes(sealed), associated)
