"""R18: the fields that every decision has, worked out from the joined answer."""

from functools import partial
from typing import NamedTuple

from autoclaim.model.decision import Basis, Decision, Route
from autoclaim.model.money import Money
from autoclaim.rules.answers import THE_PROBLEM, Amount, Answer
from autoclaim.rules.cases import Case
from autoclaim.rules.joining import Judged
from autoclaim.rules.routes import PAYMENT_ROUTES, routes_outside
from autoclaim.rules.windows import Now
from autoclaim.rules.wording import refusals, told

_OF_DOCUMENT = ("now", "buyer", "rates", "holidays")
_WITHOUT_AMOUNT = frozenset({"none", "closed", "need_data"})
_ENDED = frozenset({"none", "closed"})

Asked = tuple[Money | None, tuple[str, ...]]


class Place(NamedTuple):
    """Where a decision stands: the order's index in the document, and its flags from outside."""

    index: int
    edition_assumed: bool


def completed(judged: Judged, place: Place) -> Decision:
    """The decision of contracts.md 2 for one line."""
    answer, case = judged.answer, judged.case
    line, window, action = case.line, answer.window, answer.action
    reason = line.problem if answer.reason is THE_PROBLEM else answer.reason
    if action == "none":
        reason = None
    opens_on = answer.opens_on
    if opens_on is not None and window is not None and opens_on > window.last_on:
        opens_on = None
    basis: Basis | None = window.basis if window is not None else None
    if window is None and opens_on is not None:
        basis = answer.basis or "rule"
    amount, unknown = _amount(case, answer)
    routes = _routes(case, action, reason)
    missing = (*answer.missing, *judged.missing, *unknown, *line.unread, *case.document.unread)
    return Decision(
        line.order.store,
        line.order.order_id,
        line.line.line_id,
        action,
        reason,
        opens_on,
        None if window is None else window.last_on,
        None if window is None else window.safe_on,
        None if window is None else window.closes_at,
        basis,
        amount,
        _flags(judged, place, routes),
        full_paths(missing, place.index) if missing else (),
        () if action == "none" else answer.clauses,
        case.terms.edition,
        routes,
        partial(told, judged),
        partial(refusals, answer),
    )


def full_paths(paths: tuple[str, ...], index: int) -> tuple[str, ...]:
    """Paths within an order as paths of the document, sorted, each once."""
    return tuple(
        sorted(
            {
                path if path.startswith(_OF_DOCUMENT) else f"orders[{index}].{path}"
                for path in paths
            }
        )
    )


def _routes(case: Case, action: str, reason: str | None) -> tuple[Route, ...]:
    line, now = case.line, case.now
    country = case.document.country or line.order.ship_to_country
    return routes_outside(
        line, action, reason, country, case.terms.edition, now.latest_today, now.zone
    )


def _flags(judged: Judged, place: Place, routes: tuple[Route, ...]) -> tuple[str, ...]:
    answer, now = judged.answer, judged.case.now
    flags = {*answer.flags, *judged.flags}
    if answer.others:
        flags.add("arguable")
    if place.edition_assumed:
        flags.add("edition_assumed")
    if not now.has_offset:
        flags.add("zone_assumed")
    if answer.window is not None:
        flags.update(_flags_of_window(answer, now, routes))
    return tuple(sorted(flags))


def _flags_of_window(answer: Answer, now: Now, routes: tuple[Route, ...]) -> tuple[str, ...]:
    window = answer.window
    if window is None:
        return ()
    assumed = () if window.start.has_offset else ("zone_assumed",)
    if answer.action in _ENDED:
        return assumed
    flags = assumed
    if not window.over(now):
        if now.latest_today > window.safe_on:
            flags = (*flags, "at_risk")
        if now.today == window.last_on:
            flags = (*flags, "last_day")
    for route in routes:
        ends_first = route.last_on is not None and route.last_on <= window.last_on
        if ends_first and route.route in PAYMENT_ROUTES:
            return (*flags, "route_first")
    return flags


def _amount(case: Case, answer: Answer) -> Asked:
    """What may be asked for, and the paths that would have to be known."""
    line = case.line
    if answer.amount is Amount.NOTHING or answer.action in _WITHOUT_AMOUNT:
        return None, ()
    if answer.amount is Amount.AGREED:
        return line.dispute.offer, ()
    share = answer.amount is Amount.USUAL and answer.action != "cancel"
    if share and line.problem == "missing_quantity":
        return _missing_share(case)
    return line.price, _price_unknown(case)


def _price_unknown(case: Case) -> tuple[str, ...]:
    line = case.line
    return () if line.price is not None or line.line.gift is True else (line.price_path,)


def _missing_share(case: Case) -> Asked:
    """The price of the pieces that did not come, rounded down."""
    line = case.line
    bought, received, price = line.line.quantity, line.line.quantity_received, line.price
    if bought is None or received is None or price is None:
        unknown = _price_unknown(case)
        unknown += () if bought is not None else (line.of_line("quantity"),)
        unknown += () if received is not None else (line.of_line("quantity_received"),)
        return None, unknown
    if received >= bought:
        return None, ()
    return price.share(bought - received, bought), ()
