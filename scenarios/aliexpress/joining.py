"""What several pages tell of one order, put together: the more precise fills the less precise.

The detail page knows better than the list, which lags behind it; tracking knows the parcels; the
returns know which line a dispute is about. Two printed days of one promise: the earlier counts.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from . import dates

Facts = dict[str, object]

_RANK = ("card", "list", "returns", "case", "tracking", "page", "detail")
_PROMISES = {"promised_by", "refund_if_not_delivered_by"}
_LISTS = {"lines", "shipments"}


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What one page told of one order; `page` is its kind, one of the ranks.

    `goods` are product numbers by line, `inside` the parcels each product number travels in,
    `dispute_within` numbers of days and what they are counted from (`delivered`, `placed`), `at`
    when the page was read (aware), where it or the file it comes from tells, `unseen` what on it
    was never seen before, and `untold` what such a page always tells and this one does not.
    """

    page: str
    facts: Facts
    goods: Mapping[str, str] = field(default_factory=dict)
    inside: Mapping[str, list[str]] = field(default_factory=dict)
    dispute_within: tuple[tuple[str, int], ...] = ()
    at: datetime | None = None
    unseen: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()

    @property
    def order_id(self) -> str:
        """The number of the order."""
        return str(self.facts["order_id"])

    @property
    def told(self) -> Iterator[str]:
        """The names of the facts it told, as paths; those of lines and parcels once each."""
        yield from dict.fromkeys(_names(self.facts))

    @property
    def lines(self) -> list[str]:
        """The numbers of the lines it tells of."""
        return [
            str(line["line_id"]) for line in _list(self.facts.get("lines")) if "line_id" in line
        ]


def joined(glimpses: Iterable[Glimpse]) -> list[Facts]:
    """One facts object per order, in the order the orders were first seen."""
    by_order: dict[str, list[Glimpse]] = {}
    for glimpse in glimpses:
        by_order.setdefault(glimpse.order_id, []).append(glimpse)
    return [_one_order(seen) for seen in by_order.values()]


def _one_order(seen: list[Glimpse]) -> Facts:
    facts: Facts = {}
    for glimpse in sorted(seen, key=lambda glimpse: _RANK.index(glimpse.page)):
        facts = _over(facts, _fitting(glimpse, facts))
    _place_lines(facts, seen)
    _date_the_dispute(facts, [window for glimpse in seen for window in glimpse.dispute_within])
    _size_the_refunds(facts)
    _leave_to_lines(facts)
    return facts


def _fitting(glimpse: Glimpse, so_far: Facts) -> Facts:
    """The glimpse, its one parcel spread over the parcels that tracking told apart.

    The day of shipping is then left out: it is the day the last of them was sent.
    """
    parcels = so_far.get("shipments")
    told = glimpse.facts.get("shipments")
    if glimpse.page not in {"page", "detail"} or not _many(parcels) or not isinstance(told, list):
        return glimpse.facts
    common = {
        key: value
        for part in told
        for key, value in part.items()
        if key not in {"shipment_id", "shipped_at"}
    }
    spread = [{"shipment_id": part["shipment_id"], **common} for part in _list(parcels)]
    return {**glimpse.facts, "shipments": spread}


def _over(old: Facts, new: Facts) -> Facts:
    """`new` laid over `old`, key by key; a status that could not be read covers none."""
    if not old and not _LISTS & new.keys():
        return dict(new)
    facts = dict(old)
    blind = new.get("status") == "unknown" and "status" in old
    for key, value in new.items():
        if blind and key in {"status", "status_text"}:
            continue
        known = facts.get(key)
        if key in _PROMISES and isinstance(known, str) and isinstance(value, str):
            facts[key] = dates.earlier(known, value)
        elif isinstance(known, dict) and isinstance(value, dict):
            facts[key] = value if "currency" in value else _over(known, value)
        elif key in _LISTS:
            facts[key] = _by_id(_list(known), _list(value), f"{key[:-1]}_id")
        else:
            facts[key] = value
    return facts


def _by_id(old: list[Facts], new: list[Facts], name: str) -> list[Facts]:
    """Elements of the same id put together; without ids, the only one of each side."""
    if len(old) == len(new) == 1 and (name not in old[0] or name not in new[0]):
        return [_over(old[0], new[0])]
    merged = {str(part.get(name, f"?{place}")): part for place, part in enumerate(old)}
    for place, part in enumerate(new):
        key = str(part.get(name, f"?{place}"))
        merged[key] = _over(merged.get(key, {}), part)
    return list(merged.values())


def _place_lines(facts: Facts, seen: list[Glimpse]) -> None:
    """Say which parcel a line travels in, where its product lies in one parcel only."""
    goods = {line: product for glimpse in seen for line, product in glimpse.goods.items()}
    inside = {product: places for glimpse in seen for product, places in glimpse.inside.items()}
    if not inside:
        return
    present = {part["shipment_id"] for part in _list(facts.get("shipments"))}
    for line in _list(facts.get("lines")):
        parcels = set(inside.get(goods.get(str(line.get("line_id")), ""), ())) & present
        if len(parcels) == 1:
            line["shipment_id"] = next(iter(parcels))


def _date_the_dispute(facts: Facts, windows: list[tuple[str, int]]) -> None:
    """The day that "within N days after …" comes to, once the day it counts from is known."""
    arrived = [part.get("delivered_at") for part in _list(facts.get("shipments"))]
    starts = {"placed": [facts.get("placed_at")], "delivered": arrived}
    ends: str | None = None
    for counted_from, days in windows:
        for start in starts[counted_from]:
            ends = dates.earlier(ends, dates.days_after(start, days))
    if ends:
        facts["site_dates"] = {**_object(facts.get("site_dates")), "dispute_until": ends}


def _size_the_refunds(facts: Facts) -> None:
    """A refund is full when as much came back as was paid; without both sums it is not known."""
    for whole, price in [
        (facts, "total"),
        *((line, "paid") for line in _list(facts.get("lines"))),
    ]:
        refund, paid = _object(whole.get("refund")), _object(whole.get(price))
        back = _object(refund.get("paid"))
        if back and paid and "kind" not in refund and back["currency"] == paid["currency"]:
            all_of_it = Decimal(str(back["amount"])) >= Decimal(str(paid["amount"]))
            # Less than the total may still be all that was paid for one of several lines.
            if all_of_it or whole is not facts or len(_list(facts.get("lines"))) == 1:
                whole["refund"] = {**refund, "kind": "full" if all_of_it else "partial"}


def _leave_to_lines(facts: Facts) -> None:
    """What a line tells of its own dispute stands in place of the order's vaguer word."""
    if any("dispute" in line for line in _list(facts.get("lines"))):
        for key in ("dispute", "refund"):
            facts.pop(key, None)


def _names(facts: object, path: str = "") -> Iterator[str]:
    if isinstance(facts, dict) and not {"amount", "currency"} >= facts.keys() > set():
        for key, value in facts.items():
            yield from _names(value, f"{path}.{key}" if path else key)
    elif isinstance(facts, list) and facts and isinstance(facts[0], dict):
        for part in facts:
            yield from _names(part, path)
    else:
        yield path


def _many(value: object) -> bool:
    return len(_list(value)) > 1


def _object(value: object) -> Facts:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Facts]:
    return value if isinstance(value, list) else []
