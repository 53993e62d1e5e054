"""R18: the fields that every decision has, worked out from the joined answer."""

from autoclaim.model.decision import Basis, Decision
from autoclaim.model.money import Money
from autoclaim.rules.answers import THE_PROBLEM, Amount, Answer
from autoclaim.rules.cases import Case
from autoclaim.rules.joining import Judged
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
    line, window, action = case.line, answer.window, answer.action
    reason = line.problem if answer.reason is THE_PROBLEM else answer.reason
    opens_on = answer.opens_on
    if opens_on is not None and window is not None and opens_on > window.last_on:
        opens_on = None
    reasons = Reasons(judged, None if action == "none" else reason)
    amount, unknown = _asked(case, answer)
    missing = answer.missing + judged.missing + unknown + line.unread + case.document.unread
    return Decision(
        line.order.store,
        line.order.order_id,
        line.line.line_id,
        action,
        reasons.reason,
        opens_on,
        None if window is None else window.last_on,
        None if window is None else window.safe_on,
        None if window is None else window.closes_at,
        _basis(answer) if window is None else window.basis,
        amount,
        _flags(judged, reasons),
        full_paths(missing, place) if missing else (),
        () if action == "none" else answer.clauses,
        case.terms.edition,
        reasons,
    )


def full_paths(paths: tuple[str, ...], place: int) -> tuple[str, ...]:
    """Paths within an order as paths of the document, sorted, each once."""
    full = {path if path.startswith(_OF_DOCUMENT) else f"orders[{place}].{path}" for path in paths}
    return tuple(sorted(full))


def _basis(answer: Answer) -> Basis | None:
    """The basis of an answer without a last day."""
    return None if answer.opens_on is None else answer.basis or "rule"


def _flags(judged: Judged, reasons: Reasons) -> tuple[str, ...]:
    answer, now, window = judged.answer, judged.case.now, judged.answer.window
    flags = answer.flags + judged.flags
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
