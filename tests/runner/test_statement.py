"""Statements: filled from facts only, in five languages, and never more than is known."""

from importlib.resources import files
from typing import get_args

import pytest
from jinja2 import Environment, meta

from autoclaim.errors import WrongInput
from autoclaim.model import Claim, Order
from autoclaim.model.claim import browser_length
from autoclaim.model.facts import ProblemKind
from autoclaim.model.money import Money
from autoclaim.runner.statement import LANGUAGES, language_of, write_statement
from autoclaim.runner.statement_facts import PARCEL_FACTS, facts_for_statement

KINDS = get_args(ProblemKind)
OVERDUE = {"promised_on", "due_on", "received", "reference", "amount", "order_id"}
NAMES = {
    "order_id",
    "note",
    "amount",
    "quantity",
    "quantity_received",
    "promised_by",
    "delivered_on",
    "last_scan_on",
    "tracking_number",
    *PARCEL_FACTS.values(),
}


def a_late_order(**shipment: object) -> Order:
    parcel = {"shipment_id": "p1", "tracking_number": "LP00123", "promised_by": "2026-04-10"}
    line = {"line_id": "1", "shipment_id": "p1", "problem": {"kind": "not_received"}}
    return Order.model_validate(
        {
            "store": "fairstore",
            "order_id": "8200000000000001",
            "shipments": [{**parcel, **shipment}],
            "lines": [line],
        }
    )


def a_claim(statement: str, *, ours: bool) -> Claim:
    return Claim(
        account="mine",
        store="fairstore",
        order_id="8200000000000001",
        kind="dispute",
        statement=statement,
        statement_is_ours=ours,
    )


def facts_of(order: Order, amount: Money | None = None, language: str = "en") -> dict[str, str]:
    return facts_for_statement(order, order.lines[0], amount, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [*KINDS, "refund_overdue"])
def test_every_problem_has_a_template_in_every_language_that_names_known_facts_only(
    kind: str, language: str
) -> None:
    text = (files("autoclaim") / "statements" / language / f"{kind}.jinja").read_text("utf-8")

    named = meta.find_undeclared_variables(Environment(autoescape=True).parse(text))

    assert named <= (OVERDUE if kind == "refund_overdue" else NAMES)
    assert "{%" not in text


@pytest.mark.parametrize("kind", [*KINDS, "refund_overdue"])
def test_every_language_asserts_the_same_facts_in_the_same_order(kind: str) -> None:
    facts = dict.fromkeys(NAMES | OVERDUE, "7")

    asserted = [
        [one.name for one in write_statement(kind, facts, language).asserts]
        for language in LANGUAGES
    ]

    assert asserted == [asserted[0]] * len(LANGUAGES)


def test_what_is_not_known_is_not_asserted() -> None:
    written = write_statement("not_received", {}, "en")

    assert written.text == "I have not received this item."
    assert written.asserts == ()


def test_what_is_known_is_asserted_and_listed_with_whose_word_it_is() -> None:
    order = a_late_order(state="returned_to_sender")
    facts = {**facts_of(order, Money.of("12.50", "EUR")), "note": "I asked the neighbours."}

    written = write_statement("not_received", facts, "en")

    assert written.text == (
        "I have not received this item. I asked the neighbours. "
        "It was promised by April 10, 2026. "
        "The tracking shows that the parcel went back to the sender. "
        "The tracking number is LP00123. I ask for a refund of 12.50 EUR. "
        "Order 8200000000000001."
    )
    assert [(one.name, one.source) for one in written.asserts] == [
        ("note", "you"),
        ("promised_by", "the store"),
        ("parcel_returned", "the store"),
        ("tracking_number", "the store"),
        ("amount", "you"),
        ("order_id", "the store"),
    ]


def test_days_are_written_out_in_the_language_of_the_statement() -> None:
    facts = facts_of(a_late_order(), language="es")

    written = write_statement("not_received", facts, "es")

    assert "10 de abril de 2026" in written.text
    assert written.text.startswith("No he recibido este artículo.")


def test_what_a_fact_holds_is_text_and_never_a_template() -> None:
    hostile = "{{ 7 * 7 }} {% for x in range(9) %}x{% endfor %}\x1b[31m"

    written = write_statement("damaged", {"note": hostile}, "en")

    assert "{{ 7 * 7 }}" in written.text
    assert "49" not in written.text
    assert "\x1b" not in written.text


@pytest.mark.parametrize(
    ("country", "language"),
    [
        ("ES", "es"),
        ("MX", "es"),
        ("BR", "pt"),
        ("AT", "de"),
        ("FR", "fr"),
        ("PL", "en"),
        (None, "en"),
    ],
)
def test_the_language_is_the_first_of_the_country_that_we_write(
    country: str | None, language: str
) -> None:
    assert language_of(country) == language


def test_a_language_we_do_not_write_is_refused_with_those_we_do() -> None:
    with pytest.raises(WrongInput, match="'xx'") as refused:
        write_statement("damaged", {}, "xx")

    assert "es" in refused.value.next_step


def test_our_words_are_cut_after_a_sentence_to_what_the_form_takes() -> None:
    claim = a_claim("It is broken. I paid 12.50 EUR. Order 1.", ours=True)

    assert claim.statement_within(None) == claim.statement
    assert claim.statement_within(35) == "It is broken. I paid 12.50 EUR."
    assert claim.statement_within(30) == "It is broken."


def test_the_buyers_own_words_are_never_cut() -> None:
    claim = a_claim("It is broken. I paid 12.50 EUR.", ours=False)

    assert claim.statement_within(15) == claim.statement


def test_characters_are_counted_as_the_browser_counts_them() -> None:
    claim = a_claim("Broken 😀😀. More.", ours=True)

    assert browser_length("😀") == 2
    assert claim.statement_within(11) == claim.statement
    assert claim.statement_within(12) == "Broken 😀😀."
