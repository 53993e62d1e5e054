"""`explain` as a page of text."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from autoclaim.cli.days import until
from autoclaim.cli.tables import ACTION_WORDS
from autoclaim.cli.terminal import output, shown
from autoclaim.model import Decision
from autoclaim.runner.explain import Explained

INDENT = "  "


def print_explanation(explained: Sequence[Explained]) -> None:
    """One part per order line."""
    console = output()
    for one in explained:
        for line in _lines(one):
            console.print(line, soft_wrap=False)
        console.print()


def _lines(one: Explained) -> Iterator[Text]:
    decision = one.decision
    words, style = ACTION_WORDS[decision.action]
    number = decision.order_id + (f" line {decision.line_id}" if decision.line_id else "")
    yield Text.assemble((number, "bold"), "  ", shown(one.title))
    yield Text.assemble(INDENT, (words, style), "  ", until(decision))
    yield shown(INDENT + decision.why)
    if decision.amount:
        yield shown(f"{INDENT}amount: {decision.amount.written} {decision.amount.currency}")
    yield from _details(decision)


def _details(decision: Decision) -> Iterator[Text]:
    if decision.why_not:
        yield Text(INDENT + "not open:")
        yield from (
            shown(f"{INDENT}  {ACTION_WORDS[entry.action][0]}: {entry.because}")
            for entry in decision.why_not
        )
    if decision.missing:
        yield shown(f"{INDENT}not known: {', '.join(decision.missing)}", style="yellow")
    if decision.flags:
        yield shown(
            f"{INDENT}mind: {', '.join(flag.replace('_', ' ') for flag in decision.flags)}"
        )
    if decision.routes:
        yield Text(INDENT + "outside the store:")
        yield from (
            shown(
                f"{INDENT}  {route.route.replace('_', ' ')}: {route.last_on or 'no day is known'}"
            )
            for route in decision.routes
        )
    clauses = ", ".join(decision.clauses) or "none"
    yield shown(f"{INDENT}clauses {clauses} of edition {decision.policy}", style="dim")
