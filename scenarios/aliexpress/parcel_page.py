"""The tracking page and the returns list as they are shown (DOM) → what they tell of each order.

Their days lack the year or stand in a format of their own, and codes are not shown: of a parcel
only carrier and number are read, of a case its state and the day it was opened.
"""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from . import dates, status
from .joining import Facts
from .outermost import outermost
from .shapes import known

_PARCEL_TAB = "[class*='tab-list-v2--tab--']"
_NUMBER = "[class*='logistic-info-v2--mailNoValue']"
_CARRIER = "[class*='logistic-info-v2--carrierValue']"
_CASE = "[class*='orderItem--orderItem--']"
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}(?::\d{2})?)?")


def parcels(page: LexborHTMLParser, order_id: str | None) -> Facts:
    """The order's parcel; empty without the order's number, which only the address tells.

    Of several parcels one is shown, and not which: then only the printed promise is read.
    """
    number = page.css_first(_NUMBER)
    if not order_id or number is None or page.body is None:
        return {}
    carrier = page.css_first(_CARRIER)
    parcel = {
        "shipment_id": "p1",
        "tracking_number": _joined(number),
        "carrier": _joined(carrier) if carrier else None,
    }
    lines = page.body.text(deep=True, separator="\n").split("\n")
    promised = dates.promised_days(lines, "refund_if_not_delivered_by")
    return known(
        {
            "order_id": order_id,
            "shipments": [known(parcel)] if len(page.css(_PARCEL_TAB)) <= 1 else [],
            "site_dates": known({"refund_if_not_delivered_by": promised[0] if promised else None}),
        }
    )


def cases(page: LexborHTMLParser) -> list[Facts]:
    """One entry per card of the returns list."""
    return [facts for card in outermost(page, _CASE) if (facts := _case(card))]


def _case(card: LexborNode) -> Facts:
    number = re.search(r"\d{14,19}", _text(card, "[class*='orderItem--orderSKUId--']"))
    told = _text(card, "[class*='orderItem--orderStatusDesc--']")
    opened = _ISO_DAY.search(told)
    label = _ISO_DAY.sub("", told).strip()
    if not number:
        return {}
    dispute = known(
        {
            "state": status.case_state(label),
            "opened_at": dates.day(opened[0]) if opened else None,
        }
    )
    return known({"order_id": number[0], "dispute": dispute})


def _text(node: LexborNode, selector: str) -> str:
    found = node.css_first(selector)
    return _joined(found) if found else ""


def _joined(node: LexborNode) -> str:
    return " ".join(node.text(deep=True, separator=" ").split())
