"""From what the buyer says on the command line to a claim that can be filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from autoclaim.errors import NeedsPerson, WrongInput
from autoclaim.model import (
    Account,
    Claim,
    ClaimKind,
    Decision,
    Money,
    Order,
    OrderLine,
    minor_digits,
)
from autoclaim.runner.claim_of_case import case_claim, readable
from autoclaim.runner.statement import Asserted, language_of, write_statement
from autoclaim.runner.statement_facts import facts_for_statement

KIND_OF_ACTION: dict[str, ClaimKind] = {
    "cancel": "cancel",
    "dispute": "dispute",
    "return_goods": "dispute",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the buyer asked for; None = not said.

    `again`: the buyer knows that the same text or file was sent for another order, and means it.
    """

    order_id: str
    line_id: str | None = None
    kind: ClaimKind | None = None
    store_reason: str | None = None
    received: bool | None = None
    amount: str | None = None
    text: str | None = None
    files: tuple[Path, ...] = ()
    language: str | None = None
    again: bool = False
    tracking_number: str | None = None


class Draft(NamedTuple):
    """The claim to fill in, the decision it rests on, and what its statement asserts."""

    claim: Claim
    decision: Decision
    asserts: tuple[Asserted, ...] = ()


def draft_claim(
    wish: Wish, account: Account, order: Order, decisions: Sequence[Decision]
) -> Draft:
    """The claim as the buyer wishes it, with a statement of facts where there is no other.

    Raises:
        WrongInput: an amount, line or file that cannot be.
        NeedsPerson: a choice only the buyer can make.
    """
    line = _line(order, wish.line_id)
    decision = _decision(decisions, line)
    kind = wish.kind or _kind(decision)
    if kind == "cancel":
        return Draft(_cancellation(wish, account, order), decision)
    if kind in ("answer", "return_parcel"):
        return Draft(case_claim(wish, account, order, line, kind), decision)
    claim = _dispute(wish, account, order, line, decision)
    if claim.statement or claim.reason is None:
        return Draft(claim, decision)
    language = wish.language or language_of(account.country)
    facts = facts_for_statement(order, line, claim.amount, language)
    written = write_statement(claim.reason, facts, language)
    with_words = {"statement": written.text, "statement_is_ours": True}
    return Draft(claim.model_copy(update=with_words), decision, written.asserts)


def _line(order: Order, line_id: str | None) -> OrderLine | None:
    if line_id is None:
        return order.lines[0] if len(order.lines) == 1 else None
    for line in order.lines:
        if line.line_id == line_id:
            return line
    known = ", ".join(line.line_id or "?" for line in order.lines) or "none"
    raise WrongInput(f"Order {order.order_id} has no line {line_id}.", f"Its lines: {known}.")


def _decision(decisions: Sequence[Decision], line: OrderLine | None) -> Decision:
    for decision in decisions:
        if line is not None and decision.line_id == line.line_id:
            return decision
    return decisions[0]


def _kind(decision: Decision) -> ClaimKind:
    kind = KIND_OF_ACTION.get(decision.action)
    if kind is None:
        raise WrongInput(
            f"There is nothing to fill in now ({decision.action}): {decision.why}",
            "If you want the form all the same, say --cancel or --dispute.",
        )
    return kind


def _cancellation(wish: Wish, account: Account, order: Order) -> Claim:
    if wish.amount or wish.files:
        raise WrongInput(
            "A cancellation has no amount and no files: the whole order is paid back.",
            "Leave out --amount and --file.",
        )
    return Claim(
        account=account.name,
        store=order.store,
        order_id=order.order_id,
        kind="cancel",
        store_reason=wish.store_reason,
        statement=wish.text,
    )


def _dispute(
    wish: Wish, account: Account, order: Order, line: OrderLine | None, decision: Decision
) -> Claim:
    if line is None and len(order.lines) > 1:
        lines = "; ".join(f"{one.line_id} {(one.title or '')[:40]}" for one in order.lines)
        raise NeedsPerson(
            f"Order {order.order_id} has {len(order.lines)} lines; a dispute is about one.",
            f"Say which with --line: {lines}",
        )
    problem = line.problem if line else None
    reason = (problem.kind if problem else None) or decision.reason
    if reason is None and wish.store_reason is None:
        raise NeedsPerson(
            "Nobody has said what is wrong with this line.",
            f"Say it: autoclaim problem {order.order_id} --kind not_received (or another kind).",
        )
    return Claim(
        account=account.name,
        store=order.store,
        order_id=order.order_id,
        line_id=line.line_id if line else None,
        kind="dispute",
        reason=reason,
        store_reason=wish.store_reason,
        received=_received(wish, reason),
        amount=_amount(wish.amount, order, line) or decision.amount,
        statement=wish.text,
        files=readable(wish.files),
    )


def _received(wish: Wish, reason: str | None) -> bool | None:
    if wish.received is not None or reason is None:
        return wish.received
    return reason != "not_received"


def _amount(text: str | None, order: Order, line: OrderLine | None) -> Money | None:
    if text is None:
        return None
    known = (line.paid if line else None) or order.total
    digits, _, currency = text.strip().partition(" ")
    currency = currency.strip().upper() or (known.currency if known else "")
    if not currency:
        raise WrongInput(
            "The currency of this order is not known.", f'Say it with the amount: "{digits} USD".'
        )
    if known and currency != known.currency:
        raise WrongInput(
            f"The order was paid in {known.currency}, not {currency}.", "Give the amount as paid."
        )
    money = Money(amount=_number(digits, currency), currency=currency)
    if known and money.amount > known.amount:
        raise WrongInput(
            f"{digits} is more than the {known.written} {known.currency} that were paid.",
            f"Ask for at most {known.written}.",
        )
    return money


def _number(digits: str, currency: str) -> Decimal:
    wrong = WrongInput(
        f"{digits!r} is not an amount of {currency}.",
        "Write digits with a point, like 12.50.",
    )
    try:
        number = Decimal(digits)
    except InvalidOperation:
        raise wrong from None
    exponent = number.as_tuple().exponent
    if not number.is_finite() or number <= 0 or not isinstance(exponent, int):
        raise wrong
    if -exponent > minor_digits(currency):
        raise wrong
    return number
