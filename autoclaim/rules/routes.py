"""Rights outside the store: listed with their last day, never decided (rules.md 5)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from autoclaim.model.decision import Action, Basis, Route
from autoclaim.model.times import Time
from autoclaim.rules.citing import EEA
from autoclaim.rules.knowing import FAULTS, Situation
from autoclaim.rules.windows import after

_PAYMENT_ROUTES = frozenset({"visa", "mastercard", "amex", "paypal", "us_fcba"})

_NEVER_WITH = frozenset({"none", "need_data", "cancel"})
_CARDS = frozenset({"visa", "mastercard", "amex", None})
_WITHDRAWAL_DAYS = 14  # Directive 2011/83/EU art. 9; Consumer Contracts Regulations 2013
_GUARANTEE_YEARS = 2  # Directive (EU) 2019/771 art. 10
_REJECT_DAYS = 30  # Consumer Rights Act 2015 s. 22
_ARBITRATION_DAYS = 20  # the store's terms of use effective 2026-07-01
_ARBITRATION_EDITION = "ed-2026-07"
_CARD_DAYS = 120  # Visa and Mastercard dispute rules, American Express
_CARD_CAP_DAYS = 540
_PAYPAL_DAYS = 180  # paypal.com/ie HELP364
_STATEMENT_DAYS = 60  # Fair Credit Billing Act, from the statement
_SECTION_75 = (Decimal(100), Decimal(30000))  # GBP: over the first, at most the second


class Outside(NamedTuple):
    """What the routes of one line are worked out from; every day is `early(t)`.

    `country` is the buyer's, else where the order is shipped to.
    """

    line: Situation
    action: Action
    reason: str | None
    country: str | None
    edition: str
    zone: ZoneInfo | None

    @property
    def fault(self) -> bool:
        """Whether the goods themselves are at fault."""
        return self.reason in FAULTS

    @property
    def paid_with(self) -> str | None:
        """What the order was paid with."""
        return self.line.order.paid_with

    @property
    def listed(self) -> bool:
        """Whether any route is listed at all."""
        if self.action in _NEVER_WITH:
            return False
        return self.reason is not None or self.action == "escalate"

    def day(self, time: Time | None, days: int = 0) -> date | None:
        """The day `days` after `time`, on the earlier of both clocks."""
        return None if time is None else after(time.early(self.zone), days)

    def routes(self) -> Iterator[Route]:
        """Every route that is listed, whatever its day."""
        yield from self._withdrawal()
        yield from self._guarantee()
        yield from self._complaint()
        if self.reason != "changed_mind":
            yield from self._payment()

    def _withdrawal(self) -> Iterator[Route]:
        if not (self.fault or self.reason == "changed_mind"):
            return
        if self.country in EEA:
            yield self._last_delivery("eu_withdrawal")
        elif self.country == "GB":
            yield self._last_delivery("uk_withdrawal")

    def _last_delivery(self, route: str) -> Route:
        """Fourteen days from the last delivery of the order, as far as it is known."""
        own = self.line.delivered_at
        if own is None:
            return Route(route, None, None)
        deliveries = [parcel.delivered_at for parcel in self.line.order.shipments]
        known = [time.early(self.zone) for time in deliveries if time is not None]
        if len(known) == len(deliveries):
            return Route(route, after(max(known), _WITHDRAWAL_DAYS), "rule")
        return Route(route, self.day(own, _WITHDRAWAL_DAYS), "estimate")

    def _guarantee(self) -> Iterator[Route]:
        delivered_at = self.line.delivered_at
        if self.fault and self.country in EEA:
            day = self.day(delivered_at)
            yield _by_rule("eu_guarantee", None if day is None else _years_after(day))
        if self.fault and self.country == "GB":
            yield _by_rule("uk_reject", self.day(delivered_at, _REJECT_DAYS))
        if self.country in EEA and self.reason == "not_received" and self.action != "wait":
            yield Route("eu_late_delivery", None, None)

    def _complaint(self) -> Iterator[Route]:
        if self.country not in EEA and self.country != "GB":
            return
        a_reason = self.reason is not None and self.reason != "changed_mind"
        if a_reason and self.action in ("closed", "escalate"):
            yield Route("consumer_centre", None, None)
        decided_at = self.line.dispute.decided_at
        if self.action == "escalate" and self.edition == _ARBITRATION_EDITION and decided_at:
            yield _by_rule("store_arbitration", self.day(decided_at, _ARBITRATION_DAYS))

    def _payment(self) -> Iterator[Route]:
        order, parcel, paid_with = self.line.order, self.line.parcel, self.paid_with
        if paid_with in ("visa", None):
            yield self._card("visa", parcel.promised_by)
        if paid_with in ("mastercard", None):
            yield self._card("mastercard", parcel.extended_to or parcel.promised_by)
        start = order.paid_at or order.placed_at
        if paid_with in ("amex", None):
            yield self._from_payment("amex", start, _CARD_DAYS, "estimate")
        if paid_with in ("paypal", None):
            yield self._from_payment("paypal", start, _PAYPAL_DAYS, "rule")
        if paid_with in _CARDS and self.country == "US":
            yield self._from_payment("us_fcba", start, _STATEMENT_DAYS, "estimate")
        if paid_with in _CARDS and self.country == "GB" and self._by_section_75():
            yield Route("uk_section75", None, None)

    def _by_section_75(self) -> bool:
        price = self.line.price
        over, most = _SECTION_75
        return price is not None and price.currency == "GBP" and over < price.amount <= most

    def _from_payment(self, route: str, start: Time | None, days: int, basis: Basis) -> Route:
        if start is None:
            return Route(route, None, None)
        sure = self.line.paid_at is not None and self.paid_with is not None
        return Route(route, self.day(start, days), basis if sure else "estimate")

    def _card(self, route: str, promised: Time | None) -> Route:
        """From the promised day or the delivery, else from payment; never after the cap."""
        order = self.line.order
        start = order.paid_at or order.placed_at
        event: Time | None = None
        if self.reason == "not_received":
            event = promised
        elif self.fault:
            event = self.line.delivered_at
        last = self.day(event, _CARD_DAYS)
        if last is None:
            return self._from_payment(route, start, _CARD_DAYS, "estimate")
        # schemes end every right so long after the payment, whatever was promised
        cap = self.day(start, _CARD_CAP_DAYS)
        if cap is not None and cap < last:
            return self._from_payment(route, start, _CARD_CAP_DAYS, "rule")
        return Route(route, last, "rule" if self.paid_with is not None else "estimate")


def _by_rule(route: str, last_on: date | None) -> Route:
    return Route(route, last_on, None if last_on is None else "rule")


def _years_after(day: date) -> date:
    """Two years later; from 29 February that is 28 February."""
    try:
        return day.replace(year=day.year + _GUARANTEE_YEARS)
    except ValueError:
        return day.replace(year=day.year + _GUARANTEE_YEARS, day=28)


def routes_outside(outside: Outside, latest_today: date) -> tuple[Route, ...]:
    """The routes still open on `latest_today`, sorted by last day (none = last), then by name."""
    if not outside.listed:
        return ()
    still = [
        route
        for route in outside.routes()
        if route.last_on is None or route.last_on >= latest_today
    ]
    still.sort(key=lambda route: (route.last_on or date.max, route.route))
    return tuple(still)


def may_end_by(line: Situation, country: str | None, last_on: date) -> bool:
    """Whether any payment route can end by `last_on`: a quick look before they are worked out."""
    earliest = line.earliest_payment_event
    in_us = "US" in (country, line.order.ship_to_country)
    # a day less, because the buyer's clock may show the day before
    soonest = (_STATEMENT_DAYS if in_us else _CARD_DAYS) - 1
    return earliest is not None and last_on >= after(earliest, soonest)


def ends_by(route: Route, last_on: date) -> bool:
    """Whether this is a payment route that ends on or before `last_on`."""
    return (
        route.route in _PAYMENT_ROUTES and route.last_on is not None and route.last_on <= last_on
    )
