"""What if: changed facts, decided without being stored."""

import copy
from typing import Any

import pytest

from autoclaim.errors import WrongInput
from autoclaim.model import Facts
from autoclaim.rules import decide, supposed
from autoclaim.rules.names import NAMES
from tests.rules.shipped import CLOCK, POLICIES

ORDER: dict[str, Any] = {
    "store": "examplestore",
    "order_id": "1",
    "status": "awaiting_delivery",
    "paid_at": "2026-03-01T10:00:00-08:00",
    "shipments": [
        {"shipment_id": "p1", "state": "in_transit"},
        {"shipment_id": "p2", "state": "in_transit"},
    ],
    "lines": [{"line_id": "A", "shipment_id": "p2"}, {"line_id": "B", "shipment_id": "p1"}],
}
DOCUMENT = {"policy": "seed-2021", "orders": [ORDER]}


def facts() -> Facts:
    return Facts.model_validate(copy.deepcopy(DOCUMENT))


def test_what_if_it_came_damaged_on_a_day() -> None:
    changes = {"problem": "damaged", "delivered": "2026-04-03", "now": "2026-04-16"}

    changed = supposed(facts(), changes)

    decision = decide(changed, POLICIES, CLOCK)[0]
    assert (decision.action, str(decision.last_on)) == ("dispute", "2026-04-18")


def test_nothing_of_the_facts_themselves_changes() -> None:
    given = facts()

    supposed(given, {"problem": "damaged", "delivered": "2026-04-03"})

    assert given.as_facts() == DOCUMENT


def test_short_names_speak_of_the_line_and_its_own_parcel() -> None:
    first = supposed(facts(), {"delivered": "2026-04-03"}, line=0).orders[0]
    second = supposed(facts(), {"delivered": "2026-04-03"}, line=1).orders[0]

    assert [parcel.delivered_at is None for parcel in first.shipments] == [True, False]
    assert [parcel.delivered_at is None for parcel in second.shipments] == [False, True]


def test_a_delivered_parcel_is_no_longer_in_transit() -> None:
    changed = supposed(facts(), {"delivered": "2026-04-03"})

    assert changed.orders[0].shipments[1].state == "delivered"


def test_an_empty_value_means_not_known() -> None:
    changed = supposed(facts(), {"paid": "", "level": "", "delivered": " "})

    assert changed.orders[0].paid_at is None
    assert changed.buyer is None
    assert changed.orders[0].shipments[1].state == "in_transit"
    assert changed.orders[0].status == "awaiting_delivery"


def test_forgetting_a_day_says_nothing_of_the_status() -> None:
    completed = Facts.model_validate({"orders": [{**ORDER, "status": "completed"}]})

    changed = supposed(completed, {"delivered": "", "shipped": ""})

    assert changed.as_facts() == completed.as_facts()


@pytest.mark.parametrize(
    ("parcels", "line", "index"),
    [
        ([{"shipment_id": "p1"}, {"shipment_id": "p2"}], {"shipment_id": "p2"}, 1),
        ([{"shipment_id": "p1"}, {"shipment_id": "p2"}], {"shipment_id": "p9"}, 0),
        ([{"shipment_id": "p1"}, {"carrier": "Post"}], {}, 0),
        ([7, {"shipment_id": "p1"}], {}, 1),
        ([], {"shipment_id": "p9"}, 0),
    ],
)
def test_a_day_goes_to_the_parcel_of_the_line_or_to_the_first_that_can_be_read(
    parcels: list[Any], line: dict[str, str], index: int
) -> None:
    given = Facts.model_validate({"orders": [{**ORDER, "shipments": parcels, "lines": [line]}]})

    changed: Any = supposed(given, {"delivered": "2026-04-03"}).as_facts()

    found = [
        isinstance(each, dict) and each.get("delivered_at") == "2026-04-03"
        for each in changed["orders"][0]["shipments"]
    ]
    assert [place for place, holds in enumerate(found) if holds] == [index]


def test_a_problem_goes_to_the_line_itself_and_not_to_one_that_cannot_be_read() -> None:
    given = Facts.model_validate({"orders": [{**ORDER, "lines": [7, {"line_id": "A"}]}]})

    changed: Any = supposed(given, {"problem": "damaged"}).as_facts()

    assert changed["orders"][0]["lines"] == [7, {"line_id": "A", "problem": {"kind": "damaged"}}]


@pytest.mark.parametrize(
    ("name", "value", "path"),
    [
        ("price", "20.00 USD", "{'amount': '20.00', 'currency': 'USD'}"),
        ("price", "20.00   USD", "{'amount': '20.00', 'currency': 'USD'}"),
        ("virtual", "yes", "True"),
        ("virtual", "no", "False"),
        ("quantity", "3", "3"),
        ("category", "shoes", "'shoes'"),
        ("orders[0].lines[0].paid.amount", "7.00", "{'amount': '7.00'}"),
        ("orders[0].lines[0].paid.currency", "EUR", "{'currency': 'EUR'}"),
    ],
)
def test_values_are_typed_by_their_fact(name: str, value: str, path: str) -> None:
    changed = supposed(facts(), {name: value})

    key = {"price": "paid"}.get(name, name.split(".")[2] if "." in name else name)
    line = changed.as_facts()["orders"][0]["lines"][0]
    assert repr(line[key]) == path


def test_paths_of_the_contract_are_names_too() -> None:
    changed = supposed(
        facts(), {"orders[0].shipments[2].state": "lost", "buttons": "track, cancel"}
    )

    assert changed.orders[0].shipments[2].state == "lost"
    assert changed.orders[0].site_actions == ("track", "cancel")


SHORT_NAMES = f"The short names are: {', '.join(sorted(NAMES))}."
EXAMPLE = "Write it as in problem=damaged, delivered=2026-04-03 or price='20.00 USD'."
NO_VALUE = "{0}={1}: this fact cannot have that value."
NO_FACT = "No fact is called '{0}'."
SEVERAL = "{0}: this holds several facts; name the one that is meant."


@pytest.mark.parametrize(
    ("name", "value", "words", "next_step"),
    [
        ("delivered", "03/04/2026", NO_VALUE, "Write a day or a moment"),
        ("problem", "broken", NO_VALUE, "It can be: not_received, "),
        ("quantity", "0", NO_VALUE, EXAMPLE),
        ("price", "20 dollars", NO_VALUE, "Write an amount and its currency"),
        ("colour", "red", NO_FACT, SHORT_NAMES),
        ("orders[0].colour", "red", NO_FACT, SHORT_NAMES),
        ("orders[0].colour.red", "red", NO_FACT, SHORT_NAMES),
        ("orders[x].status", "lost", NO_FACT, SHORT_NAMES),
        ("orders[0].shipments[9].state", "lost", "{0}: there is no shipments[9].", EXAMPLE),
        ("orders[0].lines", "x", SEVERAL, EXAMPLE),
        ("orders[0].lines[0].problem", "damaged", SEVERAL, EXAMPLE),
        ("buyer", "gold", SEVERAL, EXAMPLE),
        ("orders[0].lines[0]", "x", NO_FACT, SHORT_NAMES),
        ("orders[0].lines.problem.kind", "damaged", NO_FACT, SHORT_NAMES),
        ("orders[0].status[3]", "completed", NO_FACT, SHORT_NAMES),
        ("buyer[0].level", "gold", NO_FACT, SHORT_NAMES),
        ("now.day", "2026-04-03", NO_FACT, SHORT_NAMES),
        ("orders[0].lines[0].paid.colour", "red", NO_FACT, SHORT_NAMES),
        ("orders[0].lines[0].paid.amount", "-7.00", NO_VALUE, EXAMPLE),
        ("orders[0].lines[0].paid.currency", "dollars", NO_VALUE, EXAMPLE),
        ("holidays", "2026-04-03, Easter", NO_VALUE, EXAMPLE),
        ("orders", "", "That cannot be supposed: orders: ", EXAMPLE),
        ("orders[0].order_id", "", "That cannot be supposed: orders[0].order_id: ", EXAMPLE),
    ],
)
def test_what_is_no_fact_or_no_value_is_refused(
    name: str, value: str, words: str, next_step: str
) -> None:
    with pytest.raises(WrongInput) as refused:
        supposed(facts(), {name: value})

    assert words.format(name, value) in str(refused.value)
    assert refused.value.next_step is not None
    assert refused.value.next_step.startswith(next_step)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("problem", "It can be: not_received, not_as_described, damaged"),
        ("status", "It can be: awaiting_payment"),
        ("delivered", "a day or a moment"),
        ("virtual", "It can be: yes, no."),
        ("price", "20.00 USD"),
        ("country", "two capitals"),
        ("zone", "Europe/Madrid"),
        ("quantity", "Write it as in problem=damaged"),
    ],
)
def test_what_a_fact_can_be_is_listed(name: str, words: str) -> None:
    with pytest.raises(WrongInput) as refused:
        supposed(facts(), {name: "foo"})

    assert words in refused.value.next_step


def test_an_order_without_lines_and_parcels_gets_them() -> None:
    bare = Facts.model_validate({"orders": [{"store": "examplestore", "order_id": "1"}]})

    changed = supposed(bare, {"problem": "damaged", "delivered": "2026-04-03"}).orders[0]

    assert changed.lines[0].problem is not None
    assert changed.shipments[0].delivered_at is not None
