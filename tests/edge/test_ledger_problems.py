from typing import Any

import pytest

from autoclaim.edge.ledger.problems import Said, hear, with_problems

DAMAGED, LATE = {"kind": "damaged"}, {"kind": "not_received"}

SPOKEN = [
    pytest.param([(None, LATE)], {"1": LATE, "2": LATE}, id="of the order is of each line"),
    pytest.param([("1", LATE)], {"1": LATE, "2": None}, id="of a line is of no other"),
    pytest.param(
        [("1", DAMAGED), (None, LATE)], {"1": DAMAGED, "2": LATE}, id="of a line is more precise"
    ),
    pytest.param([("1", LATE), ("1", DAMAGED)], {"1": DAMAGED, "2": None}, id="the later counts"),
    pytest.param([(None, LATE), ("1", None)], {"1": None, "2": LATE}, id="taken back for a line"),
    pytest.param([("1", LATE), (None, None)], {"1": None, "2": None}, id="all taken back"),
]


@pytest.mark.parametrize(("words", "problems"), SPOKEN)
def test_what_the_buyer_said(
    words: list[tuple[str | None, dict[str, str] | None]], problems: dict[str, Any]
) -> None:
    said: Said = {}
    for line_id, problem in words:
        hear(said, line_id, problem)

    facts = with_problems({"lines": [{"line_id": "1"}, {"line_id": "2"}]}, said)

    assert {line["line_id"]: line.get("problem") for line in facts["lines"]} == problems


def test_an_order_read_without_lines_gets_one_to_hold_the_problem() -> None:
    facts = with_problems({"order_id": "1001"}, {None: LATE})

    assert facts == {"order_id": "1001", "lines": [{"problem": LATE}]}


def test_a_problem_of_a_line_not_read_yet_is_not_lost() -> None:
    facts = with_problems({"lines": [{"line_id": "1"}]}, {"2": LATE})

    assert facts["lines"] == [{"line_id": "1"}, {"line_id": "2", "problem": LATE}]


def test_a_problem_from_a_file_can_be_taken_back_too() -> None:
    facts = with_problems({"lines": [{"line_id": "1", "problem": LATE}]}, {None: None})

    assert facts["lines"] == [{"line_id": "1"}]


def test_nothing_said_about_an_order_without_lines_adds_none() -> None:
    facts = with_problems({"order_id": "1001"}, {None: None})

    assert "lines" not in facts


def test_the_given_facts_are_not_changed() -> None:
    given = {"lines": [{"line_id": "1"}]}

    with_problems(given, {None: LATE})

    assert given == {"lines": [{"line_id": "1"}]}
