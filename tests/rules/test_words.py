"""Nothing a buyer reads is a word of the program: flags, facts, values and actions have words."""

import json
from functools import cache
from typing import get_args

import pytest

from autoclaim.model.decision import Action, Decision
from autoclaim.rules.fact_words import (
    ACTION_WORDS,
    VALUE_WORDS,
    fact_in_words,
    facts_in_words,
)
from autoclaim.rules.flag_words import FLAG_WORDS, flags_in_words
from tests.rules import tables
from tests.rules.shipped import POLICIES, decided


@cache
def all_decisions() -> list[Decision]:
    """What is decided of every row of the tables beside this file."""
    rows = [row for path in sorted(tables.HERE.glob("*.md")) for row in tables.rows_of(path)]
    return [decision for row in rows for decision in decided(row.facts)]


def test_every_flag_of_the_tables_is_a_sentence() -> None:
    flags = {flag for decision in all_decisions() for flag in decision.flags}

    assert flags == FLAG_WORDS.keys()
    assert all(words.endswith(".") and "_" not in words for words in FLAG_WORDS.values())


def test_what_the_answer_says_itself_is_not_said_again() -> None:
    assert flags_in_words(("arguable", "last_day", "overdue")) == ("Today is the last day.",)


def test_every_value_of_every_edition_has_a_name_in_words() -> None:
    names = {name for file in POLICIES.editions for name in file.by_name()}

    assert names == VALUE_WORDS.keys()


def test_every_action_has_words() -> None:
    assert ACTION_WORDS.keys() == set(get_args(Action))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("orders[0].shipments[1].delivered_at", "when it was delivered"),
        ("orders[0].total", "what was paid for the order"),
        ("orders[0].lines[0].paid", "what was paid for it"),
        ("buyer.level", "your level at the store"),
        ("orders[0].lines[2].refund.kind", "whether the refund was full or a part"),
        ("holidays[1]", "the holidays"),
        ("orders[0].colour", "orders[0].colour"),
    ],
)
def test_a_fact_is_called_what_a_buyer_calls_it(path: str, words: str) -> None:
    assert fact_in_words(path) == words


def test_a_fact_that_two_lines_lack_is_named_once() -> None:
    paths = ["orders[0].lines[0].paid", "orders[0].lines[1].paid", "now"]

    assert facts_in_words(paths) == ("what was paid for it", "what day it is")


def test_no_sentence_of_the_rules_names_a_command() -> None:
    told = [json.dumps(decision.as_json()) for decision in all_decisions()]

    assert not [text for text in told if "autoclaim " in text]
