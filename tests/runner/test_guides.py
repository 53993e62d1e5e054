"""Every guide that ships, as a reader meets it: one action a step, no way that ends nowhere."""

import re
from datetime import date, timedelta

import click
import pytest

from autoclaim.cli.table_of_commands import autoclaim
from autoclaim.errors import MachineFault, WrongInput
from autoclaim.model.guide import OLD_AFTER, NamedGuide
from autoclaim.runner.guides import all_guides, check_words, find_guide, read_guide, search_guides

GUIDES = [pytest.param(one, id=one.id) for one in all_guides()]
PROMISED = {
    "aliexpress/cancel-order",
    "aliexpress/open-dispute",
    "aliexpress/return-with-fast-refund",
    "aliexpress/reach-support",
    "aliexpress/withdraw-consent",
    "aliexpress/delete-account",
    "generic/web-subscription",
    "generic/notice-by-letter",
    "generic/free-trial",
    "app-stores/apple",
    "app-stores/google-play",
}
# What a step may begin with: the one thing the buyer does.
VERBS = re.compile(
    "Add|Answer|Ask|Cancel|Check|Choose|Collect|Complain|Describe|Enter|Fill|Find|Finish|Follow|Go|"
    "Keep|Look|Note|Open|Pack|Post|Press|Read|Refuse|Remind|Save|Say|Select|Send|Sign|Tap|Wait|"
    "Write"
)
TWO_ACTIONS = re.compile(r"\band\b|\bthen\b|;|\. .", re.IGNORECASE)
COMMANDS = re.compile(r"`autoclaim ([a-z-]+(?: [a-z-]+)?)")
GOOD = """
format = 1
title = "Cancel it"
ends = "something"
channel = "web"
difficulty = "easy"
conditions = "At any time."
conditions_source = "law"
languages = ["en"]
checked_on = 2026-11-25
checked_against = "page"
steps = [{ do = "Press the button.", source = "law" }]
[sources.law]
title = "The law"
url = "https://law.example/1"
"""
BROKEN = [
    pytest.param(("format = 1", 'format = 1\ncolour = "blue"'), "colour", id="an unknown key"),
    pytest.param((', source = "law" }', " }"), "source", id="a step without a source"),
    pytest.param(('source = "law" }', 'source = "hearsay" }'), "hearsay", id="an unknown source"),
    pytest.param(
        (
            "[sources.law]",
            '[sources.idle]\ntitle = "Not used"\nurl = "https://x.example"\n[sources.law]',
        ),
        "idle",
        id="a source nothing rests on",
    ),
    pytest.param(('channel = "web"', 'channel = "fax"'), "channel", id="an unknown channel"),
    pytest.param(("2026-11-25", '"soon"'), "checked_on", id="no day of a check"),
    pytest.param(("https://law", "http://law"), "https", id="an address anyone may change"),
    pytest.param(("Press the button.", "press"), "do", id="a step that is no sentence"),
    pytest.param(('["en"]', '["english"]'), "languages", id="no language code"),
    pytest.param(("format = 1", "format = 2"), "format", id="another format"),
    pytest.param(("format = 1", "format = "), "broken", id="no TOML"),
]


def test_the_promised_guides_are_there() -> None:
    assert {one.id for one in all_guides()} >= PROMISED


@pytest.mark.parametrize("one", GUIDES)
def test_each_step_is_one_action(one: NamedGuide) -> None:
    steps = [step.do for step in one.guide.steps]

    assert [do for do in steps if not VERBS.fullmatch(do.split()[0])] == []
    assert [do for do in steps if TWO_ACTIONS.search(do)] == []


@pytest.mark.parametrize("one", GUIDES)
def test_no_reference_ends_nowhere_or_in_a_circle(one: NamedGuide) -> None:
    guides = {other.id: other.guide for other in all_guides()}

    followed, ahead = set(), {one.id}
    while ahead:
        current = ahead.pop()
        followed.add(current)
        seen = {step.see for step in guides[current].steps if step.see}
        assert one.id not in seen
        ahead |= seen - followed


@pytest.mark.parametrize("one", GUIDES)
def test_every_command_a_guide_names_exists(one: NamedGuide) -> None:
    context = click.Context(autoclaim)
    notes = " ".join(f"{step.do} {step.note or ''}" for step in one.guide.steps)
    for found in COMMANDS.findall(notes):
        name, _, below = found.partition(" ")
        command = autoclaim.get_command(context, name)
        assert command is not None, found
        if isinstance(command, click.Group):
            assert below in command.commands, found


@pytest.mark.parametrize("one", GUIDES)
def test_a_guide_says_how_far_to_trust_it(one: NamedGuide) -> None:
    checked = one.guide.checked_on

    assert one.guide.checked_against == "nothing" or all(
        source.retrieved for source in one.guide.sources.values()
    )
    words = check_words(one, checked)
    assert str(checked) in words
    assert ("Not compared with its sources'" in words) == (one.guide.checked_against != "page")
    assert "look whether it still fits" not in check_words(one, checked + OLD_AFTER)
    assert "look whether it still fits" in check_words(
        one, checked + OLD_AFTER + timedelta(days=1)
    )


def test_no_guide_that_ships_is_from_the_future() -> None:
    assert max(one.guide.checked_on for one in all_guides()) <= date.today()  # noqa: DTZ011 - any zone will do


@pytest.mark.parametrize(("change", "words"), BROKEN)
def test_a_broken_guide_is_refused_with_its_place(change: tuple[str, str], words: str) -> None:
    read_guide("generic/good", GOOD)

    with pytest.raises(MachineFault) as refused:
        read_guide("generic/broken", GOOD.replace(*change))

    assert "generic/broken" in str(refused.value)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("trial uninstalling", ["app-stores/google-play"]),
        ("FAST refund tracking", ["aliexpress/return-with-fast-refund"]),
        ("nonsense-nobody-wrote", []),
    ],
)
def test_guides_are_found_by_all_of_the_words(words: str, found: list[str]) -> None:
    assert [one.id for one in search_guides(words)] == found


def test_a_guide_is_found_by_its_last_name_and_a_misspelt_one_is_answered() -> None:
    assert find_guide("free-trial").id == "generic/free-trial"
    with pytest.raises(WrongInput) as refused:
        find_guide("generic/free-trail")
    assert "generic/free-trial" in refused.value.next_step
