"""6.1: under which edition, or which two, a line is judged."""

from collections.abc import Iterator
from datetime import date

from autoclaim.model.facts import Order
from autoclaim.model.record import record
from autoclaim.rules.knowing import Situation
from autoclaim.rules.policies import Policies, Terms


@record
class Chosen:
    """The terms of payment, today's when a later edition is in force, and whether we guessed."""

    paid: Terms
    today: Terms | None
    assumed: bool


class Editions:
    """The editions for the lines of one document.

    `named` is the document's `policy`, used alone when given. `country` is the buyer's; where the
    order is shipped to goes before it. `today` None = `now` cannot be read, and today's edition is
    not looked at.
    """

    __slots__ = ("_chosen", "_country", "_named", "_policies", "_today")

    def __init__(
        self, policies: Policies, named: str | None, country: str | None, today: date | None
    ) -> None:
        self._policies = policies
        self._named = named
        self._country = country
        self._today = today
        self._chosen: dict[tuple[str | None, date, bool], Chosen] = {}

    def of(self, line: Situation) -> Chosen:
        """The edition of payment, and today's when it is a later one."""
        payment = line.payment
        where = line.order.ship_to_country or self._country
        # without a payment each line has its own first trace
        if payment is None:
            return self._choose(line, where)
        key = where, payment.day, line.paid_at is None
        chosen = self._chosen.get(key)
        if chosen is None:
            chosen = self._chosen[key] = self._choose(line, where)
        return chosen

    def _choose(self, line: Situation, where: str | None) -> Chosen:
        policies = self._policies
        paid_on = None if line.paid_at is None else line.paid_at.day
        if self._named is not None:
            return Chosen(policies.terms(self._named, where, paid_on), None, assumed=False)
        edition, assumed = _by_payment(line, policies, where)
        paid = policies.terms(edition, where, paid_on)
        current = None if self._today is None else policies.in_force_on(self._today, where)
        if current is None or not policies.is_later(current, edition):
            return Chosen(paid, None, assumed)
        return Chosen(paid, policies.terms(current, where, paid_on), assumed)


def _by_payment(line: Situation, policies: Policies, where: str | None) -> tuple[str, bool]:
    """The edition in force on the day of payment, and whether it is a guess."""
    payment = line.payment
    day = payment.day if payment is not None else _first_trace(line)
    if day is None:
        return policies.newest, True
    edition = policies.in_force_on(day, where)
    return (policies.oldest, True) if edition is None else (edition, payment is None)


def _first_trace(line: Situation) -> date | None:
    """The earliest day that the parcels, the cancellation or the dispute tell of."""
    return min(_traces(line, line.order), default=None)


def _traces(line: Situation, order: Order) -> Iterator[date]:
    asked = line.cancellation
    times = [asked.requested_at, asked.accepted_at, asked.refused_at, asked.closed_at]
    times.append(line.dispute.opened_at)
    for parcel in order.shipments:
        times += [parcel.shipped_at, parcel.delivered_at]
        times += [parcel.confirmed_at, parcel.completed_at]
    return (time.day for time in times if time is not None)
