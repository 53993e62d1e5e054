"""Orders that Hypothesis invents: any mixture of known, absent and unreadable facts."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from autoclaim.model import words
from tests.rules.shipped import POLICIES

Json = dict[str, Any]

FIRST = date(2025, 11, 1)
COUNTRIES = ["ES", "GB", "US", "KR", "BR", "RU", "CN", "NO"]
ZONES = ["Europe/Madrid", "Asia/Seoul", "Pacific/Honolulu", "Pacific/Kiritimati"]
OFFSETS = ["-08:00", "-07:00", "Z", "+02:00", "+14:00", ""]
UNREADABLE = [7, 2.5, "", "03/04/2026", "?", [], {}, True, None]


def days() -> st.SearchStrategy[date]:
    """Days within some months."""
    return st.integers(0, 240).map(lambda number: FIRST + timedelta(days=number))


def times() -> st.SearchStrategy[str]:
    """A day, a moment, or a moment without offset."""
    moments = st.builds(
        lambda day, hour, offset: f"{day}T{hour:02}:30:00{offset}",
        days(),
        st.integers(0, 23),
        st.sampled_from(OFFSETS),
    )
    return st.one_of(moments, days().map(str))


def prices() -> st.SearchStrategy[Json]:
    """Prices around the limits of the Fast Refund, in several currencies."""
    amounts = st.sampled_from(["0.00", "5.00", "24.99", "25.00", "100.00", "100.01", "7"])
    currencies = st.sampled_from(["USD", "EUR", "JPY", "GBP"])
    return st.builds(lambda amount, of: {"amount": amount, "currency": of}, amounts, currencies)


def words_of(literal: Any) -> st.SearchStrategy[str]:  # noqa: ANN401 - a Literal of words.py
    """A word of a closed list."""
    return st.sampled_from(literal.__args__)


def some(fields: dict[str, st.SearchStrategy[Any]], *, bad: bool) -> st.SearchStrategy[Json]:
    """An object with some of these keys; `bad` lets values be what nobody can read."""
    if bad:
        fields = {
            key: st.one_of(value, value, value, value, st.sampled_from(UNREADABLE))
            for key, value in fields.items()
        }
    return st.fixed_dictionaries({}, optional=fields)


def cases(*, bad: bool) -> dict[str, st.SearchStrategy[Any]]:
    """Cancellation, dispute, return and refund: of an order, or a line's own."""
    asked = ["requested_at", "accepted_at", "refused_at", "closed_at"]
    dispute = {
        "opened_at": times(),
        "state": words_of(words.DisputeState),
        "agreed_at": times(),
        "decided_at": times(),
        "withdrawn_at": times(),
        "offer": prices(),
        "answer_by": times(),
    }
    returned = {
        "approved_at": times(),
        "full_refund": st.booleans(),
        "sent_at": times(),
        "tracking_number": st.just("RT1"),
    }
    refund = {"kind": words_of(words.RefundKind), "paid": prices(), "paid_at": times()}
    return {
        "cancellation": some({key: times() for key in asked}, bad=bad),
        "dispute": some(dispute, bad=bad),
        "return": some(returned, bad=bad),
        "refund": some(refund, bad=bad),
    }


def lines(*, bad: bool) -> st.SearchStrategy[Json]:
    """An order line."""
    problem = {"kind": words_of(words.ProblemKind), "noticed_at": times()}
    fields = {
        "line_id": st.sampled_from(["A", "B"]),
        "shipment_id": st.sampled_from(["p1", "p2", "p9"]),
        "quantity": st.integers(1, 4),
        "quantity_received": st.integers(0, 4),
        "paid": prices(),
        "category": st.sampled_from(["accessory", "shoes"]),
        "virtual": st.booleans(),
        "gift": st.booleans(),
        "free_return": st.booleans(),
        "problem": some(problem, bad=bad),
    }
    rare = {key: value for key, value in cases(bad=bad).items() if key != "refund"}
    return some({**fields, **rare}, bad=bad)


def shipments(*, bad: bool) -> st.SearchStrategy[Json]:
    """A shipment."""
    names = ["shipped_at", "promised_by", "extended_to", "delivered_at", "confirmed_at"]
    fields = {name: times() for name in [*names, "completed_at", "last_scan_at"]}
    fields["shipment_id"] = st.sampled_from(["p1", "p2"])
    fields["tracking_number"] = st.just("LP1")
    fields["state"] = words_of(words.ParcelState)
    return some(fields, bad=bad)


def orders(*, bad: bool = False) -> st.SearchStrategy[Json]:
    """An order with up to two lines and two shipments."""
    printed = ["cancel_until", "dispute_until", "refund_if_not_delivered_by"]
    buttons = st.lists(st.sampled_from(["cancel", "open_dispute", "track"]), max_size=3)
    fields: dict[str, st.SearchStrategy[Any]] = {
        "placed_at": times(),
        "paid_at": times(),
        "paid_with": words_of(words.PaidWith),
        "total": prices(),
        "ship_to_country": st.sampled_from(COUNTRIES),
        "seller": some({"country": st.sampled_from(COUNTRIES)}, bad=bad),
        "site_dates": some({key: times() for key in printed}, bad=bad),
        "site_actions": buttons,
        "shipments": st.lists(shipments(bad=bad), max_size=2),
        "lines": st.lists(lines(bad=bad), max_size=2),
    }
    if bad:
        fields = {
            key: st.one_of(value, value, value, st.sampled_from(UNREADABLE))
            for key, value in fields.items()
        }
    fields |= cases(bad=bad)
    statuses = words_of(words.Status)
    named = {"store": st.just("examplestore"), "order_id": st.just("1"), "status": statuses}
    return st.fixed_dictionaries(named, optional=fields)


def documents(*, bad: bool = False) -> st.SearchStrategy[Json]:
    """A facts document of one order, or the same order twice."""
    buyer = {
        "level": words_of(words.Level),
        "time_zone": st.sampled_from(ZONES),
        "country": st.sampled_from(COUNTRIES),
    }
    rate = {"from": "EUR", "to": "USD", "rate": "1.10"}
    optional: dict[str, st.SearchStrategy[Any]] = {
        "policy": st.sampled_from([file.edition for file in POLICIES.editions]),
        "buyer": some(buyer, bad=bad),
        "rates": st.just([rate]),
        "holidays": st.lists(days().map(str), max_size=3),
    }
    required = {
        "now": times() if not bad else st.one_of(times(), times(), st.sampled_from(UNREADABLE)),
        "orders": st.lists(orders(bad=bad), min_size=1, max_size=2 if bad else 1),
    }
    return st.fixed_dictionaries(required, optional=optional)


@st.composite
def plausible(draw: st.DrawFn) -> Json:
    """A document whose events follow one another: paid, shipped, and often delivered."""
    paid_on = draw(days())
    shipped_on = paid_on + timedelta(days=draw(st.integers(0, 5)))
    arrived_on = shipped_on + timedelta(days=draw(st.integers(3, 40)))
    confirmed_on = arrived_on + timedelta(days=draw(st.integers(0, 10)))
    promised_by = shipped_on + timedelta(days=draw(st.integers(10, 80)))
    parcel: Json = {"shipped_at": _noon(shipped_on), "promised_by": _noon(promised_by)}
    if draw(st.booleans()):
        parcel["delivered_at"] = _noon(arrived_on)
    if draw(st.booleans()):
        parcel["confirmed_at"] = _noon(confirmed_on)
    kinds = st.one_of(st.just("not_received"), words_of(words.ProblemKind))
    line: Json = {"problem": {"kind": draw(kinds)}, "paid": draw(prices())}
    if draw(st.booleans()):
        line["free_return"] = draw(st.booleans())
    order: Json = {
        "store": "examplestore",
        "order_id": "1",
        "status": "awaiting_delivery",
        "paid_at": _noon(paid_on),
        "shipments": [parcel],
        "lines": [line],
        "seller": {"country": draw(st.sampled_from(COUNTRIES))},
    }
    if draw(st.integers(0, 4)) == 0:
        order["site_dates"] = {"dispute_until": str(draw(days()))}
    now = confirmed_on + timedelta(days=draw(st.integers(0, 60)))
    editions = [file.edition for file in POLICIES.editions]
    return {"now": _noon(now), "policy": draw(st.sampled_from(editions)), "orders": [order]}


def _noon(day: date) -> str:
    return f"{day}T12:00:00-08:00"
