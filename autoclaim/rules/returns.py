"""R3: the seller approved a return; send it, then the money comes fast or in the usual time."""

from autoclaim.model.times import Time
from autoclaim.rules.answers import Answer, Saying
from autoclaim.rules.cases import Case
from autoclaim.rules.fast_refund import (
    Fit,
    fast_refund_fits,
    in_usd,
    readings_of_limit,
    through_rate,
)
from autoclaim.rules.refunds import Owed, agreed_amount, due_window, money_owed
from autoclaim.rules.windows import after, window

_TEN_DAYS = 10  # what other editions give for sending the goods back (section 8, row 35)


def return_approved(case: Case) -> Answer | None:
    """R3: `return.approved_at` is known and nothing has undone it."""
    line = case.line
    approved_at = line.return_.approved_at
    if approved_at is None or line.dispute.state == "withdrawn" or line.refund.kind == "none":
        return None
    if line.return_.tracking_number is None:
        return _send_it(case, approved_at)
    start = line.return_.sent_at or approved_at
    # what fails decides before anything is missed: the buyer is not asked in vain
    full, fit = line.return_.full_refund, fast_refund_fits(case)
    if full is False or fit.fits is False:
        return _usual_time(case, start, fit)
    if full is None or fit.fits is None:
        unknown = () if full is not None else (line.of_case("return", "full_refund"),)
        missing = (*unknown, *fit.missing)
        return Answer("R3", "need_data", ("S6",), ("fast_unknown",), missing=missing)
    return _fast(case, start, fit)


def _send_it(case: Case, approved_at: Time) -> Answer:
    days, opens_on = case.terms.return_send_days, approved_at.day
    send = None if days is None else window(approved_at, days, case.now.zone)
    if send is not None and send.over(case.now):
        why: Saying = ("return_not_sent", send.last_on)
        return Answer(
            "R3", "review", ("S6",), why, send, opens_on, amount="price", flags=("overdue",)
        )
    full = case.line.return_.full_refund
    fits = full is not False and fast_refund_fits(case).fits
    others: tuple[Saying, ...] = ()
    if send is None:
        others = (("ten_days_to_send", after(opens_on, _TEN_DAYS)),)
    return Answer(
        "R3",
        "return_goods",
        ("S6",),
        ("send_the_return", send.last_on) if send else ("send_the_return_soon",),
        send,
        opens_on,
        amount="price",
        flags=("fast_possible",) if fits else (),
        others=others,
    )


def _usual_time(case: Case, start: Time, fit: Fit) -> Answer:
    """No Fast Refund: the money is owed as after any other agreement."""
    full = case.line.return_.full_refund
    amount, unknown = agreed_amount(case)
    answer = money_owed(case, "R3", Owed(start, ("S10",), amount=amount))
    flags: tuple[str, ...] = ()
    others: tuple[Saying, ...] = ()
    if full is not False:
        flags, others = through_rate(fit)
        others += readings_of_limit(fit)
    refusal: Saying = ("fast_not_full",) if full is False else ("fast_does_not_fit",)
    return answer._replace(
        missing=unknown,
        flags=(*answer.flags, *flags),
        others=(*answer.others, *others),
        why_not=(("fast_refund", refusal),),
    )


def _fast(case: Case, start: Time, fit: Fit) -> Answer:
    amount, unknown = agreed_amount(case)
    owed = Owed(start, ("S6",), amount=amount)
    due = due_window(case, owed)
    if due is not None and due.over(case.now):
        return money_owed(case, "R3", owed)._replace(missing=unknown)
    flags, others = through_rate(fit)
    others += _reading_of_total(case, fit)
    return Answer(
        "R3",
        "fast_refund",
        ("S6",),
        ("fast_refund", due.last_on) if due else ("fast_refund_no_term",),
        due,
        start.day,
        amount=amount,
        flags=flags,
        missing=unknown,
        others=others,
    )


def _reading_of_total(case: Case, fit: Fit) -> tuple[Saying, ...]:
    """Section 8, row 28: the line fits, the whole order would not."""
    usd, _ = in_usd(case, case.line.order.total)
    if usd is None or fit.limit is None or fit.limit.keeps(usd):
        return ()
    return (("order_does_not_fit", f"{usd:f}"),)
