"""`explain` as a page of text: the answer first, then everything it rests on."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.padding import Padding
from rich.text import Text

from autoclaim.cli.days import closing, window
from autoclaim.cli.tables import ACTION_WORDS
from autoclaim.cli.terminal import output, shown
from autoclaim.model import Decision
from autoclaim.rules import Explanation
from autoclaim.runner.explain import Explained

Line = tuple[int, Text]
INDENT, DEEPER = 2, 4


def print_explanation(explained: Sequence[Explained], now: datetime) -> None:
    """One part per order line; `now` (aware) tells whether the closing moment is near."""
    console = output()
    for one in explained:
        for indent, line in _lines(one, now):
            console.print(Padding(line, (0, 0, 0, indent)))
        console.print()


def _lines(one: Explained, now: datetime) -> Iterator[Line]:
    explanation, decision = one.explanation, one.explanation.decision
    words, style = ACTION_WORDS[decision.action]
    number = decision.order_id + (f" line {decision.line_id}" if decision.line_id else "")
    yield 0, Text.assemble((number, "bold"), "  ", shown(one.title))
    yield INDENT, Text.assemble((words, style), "  ", window(decision))
    yield INDENT, shown(decision.why)
    if moment := closing(decision, one.zone, now):
        yield INDENT, Text(moment, "bold red")
    yield from _asked(decision)
    yield from _possible(explanation)
    yield from _days(explanation)
    yield from _would_end(explanation)
    yield from _routes(decision)
    yield from _sources(explanation)


def _asked(decision: Decision) -> Iterator[Line]:
    if decision.amount:
        yield INDENT, shown(f"amount: {decision.amount.written} {decision.amount.currency}")
    if decision.missing:
        yield INDENT, shown(f"not known: {', '.join(decision.missing)}", style="yellow")
    if decision.flags:
        yield (
            INDENT,
            shown(f"mind: {', '.join(flag.replace('_', ' ') for flag in decision.flags)}"),
        )


def _possible(explanation: Explanation) -> Iterator[Line]:
    yield INDENT, Text("what can be done", "bold")
    for one in explanation.possible:
        words = ACTION_WORDS[one.action][0]
        days = f" from {one.opens_on}" if one.opens_on and one.when == "later" else ""
        because = f": {one.because}. {one.change}".rstrip() if one.because else ""
        yield DEEPER, shown(f"{words}, {one.when}{days}{because}")


def _days(explanation: Explanation) -> Iterator[Line]:
    if explanation.days:
        yield INDENT, Text("where the days come from", "bold")
    for one in explanation.days:
        yield DEEPER, shown(f"{one.name} {one.day}: {one.origin}")


def _would_end(explanation: Explanation) -> Iterator[Line]:
    if explanation.would_end:
        yield INDENT, Text("what would end something", "bold")
    for one in explanation.would_end:
        yield DEEPER, shown(f"{one.press}: {one.ends}")


def _routes(decision: Decision) -> Iterator[Line]:
    if decision.routes:
        yield INDENT, Text("outside the store", "bold")
    for route in decision.routes:
        day = f"until {route.last_on}" if route.last_on else "no last day is known"
        yield DEEPER, shown(f"{route.route.replace('_', ' ')}: {day}")


def _sources(explanation: Explanation) -> Iterator[Line]:
    edition = explanation.decision.policy
    yield INDENT, Text(f"what it rests on (edition {edition}, rule {explanation.rule})", "bold")
    for name, clause in explanation.clauses:
        yield DEEPER, shown(f"{name}: {clause.says}")
    for value in explanation.values:
        unsure = ", unconfirmed" if value.carried else ""
        yield (
            DEEPER,
            shown(
                f"{value.name} = {value.value} {value.unit} ({value.confidence}{unsure}): "
                f"“{value.source.quote}” {value.source.title}",
                style="dim",
            ),
        )
