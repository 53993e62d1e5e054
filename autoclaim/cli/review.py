"""`review`: one thing at a time, most urgent first; each answer can be taken back."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from autoclaim.cli.options import ACCOUNT

if TYPE_CHECKING:
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.review import Step
    from autoclaim.runner.wiring import Wiring

KEYS = {
    "d": "do it",
    "s": "skip",
    "l": "later",
    "n": "not a problem",
    "u": "undo the last answer",
    "q": "stop",
}


@click.command("review")
@ACCOUNT
@click.option("--json", "as_json", is_flag=True, help="Print what would be asked; ask nothing.")
def review_command(name: str | None, as_json: bool) -> None:
    """Walk through everything that can be done, most urgent first, one at a time.

    \b
    Example:
      autoclaim review
    """
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.errors import NeedsPerson
    from autoclaim.runner.review import steps_to_review

    told = Terminal()
    wiring = wired(told)
    if not as_json and not sys.stdin.isatty():
        raise NeedsPerson(
            "review asks questions, and there is no terminal to answer them.",
            "Run it in a terminal, or say --json to see what would be asked.",
        )
    steps = steps_to_review(wiring, name)
    if as_json:
        print_json({"steps": [one.as_json() for one in steps]})
    elif not steps:
        told.say("There is nothing to do now. Next: autoclaim list")
    else:
        _Walk(wiring, told, steps).go()


class _Walk:
    """The steps one after another, and the answers given so far."""

    def __init__(self, wiring: "Wiring", told: "Terminal", steps: "list[Step]") -> None:
        self._wiring = wiring
        self._told = told
        self._steps = steps
        self._answered: list[int] = []

    def go(self) -> None:
        """Ask until the last step is answered, or the buyer stops."""
        place = 0
        while (key := self._asked(place)) != "q":
            if key == "u":
                place = self._take_back(place)
            elif self._answer(key, self._steps[place]):
                self._answered.append(place)
                place += 1
        self._told.say("Next: autoclaim follow-up")

    def _asked(self, place: int) -> str:
        """The key pressed at a step; after the last one only undo and stop are left."""
        self._told.say("")
        if place == len(self._steps):
            self._told.say("That was all.")
            return _pressed("u", "q")
        self._told.say(f"{place + 1} of {len(self._steps)}")
        for line in step_lines(self._steps[place], self._wiring):
            self._told.say(line)
        return _pressed(*KEYS)

    def _take_back(self, place: int) -> int:
        from autoclaim.runner.review import undo

        if not self._answered:
            self._told.say("There is no answer to take back.")
            return place
        last = self._answered.pop()
        undo(self._wiring, self._steps[last])
        self._told.say("Taken back.")
        return last

    def _answer(self, key: str, step: "Step") -> bool:
        """Do what the answer says; False when the same step is to be asked again."""
        from autoclaim.runner.review import no_problem, put_off

        if key == "d":
            return self._do(step)
        if key == "n":
            no_problem(self._wiring, step)
            self._told.say("Left out from now on, until something else is advised.")
        if key == "l":
            until = put_off(self._wiring, step)
            if until is None:
                self._told.say(f"It cannot wait: {step.decision.safe_on} is the safe last day.")
                return False
            self._told.say(f"Left until {until}.")
        return True

    def _do(self, step: "Step") -> bool:
        from autoclaim.cli.claim import claim_once
        from autoclaim.errors import AutoclaimError

        if not step.fills:
            self._told.say(f"Do it on the store's page: {step.link}")
            return True
        try:
            claim_once(self._wiring, self._told, step.subject.stored, step.subject.line_id)
        except AutoclaimError as stopped:
            self._told.say(str(stopped))
            self._told.say(stopped.next_step)
            return False
        return True


def _pressed(*keys: str) -> str:
    words = ", ".join(f"[{key}] {KEYS[key]}" for key in keys)
    key: str = click.prompt(words, type=click.Choice(keys), show_choices=False, err=True)
    return key


def step_lines(step: "Step", wiring: "Wiring") -> Iterator[str]:
    """One thing that can be done: what, until when, why, what is missing, what it would end."""
    from autoclaim.cli.days import closing, window
    from autoclaim.cli.tables import ACTION_WORDS

    decision = step.decision
    yield f"{ACTION_WORDS[decision.action][0].upper()}  {step.title}"
    yield f"  order {decision.order_id}"
    if words := window(decision):
        yield f"  {words}"
    if words := closing(decision, None, wiring.now()):
        yield f"  {words}"
    if decision.amount:
        yield f"  {decision.amount.written} {decision.amount.currency}"
    yield f"  Why: {decision.why}"
    for words in step.missing:
        yield f"  Would persuade, and is not there yet: {words}"
    if step.offer:
        yield from offer_lines(step)
    if step.support_text:
        yield f"  Text for the store's support: {step.support_text}"


def offer_lines(step: "Step") -> Iterator[str]:
    """Offered against asked, and what accepting would end."""
    from autoclaim.cli.papers import offered_lines

    if step.offer:
        yield from offered_lines(step.offer)
