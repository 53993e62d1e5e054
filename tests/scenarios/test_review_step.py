"""The last look: what the page shows is what the buyer is told, whatever its rows are called."""

from typing import Any

import pytest

from autoclaim.errors import NotSent
from autoclaim.model import Money
from tests.scenarios.stay import Stay, Store, Visiting, a_session
from tests.scenarios.test_filling import STATEMENT, a_dispute, differences, facts_of

NO_NAMES = {"data-review": "data-row"}


def shown_to_the_buyer(
    store: Store, visiting: Visiting, late_change: dict[str, Any], **changes: object
) -> Stay:
    """The last look on a page whose rows have no known names, and one value changed by itself."""
    store.behave(rename=NO_NAMES, late_change=late_change)
    stay = visiting(store, wait=0.5, session=a_session(store))
    with pytest.raises(NotSent):
        stay.fill(a_dispute(store, **changes), presses=False)
    return stay


def found(stay: Stay, name: str) -> str | None:
    return next(check.found for check in stay.fields_shown if check.name == name)


def changed(field: str, value: str, stage: str = "review") -> dict[str, Any]:
    return {"field": field, "value": value, "after_ms": 0, "stage": stage}


def test_rows_without_names_are_told_by_their_whole_words(
    store: Store, visiting: Visiting
) -> None:
    stay = shown_to_the_buyer(store, visiting, {})

    paid = facts_of(store, "late")["lines"][0]["paid"]
    assert differences(stay) == []
    assert found(stay, "amount") == f"{paid['amount']} {paid['currency']}"
    assert found(stay, "reason") == "No tracking information"
    assert found(stay, "text") == " ".join(STATEMENT.split())


@pytest.mark.parametrize("before", ["1", "US $1", "1,", "Refund: €", "Refund: EUR "])
def test_an_amount_that_only_contains_the_planned_one_is_another_amount(
    store: Store, visiting: Visiting, before: str
) -> None:
    paid = facts_of(store, "late")["lines"][0]["paid"]["amount"]

    stay = shown_to_the_buyer(store, visiting, changed("amount", f"{before}{paid}"))

    assert differences(stay) == ["amount"]
    assert found(stay, "amount") != f"{paid} USD"


def test_an_amount_within_the_statement_is_not_the_amount_asked_for(
    store: Store, visiting: Visiting
) -> None:
    paid = facts_of(store, "late")["lines"][0]["paid"]["amount"]

    stay = shown_to_the_buyer(
        store, visiting, changed("amount", "0.01"), statement=f"I ask for US ${paid} back."
    )

    assert differences(stay) == ["amount"]
    assert found(stay, "amount") == "0.01 USD"


def test_two_amounts_are_not_one(store: Store, visiting: Visiting) -> None:
    paid = facts_of(store, "late")["lines"][0]["paid"]["amount"]
    doubled = f"{paid} of at most 138.99"

    stay = shown_to_the_buyer(store, visiting, changed("amount", doubled))

    assert differences(stay) == ["amount"]
    assert found(stay, "amount") == f"{paid} USD; 138.99 USD"


@pytest.mark.parametrize(
    ("field", "name", "value"),
    [
        ("reason", "reason", "Not only: No tracking information"),
        ("reason", "reason", "Held at customs"),
        ("description", "text", f"{STATEMENT} I want more."),
        ("description", "text", ""),
    ],
)
def test_words_that_only_contain_the_planned_ones_are_not_the_same(
    store: Store, visiting: Visiting, field: str, name: str, value: str
) -> None:
    stay = shown_to_the_buyer(store, visiting, changed(field, value))

    assert differences(stay) == [name]


def test_one_text_does_not_stand_for_two_rows(store: Store, visiting: Visiting) -> None:
    stay = shown_to_the_buyer(
        store,
        visiting,
        changed("reason", "Something else entirely"),
        statement="No tracking information",
    )

    assert "reason" in differences(stay)


def test_an_amount_without_cents_is_read(store: Store, visiting: Visiting) -> None:
    stay = shown_to_the_buyer(
        store, visiting, changed("amount", "$3"), amount=Money.of("3", "USD")
    )

    assert found(stay, "amount") == "3 USD"
