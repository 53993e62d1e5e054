"""The last look at a filled-in return form. Its "Submit" and "Confirm" are the buyer's.

"Submit" and "Back" were seen 2024-12-08; how the rows between them look was never public.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator

from autoclaim.browser.visit import Visit
from autoclaim.model import Claim

from . import money, words
from .stage_texts import amounts_in, pieces_in
from .waiting import shown_text

_STAGE = "[class*='reverse-stage--']"
_SUBMIT = "button[data-pl=buyersubmit_btn_submit]"
ITEM_TITLE = "[class*='reverse-item--title--']"
_ITEM = "[class*='reverse-item--']"
_NOTHING = ":not(*)"
_THUMB = "[class*='upload--imageThumb--'][style*='background-image']"
# The page's own name of a row → ours.
_ROWS = {"solution": "solution", "reason": "reason", "amount": "amount", "text": "description"}


class ReviewStep:
    """Everything that will be sent, as the page shows it."""

    def __init__(
        self, visit: Visit, claim: Claim, plan: Mapping[str, str], wanted_solution: str
    ) -> None:
        self._page = visit.page
        self._claim = claim
        self._plan = plan
        self._wanted_solution = wanted_solution

    def planned(self) -> Mapping[str, str]:
        """What the page should show; the solution in the page's own words, if it is right."""
        shown_words = self._row("solution")
        if words.meaning("solutions", shown_words) == self._wanted_solution:
            return {**self._plan, "solution": shown_words or ""}
        return {**self._plan, "solution": self._wanted_solution.replace("_", " ")}

    def fields(self) -> Mapping[str, str]:
        """What it shows now."""
        read = {name: self._row(name) for name in _ROWS}
        read["item"] = shown_text(self._page.locator(ITEM_TITLE)) or self._item_among_all()
        read["line"] = line_in(self._page.url)[0]
        pictures = self._page.locator(_THUMB).count()
        read["files"] = str(pictures) if pictures else None
        read["amount"] = self._as_money(read["amount"])
        return {name: value for name, value in read.items() if value}

    def send_label(self) -> str:
        """The words on the button that leads to the last question; only the buyer presses it."""
        return shown_text(self._page.locator(_SUBMIT)) or "Submit"

    def _row(self, name: str) -> str | None:
        """The row of that name; where rows have no names, what the page's own texts tell of it."""
        row = shown_text(self._page.locator(f"[data-review={_ROWS[name]}]"))
        if row is not None:
            return row
        pieces = pieces_in(self._stage(), _ITEM)
        if name == "solution":
            return _all_of(one for one in pieces if words.meaning("solutions", one))
        if name == "amount":
            return self._amount_among(pieces)
        return self._whole_among(pieces, name)

    def _amount_among(self, pieces: list[str]) -> str | None:
        """The amounts that are shown, all of them; an amount in the buyer's own text is none."""
        own = {self._plan.get("text"), self._plan.get("item")}
        currency = self._claim.amount.currency if self._claim.amount else None
        return _all_of(amounts_in((one for one in pieces if one not in own), currency))

    def _whole_among(self, pieces: list[str], name: str) -> str | None:
        """The text that is the planned one as a whole, if it is there once for each such row."""
        rows = sum(self._plan.get(row) == self._plan.get(name) for row in ("reason", "text"))
        same = [one for one in pieces if one == self._plan.get(name)]
        return same[0] if same and len(same) >= rows else None

    def _item_among_all(self) -> str | None:
        """The product's title where it has no name of its own: one text more than rows hold it."""
        title = self._plan.get("item")
        rows = sum(self._plan.get(row) == title for row in ("reason", "text"))
        return title if pieces_in(self._stage(), _NOTHING).count(title or "") > rows else None

    def _stage(self) -> Locator:
        stage = self._page.locator(_STAGE)
        return stage.first if stage.count() else self._page.locator("body")

    def _as_money(self, printed: str | None) -> str | None:
        """An amount as it is planned: digits, a blank, the currency."""
        told = money.price(printed, self._claim.amount.currency if self._claim.amount else None)
        return f"{told['amount']} {told['currency']}" if isinstance(told, dict) else told


def line_in(address: str) -> tuple[str | None, str | None]:
    """The order line and the order that the address of a return form names."""
    query = parse_qs(urlsplit(address).query)
    line, order = query.get("tradeOrderLineId"), query.get("tradeOrderId")
    return line[0] if line else None, order[0] if order else None


def _all_of(found: Iterable[str]) -> str | None:
    """The one text that was found; several different ones beside each other; None for none."""
    return "; ".join(dict.fromkeys(found)) or None
