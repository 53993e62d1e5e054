from datetime import timedelta

import pytest

from autoclaim.edge.ledger import Event, Ledger
from autoclaim.errors import WrongInput
from tests.edge.builders import NOON, an_order, lines

LATER = NOON + timedelta(days=1)


def numbers(ledger: Ledger, account: str | None = None) -> list[str]:
    return [order.order_id for order in ledger.orders(account)]


def test_an_order_comes_back_as_it_was_read(ledger: Ledger) -> None:
    facts = an_order(status="completed", total={"amount": "26.00", "currency": "USD"})

    seen = ledger.see_orders([facts], account="mine", at=NOON)

    (order,) = ledger.orders()
    assert seen == ([facts["order_id"]], [], 0)
    assert order.facts == facts
    assert (order.account, order.changed_at) == ("mine", NOON)


def test_an_order_is_written_only_when_its_facts_changed(ledger: Ledger) -> None:
    ledger.see_orders([an_order("1001"), an_order("1002")], account="mine", at=NOON)

    seen = ledger.see_orders(
        [an_order("1001"), an_order("1002", status="completed")], account="mine", at=LATER
    )

    assert seen == ([], ["1002"], 1)
    assert len(list(ledger.events("order_seen"))) == 3
    assert [order.changed_at for order in ledger.orders()] == [NOON, LATER]


def test_the_order_of_keys_is_no_change(ledger: Ledger) -> None:
    ledger.see_orders([{"store": "s", "order_id": "1001", "status": "frozen"}], at=NOON)

    seen = ledger.see_orders([{"status": "frozen", "order_id": "1001", "store": "s"}], at=LATER)

    assert seen.unchanged == 1


def test_a_reading_that_breaks_off_leaves_none_of_it(ledger: Ledger) -> None:
    with pytest.raises(KeyError):
        ledger.see_orders([an_order("1001"), {"store": "fairstore"}], at=NOON)

    assert numbers(ledger) == []


def test_files_do_not_take_an_order_from_its_account(ledger: Ledger) -> None:
    ledger.see_orders([an_order()], account="mine", at=NOON)

    ledger.see_orders([an_order(status="completed")], at=LATER)

    assert [order.account for order in ledger.orders()] == ["mine"]


def test_an_account_takes_up_an_order_that_came_from_files(ledger: Ledger) -> None:
    ledger.see_orders([an_order()], at=NOON)

    ledger.see_orders([an_order()], account="mine", at=LATER)

    assert [order.account for order in ledger.orders()] == ["mine"]


def test_orders_of_one_account_are_told_from_the_others(ledger: Ledger) -> None:
    ledger.see_orders([an_order("1001")], account="mine", at=NOON)
    ledger.see_orders([an_order("1002")], account="ours", at=NOON)

    assert numbers(ledger, "ours") == ["1002"]
    assert numbers(ledger) == ["1001", "1002"]
    assert ledger.known("mine") == {"1001": an_order("1001")}


def test_the_same_number_at_two_stores_is_two_orders(ledger: Ledger) -> None:
    ledger.see_orders([an_order("1001"), {**an_order("1001"), "store": "other"}], at=NOON)

    assert [order.store for order in ledger.orders()] == ["fairstore", "other"]


def test_text_no_file_can_hold_is_no_fault(ledger: Ledger) -> None:
    hostile = an_order(status_text="half \ud800 of a pair, \x00, \x1b[31m")

    ledger.see_orders([hostile], at=NOON)
    ledger.record(Event("noted", NOON, order_id="half \ud800"))

    (order,) = ledger.orders()
    assert order.facts == hostile


def test_an_order_is_found_by_its_number_or_its_ending(ledger: Ledger) -> None:
    ledger.see_orders([an_order("8200000000001234"), an_order("8200000000005678")], at=NOON)

    assert ledger.order("8200000000001234").order_id == "8200000000001234"
    assert ledger.order(" 5678 ").order_id == "8200000000005678"


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        pytest.param("4711", "There is no order 4711", id="no such order"),
        pytest.param("678", "There is no order 678", id="too few digits"),
        pytest.param("", "There is no order", id="nothing given"),
        pytest.param("%", "There is no order %", id="a wildcard is only a character"),
        pytest.param("5678", "more than one order: 15678, 25678", id="two end so"),
    ],
)
def test_an_order_that_cannot_be_told_is_refused(
    ledger: Ledger, wanted: str, sentence: str
) -> None:
    ledger.see_orders([an_order("15678"), an_order("25678")], at=NOON)

    with pytest.raises(WrongInput, match=sentence) as refusal:
        ledger.order(wanted)

    assert refusal.value.next_step


def test_a_whole_number_is_preferred_to_an_ending(ledger: Ledger) -> None:
    ledger.see_orders([an_order("5678"), an_order("15678")], at=NOON)

    assert ledger.order("5678").order_id == "5678"


def test_an_order_of_another_account_is_not_found(ledger: Ledger) -> None:
    ledger.see_orders([an_order("1001")], account="mine", at=NOON)

    with pytest.raises(WrongInput, match="no order 1001"):
        ledger.order("1001", account="ours")


def test_a_problem_lies_over_the_facts_of_its_line_alone(ledger: Ledger) -> None:
    ledger.see_orders([an_order(lines=lines("1", "2"))], at=NOON)

    ledger.say_problem(ledger.order("0001"), {"kind": "damaged"}, line_id="2", at=LATER)

    assert ledger.order("0001").facts["lines"] == [
        {"line_id": "1"},
        {"line_id": "2", "problem": {"kind": "damaged"}},
    ]
    assert ledger.known("mine") == {}
    assert next(ledger.events("order_seen")).body == an_order(lines=lines("1", "2"))


def test_a_problem_outlives_a_change_of_facts(ledger: Ledger) -> None:
    ledger.see_orders([an_order()], at=NOON)
    ledger.say_problem(ledger.order("0001"), {"kind": "damaged"}, at=NOON)

    ledger.see_orders([an_order(lines=lines("1"), status="completed")], at=LATER)

    assert ledger.order("0001").facts["lines"] == [
        {"line_id": "1", "problem": {"kind": "damaged"}}
    ]


def test_a_problem_of_a_line_the_order_lacks_is_refused(ledger: Ledger) -> None:
    ledger.see_orders([an_order(lines=lines("1", "2"))], at=NOON)

    with pytest.raises(WrongInput, match="has no line 3; its lines are 1, 2"):
        ledger.say_problem(ledger.order("0001"), {"kind": "damaged"}, line_id="3", at=NOON)


def test_a_problem_taken_back_is_gone(ledger: Ledger) -> None:
    ledger.see_orders([an_order(lines=lines("1", "2"))], at=NOON)
    ledger.say_problem(ledger.order("0001"), {"kind": "damaged"}, at=NOON)

    ledger.clear_problem(ledger.order("0001"), line_id="1", at=LATER)

    assert ledger.order("0001").facts["lines"] == [
        {"line_id": "1"},
        {"line_id": "2", "problem": {"kind": "damaged"}},
    ]
