"""The tracking answer of one order → its parcels, and which line travels in which.

The receiver's name and address are in it too; they are never read.
"""

from collections.abc import Sequence

from . import dates, words
from .envelope import Reply
from .shapes import Json, child, items, known, text, texts_within

_STATES = {
    "in_transit": "on_its_way",
    "customs_hold": "customs_hold",
    "lost": "lost",
    "returned_to_sender": "returned_to_sender",
}


def order(reply: Reply, order_id: str | None = None) -> dict[str, object]:
    """The facts of the order; `order_id` when the request does not tell it. Empty without one."""
    named = text(reply.asked, "tradeOrderId") or order_id
    module = child(reply.holds, "module") or reply.holds
    tracked = items(module, "trackingDetailLineList")
    if not named or not (tracked or module):
        return {}
    parcels = [
        {"shipment_id": f"p{place}", **seen}
        for place, package in enumerate(tracked, start=1)
        if (seen := parcel(package))
    ]
    printed = texts_within(child(module, "fastDeliveryInfoDTO"))
    refund_by: str | None = None
    for found in dates.promised_days(printed, "refund_if_not_delivered_by"):
        refund_by = dates.earlier(refund_by, found)
    return known(
        {
            "order_id": named,
            "shipments": parcels,
            "site_dates": known({"refund_if_not_delivered_by": refund_by}),
        }
    )


def goods_in_parcels(reply: Reply) -> dict[str, list[str]]:
    """Product number → the parcels it is in ("p1" …), as the page lists their contents."""
    module = child(reply.holds, "module") or reply.holds
    found: dict[str, list[str]] = {}
    for place, package in enumerate(items(module, "trackingDetailLineList"), start=1):
        for product in items(package, "packageItemList"):
            found.setdefault(text(product, "itemId") or "", []).append(f"p{place}")
    return found


def parcel(package: Json) -> dict[str, object]:
    """One parcel; empty when nothing shows that it ever left (no number, no scan)."""
    scans = items(package, "detailList")  # the newest first
    number = text(package, "mailNo") or text(package, "originMailNo")
    state, newest = _state(scans, number)
    if not number and not state:
        return {}
    return known(
        {
            "carrier": _carrier(package),
            "tracking_number": number,
            "state": state,
            "shipped_at": _moment_of(scans, "picked_up"),
            "promised_by": _promise(package),
            "delivered_at": _moment_of(scans, "signed"),
            "last_scan_at": dates.moment(text(newest, "time")),
        }
    )


def _state(scans: Sequence[Json], number: str | None) -> tuple[str | None, Json]:
    """The parcel's state and the newest scan by a carrier (empty when there is none).

    An unseen code as the newest scan comes back as it stands: it may well be the one for a lost
    parcel, and nobody has seen that one yet.
    """
    carried = [scan for scan in scans if _code(scan) and not _is(scan, "before_the_carrier")]
    signed = next((scan for scan in carried if _is(scan, "signed")), None)
    if signed is not None:
        return ("delivered_elsewhere" if _left_elsewhere(signed) else "delivered"), carried[0]
    if not carried:
        return ("no_scan" if number else None), {}
    newest = carried[0]
    told = (state for state, entry in _STATES.items() if _is(newest, entry))
    return next(told, _code(newest)), newest


def _left_elsewhere(scan: Json) -> bool:
    """Whether the words of a delivery say that it was not made at the buyer's door."""
    elsewhere = {words.plain(word) for word in words.table("tracking")["elsewhere_words"]}
    said = (text(scan, "trackingName"), text(scan, "trackingDetailDesc"))
    return any(words.plain(one or "") in elsewhere for one in said)


def _code(scan: Json) -> str:
    """The scan's own code; the two first nodes, which have none, give an empty text."""
    return text(scan, "trackingPrimaryCode") or text(scan, "trackingSecondCode") or ""


def _is(scan: Json, entry: str) -> bool:
    return words.code_pattern("tracking", entry).fullmatch(_code(scan)) is not None


def _moment_of(scans: Sequence[Json], entry: str) -> str | None:
    """The moment of the earliest scan of that meaning."""
    found = [scan for scan in scans if _is(scan, entry)]
    return dates.moment(text(found[-1], "time")) if found else None


def _promise(package: Json) -> str | None:
    """The last moment the store promised delivery for; an observed delivery is no promise."""
    eta = child(package, "etaInfo")
    if text(eta, "etaSceneCode") not in words.table("tracking")["promise"]:
        return None
    return dates.moment(text(eta, "endEtaTime"))


def _carrier(package: Json) -> str | None:
    company = child(package, "logisticsCpInfo")
    named = text(package, "logisticsCarrierName") or text(package, "logisticsCpInfo")
    return named or text(company, "cpName") or text(company, "name")
