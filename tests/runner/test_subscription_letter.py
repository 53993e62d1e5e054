from datetime import date
from pathlib import Path

import pytest

from autoclaim.errors import WrongInput
from autoclaim.model.guide import Letter
from autoclaim.runner.guides import all_guides
from autoclaim.runner.subscription_cancel import Sender, way_out
from autoclaim.runner.subscription_letter import BLANKS, write_letter
from tests.runner.subscribing import machine, subscribe

LETTERS = [
    pytest.param(letter, language, id=f"{one.id} {language}")
    for one in all_guides()
    for language, letter in one.guide.letter.items()
]
SNOOPING = [
    "{{ cycler.__init__.__globals__ }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ today.__class__ }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{% include '/etc/passwd' %}",
    "{% for number in range(10**9) %}x{% endfor %}",
    "{{ password }}",
    "{{ 1 / 0 }}",
    "{{ unfinished",
]


@pytest.mark.parametrize(("letter", "language"), LETTERS)
def test_every_letter_can_be_filled_and_leaves_no_bracket(letter: Letter, language: str) -> None:
    known = {name: f"<{name}>" for name in BLANKS if name not in {"today", "ends_on"}}

    written = write_letter(
        letter, language, {**known, "today": date(2026, 11, 25), "ends_on": date(2027, 1, 30)}
    )

    assert written.blanks == ()
    assert "[" not in written.subject + written.body
    assert "{" not in written.subject + written.body
    assert "2026" in written.body


@pytest.mark.parametrize(("letter", "language"), LETTERS)
def test_what_is_not_known_stays_in_brackets_and_is_named(letter: Letter, language: str) -> None:
    written = write_letter(letter, language, {})

    assert written.blanks
    assert all(blank in written.subject + written.body for blank in written.blanks)


@pytest.mark.parametrize("template", SNOOPING)
def test_a_template_that_reaches_out_is_refused(template: str) -> None:
    letter = Letter.model_construct(subject="Notice", body=template)

    with pytest.raises(WrongInput, match="cannot be filled"):
        write_letter(letter, "en", {"today": date(2026, 11, 25)})


def test_what_a_fact_holds_is_never_a_template() -> None:
    letter = Letter.model_construct(subject="Notice", body="To {{ provider }}")

    written = write_letter(letter, "en", {"provider": "{{ cycler }}; Main Street 1"})

    assert written.body == "To {{ cycler }}\nMain Street 1\n"


def test_a_contract_by_letter_gets_the_guide_the_letter_and_its_days(tmp_path: Path) -> None:
    wiring = machine(tmp_path)
    subscribe(
        wiring,
        "Example Gym",
        channel="letter",
        contract="G-1",
        provider="Example Gym; Main Street 1",
        every="1 year",
        notice="1 month",
    )

    way = way_out(wiring, "example gym", Sender(buyer="Ana Buyer", language="de"))

    assert way.guide.id == "generic/notice-by-letter"
    assert way.letter is not None
    assert "Example Gym\nMain Street 1\n" in way.letter.body
    assert "zum 9. Januar 2027" in way.letter.body
    assert "G-1" in way.letter.subject
    assert way.letter.blanks == ("[your address]",)


def test_a_web_subscription_gets_its_page_and_no_letter(tmp_path: Path) -> None:
    wiring = machine(tmp_path)
    subscribe(wiring, channel="web", link="https://tv.example/account")

    way = way_out(wiring, "Example TV", Sender())

    assert way.guide.id == "generic/web-subscription"
    assert way.address == "https://tv.example/account"
    assert way.letter is None


def test_the_buyers_own_template_is_used(tmp_path: Path) -> None:
    wiring = machine(tmp_path)
    subscribe(wiring, channel="web")
    own = tmp_path / "own.txt"
    own.write_text("Bye, {{ service }}. {{ buyer }}", encoding="utf-8")

    way = way_out(wiring, "Example TV", Sender(template=own))

    assert way.letter is not None
    assert way.letter.body == "Bye, Example TV. [your name]\n"


def test_a_language_the_guide_does_not_have_is_said(tmp_path: Path) -> None:
    wiring = machine(tmp_path)
    subscribe(wiring, channel="letter")

    with pytest.raises(WrongInput) as refused:
        way_out(wiring, "Example TV", Sender(language="fi"))

    assert "en, de, es, fr" in refused.value.next_step
