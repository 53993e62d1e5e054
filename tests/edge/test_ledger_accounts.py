from datetime import timedelta

import pytest

from autoclaim.edge.ledger import Ledger
from autoclaim.errors import WrongInput
from tests.edge.builders import NOON

HALF_AN_HOUR = timedelta(minutes=30)


def add(ledger: Ledger, name: str = "mine", store: str = "fairstore") -> None:
    ledger.add_account(name, store=store, email=f"{name}@buyer.example", at=NOON)


def test_an_account_added_is_there_until_it_is_removed(ledger: Ledger) -> None:
    add(ledger, "mine")
    add(ledger, "ours")

    ledger.remove_account("mine", at=NOON)

    assert [(account.name, account.email) for account in ledger.accounts()] == [
        ("ours", "ours@buyer.example")
    ]


def test_adding_an_account_again_changes_its_address(ledger: Ledger) -> None:
    add(ledger)

    ledger.add_account("mine", store="fairstore", email="new@buyer.example", at=NOON)

    assert [account.email for account in ledger.accounts()] == ["new@buyer.example"]


def test_what_is_known_of_the_buyer_comes_back_with_the_account(ledger: Ledger) -> None:
    said = {"level": "gold", "country": "ES"}

    ledger.add_account("mine", store="fairstore", email="a@b.example", buyer=said, at=NOON)

    assert ledger.account("mine").buyer == said


def test_a_name_used_at_another_store_is_refused(ledger: Ledger) -> None:
    add(ledger)

    with pytest.raises(WrongInput, match="already belongs to an account at fairstore"):
        add(ledger, store="other")


def test_a_lone_account_needs_no_name(ledger: Ledger) -> None:
    add(ledger)

    assert ledger.account().name == "mine"


@pytest.mark.parametrize(
    ("names", "wanted", "sentence"),
    [
        pytest.param([], None, "no account yet", id="none at all"),
        pytest.param(["mine"], "yours", "no account yours; there are: mine", id="another name"),
        pytest.param(["mine", "ours"], None, "several accounts: mine, ours", id="a choice"),
    ],
)
def test_an_account_that_cannot_be_told_is_refused(
    ledger: Ledger, names: list[str], wanted: str | None, sentence: str
) -> None:
    for name in names:
        add(ledger, name)

    with pytest.raises(WrongInput, match=sentence):
        ledger.account(wanted)


def test_an_account_rests_after_a_challenge_and_no_longer(ledger: Ledger) -> None:
    ledger.challenge_met("mine", until=NOON + HALF_AN_HOUR, at=NOON)

    assert ledger.resting_until("mine", now=NOON) == NOON + HALF_AN_HOUR
    assert ledger.resting_until("mine", now=NOON + HALF_AN_HOUR) is None
    assert ledger.resting_until("ours", now=NOON) is None


def test_a_proved_sign_in_ends_the_rest(ledger: Ledger) -> None:
    ledger.challenge_met("mine", until=NOON + HALF_AN_HOUR, at=NOON)

    ledger.signed_in("mine", at=NOON)

    assert ledger.resting_until("mine", now=NOON) is None


def test_a_clock_set_back_neither_ends_the_rest_nor_stretches_it(ledger: Ledger) -> None:
    ledger.challenge_met("mine", until=NOON + HALF_AN_HOUR, at=NOON)
    earlier = NOON - timedelta(days=30)

    assert ledger.resting_until("mine", now=earlier) == earlier + HALF_AN_HOUR
    assert ledger.resting_until("mine", now=earlier + HALF_AN_HOUR / 2) == earlier + HALF_AN_HOUR
    assert ledger.resting_until("mine", now=earlier + HALF_AN_HOUR) is None


def test_the_last_success_is_each_accounts_own(ledger: Ledger) -> None:
    ledger.scan_finished("mine", store="fairstore", counts={"orders": 3}, at=NOON)

    assert ledger.last_success("mine") == NOON
    assert ledger.last_success("ours") is None


def test_a_reading_in_the_future_does_not_count_once_the_clock_was_set_back(
    ledger: Ledger,
) -> None:
    for days in (0, 90, 365):
        read_at = NOON + timedelta(days=days)
        ledger.scan_finished("mine", store="fairstore", counts={}, at=read_at)

    assert ledger.last_success("mine", now=NOON + timedelta(days=5)) == NOON
    assert ledger.last_success("mine", now=NOON - timedelta(days=5)) is None
    assert ledger.last_success("mine", now=read_at) == read_at
