"""The last look at a filled-in return form. Its "Submit" and "Confirm" are the buyer's.

"Submit" and "Back" were seen 2024-12-08; how the rows between them look was never public.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qs, urlsplit

from autoclaim.browser.visit import Visit
from autoclaim.model import Claim

from . import money, words
from .stage_texts import StageSeen, amounts_in, look_at_stage

_SUBMIT = "button[data-pl=buyersubmit_btn_submit]"
ITEM_TITLE = "[class*='reverse-item--title--']"
_THUMB = "[class*='upload--imageThumb--'][style*='background-image']"
# The page's own name of a row → ours.
_ROWS = {"solution": "solution", "reason": "reason", "amount": "amount", "text": "description"}
_SIGNS = {name: f"[data-review={theirs}]" for name, theirs in _ROWS.items()}
_SIGNS |= {"item": ITEM_TITLE, "files": _THUMB, "submit": _SUBMIT}


class ReviewStep:
    """Everything that will be sent, as the page shows it."""

    def __init__(
        self, visit: Visit, claim: Claim, plan: Mapping[str, str], wanted_solution: str
    ) -> None:
        self._page = visit.page
        self.claim = claim.model_copy(update={"line_id": plan["line"] or None})
        self._plan = plan
        self._wanted_solution = wanted_solution
        self._label: str | None = None

    def planned(self) -> Mapping[str, str]:
        """What the page should show; the solution in the page's own words, if it is right."""
        seen = self._look()
        self._label = seen.text("submit")
        shown_words = self._row(seen, "solution")
        if words.meaning("solutions", shown_words) == self._wanted_solution:
            return {**self._plan, "solution": shown_words or ""}
        return {**self._plan, "solution": self._wanted_solution.replace("_", " ")}

    def fields(self) -> Mapping[str, str]:
        """What it shows now, all of it at the same moment."""
        seen = self._look()
        read = {name: self._row(seen, name) for name in _ROWS}
        read["item"] = seen.text("item") or self._item_among_all(seen)
        read["line"] = line_in(self._page.url)[0]
        read["files"] = str(len(seen.texts["files"])) if seen.texts["files"] else None
        read["amount"] = self._as_money(read["amount"])
        return {name: value for name, value in read.items() if value}

    def send_label(self) -> str:
        """The words on the button that leads to the last question; only the buyer presses it."""
        return self._label or self._look().text("submit") or "Submit"

    def _look(self) -> StageSeen:
        return look_at_stage(self._page, _SIGNS)

    def _row(self, seen: StageSeen, name: str) -> str | None:
        """The row of that name; where rows have no names, what the page's own texts tell of it."""
        row = seen.text(name)
        if row is not None:
            return row
        if name == "solution":
            return _all_of(one for one in seen.pieces if words.meaning("solutions", one))
        if name == "amount":
            return self._amount_among(seen.pieces)
        return self._whole_among(seen.pieces, name)

    def _amount_among(self, pieces: list[str]) -> str | None:
        """The amounts that are shown, all of them; an amount in the buyer's own text is none."""
        own = {self._plan.get("text"), self._plan.get("item")}
        currency = self.claim.amount.currency if self.claim.amount else None
        return _all_of(amounts_in((one for one in pieces if one not in own), currency))

    def _whole_among(self, pieces: list[str], name: str) -> str | None:
        """The text that is the planned one as a whole, if it is there once for each such row."""
        rows = sum(self._plan.get(row) == self._plan.get(name) for row in ("reason", "text"))
        same = [one for one in pieces if one == self._plan.get(name)]
        return same[0] if same and len(same) >= rows else None

    def _item_among_all(self, seen: StageSeen) -> str | None:
        """The product's title where it has no name of its own: one text more than rows hold it."""
        title = self._plan.get("item")
        rows = sum(self._plan.get(row) == title for row in ("reason", "text"))
        return title if seen.all_pieces.count(title or "") > rows else None

    def _as_money(self, printed: str | None) -> str | None:
        """An amount as it is planned: digits, a blank, the currency."""
        told = money.price(printed, self.claim.amount.currency if self.claim.amount else None)
        return f"{told['amount']} {told['currency']}" if isinstance(told, dict) else told


def line_in(address: str) -> tuple[str | None, str | None]:
    """The order line and the order that the address of a return form names."""
    query = parse_qs(urlsplit(address).query)
    line, order = query.get("tradeOrderLineId"), query.get("tradeOrderId")
    return line[0] if line else None, order[0] if order else None


def _all_of(found: Iterable[str]) -> str | None:
    """The one text that was found; several different ones beside each other; None for none."""
    return "; ".join(dict.fromkeys(found)) or None
