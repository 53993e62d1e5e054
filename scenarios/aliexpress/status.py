"""What a status, a button or the state of a case means in the facts.

The text counts first, the number second; what was never seen is `unknown` and its text is kept.
"""

import re
from collections.abc import Iterable

from . import money, words
from .shapes import Json, child, items, text

_TAGS = re.compile(r"<[^>]*>")


def status(label: str | None, number: str | None = None) -> str:
    """The facts' word for a printed status; `number` is the store's own code beside it."""
    told = words.meaning("status", label) or words.table("status_names").get((label or "").strip())
    if isinstance(told, str):
        return told
    numbers = words.table("status_numbers")
    if number and (not label or number in numbers["alone"]):
        found: str | None = numbers["words"].get(number)
        return found or "unknown"
    return "unknown"


def refund(label: str | None) -> dict[str, object]:
    """What the status alone tells of a refund: none for an order that nobody ever paid."""
    never_paid = words.plain(label or "") in words.label_set("never_paid")
    return {"kind": "none"} if never_paid else {}


def action(button: Json) -> str | None:
    """Which of the facts' `site_actions` a button is, by its code, else by its whole label."""
    code = words.table("buttons").get(text(button, "type") or "")
    return code if isinstance(code, str) else words.meaning("button_words", text(button, "text"))


def actions(buttons: Iterable[Json]) -> list[str]:
    """The `site_actions` among the buttons, each once, sorted."""
    return sorted({found for button in buttons if (found := action(button))})


def is_seen(button: Json) -> bool:
    """Whether it is known what the button is for, be it something that does not matter here."""
    others = words.table("other_buttons")
    code = text(button, "type") in others["codes"]
    label = words.plain(text(button, "text") or "") in words.label_set("other_buttons")
    return code or label or action(button) is not None


def case_state(label: str | None) -> str | None:
    """The facts' word for the state of a case; an unseen text as it stands, so that it shows."""
    if not label:
        return None
    return words.meaning("case_states", label) or " ".join(label.split())


def refund_line(fields: Json) -> dict[str, object]:
    """The line under a card that tells how a refund stands → `dispute` and `refund` of the order.

    It tells neither which product it is about nor when; the returns pages do.
    """
    for item in items(child(fields, "exposeInfo"), "itemList"):
        for detail in items(item, "detailList"):
            title = text(detail, "title")
            if title:
                return told_by(
                    " ".join(_TAGS.sub(" ", title).split()), text(fields, "currencyCode")
                )
    return {}


def told_by(line: str | None, currency: str | None = None) -> dict[str, object]:
    """A line such as "Refund complete" or "Refund complete US $3.20", taken apart."""
    parts = (line or "").split()
    if not parts:
        return {}
    for end in range(len(parts), 0, -1):
        state = words.meaning("case_states", " ".join(parts[:end]))
        if state:
            rest = " ".join(parts[end:])
            paid = money.price(rest, currency) if state == "finished" else None
            return {"dispute": {"state": state}, **({"refund": {"paid": paid}} if paid else {})}
    return {"dispute": {"state": " ".join(parts)}}
