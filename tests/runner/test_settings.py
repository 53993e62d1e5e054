"""The environment, read once (contracts.md 4)."""

from datetime import UTC, datetime

import pytest

from autoclaim.errors import WrongInput
from autoclaim.runner.settings import Settings

LOCAL = "http://127.0.0.1:8000"


def test_nothing_said_is_nothing_known() -> None:
    assert Settings.from_environment({}) == Settings()


@pytest.mark.parametrize(
    ("said", "origin"),
    [
        (LOCAL, LOCAL),
        (f"{LOCAL}/", LOCAL),
        ("http://localhost:9", "http://localhost:9"),
        ("http://127.0.0.2:9", "http://127.0.0.2:9"),
        ("http://[::1]:9", "http://[::1]:9"),
    ],
)
def test_a_store_on_this_machine_may_stand_in(said: str, origin: str) -> None:
    assert Settings.from_environment({"AUTOCLAIM_STORE_ORIGIN": said}).store_origin == origin


@pytest.mark.parametrize(
    "said",
    [
        "https://127.0.0.1:8000",
        "http://store.example",
        "http://127.0.0.1.store.example",
        "http://127.0.0.1@store.example",
        "http://u:p@127.0.0.1:1",
        "http://127.0.0.1:notaport",
        "http://127.0.0.1:1/path",
        "http://127.0.0.1:1?x=1",
        "http://10.0.0.1:8000",
        "file:///etc/passwd",
        "127.0.0.1:8000",
    ],
)
def test_no_other_store_may_stand_in(said: str) -> None:
    with pytest.raises(WrongInput, match="AUTOCLAIM_STORE_ORIGIN"):
        Settings.from_environment({"AUTOCLAIM_STORE_ORIGIN": said})


def test_the_clock_is_what_is_said() -> None:
    said = Settings.from_environment({"AUTOCLAIM_NOW": "2026-04-25T23:59:59-07:00"})

    assert said.clock() == datetime(2026, 4, 26, 6, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "said", ["yesterday", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "2100-01-01"]
)
def test_a_clock_outside_our_time_is_refused(said: str) -> None:
    with pytest.raises(WrongInput, match="AUTOCLAIM_NOW"):
        Settings.from_environment({"AUTOCLAIM_NOW": said})


@pytest.mark.parametrize("port", ["0", "65536", "-1", "x", "80 "])
def test_a_debugging_port_is_a_port(port: str) -> None:
    said = {"AUTOCLAIM_STORE_ORIGIN": LOCAL, "AUTOCLAIM_TEST_CDP_PORT": port}

    with pytest.raises(WrongInput, match="AUTOCLAIM_TEST_CDP_PORT"):
        Settings.from_environment(said)


def test_a_debugging_port_needs_a_local_store() -> None:
    with pytest.raises(WrongInput, match="refused without"):
        Settings.from_environment({"AUTOCLAIM_TEST_CDP_PORT": "9222"})
