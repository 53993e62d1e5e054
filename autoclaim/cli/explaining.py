"""`explain` as a page of text."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.padding import Padding
from rich.text import Text

from autoclaim.cli.days import closing, window
from autoclaim.cli.tables import ACTION_WORDS
from autoclaim.cli.terminal import output, shown
from autoclaim.model import Decision
from autoclaim.runner.explain import Explained

INDENT, DEEPER = 2, 4


def print_explanation(explained: Sequence[Explained], now: datetime) -> None:
    """One part per order line; `now` (aware) tells whether the closing moment is near."""
    console = output()
    for one in explained:
        for indent, line in _lines(one, now):
            console.print(Padding(line, (0, 0, 0, indent)))
        console.print()


def _lines(one: Explained, now: datetime) -> Iterator[tuple[int, Text]]:
    decision = one.decision
    words, style = ACTION_WORDS[decision.action]
    number = decision.order_id + (f" line {decision.line_id}" if decision.line_id else "")
    yield 0, Text.assemble((number, "bold"), "  ", shown(one.title))
    yield INDENT, Text.assemble((words, style), "  ", window(decision))
    yield INDENT, shown(decision.why)
    if moment := closing(decision, one.zone, now):
        yield INDENT, Text(moment, "bold red")
    if decision.amount:
        yield INDENT, shown(f"amount: {decision.amount.written} {decision.amount.currency}")
    yield from _reasons(decision)


def _reasons(decision: Decision) -> Iterator[tuple[int, Text]]:
    if decision.why_not:
        yield INDENT, Text("not open:")
    for entry in decision.why_not:
        yield DEEPER, shown(f"{ACTION_WORDS[entry.action][0]}: {entry.because}")
    if decision.missing:
        yield INDENT, shown(f"not known: {', '.join(decision.missing)}", style="yellow")
    if decision.flags:
        words = ", ".join(flag.replace("_", " ") for flag in decision.flags)
        yield INDENT, shown(f"mind: {words}")
    if decision.routes:
        yield INDENT, Text("outside the store:")
    for route in decision.routes:
        day = f"until {route.last_on}" if route.last_on else "no last day is known"
        yield DEEPER, shown(f"{route.route.replace('_', ' ')}: {day}")
    clauses = ", ".join(decision.clauses) or "none"
    yield INDENT, shown(f"clauses {clauses} of edition {decision.policy}", style="dim")
