"""The report: one HTML file that needs nothing else, and may load nothing else."""

import base64
import hashlib
import re
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from autoclaim.edge.hostile_text import clean_text
from autoclaim.edge.private_files import make_missing_folder, write_privately

if TYPE_CHECKING:
    from markupsafe import Markup


_DAY = re.compile(r"(\d{4}-\d\d-\d\d)")


class Tile(NamedTuple):
    """A number at the top; `tone` is `urgent`, `soon`, `calm` or `good`."""

    label: str
    value: str
    tone: str
    link: str


class Card(NamedTuple):
    """Something to do now."""

    tone: str
    left: str
    action: str
    title: str
    number: str
    address: str | None
    day: str
    last_day: str
    basis: str
    closing: str
    amount: str
    why: str
    command: str


class Bar(NamedTuple):
    """A window on the timeline; `start`, `safe` and `end` are in percent of its width."""

    tone: str
    action: str
    title: str
    days: str
    start: float
    safe: float
    end: float


class Tick(NamedTuple):
    """A day on the timeline's axis, `at` percent of its width."""

    at: float
    label: str


class ClaimRow(NamedTuple):
    """A claim under way and whose clock runs until when."""

    number: str
    address: str | None
    kind: str
    state: str
    reference: str
    clock: str


class MonthRow(NamedTuple):
    """Promised and received in a month; the heights are in percent of the highest bar.

    `label` and `year` stand below its bars: the year only where another one begins.
    """

    month: str
    label: str
    year: str
    currency: str
    promised: str
    received: str
    promised_height: float
    received_height: float


class RefundRow(NamedTuple):
    """Money promised or received."""

    state: str
    title: str
    number: str
    address: str | None
    promised: str
    due: str
    received: str


class Row(NamedTuple):
    """An order line or a subscription in the table of all of them."""

    group: str  # `do`, `wait` or `over`: what the filter asks for
    account: str
    number: str
    address: str | None
    title: str
    action: str
    day: date | None
    last_day: date | None
    basis: str
    amount: str


class Page(NamedTuple):
    """Everything on the page, in words; the template decides nothing."""

    as_of: str
    ages: str
    tiles: list[Tile]
    cards: list[Card]
    waiting: list[Card]  # without a last day
    more_cards: int
    ticks: list[Tick]
    today_at: float
    bars: list[Bar]
    more_bars: int
    claims: list[ClaimRow]
    months: list[MonthRow]
    highest: list[str]  # what the highest bar of each currency stands for
    totals: list[str]
    refunds: list[RefundRow]
    orders: list[Row]  # those with something to do or to wait for
    past: list[Row]
    subscriptions: list[Row]
    costs: list[str]  # what the running ones cost together
    accounts: list[str]


def write_page(path: Path, page: Page) -> None:
    """Replace the file with the page. Raises `MachineFault`; the old file is then whole."""
    text = page_html(page)
    make_missing_folder(path.parent)
    write_privately(path, text.encode("utf-8"))


def page_html(page: Page) -> str:
    """The page as HTML; only its own style and script may run, told apart by their hashes."""
    from jinja2 import Environment
    from markupsafe import Markup

    style, script = _part("page.css"), _part("page.js")
    environment = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, finalize=_harmless
    )
    environment.filters["days_whole"] = _days_whole
    template = environment.from_string(_part("page.html"))
    # Our own two files, not a word of a store's: they are the only text that is not escaped.
    ours = {"style": Markup(style), "script": Markup(script)}  # noqa: S704
    return template.render(page=page, policy=_policy(style, script), **ours)


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _part(name: str) -> str:
    return (files("autoclaim.edge") / "report_page" / name).read_text(encoding="utf-8")


def _days_whole(text: str) -> "Markup":
    """The text with each of its days kept on one line; everything in it is escaped."""
    from markupsafe import Markup

    day = Markup('<span class="d">{}</span>')
    pieces = _DAY.split(clean_text(text))
    return Markup().join(
        day.format(piece) if place % 2 else piece for place, piece in enumerate(pieces)
    )


def _harmless(value: object) -> object:
    """A text as it may be printed: escaping keeps tags out, this keeps the unseen out."""
    # Of 50,000 texts nearly all are printable as they are, and a look is cheaper than cleaning.
    if type(value) is not str or value.isprintable():
        return value
    return clean_text(value)
