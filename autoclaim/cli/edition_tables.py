"""The tables of `policy`."""

from collections.abc import Sequence

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from autoclaim.cli.tables import ACTION_WORDS
from autoclaim.cli.terminal import output, shown
from autoclaim.model import Decision
from autoclaim.rules.policy_tables import Cited, Difference, ListedEdition, Replayed

UNSURE = {"low": "red", "medium": "yellow", "high": "green"}


def edition_table(rows: Sequence[ListedEdition]) -> None:
    """Print the editions and overlays."""
    table = _table("edition", "in force from", "values", "unconfirmed", "confidence", "title")
    for row in rows:
        table.add_row(
            row.name,
            str(row.from_day or ""),
            str(row.values),
            str(row.unconfirmed or ""),
            Text(row.confidence, UNSURE.get(row.confidence, "")),
            shown(row.title + (f" ({', '.join(row.countries)})" if row.countries else "")),
        )
    output().print(table)


def print_values(rows: Sequence[Cited]) -> None:
    """Print each value with what it rests on."""
    console = output()
    for row in rows:
        only = f" in {', '.join(row.countries)}" if row.countries else ""
        unit = " ".join(filter(None, [row.unit, row.counted_from and f"from {row.counted_from}"]))
        console.print(Text.assemble((row.name, "bold"), only, " = ", row.value, f"  ({unit})"))
        sure = f"{row.confidence}{', carried over, unconfirmed' if row.carried else ''}"
        source = row.source
        console.print(_below(f"“{source.quote}”"))
        console.print(_below(f"{source.title}, {source.clause}, read {source.retrieved}: {sure}"))
        console.print(_below(source.url))
        if row.note:
            console.print(_below(row.note))


def difference_table(rows: Sequence[Difference], before: str, after: str) -> None:
    """Print the values that differ."""
    if not rows:
        output().print(f"{before} and {after} give the same values.")
        return
    table = _table("value", before, after)
    for row in rows:
        table.add_row(row.name, row.before, row.after)
    output().print(table)


def replay_table(rows: Sequence[Replayed]) -> None:
    """Print the lines that another edition decides differently."""
    if not rows:
        output().print("No stored line would be decided differently.")
        return
    table = _table("order", "now", "last day", "edition", "then", "last day", "edition")
    for row in rows:
        table.add_row(shown(row.before.order_id), *_answer(row.before), *_answer(row.after))
    output().print(table)


def _answer(decision: Decision) -> tuple[str, str, str]:
    words = ACTION_WORDS[decision.action][0]
    return words, str(decision.last_on or ""), decision.policy


def _below(text: str) -> Padding:
    return Padding(shown(text, style="dim"), (0, 0, 0, 4))


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column in {"order", "edition"})
    return table
