"""`explain` as it is printed: what a person who never saw the program reads, and types next."""

from datetime import UTC, datetime
from typing import get_args

import pytest

from autoclaim.cli.explaining import ROUTE_WORDS, print_explanation
from autoclaim.cli.next_steps import next_step
from autoclaim.model import Facts
from autoclaim.model.decision import Action
from autoclaim.rules import decide, explained
from autoclaim.runner.explain import Explained
from tests.rules import tables
from tests.rules.shipped import CLOCK, POLICIES

NOW = datetime(2026, 2, 20, 12, tzinfo=UTC)
LATE = {
    "policy": "seed-2021",
    "now": "2026-02-20T12:00:00Z",
    "status": "awaiting_delivery",
    "paid": "2026-01-08T10:00:00-08:00",
    "shipped": "2026-01-10T10:00:00-08:00",
    "promised": "2026-02-14T10:00:00-08:00",
}
ARRIVED = {
    "policy": "seed-2021",
    "now": "2026-02-20T12:00:00Z",
    "status": "completed",
    "delivered": "2026-02-15T10:00:00-08:00",
}


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")


def pages_of(given: dict[str, str], lines: int = 1) -> list[Explained]:
    document = tables.facts_of(given)
    [order] = document["orders"]
    order["lines"] = [{**order["lines"][0], "line_id": str(place)} for place in range(lines)]
    facts = Facts.model_validate(document)
    found = [explained(facts, POLICIES, CLOCK, line=place) for place in range(lines)]
    return [Explained(one, "A lamp", None) for one in found]


def printed(capsys: pytest.CaptureFixture[str], given: dict[str, str], lines: int = 1) -> str:
    print_explanation(pages_of(given, lines), NOW)
    return capsys.readouterr().out


def test_a_late_order_ends_in_what_to_say_and_after_that_in_the_form(
    capsys: pytest.CaptureFixture[str],
) -> None:
    unasked, asked = printed(capsys, LATE), printed(capsys, {**LATE, "problem": "not_received"})

    assert "You have not said so, the dates alone say it" in unasked
    assert "autoclaim problem 8200000000000001 --line 0 --kind not_received" in unasked
    assert "autoclaim claim 8200000000000001 --line 0 --dispute" in asked.splitlines()[-2]


def test_lines_of_which_the_same_is_to_be_said_are_told_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = printed(capsys, {**LATE, "problem": "not_received"}, lines=3)

    assert page.count("A lamp") == 3
    assert page.count("It has not come by the deadline") == 1
    assert page.count("next: ") == 3


def test_no_sentence_is_printed_twice_and_no_word_of_the_program_is_left(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = printed(capsys, {**ARRIVED, "problem": "damaged", "category": "accessory"})
    lines = [line.strip() for line in page.splitlines() if line.strip()]

    assert len(lines) == len(set(lines))
    assert "_" not in page
    assert "Expect less than the whole price." in page
    assert "It can also be read so that accessories are never refunded in full." in page


def test_goods_that_came_end_in_what_to_say_should_something_be_wrong(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = printed(capsys, ARRIVED)

    assert "autoclaim problem 8200000000000001 --line 0 --kind KIND" in page
    assert "not_received, not_as_described, damaged" in page


def test_what_was_only_supposed_is_to_be_said_before_it_is_claimed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_explanation(pages_of({**ARRIVED, "problem": "damaged"}), NOW, supposed=True)
    damaged = capsys.readouterr().out
    print_explanation(pages_of(ARRIVED), NOW, supposed=True)
    whole = capsys.readouterr().out

    assert "autoclaim problem 8200000000000001 --line 0 --kind damaged" in damaged
    assert "--dispute" not in damaged
    assert "next: autoclaim explain 8200000000000001" in whole


def test_every_answer_ends_in_a_command_and_every_route_has_words() -> None:
    actions: set[str] = set()
    for path in sorted(tables.HERE.glob("*.md")):
        for row in tables.rows_of(path):
            [decision, *_] = decide(Facts.model_validate(row.facts), POLICIES, CLOCK)
            actions.add(decision.action)
            assert next_step(decision, NOW).command.startswith("autoclaim ")
            assert {route.route for route in decision.routes} <= ROUTE_WORDS.keys()

    assert actions == set(get_args(Action))
