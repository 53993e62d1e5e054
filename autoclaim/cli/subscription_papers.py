"""Subscriptions as a buyer sees them: the table, one in full, and what all of them cost."""

import shlex
from collections.abc import Callable, Iterator, Sequence

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from autoclaim.cli.days import BASIS_WORDS
from autoclaim.cli.terminal import output, shown
from autoclaim.model.money import Money
from autoclaim.model.subscription import SubscriptionDecision
from autoclaim.runner.subscription_totals import Totals
from autoclaim.runner.subscriptions import JudgedSubscription

ACTION_WORDS = {
    "cancel": ("cancel or keep", "bold green"),
    "escalate": ("ask money back", "bold magenta"),
    "review": ("was it charged?", "bold yellow"),
    "need_data": ("facts missing", "yellow"),
    "wait": ("wait", "cyan"),
    "closed": ("next term", "dim"),
    "none": ("nothing to do", "dim"),
}
BASIS_SENTENCES = {
    "site": "the provider's own date",
    "rule": "counted from its terms",
    "estimate": "an estimate: a fact is missing",
}
WIDE, NARROW = 100, 80
BESIDES = ("last day", "mind")  # what is left out where there is no room for all
TOO_MUCH = (*BESIDES, "renews", "price")
GAP = 2
LEAST_NAME, LEAST_MIND = 10, 16
INDENT = 2


def subscription_table(judged: Sequence[JudgedSubscription], left_out: int = 0) -> None:
    """Print subscriptions, one a row; a name is cut before a date is."""
    console = output()
    if not judged:
        console.print("No subscription." if not left_out else "Nothing is open.")
    else:
        columns: dict[str, Callable[[JudgedSubscription], Text]] = {
            "do": lambda one: Text(*ACTION_WORDS[one.decision.action]),
            "act by": _act_by,
            "last day": _last_day,
            "renews": lambda one: _day(one.decision.renews_on),
            "price": _price,
            "mind": _mind,
        }
        for name in (
            TOO_MUCH if console.width < NARROW else BESIDES if console.width < WIDE else ()
        ):
            del columns[name]
        console.print(_table(judged, columns, console.width))
    if left_out:
        console.print(Text(f"{left_out} settled or kept: --all shows them.", "dim"))


def _table(
    judged: Sequence[JudgedSubscription],
    columns: dict[str, Callable[[JudgedSubscription], Text]],
    width: int,
) -> Table:
    cells = {name: [cell(one) for one in judged] for name, cell in columns.items()}
    names = [shown(one.subscription.name) for one in judged]
    widths = {name: _width(name, column) for name, column in cells.items()}
    # What a buyer acts on is never cut: the name, and what to mind, take what room is left.
    room = width - sum(widths[name] + GAP for name in cells if name != "mind")
    most = room if "mind" not in cells else max(LEAST_NAME, room - LEAST_MIND - GAP)
    of_name = max(LEAST_NAME, min(most, _width("subscription", names)))
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("subscription", no_wrap=True, width=of_name, overflow="ellipsis")
    widths["mind"] = max(0, room - of_name - GAP)
    for name in cells:
        table.add_column(name, no_wrap=True, width=widths[name], overflow="ellipsis")
    for row in zip(names, *cells.values(), strict=True):
        table.add_row(*row)
    return table


def _width(name: str, column: Sequence[Text]) -> int:
    return max(len(name), *(cell.cell_len for cell in column))


def _act_by(one: JudgedSubscription) -> Text:
    decision = one.decision
    if decision.again_by:
        return Text(f"{decision.again_by}", "dim")
    if decision.action not in {"cancel", "wait"} or decision.safe_on is None:
        return Text()
    style = "bold red" if {"at_risk", "last_day"} & set(decision.flags) else ""
    text = Text(f"{decision.safe_on}", style)
    return text.append(f" {BASIS_WORDS.get(decision.basis or '', '')}", "dim")


def _last_day(one: JudgedSubscription) -> Text:
    return _day(one.decision.last_on if one.decision.action in {"cancel", "wait"} else None)


def _day(day: object) -> Text:
    return Text(str(day) if day else "")


def _price(one: JudgedSubscription) -> Text:
    every = one.subscription.every
    period = every.unit if every.number == 1 else str(every)
    return shown(f"{_money(one.subscription.price)} / {period}")


def _mind(one: JudgedSubscription) -> Text:
    quiet = {"cancelled", "kept", "last_day"}
    words = [flag.replace("_", " ") for flag in one.decision.flags if flag not in quiet]
    return Text(", ".join(words), "dim")


def print_subscription(judged: JudgedSubscription) -> None:
    """One subscription in full: what can be done, until when, why."""
    console = output()
    for indent, line in _lines(judged):
        console.print(Padding(line, (0, 0, 0, indent)))


def _lines(judged: JudgedSubscription) -> Iterator[tuple[int, Text]]:
    one, decision = judged.subscription, judged.decision
    words, style = ACTION_WORDS[decision.action]
    yield 0, Text.assemble(shown(one.name, style="bold"), "  ", _price(judged))
    yield INDENT, Text.assemble((words, style), "  ", _window(decision))
    yield INDENT, shown(decision.why)
    if decision.missing:
        yield INDENT, shown(f"not known: {', '.join(decision.missing)}", style="yellow")
    if decision.flags:
        flags = ", ".join(flag.replace("_", " ") for flag in decision.flags)
        yield INDENT, shown(f"mind: {flags}")
    for name in ("note", "contract", "link"):
        if value := getattr(one, name):
            yield INDENT, shown(f"{name}: {value}")


def _window(decision: SubscriptionDecision) -> str:
    if decision.last_on is None or decision.basis is None or decision.action == "none":
        return ""
    basis = BASIS_SENTENCES[decision.basis]
    if decision.action == "closed":
        return f"the last day for this term was {decision.last_on} ({basis})"
    if decision.safe_on == decision.last_on:
        return f"by {decision.last_on} ({basis})"
    return f"by {decision.safe_on} to be safe, at the latest {decision.last_on} ({basis})"


def print_totals(totals: Totals) -> None:
    """What the running ones cost: by currency, and together with the rates and their day."""
    console = output()
    for line in totals.lines():
        console.print(line)


def quoted(name: str) -> str:
    """A name as it is typed in a shell."""
    return shlex.quote(shown(name).plain)


def _money(money: Money) -> str:
    return f"{money.written} {money.currency}"
