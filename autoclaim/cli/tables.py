"""The tables a buyer sees."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from rich.table import Table
from rich.text import Text

from autoclaim.cli.days import act_by, last_day
from autoclaim.cli.terminal import output, shown
from autoclaim.model import Decision, FieldCheck, Order
from autoclaim.runner.accounts import AccountState
from autoclaim.runner.follow_up import Followed

ACTION_WORDS: Mapping[str, tuple[str, str]] = {  # action -> what the buyer reads, its style
    "cancel": ("cancel", "bold green"),
    "dispute": ("open dispute", "bold green"),
    "fast_refund": ("fast refund", "bold green"),
    "return_goods": ("send it back", "bold green"),
    "escalate": ("contact store", "bold magenta"),
    "review": ("look yourself", "bold yellow"),
    "need_data": ("facts missing", "yellow"),
    "track_refund": ("refund due", "cyan"),
    "wait": ("wait", "cyan"),
    "none": ("nothing to do", "dim"),
    "closed": ("too late", "dim"),
}
WIDE = 100  # columns from which there is room for both days
GAP = 2  # columns between two cells
LEAST_TITLE = 8  # columns below which a title says nothing
Titles = Mapping[tuple[str, str | None], str]  # by order id and line id


def decision_table(decisions: Sequence[Decision], titles: Titles = MappingProxyType({})) -> None:
    """Print decisions, one row a line of an order; `titles` by (order id, line id)."""
    console = output()
    if not decisions:
        console.print("No orders. `autoclaim scan` reads them, `autoclaim import` takes files.")
        return
    columns: dict[str, Callable[[Decision], Text]] = {
        "order": lambda one: shown(one.order_id),
        "do": lambda one: Text(*ACTION_WORDS[one.action]),
        "act by": act_by,
        "last day": last_day,
        "amount": _amount,
    }
    if console.width < WIDE:
        del columns["last day"]
    cells = {name: [cell(one) for one in decisions] for name, cell in columns.items()}
    # What a buyer acts on is never cut: the title takes what room is left.
    room = console.width - sum(_width(name, column) + GAP for name, column in cells.items())
    if titles and room >= LEAST_TITLE:
        cells["what"] = [_title(one, titles, room) for one in decisions]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, column in cells.items():
        table.add_column(name, no_wrap=True, min_width=_width(name, column))
    for row in zip(*cells.values(), strict=True):
        table.add_row(*row)
    console.print(table)


def _width(name: str, column: Sequence[Text]) -> int:
    return max(len(name), *(cell.cell_len for cell in column))


def _title(decision: Decision, titles: Titles, room: int) -> Text:
    title = shown(titles.get((decision.order_id, decision.line_id)))
    title.truncate(room, overflow="ellipsis")
    return title


def field_table(checks: Iterable[FieldCheck]) -> Table:
    """Planned beside found; a difference is loud."""
    table = Table(title="What the form holds now", title_justify="left", header_style="bold")
    table.add_column("field", no_wrap=True)
    table.add_column("planned", overflow="fold")
    table.add_column("found in the page", overflow="fold")
    table.add_column("", no_wrap=True)
    for check in checks:
        mark = Text("ok", "green") if check.agrees else Text("DIFFERS", "bold white on red")
        table.add_row(shown(check.name), shown(check.planned), shown(check.found), mark)
    return table


def _amount(decision: Decision) -> Text:
    money = decision.amount
    return shown(f"{money.written} {money.currency}") if money else Text("")


def account_table(states: Sequence[AccountState]) -> None:
    """Print the accounts, when each was last read, and how old its session is."""
    console = output()
    if not states:
        console.print("No account yet. Add one: autoclaim account add STORE --email E")
        return
    table = _table("name", "store", "e-mail", "last read", "session counted")
    for state in states:
        account = state.account
        table.add_row(
            shown(account.name),
            account.store,
            shown(account.email),
            _moment(state.last_read_at, state.now),
            _moment(state.session_since, state.now),
        )
    console.print(table)
    for warning in (warning for state in states for warning in state.warnings):
        console.print(shown(f"! {warning}", style="yellow"))


def claim_table(followed: Sequence[Followed]) -> None:
    """Print the claims under way and what the store shows of each."""
    console = output()
    if not followed:
        console.print("No claim is under way.")
        return
    table = _table("claim", "order", "kind", "state", "store's reference", "store says")
    for one in followed:
        table.add_row(
            one.claim.claim_id,
            shown(one.claim.order_id),
            one.claim.kind,
            one.state.replace("_", " "),
            shown(one.seen.reference if one.seen else None),
            shown(one.seen.status_text if one.seen else "nothing"),
        )
    console.print(table)


def facts_table(orders: Sequence[Order]) -> None:
    """Print what was read of each order, in short."""
    table = _table("order", "status", "placed", "total", "lines")
    for order in orders:
        total = f"{order.total.written} {order.total.currency}" if order.total else ""
        table.add_row(
            shown(order.order_id),
            shown((order.status or "not known").replace("_", " ")),
            str(order.placed_at.day) if order.placed_at else "",
            shown(total),
            str(len(order.lines)),
        )
    output().print(table)


def column_table() -> None:
    """Print the columns of a CSV of orders; one row of the file is one order line."""
    from autoclaim.runner.csv_columns import COLUMNS

    console = output()
    console.print("The first line names the columns, in any order, separated by , or ; or tabs.")
    console.print("Each further line is one order line. An empty cell is not known. In place of a")
    console.print("day, a moment may stand: 2026-03-04T10:00:00-08:00.\n")
    width = max(map(len, COLUMNS))
    for name, column in COLUMNS.items():
        console.print(shown(f"{name:<{width}}  {column.written}: {column.means}"))


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, no_wrap=True)
    return table


def _moment(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return "never"
    return f"{moment.astimezone():%Y-%m-%d %H:%M} ({_age((now - moment).days)})"


def _age(days: int) -> str:
    return {0: "today", 1: "1 day"}.get(days, f"{days} days")
