"""From what the buyer says on the command line to a claim that can be filled in."""

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
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
from autoclaim.runner.claim_request import ClaimRequest
from autoclaim.runner.statement import Asserted, language_of, write_statement
from autoclaim.runner.statement_facts import facts_for_statement

KIND_OF_ACTION: dict[str, ClaimKind] = {
    "cancel": "cancel",
    "dispute": "dispute",
    "return_goods": "dispute",
}


class Draft(NamedTuple):
    """The claim to fill in, the decision it rests on, and what its statement asserts."""

    claim: Claim
    decision: Decision
    asserts: tuple[Asserted, ...] = ()


def draft_claim(
    request: ClaimRequest,
    account: Account,
    order: Order,
    decisions: Sequence[Decision],
    gathered: Sequence[OrderLine] = (),
) -> Draft:
    """The claim as the buyer asks for it, with a statement of facts where there is no other.

    What is wrong with the `gathered` lines of the order is told after that.

    Raises:
        WrongInput: an amount, line or file that cannot be.
        NeedsPerson: a choice only the buyer can make.
    """
    line = line_named(order, request.line_id)
    decision = _decision(decisions, line, request.kind)
    kind = request.kind or _kind(decision)
    if kind == "cancel":
        return Draft(_cancellation(request, account, order), decision)
    if kind in ("answer", "return_parcel"):
        return Draft(case_claim(request, account, order, line, kind), decision)
    claim = _dispute(request, account, order, line, decision)
    if claim.statement or claim.reason is None:
        return Draft(claim, decision)
    language = request.language or language_of(account.country)
    facts = facts_for_statement(order, line, claim.amount, language)
    written = write_statement(claim.reason, facts, language)
    others = [one for other in gathered for one in _briefly(order, other, language)]
    text = " ".join([written.text, *(one.value for one in others)])
    with_words = {"statement": text, "statement_is_ours": True}
    return Draft(claim.model_copy(update=with_words), decision, (*written.asserts, *others))


def _briefly(order: Order, line: OrderLine, language: str) -> Iterator[Asserted]:
    """What is wrong with another line, in one sentence, and the buyer's note."""
    kind = line.problem.kind if line.problem else None
    if kind is None:
        return
    facts = facts_for_statement(order, line, None, language)
    said = [write_statement(kind, facts, language).sentences[0].text, facts.get("note", "")]
    words = " ".join(one for one in said if one)
    yield Asserted("problem of another line", f"“{line.title or line.line_id}”: {words}", "you")


def line_named(order: Order, line_id: str | None) -> OrderLine | None:
    """The line of that number, else the only one; None = the whole order.

    Raises:
        WrongInput: there is no such line.
    """
    if line_id is None:
        return order.lines[0] if len(order.lines) == 1 else None
    for line in order.lines:
        if line.line_id == line_id:
            return line
    known = ", ".join(line.line_id or "?" for line in order.lines) or "none"
    raise WrongInput(f"Order {order.order_id} has no line {line_id}.", f"Its lines: {known}.")


def _decision(
    decisions: Sequence[Decision], line: OrderLine | None, kind: ClaimKind | None
) -> Decision:
    """The line's decision; of a whole order the first that advises what is asked for."""
    if line is not None:
        return next((one for one in decisions if one.line_id == line.line_id), decisions[0])
    advised = (one for one in decisions if KIND_OF_ACTION.get(one.action) == (kind or "cancel"))
    return next(advised, decisions[0])


def _kind(decision: Decision) -> ClaimKind:
    kind = KIND_OF_ACTION.get(decision.action)
    if kind is None:
        raise WrongInput(
            f"There is nothing to fill in now ({decision.action}): {decision.why}",
            "If you want the form all the same, say --cancel or --dispute.",
        )
    return kind


def _cancellation(request: ClaimRequest, account: Account, order: Order) -> Claim:
    if request.amount or request.files:
        raise WrongInput(
            "A cancellation has no amount and no files: the whole order is paid back.",
            "Leave out --amount and --file.",
        )
    return Claim(
        account=account.name,
        store=order.store,
        order_id=order.order_id,
        kind="cancel",
        store_reason=request.store_reason,
        statement=request.text,
    )


def _dispute(
    request: ClaimRequest,
    account: Account,
    order: Order,
    line: OrderLine | None,
    decision: Decision,
) -> Claim:
    problem = line.problem if line else None
    reason = (problem.kind if problem else None) or decision.reason
    if reason is None and request.store_reason is None:
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
        store_reason=request.store_reason,
        received=_received(request, reason),
        amount=_amount(request.amount, order, line) or decision.amount,
        statement=request.text,
        files=readable(request.files),
    )


# What the buyer says when naming the problem; a change of mind says nothing of where it is.
_SAYS_RECEIVED = {"not_received": False, "changed_mind": None}


def _received(request: ClaimRequest, reason: str | None) -> bool | None:
    if request.received is not None or reason is None:
        return request.received
    return _SAYS_RECEIVED.get(reason, True)


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
