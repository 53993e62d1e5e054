"""R18: the fields that every decision has, worked out from the joined answer."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from autoclaim.model.decision import Basis, Decision
from autoclaim.model.money import Money
from autoclaim.rules.answers import THE_PROBLEM, Amount, Answer
from autoclaim.rules.cases import Case
from autoclaim.rules.joining import Judged
from autoclaim.rules.knowing import Situation
from autoclaim.rules.telling import Reasons
from autoclaim.rules.windows import Now, Window

_OF_DOCUMENT = ("now", "buyer", "rates", "holidays")
_WITHOUT_AMOUNT = frozenset({"none", "closed", "need_data"})
_ENDED = frozenset({"none", "closed"})


Asked = tuple[Money | None, tuple[str, ...]]
"""What may be asked for, and the paths that would have to be known to tell it."""


def completed(judged: Judged, place: int) -> Decision:
    """The decision of contracts.md 2 for one line; `place` is its order's index."""
    answer, case = judged.answer, judged.case
    line, order, action = case.line, case.line.order, answer.action
    reason = line.problem if answer.reason is THE_PROBLEM else answer.reason
    reasons = Reasons(judged, None if action == "none" else reason)
    opens_on, last_on, safe_on, closes_at, basis = _days(answer)
    amount, unknown = _asked(case, answer)
    missing = answer.missing + judged.missing + unknown + line.unread + case.document.unread
    return Decision(
        order.store,
        order.order_id,
        line.line.line_id,
        action,
        reasons.reason,
        opens_on,
        last_on,
        safe_on,
        closes_at,
        basis,
        amount,
        _flags(judged, reasons),
        full_paths(missing, place) if missing else (),
        answer.clauses,
        case.terms.edition,
        reasons,
    )


def full_paths(paths: tuple[str, ...], place: int) -> tuple[str, ...]:
    """Paths within an order as paths of the document, sorted, each once."""
    full = {path if path.startswith(_OF_DOCUMENT) else f"orders[{place}].{path}" for path in paths}
    return tuple(sorted(full))


_Days = tuple[date | None, date | None, date | None, datetime | None, Basis | None]


def _days(answer: Answer) -> _Days:
    """The first day, the last, the safe one, the closing moment, and what they rest on."""
    opens_on, window = answer.opens_on, answer.window
    if window is None:
        return opens_on, None, None, None, None if opens_on is None else answer.basis or "rule"
    last_on = window.last_on
    if opens_on is not None and opens_on > last_on:
        opens_on = None
    return opens_on, last_on, window.safe_on, window.closes_at, window.basis


def _flags(judged: Judged, reasons: Reasons) -> tuple[str, ...]:
    answer, now = judged.answer, judged.case.now
    flags, window = answer.flags + judged.flags, answer.window
    if answer.others:
        flags += ("arguable",)
    if not now.has_offset or (window is not None and not window.start.has_offset):
        flags += ("zone_assumed",)
    if window is not None and answer.action not in _ENDED:
        flags += _flags_of_days(now, window)
        if reasons.payment_route_ends_by(window.last_on):
            flags += ("route_first",)
    return tuple(sorted(set(flags))) if len(flags) > 1 else flags


def _flags_of_days(now: Now, window: Window) -> tuple[str, ...]:
    """By the strictest count it is over, or it ends today."""
    if window.over(now):
        return ()
    flags = ("last_day",) if now.today == window.last_on else ()
    return (*flags, "at_risk") if now.latest_today > window.safe_on else flags


def _asked(case: Case, answer: Answer) -> Asked:
    return (None, ()) if answer.action in _WITHOUT_AMOUNT else _AMOUNTS[answer.amount](case.line)


def _nothing(_line: Situation) -> Asked:
    return None, ()


def _offer(line: Situation) -> Asked:
    return line.dispute.offer, ()


def _price(line: Situation) -> Asked:
    return line.price, _unknown_price(line) if line.price is None else ()


def _usual(line: Situation) -> Asked:
    return _missing_share(line) if line.problem == "missing_quantity" else _price(line)


def _unknown_price(line: Situation) -> tuple[str, ...]:
    """The path of a price that is not known; a gift needs none."""
    return () if line.line.gift is True else (line.price_path,)


def _missing_share(line: Situation) -> Asked:
    """The price of the pieces that did not come, rounded down."""
    bought, received, price = line.line.quantity, line.line.quantity_received, line.price
    if bought is None or received is None or price is None:
        unknown = () if price is not None else _unknown_price(line)
        unknown += () if bought is not None else (line.of_line("quantity"),)
        unknown += () if received is not None else (line.of_line("quantity_received"),)
        return None, unknown
    if received >= bought:
        return None, ()
    return price.share(bought - received, bought), ()


_AMOUNTS: Final[Mapping[Amount, Callable[[Situation], Asked]]] = {
    "usual": _usual,
    "price": _price,
    "agreed": _offer,
    "nothing": _nothing,
}
