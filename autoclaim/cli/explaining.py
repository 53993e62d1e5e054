"""`explain` as a page of text: the answer first, then everything it rests on."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from rich.padding import Padding
from rich.text import Text

from autoclaim.cli.days import closing, window
from autoclaim.cli.next_steps import next_step, step_if_so
from autoclaim.cli.tables import ACTION_WORDS
from autoclaim.cli.terminal import output, shown
from autoclaim.model import Decision
from autoclaim.rules import Explanation
from autoclaim.rules.fact_words import VALUE_WORDS
from autoclaim.runner.explain import Explained

Line = tuple[int, Text]
INDENT, DEEPER = 2, 4
COUNTED = {"days", "workdays"}  # units that belong to the number


def print_explanation(
    explained: Sequence[Explained], now: datetime, *, supposed: bool = False
) -> None:
    """One part per order line, or for several of which the same is to be said.

    `now` (aware) tells whether the closing moment is near; `supposed`: the facts were changed, so
    that nothing can be claimed on them yet.
    """
    console = output()
    for _, alike in groupby(explained, key=lambda one: _written(_lines(one, now))):
        lines = list(alike)
        headings = [(0, _heading(one)) for one in lines]
        for indent, line in (
            *headings,
            *_lines(lines[0], now),
            *_next(lines, now, supposed=supposed),
        ):
            console.print(Padding(line, (0, 0, 0, indent), expand=False))
        console.print()


def _written(lines: Iterator[Line]) -> str:
    return "\n".join(line.plain for _, line in lines)


def _heading(one: Explained) -> Text:
    decision = one.explanation.decision
    number = decision.order_id + (f" line {decision.line_id}" if decision.line_id else "")
    amount = decision.amount
    price = f"  {amount.written} {amount.currency}" if amount else ""
    return Text.assemble((number, "bold"), "  ", shown(one.title), price)


def _lines(one: Explained, now: datetime) -> Iterator[Line]:
    explanation, decision = one.explanation, one.explanation.decision
    words, style = ACTION_WORDS[decision.action]
    yield INDENT, Text.assemble((words, style), "  ", window(decision))
    yield INDENT, shown(explanation.reading)
    if moment := closing(decision, one.zone, now):
        yield INDENT, Text(moment, "bold red")
    if explanation.unknown:
        yield INDENT, shown(f"Not known: {', '.join(explanation.unknown)}.", style="yellow")
    yield from _part("to mind", explanation.mind)
    yield from _part("it can also be read in another way", explanation.readings)
    yield from _part("what can be done", _possible(explanation))
    yield from _part("where the days come from", _days(explanation))
    yield from _part("what would end something", _would_end(explanation))
    yield from _part("outside the store", _routes(decision))
    yield from _sources(explanation)


def _part(title: str, sentences: Sequence[str]) -> Iterator[Line]:
    if sentences:
        yield INDENT, Text(title, "bold")
    for sentence in sentences:
        yield DEEPER, shown(sentence)


def _possible(explanation: Explanation) -> list[str]:
    sentences = []
    for one in explanation.possible:
        words = ACTION_WORDS[one.action][0]
        days = f" from {one.opens_on}" if one.opens_on and one.when == "later" else ""
        because = f": {one.because}. {one.change}".rstrip() if one.because else ""
        sentences.append(f"{words}, {one.when}{days}{because}")
    return sentences


def _days(explanation: Explanation) -> list[str]:
    return [f"{one.name} {one.day}: {one.origin}" for one in explanation.days]


def _would_end(explanation: Explanation) -> list[str]:
    return [f"{one.press}: {one.ends}" for one in explanation.would_end]


def _routes(decision: Decision) -> list[str]:
    sentences = []
    for route in decision.routes:
        day = f"until {route.last_on}" if route.last_on else "no last day is known"
        sentences.append(f"{ROUTE_WORDS.get(route.route, route.route)}: {day}")
    return sentences


ROUTE_WORDS = {
    "eu_withdrawal": "withdrawing from the purchase (EU law)",
    "uk_withdrawal": "withdrawing from the purchase (UK law)",
    "eu_guarantee": "the seller's guarantee for faulty goods (EU law)",
    "uk_reject": "rejecting faulty goods (UK law)",
    "eu_late_delivery": "ending a purchase that is not delivered (EU law)",
    "consumer_centre": "the consumer centre of your country",
    "store_arbitration": "arbitration under the store's terms",
    "visa": "a dispute through Visa",
    "mastercard": "a dispute through Mastercard",
    "amex": "a dispute through American Express",
    "paypal": "a dispute through PayPal",
    "us_fcba": "a billing error at the credit card (US law)",
    "uk_section75": "the credit card, which is liable too (UK law, section 75)",
}


def _sources(explanation: Explanation) -> Iterator[Line]:
    edition = explanation.decision.policy
    yield INDENT, Text(f"what it rests on (edition {edition}, rule {explanation.rule})", "bold")
    for name, clause in explanation.clauses:
        yield DEEPER, shown(f"{name}: {clause.says}")
    # values from one sentence of a source are told together, with it once
    for source, values in groupby(explanation.values, key=lambda value: value.source):
        for value in values:
            unsure = ", not confirmed for this edition" if value.carried else ""
            told = _plain(value.value) + (f" {value.unit}" if value.unit in COUNTED else "")
            sure = f"(confidence {value.confidence}{unsure})"
            yield DEEPER, shown(f"{VALUE_WORDS[value.name]}: {told} {sure}", style="dim")
        yield DEEPER + INDENT, shown(f"“{source.quote}” {source.title}", style="dim")


def _plain(value: str) -> str:
    """A value of the policy without the words of its file."""
    for name, words in (("delivered_at", "the delivery"), ("paid_at", "the payment")):
        value = value.replace(name, words)
    return value.replace("_", " ")


def _next(lines: Sequence[Explained], now: datetime, *, supposed: bool) -> Iterator[Line]:
    decisions = [one.explanation.decision for one in lines]
    steps = [step_if_so(one) if supposed else next_step(one, now) for one in decisions]
    for step in dict.fromkeys(steps):
        yield INDENT, Text.assemble("next: ", (step.command, "bold"), f"   ({step.purpose})")
