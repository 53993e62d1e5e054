"""Money promised and money that came back: per order line, and per month."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from autoclaim.edge.rates import SOURCE, bundled_rates
from autoclaim.model import Basis, Decision, Money, Order, OrderLine, minor_digits
from autoclaim.model.times import Time
from autoclaim.model.words import PaidAs
from autoclaim.runner.listing import Judged

OWED = {"track_refund", "fast_refund", "escalate"}
# What to do next, by the state of a refund.
NEXT_STEPS = {
    "due": "The money is on its way.",
    "overdue": "The money should be here: send the prepared text to the store's support.",
    "received": "The money is back. Nothing is left to do.",
    "short": "Less came back than was promised: ask the store for the rest.",
    "credit": "It came as store credit, not as money; it may expire. If you did not choose that, "
    "ask the store's support for the way you paid.",
    "other_currency": "It came in another currency than was promised: compare them yourself.",
}


class Refund(NamedTuple):
    """Money that is, or was, to come back for an order or one of its lines.

    `promised_on` is the day of the store's or seller's word (the policy clock), `due_on` the last
    day by which it should be there; None = not known. `overdue` says that this day has passed,
    `paid_as` what came in place of money.
    """

    store: str
    order_id: str
    line_id: str | None
    title: str
    promised: Money | None
    promised_on: date | None
    due_on: date | None
    due_basis: Basis | None
    received: Money | None
    received_on: date | None
    overdue: bool
    paid_as: PaidAs | None = None

    @property
    def state(self) -> str:
        """Whether it is here, as it was promised.

        `received`; `credit` (a balance or coupon in place of money); `other_currency` (cannot be
        compared); `short` (less than promised); `overdue` or `due`.
        """
        if self.received is None and self.received_on is None:
            return "overdue" if self.overdue else "due"
        if self.paid_as:
            return "credit"
        if self.promised is None or self.received is None:
            return "received"
        if self.promised.currency != self.received.currency:
            return "other_currency"
        return "short" if self.received.amount < self.promised.amount else "received"

    def as_json(self) -> dict[str, object]:
        """One entry of `refunds --json`."""
        return {
            "store": self.store,
            "order_id": self.order_id,
            "line_id": self.line_id,
            "state": self.state,
            "promised": self.promised and self.promised.as_json(),
            "promised_on": self.promised_on and self.promised_on.isoformat(),
            "due_on": self.due_on and self.due_on.isoformat(),
            "due_basis": self.due_basis,
            "received": self.received and self.received.as_json(),
            "received_on": self.received_on and self.received_on.isoformat(),
            "paid_as": self.paid_as,
            "next_step": NEXT_STEPS[self.state],
        }


class Month(NamedTuple):
    """A month (`2026-04`) in one currency: promised in it, and received in it."""

    month: str
    currency: str
    promised: Decimal
    received: Decimal

    def as_json(self) -> dict[str, str]:
        """One entry of `months` in `refunds --json`; amounts are decimal strings."""
        return {
            "month": self.month,
            "currency": self.currency,
            "promised": format(self.promised, "f"),
            "received": format(self.received, "f"),
        }


def refunds(judged: Iterable[Judged]) -> list[Refund]:
    """Every promise and every refund, the newest first."""
    found = [refund for one in judged for refund in _of_order(one)]
    return sorted(found, key=_newest_first, reverse=True)


def months(found: Iterable[Refund], no_month: str = "unknown") -> list[Month]:
    """Sums by month and currency, oldest month first; what has no day counts under `no_month`.

    Nothing is converted: an amount is only added to amounts of its own currency.
    """
    promised: Mapping[tuple[str, str], list[Decimal]] = defaultdict(list)
    received: Mapping[tuple[str, str], list[Decimal]] = defaultdict(list)
    for one in found:
        for money, day, into in (
            (one.promised, one.promised_on or one.received_on, promised),
            (one.received, one.received_on or one.promised_on, received),
        ):
            if money is not None:
                month = f"{day:%Y-%m}" if day else no_month
                into[month, money.currency].append(money.amount)
    return [
        Month(*key, sum(promised[key], Decimal()), sum(received[key], Decimal()))
        for key in sorted({*promised, *received})
    ]


def buyers_currency(found: Iterable[Refund], named: str | None) -> str | None:
    """The currency to count in: the one named, else the one met most often; None without money."""
    met = Counter(
        money.currency for one in found for money in (one.promised, one.received) if money
    )
    most = max(sorted(met), key=met.__getitem__, default=None)
    return named or most


def in_currency(found: Sequence[Refund], currency: str | None, today: date) -> list[Refund]:
    """The refunds with their amounts in `currency`; what has no rate to it stays as it is."""
    if currency is None:
        return list(found)
    rates = bundled_rates({row.currency for row in months(found)}, currency, today)

    def converted(money: Money | None) -> Money | None:
        rate = rates.get(money.currency) if money else None
        return rate.convert(money) if rate and money else money

    return [
        one._replace(promised=converted(one.promised), received=converted(one.received))
        for one in found
    ]


def totals(found: Sequence[Refund], named: str | None, today: date) -> list[str]:
    """One sentence per currency, and where there are several one for all in the buyer's."""
    currencies = sorted({row.currency for row in months(found)})
    sentences = [f"{_added(found, {one: Decimal(1)}, one)}." for one in currencies]
    currency = buyers_currency(found, named)
    if currency is None or not set(currencies) - {currency}:
        return sentences
    rates = bundled_rates(currencies, currency, today)
    factors = {currency: Decimal(1), **{name: rate.rate for name, rate in rates.items()}}
    days = ", ".join(f"{name} {rate.on}" for name, rate in sorted(rates.items()))
    without = ", ".join(set(currencies) - set(factors))
    left_out = f" Without a rate, so left out: {without}." if without else ""
    together = f"Together {_added(found, factors, currency)}, at the rates of {days}"
    return [*sentences, f"{together} ({SOURCE}).{left_out}"]


def _added(found: Sequence[Refund], factors: Mapping[str, Decimal], currency: str) -> str:
    coming = [one.promised for one in found if one.state in {"due", "overdue"}]
    came = [one.received for one in found]
    return (
        f"{_in(coming, factors, currency)} still to come, {_in(came, factors, currency)} received"
    )


def _in(amounts: Iterable[Money | None], factors: Mapping[str, Decimal], currency: str) -> str:
    known = [
        one.amount * factors[one.currency] for one in amounts if one and one.currency in factors
    ]
    unit = Decimal(1).scaleb(-minor_digits(currency))
    return f"{sum(known, Decimal()).quantize(unit, ROUND_HALF_UP):f} {currency}"


def _of_order(judged: Judged) -> Iterator[Refund]:
    """The lines that carry their own case, and the order for the rest of them."""
    order = judged.order
    lines: Sequence[OrderLine | None] = order.lines or [None]
    rest: list[Decision] = []
    for line, decision in zip(lines, judged.decisions, strict=True):
        if line is not None and _has_case(line):
            yield from _refund(order, line, [decision])
        else:
            rest.append(decision)
    if rest and _has_case(order):
        yield from _refund(order, None, rest)


def _has_case(holder: Order | OrderLine) -> bool:
    return any((holder.cancellation, holder.dispute, holder.return_, holder.refund))


def _refund(
    order: Order, line: OrderLine | None, decisions: Sequence[Decision]
) -> Iterator[Refund]:
    holder = line or order
    paid = holder.refund
    owed = [one for one in decisions if one.action in OWED and _is_promise(holder)]
    came_back = paid is not None and (paid.paid is not None or paid.paid_at is not None)
    if not owed and not came_back:
        return
    titles = [line.title] if line else [one.title for one in order.lines]
    yield Refund(
        store=order.store,
        order_id=order.order_id,
        line_id=line.line_id if line else None,
        title=next((title for title in titles if title), ""),
        promised=added([one.amount for one in owed]) if owed else _agreed(holder),
        promised_on=_promised_on(holder),
        due_on=owed[0].last_on if owed else None,
        due_basis=owed[0].basis if owed and owed[0].last_on else None,
        received=paid.paid if paid else None,
        received_on=_day(paid.paid_at) if paid else None,
        overdue=any("overdue" in one.flags for one in owed),
        paid_as=paid.paid_as if paid else None,
    )


def _is_promise(holder: Order | OrderLine) -> bool:
    """Whether somebody said that money will come: an escalation without that is none."""
    return _promised_on(holder) is not None or (
        holder.dispute is not None and holder.dispute.state in {"agreed", "finished"}
    )


def _promised_on(holder: Order | OrderLine) -> date | None:
    """The day of the first word that money will come."""
    cancellation, dispute, return_ = holder.cancellation, holder.dispute, holder.return_
    words = [
        cancellation and (cancellation.accepted_at or cancellation.closed_at),
        return_ and return_.approved_at,
        dispute and dispute.agreed_at,
        dispute.decided_at if dispute and dispute.state == "finished" else None,
    ]
    days = [_day(word) for word in words if word]
    return min((day for day in days if day), default=None)


def _agreed(holder: Order | OrderLine) -> Money | None:
    """What was agreed on, of a refund that has come; not known where only the whole was paid."""
    if holder.dispute and holder.dispute.offer:
        return holder.dispute.offer
    full = holder.refund is not None and holder.refund.kind == "full"
    price = holder.paid if isinstance(holder, OrderLine) else holder.total
    return price if full else None


def added(amounts: Sequence[Money | None]) -> Money | None:
    """The sum when all are known and of one currency, else not known."""
    known = [one for one in amounts if one is not None]
    if len(known) != len(amounts) or len({one.currency for one in known}) != 1:
        return None
    return Money.of(format(sum((one.amount for one in known), Decimal()), "f"), known[0].currency)


def _day(time: Time | None) -> date | None:
    return time.day if time else None


def _newest_first(refund: Refund) -> tuple[date, str]:
    return (refund.received_on or refund.promised_on or date.min, refund.order_id)
