"""R14: sending goods back without a reason, where an edition knows such returns."""

from datetime import date
from typing import NamedTuple

from autoclaim.model.decision import Action
from autoclaim.model.times import Time
from autoclaim.rules.answers import Answer, Saying
from autoclaim.rules.cases import Case
from autoclaim.rules.citing import FreeReturn
from autoclaim.rules.closing import closed
from autoclaim.rules.knowing import Situation
from autoclaim.rules.windows import Window, window


class Way(NamedTuple):
    """One way to send the goods back that may apply, with its time."""

    entry: FreeReturn
    window: Window


class Ways(NamedTuple):
    """The ways whose start is known, and the paths of what would have to be known.

    `starts` are days from which other ways count, `wanted` tells which ways apply at all.
    """

    known: list[Way]
    starts: set[str]
    wanted: set[str]


def return_without_reason(case: Case, received: Window | None) -> Answer:
    """R14, from a change of mind (`received` None) or from a received window that is over."""
    entries = case.terms.return_no_reason
    if entries is None:
        return _not_known(case, received)
    ways = _ways(case, entries)
    still = [way for way in ways.known if not way.window.over(case.now)]
    if not (ways.starts or still):
        return _over(case, [way.window for way in ways.known], received)
    earliest = min(still, key=_last_day, default=None)
    missing = tuple(sorted(ways.starts | ways.wanted))
    if missing or earliest is None:
        return _ask(earliest, missing)
    return _send_back(case, earliest, received)


def _not_known(case: Case, received: Window | None) -> Answer:
    """The edition knows no such returns."""
    if received is None:
        others: tuple[Saying, ...] = (("change_of_mind_counts",),)
        ground = Answer("R14", "closed", ("S4",), ("changed_mind",), others=others)
        return closed(case, ground, by_button=False)
    why: Saying = ("faulty_over", received.last_on)
    return closed(case, Answer("R14", "closed", ("S5",), why, received))


def _ways(case: Case, entries: tuple[FreeReturn, ...]) -> Ways:
    """The ways that may apply."""
    line = case.line
    country = line.order.seller.country if line.order.seller is not None else None
    marked, ways = line.line.free_return, Ways([], set(), set())
    if country is not None:
        entries = tuple(entry for entry in entries if entry.for_seller(country))
    elif any(entry.seller != "any" for entry in entries):
        ways.wanted.add("seller.country")
    if marked is False:
        entries = tuple(entry for entry in entries if not entry.needs_mark)
    elif marked is None and any(entry.needs_mark for entry in entries):
        ways.wanted.add(line.of_line("free_return"))
    for entry in entries:
        start, path = _start(line, entry)
        if start is None:
            ways.starts.add(path)
        else:
            ways.known.append(Way(entry, window(start, entry.days, case.now.zone)))
    return ways


def _start(line: Situation, entry: FreeReturn) -> tuple[Time | None, str]:
    if entry.counted_from == "paid_at":
        return line.paid_at, "paid_at"
    if entry.counted_from == "delivered_at":
        return line.delivered_at, line.of_parcel("delivered_at")
    return line.confirmation, line.of_parcel("confirmed_at")


def _last_day(way: Way) -> date:
    return way.window.last_on


def _over(case: Case, windows: list[Window], received: Window | None) -> Answer:
    """No way is left: the one that ended last is shown, or the received window."""
    shown = [window.opening(None) for window in windows]
    if received is not None:
        last = max([received, *shown], key=lambda window: window.last_on)
        why: Saying = ("faulty_over", last.last_on)
        return closed(case, Answer("R14", "closed", ("S5",), why, last))
    gone = max(shown, key=lambda window: window.last_on, default=None)
    why = ("return_over", gone.last_on) if gone else ("return_not_for_this",)
    return closed(case, Answer("R14", "closed", ("S4",), why, gone), by_button=False)


def _ask(earliest: Way | None, wanted: tuple[str, ...]) -> Answer:
    shown = earliest.window if earliest is not None else None
    if shown is not None:
        shown = shown._replace(basis="estimate")
    why: Saying = ("return_unknown", shown.last_on) if shown else ("return_unknown_no_day",)
    return Answer("R14", "need_data", ("S4",), why, shown, missing=wanted)


def _send_back(case: Case, way: Way, received: Window | None) -> Answer:
    delivered_at, shown = case.line.delivered_at, way.window
    own_cost = way.entry.own_cost and case.line.line.free_return is not True
    why_not: tuple[tuple[Action, Saying], ...] = ()
    if received is not None:
        why_not = (("dispute", ("dispute_over", received.last_on)),)
    return Answer(
        "R14",
        "return_goods",
        ("S4",),
        ("send_back_until", shown.last_on),
        shown,
        None if delivered_at is None else delivered_at.day,
        flags=("own_cost",) if own_cost else (),
        why_not=why_not,
    )
