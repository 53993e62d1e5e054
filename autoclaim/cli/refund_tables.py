"""The tables of `refunds`."""

from collections.abc import Sequence

from rich.table import Table

from autoclaim.cli.terminal import output, shown
from autoclaim.model import Money
from autoclaim.runner.refunds import NEXT_STEPS, Month, Refund

STATE_STYLES = {
    "overdue": "bold red",
    "short": "bold yellow",
    "credit": "yellow",
    "other_currency": "yellow",
    "due": "cyan",
}


def refund_table(refunds: Sequence[Refund]) -> None:
    """Print what is still to come, or came short."""
    console = output()
    if not refunds:
        console.print("No promised refund is outstanding.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("order", "state", "promised", "due by", "received"):
        table.add_column(column, no_wrap=True)
    table.add_column("what", overflow="ellipsis", no_wrap=True)
    for one in refunds:
        table.add_row(
            shown(one.order_id),
            shown(one.state.replace("_", " "), style=STATE_STYLES.get(one.state, "")),
            shown(_money(one.promised)),
            str(one.due_on or ""),
            shown(_money(one.received)),
            shown(one.title),
        )
    console.print(table)
    for one in refunds:
        if one.state != "due":
            _print_next(one)


def _print_next(refund: Refund) -> None:
    text = " `autoclaim review` shows it." if refund.state == "overdue" else ""
    output().print(shown(f"{refund.order_id}: {NEXT_STEPS[refund.state]}{text}"))


def month_table(months: Sequence[Month]) -> None:
    """Print the sums by month and currency, the newest last."""
    if not months:
        return
    table = Table(box=None, pad_edge=False, header_style="bold", title_justify="left")
    table.add_column("month", no_wrap=True)
    table.add_column("promised", justify="right", no_wrap=True)
    table.add_column("received", justify="right", no_wrap=True)
    for one in months:
        sums = (f"{amount:f} {one.currency}" for amount in (one.promised, one.received))
        table.add_row(one.month, *map(shown, sums))
    output().print()
    output().print(table)


def _money(amount: Money | None) -> str:
    return f"{amount.written} {amount.currency}" if amount else ""
