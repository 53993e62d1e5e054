"""`account list`: how old reading and session are, and what to do before it matters."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autoclaim.runner.accounts import AccountState, account_states, edited_account, new_account
from autoclaim.runner.accounts import add_account as add
from autoclaim.runner.settings import Settings
from autoclaim.runner.wiring import Wiring
from tests.bench.reading import Silent

NOW = datetime(2026, 4, 20, 12, tzinfo=UTC)
EMAIL = "you@buyer.example"


@pytest.fixture
def wiring(tmp_path: Path) -> Wiring:
    made = Wiring(Settings(tmp_path / "home", now=NOW), Silent())
    add(made, new_account(made, "aliexpress", EMAIL, "mine", country="ES"), None)
    return made


@pytest.mark.parametrize(
    ("read", "counted", "commands"),
    [
        pytest.param(0, 0, [], id="all well"),
        pytest.param(3, 10, [], id="still"),
        pytest.param(4, 0, ["scan --account mine"], id="unread"),
        pytest.param(0, 11, ["account check mine"], id="old session"),
        pytest.param(None, None, ["sign-in --account mine"], id="never"),
    ],
)
def test_what_grows_old_is_warned_of_before_it_matters(
    wiring: Wiring, read: int | None, counted: int | None, commands: list[str]
) -> None:
    ages = [None if age is None else NOW - timedelta(days=age) for age in (read, counted)]

    state = AccountState(wiring.account("mine"), *ages, None, NOW)

    said = [warning.rpartition("autoclaim ")[2] for warning in state.warnings]
    assert said == commands
    assert state.as_json()["session_age_days"] == counted
    assert state.as_json()["warnings"] == state.warnings


def test_a_rest_after_a_challenge_outlives_the_process(wiring: Wiring, tmp_path: Path) -> None:
    wiring.ledger.challenge_met("mine", until=NOW + timedelta(minutes=30), at=NOW)
    wiring.ledger.close()
    later = NOW + timedelta(minutes=20)

    [state] = account_states(Wiring(Settings(tmp_path / "home", now=later), Silent()))

    assert state.resting_until == NOW + timedelta(minutes=30)
    assert "rests until" in state.warnings[0]


def test_an_account_is_changed_in_what_is_said_alone(wiring: Wiring) -> None:
    edited_account(wiring, "mine", level="gold", profile=True)

    account = wiring.account("mine")
    assert (account.country, account.level, account.profile) == ("ES", "gold", True)
    assert account.email == EMAIL
    assert not edited_account(wiring, "mine", profile=False).profile
