"""What every page of its kind tells of such an order, and this one does not.

A fact that is missing would be taken for "not known", as it is on many pages. Where it always
stands, its absence means that the page has changed: it is named, and the reading is not whole.
"""

from collections.abc import Iterator
from dataclasses import replace

from autoclaim.model import Order

from . import dates
from .envelope import Reply, blocks
from .joining import Facts, Glimpse
from .shapes import Json, child, items, text, texts_within

_PAID = {"awaiting_shipment", "partly_shipped", "awaiting_delivery", "completed"}
_SENT = {"awaiting_delivery"}  # what is completed may never have been sent: a code, a voucher
_ROWS = (  # of an order in one of these states: key, and what it is
    (_PAID, "payTime", "the day of payment"),
    (_PAID, "paymentMethod", "the way of paying"),
    (_SENT, "orderShipTime", "the day of shipping"),
)
UNKNOWN_ROWS = "unknownRows"  # labels of days on a page as it is shown, under a name of our own
_OF_A_LINE = ("line_id", "title", "quantity")


def on_card(facts: Facts) -> Iterator[str]:
    """Of one card of the list, read from its answer or from what it shows."""
    yield from (f"the {name}" for name in ("placed_at", "total", "seller") if name not in facts)
    yield from _status(facts)
    yield from _case(facts)


def with_unnumbered(seen: list[Glimpse], cards: int) -> list[Glimpse]:
    """The glimpses of a page, the first naming what some of its cards lack: their order."""
    if not seen or len(seen) == cards:
        return seen
    missing = f"the order of {cards - len(seen)} more"
    return [replace(seen[0], untold=(*seen[0].untold, missing)), *seen[1:]]


def on_detail(reply: Reply, facts: Facts) -> Iterator[str]:
    """Of an order's own page; an order of several sellers has no one seller."""
    several = len(blocks(reply.holds, "detail_product_block")) > 1
    wanted = ["placed_at", "total", *([] if several else ["seller"])]
    yield from (f"the {name}" for name in wanted if name not in facts)
    yield from _status(facts)
    lines = _list(facts.get("lines"))
    for line in lines:
        yield from (f"the {name} of a line" for name in _OF_A_LINE if name not in line)
    if not lines:
        yield "its lines"
    actions = facts.get("site_actions")
    if not isinstance(actions, list):
        yield "all its buttons"
    elif "track" not in actions and facts.get("status") in _SENT:
        yield "the button to its tracking"
    about = next(iter(blocks(reply.holds, "detail_simple_order_info")), {})
    yield from _promise(facts, [one for one in _services(reply) if "lines" not in one])
    yield from (f"the meaning of “{label}”" for label in texts_within(about.get(UNKNOWN_ROWS)))
    for states, key, name in _ROWS:
        if facts.get("status") in states and not text(about, key):
            yield name


def on_shown_page(facts: Facts) -> Iterator[str]:
    """Of an order's own page as it is shown, beside what its answer would have told."""
    promised = any("promised_by" in part for part in _list(facts.get("shipments")))
    if facts.get("status") in _SENT and not promised:
        yield "the promised day"


def on_tracking(reply: Reply, facts: Facts) -> Iterator[str]:
    """Of the tracking page: a state that the rules know, where there are steps."""
    module = child(reply.holds, "module") or reply.holds
    if "trackingDetailLineList" not in module:
        yield "its parcels"
    packages = items(module, "trackingDetailLineList")
    scanned = any(items(package, "detailList") for package in packages)
    yield from _promise(facts, [child(module, "fastDeliveryInfoDTO")])
    states = [part.get("state") for part in _list(facts.get("shipments"))]
    if scanned and not all(_reads({"shipments": [{"state": state}]}) for state in states):
        yield "a known state of its parcel"


def on_parcel_page(facts: Facts) -> Iterator[str]:
    """Of the tracking page as it is shown."""
    if any("carrier" not in part for part in _list(facts.get("shipments"))):
        yield "the carrier"


def on_returns(facts: Facts) -> Iterator[str]:
    """Of one card of the returns list, which unlike a case's own page tells its first day."""
    yield from on_case(facts)
    if not any("opened_at" in _dispute(one) for one in (facts, *_list(facts.get("lines")))):
        yield "the day the case was opened"


def on_case(facts: Facts) -> Iterator[str]:
    """Of a case, wherever it is told: of the order, or of one of its lines."""
    for one in (facts, *_list(facts.get("lines"))):
        yield from _case(one)


def _services(reply: Reply) -> list[Json]:
    return blocks(reply.holds, "detail_order_services")


def _promise(facts: Facts, printed: list[Json]) -> Iterator[str]:
    """A day is printed among the promises, and none of the known sentences has it."""
    promises = facts.get("site_dates")
    if isinstance(promises, dict) and "refund_if_not_delivered_by" in promises:
        return
    for sentence in (one for block in printed for one in texts_within(block)):
        if dates.holds_day(sentence):
            yield f"the meaning of the day in “{' '.join(sentence.split())[:80]}”"


def _status(facts: Facts) -> Iterator[str]:
    if facts.get("status", "unknown") == "unknown":
        yield "a known status"


def _case(facts: Facts) -> Iterator[str]:
    dispute = _dispute(facts)
    if dispute and not _reads({"dispute": dispute}):
        yield "a known state of its case"


def _dispute(facts: Facts) -> Facts:
    dispute = facts.get("dispute")
    return dispute if isinstance(dispute, dict) else {}


def _list(value: object) -> list[Facts]:
    return value if isinstance(value, list) else []


def _reads(facts: Facts) -> bool:
    order = Order.model_validate({"store": "s", "order_id": "1", **facts})
    return not any(one.unread for one in (order, *order.shipments))
