"""The tables of R17 and 6.1: two answers about one line, and the one that it gets."""

from datetime import date
from typing import get_args

import pytest

from autoclaim.model import Facts, Time
from autoclaim.model.decision import Action
from autoclaim.rules.answers import Answer
from autoclaim.rules.cases import Case, Document
from autoclaim.rules.joining import Judged, join_editions, join_parcels
from autoclaim.rules.knowing import Situation
from autoclaim.rules.windows import Window
from tests.rules.shipped import POLICIES

NOW = Time.read("2026-04-10T12:00:00-07:00")
DAY = Time.read("2026-04-01")
FACTS = Facts.model_validate({"orders": [{"store": "examplestore", "order_id": "1"}]})
CASE = Case(
    Situation(FACTS.orders[0], None, None),
    POLICIES.terms("seed-2021", None, None),
    Document.of(FACTS, NOW),
)


def judged(told: str) -> Judged:
    """`dispute 16`: that action until the sixteenth; without a number no last day."""
    action, _, day = told.partition(" ")
    window = None
    if day:
        last_on = date(2026, 4, int(day))
        window = Window(last_on, last_on, None, "rule", DAY, 15)
    assert action in get_args(Action)
    clauses = () if action == "none" else ("S4",)
    return Judged(Answer("R13", action, clauses, ("status_unknown",), window), CASE)


def shown(one: Judged) -> str:
    day = "" if one.answer.window is None else f" {one.answer.window.last_on.day}"
    flag = " two_editions" if "two_editions" in one.flags else ""
    return f"{one.answer.action}{day}{flag}"


@pytest.mark.parametrize(
    ("of_payment", "of_today", "expected"),
    [
        ("none 16", "none 20", "none 16"),
        ("none", "dispute 20", "none"),
        ("closed 16", "dispute 20", "closed 16 two_editions"),
        ("closed 16", "closed 20", "closed 16 two_editions"),
        ("closed 16", "closed 12", "closed 16 two_editions"),
        ("dispute 16", "dispute 16", "dispute 16"),
        ("dispute 16", "dispute 12", "dispute 12 two_editions"),
        ("dispute 16", "dispute 20", "dispute 16 two_editions"),
        ("dispute", "dispute 20", "dispute 20 two_editions"),
        ("dispute 16", "dispute", "dispute 16 two_editions"),
        ("dispute 16", "closed 12", "review 16 two_editions"),
        ("review 16", "closed 12", "review 16 two_editions"),
        ("dispute 16", "none 12", "dispute 16 two_editions"),
        ("dispute 16", "need_data 12", "dispute 16 two_editions"),
        ("need_data 16", "need_data 12", "need_data 12 two_editions"),
        ("dispute 16", "wait 16", "dispute 16 two_editions"),
        ("dispute 16", "wait 12", "wait 12 two_editions"),
        ("wait", "dispute", "wait two_editions"),
    ],
)
def test_two_editions_give_one_answer(of_payment: str, of_today: str, expected: str) -> None:
    paid, today = judged(of_payment), judged(of_today)

    joined = join_editions(paid, today)

    assert shown(joined) == expected
    assert (joined.other is not None) == ("two_editions" in joined.flags)
    assert joined.other in (None, paid, today)
    assert joined.other is None or shown(joined.other) != shown(joined)


@pytest.mark.parametrize(
    ("parcels", "expected", "clauses"),
    [
        ("dispute 16, dispute 12", "dispute 12", ("S4",)),
        ("wait 16, wait 12, wait", "wait 12", ("S4",)),
        ("none 10, wait 16, wait 12", "wait 12", ("S4",)),
        ("none 10, wait, wait 12", "wait 12", ("S4",)),
        ("dispute 16, wait 12", "review 12", ("S4",)),
        ("review 12, dispute 16", "review 12", ("S4",)),
        ("none 10, dispute 16", "review 10", ("S5",)),
        ("none, dispute", "review", ("S5",)),
    ],
)
def test_several_parcels_give_one_answer(
    parcels: str, expected: str, clauses: tuple[str, ...]
) -> None:
    joined = join_parcels([judged(told) for told in parcels.split(", ")])

    assert shown(joined) == expected
    assert joined.answer.clauses == clauses


def test_a_review_keeps_its_own_words() -> None:
    review, dispute = judged("review 12"), judged("dispute 12")

    assert review.as_review(("editions_differ",)).answer.why == ("status_unknown",)
    assert dispute.as_review(("editions_differ",)).answer.why == ("editions_differ",)
