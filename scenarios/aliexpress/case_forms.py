"""What a case page asks of the buyer: more evidence, or the number of the parcel that goes back.

The way to more evidence was seen 2024-12-08, in two dialogs; the box for the return parcel was
never captured. Either may stand in a dialog or in the page, and is found by what it must have. The
last button of either is the buyer's.
"""

import re
from collections.abc import Mapping
from functools import partial

from playwright.sync_api import ElementHandle, Locator, Page

from autoclaim.browser.visit import Visit
from autoclaim.errors import PageChanged, WrongInput
from autoclaim.model import CaseSeen, Claim
from autoclaim.model.claim import browser_length

from . import words
from .case_pages import CasePages
from .evidence_files import check_files, limits_in, until_taken
from .text_box import limit_of
from .waiting import is_shown, press, press_further, shown, until
from .whose_account import must_be_the_buyers

_DISAGREE = "[class*='cco--checkTitle--']"
_TEXT = "[class*='evidence--textarea--'], textarea"
_THUMB = "[class*='upload--imageThumb--'][style*='background-image']"
_NUMBER = "[class*='return-tracking--input--'], [role=dialog] input[type=text]"
# The part of the page that holds a box and the files, or its buttons, however it is shown.
_WITH_FILES = "xpath=ancestor::*[.//input[@type='file'] or @role='dialog' or self::body][1]"
_WITH_BUTTONS = "xpath=ancestor::*[.//button][1]"
_DRAWN_WITHIN = 8.0  # seconds, as for a button that the case's page may have


class CaseForm:
    """The page of the case that a claim is about; opened only when it is the right one."""

    def __init__(self, visit: Visit, claim: Claim) -> None:
        self._visit = visit
        seen = CasePages(visit).of_line(claim.order_id, claim.line_id)
        if seen is None:
            raise WrongInput(
                f"The store shows no case for order {claim.order_id}.",
                "Read the order again with `autoclaim scan`; nothing was done.",
            )
        self.seen: CaseSeen = seen
        self._page = visit.page
        if claim.line_id not in (None, seen.line_id):
            raise PageChanged(self._page.url, f"the case of line {claim.line_id}")
        self.claim = claim.model_copy(update={"line_id": seen.line_id})
        must_be_the_buyers(visit)

    def _case(self) -> dict[str, str]:
        return {"order": self.claim.order_id, "case": self.seen.reference or ""}

    def _case_in_front(self) -> dict[str, str]:
        """The numbers that the page's own answer gave, if it still is the page of the line."""
        if self.seen.line_id not in re.findall(r"\d{10,}", self._page.url):
            return {"order": "", "case": ""}
        return {"order": self.seen.order_id, "case": self.seen.reference or ""}

    def _only_one(self, selector: str, what: str) -> Locator:
        """The only such element that can be seen; PageChanged for none and for several."""
        found = self._page.locator(selector).filter(visible=True)
        until(self._page, lambda: is_shown(found))
        must_be_the_buyers(self._visit)  # once more, now that the page is drawn
        if found.count() != 1:
            raise PageChanged(self._page.url, what)
        return found

    def _is_missing(self, what: str, *, is_asked: bool) -> Exception:
        """Why there is no place for `what`: the case asks for it, or the store does not."""
        if is_asked:
            return PageChanged(self._page.url, f"the way to give {what}")
        return WrongInput(
            f"The store does not ask for {what} in this case ({self.seen.status_text}).",
            "Nothing was done. `autoclaim follow-up` shows how it stands.",
        )


class EvidenceDialog(CaseForm):
    """The words and pictures that the store waits for, in a dialog or in the page.

    A dialog closes itself when its last button is pressed, before anything is sent: what it held
    is then read from the closed one.
    """

    _held: ElementHandle | None = None
    _words = ""

    def fill(self) -> None:
        """Open it, write the text, add the files, and bring the last button into view."""
        self._open()
        self._write()
        self._attach()
        _last_button_by(self._text).scroll_into_view_if_needed()

    def _open(self) -> None:
        """Open it; the offer that stands before it is neither accepted nor refused by that."""
        way_in = _asks_for_more(self._page)
        button = until(self._page, lambda: shown(way_in), 8.0)
        if button is None:
            asks = "answer_by" in self.seen.facts.get("dispute", {})
            raise self._is_missing("more evidence", is_asked=asks)
        press(button)
        press(self._disagreement())
        further = words.whole_label("button_words", "more_evidence")
        press_further(self._page.locator("button").filter(has_text=further).first, further)
        self._text = self._only_one(_TEXT, "the box for more evidence")

    def _disagreement(self) -> Locator:
        """The choice that asks for another look: by its words where accepting stands beside."""
        choices = self._page.locator(_DISAGREE)
        if until(self._page, lambda: is_shown(choices)):
            if choices.filter(visible=True).count() > 1:
                choices = choices.filter(has_text=words.whole_label("button_words", "disagree"))
            choice = shown(choices)
            if choice:
                return choice
        raise PageChanged(self._page.url, "the answer that asks for another look")

    def _write(self) -> None:
        """Write the text; WrongInput names the form's limit when it is longer."""
        limit = limit_of(self._text)
        text = self.claim.statement_within(limit) or ""
        if limit is not None and browser_length(text) > limit:
            raise WrongInput(
                f"The text has {browser_length(text)} characters; the store takes {limit}.",
                "Shorten it with --text; it is never cut for you.",
            )
        self._text.fill(text)
        self._words = text

    def _attach(self) -> None:
        """Add the files, and wait until each is there."""
        form = self._form()
        inputs = form.locator("input[type=file]").first
        if self.claim.files:
            check_files(self.claim.files, limits_in(inputs, form))
        for number, file in enumerate(self.claim.files, 1):
            inputs.set_input_files(file)
            until_taken(self._page, file, partial(self._has, number))

    def planned(self) -> dict[str, str]:
        """What the form should hold."""
        files = {"files": str(len(self.claim.files))} if self.claim.files else {}
        return {**self._case(), "text": _one_line(self._words), **files}

    def fields(self) -> Mapping[str, str]:
        """What the page and the form hold now, or held when it closed."""
        if self._form().count():
            self._held = self._form().element_handle()
        form = self._held
        box = form.query_selector(_TEXT) if form else None
        if form is None or box is None:
            raise PageChanged(self._page.url, "the box for more evidence")
        pictures = len(form.query_selector_all(_THUMB))
        files = {"files": str(pictures)} if pictures else {}
        text = _one_line(box.input_value())
        return {**self._case_in_front(), "text": text, **files}

    def send_label(self) -> str:
        """The words on the form's last button; only the buyer presses it."""
        return _one_line(_last_button_by(self._text).inner_text()) or "Submit"

    def _has(self, number: int) -> bool:
        return self._form().locator(_THUMB).count() >= number

    def _form(self) -> Locator:
        return self._text.locator(_WITH_FILES)


class ParcelBox(CaseForm):
    """The box for the tracking number of the parcel that carries the goods back.

    It stands in the page, or in a dialog that closes itself when its last button is pressed.
    """

    _held: ElementHandle | None = None

    def fill(self) -> None:
        """Write the number; WrongInput when the store does not ask for one."""
        boxes, way_in = self._page.locator(_NUMBER), _asks_for_the_number(self._page)
        if not until(self._page, lambda: shown(boxes) or shown(way_in), 8.0):
            agreed = self.seen.facts.get("return", {})
            asks = bool(agreed) and "sent_at" not in agreed
            raise self._is_missing("the number of a return parcel", is_asked=asks)
        if not is_shown(boxes):
            press(way_in.filter(visible=True).first)
        self._box = self._only_one(_NUMBER, "the box for the number of the return parcel")
        number, limit = self.claim.tracking_number or "", limit_of(self._box)
        if limit is not None and browser_length(number) > limit:
            raise WrongInput(
                f"The number has {browser_length(number)} characters; the store takes {limit}.",
                "Give it as it stands on the parcel's label: --parcel NUMBER.",
            )
        self._box.fill(number)

    def planned(self) -> dict[str, str]:
        """What the box should hold."""
        return {**self._case(), "tracking number": self.claim.tracking_number or ""}

    def fields(self) -> Mapping[str, str]:
        """What the page holds now, or the box held when it closed."""
        if self._box.count():
            self._held = self._box.element_handle()
        if self._held is None:
            raise PageChanged(self._page.url, "the box for the number of the return parcel")
        number = self._held.input_value().strip()
        return {**self._case_in_front(), "tracking number": number}

    def send_label(self) -> str:
        """The words on the button that belongs to the box; only the buyer presses it."""
        return _one_line(_last_button_by(self._box).inner_text()) or "Submit"


def tell_case(visit: Visit, form: "EvidenceDialog | ParcelBox") -> CaseSeen | None:
    """Fill the form of a running case, hand it over, and reread the case.

    Raises:
        NotSent: the buyer declined, or nobody was there.
        WrongInput: the case does not ask for it.
    """
    visit.keep_evidence("the case, before")

    form.fill()
    visit.keep_evidence("the form, filled")

    visit.hand_over(form, form.planned(), form.send_label(), form.claim)

    seen = told_case(visit, form.claim)
    visit.keep_evidence("the store's answer")
    return seen


def told_case(visit: Visit, claim: Claim) -> CaseSeen | None:
    """The case, once it no longer waits for what the claim tells; else None."""
    case = CasePages(visit).of_claim(claim)
    asking = {
        "answer": _asks_for_more(visit.page),
        "return_parcel": visit.page.locator(_NUMBER).or_(_asks_for_the_number(visit.page)),
    }
    if case is None or not _is_drawn(visit.page, case) or is_shown(asking[claim.kind]):
        return None
    # What was told is an answer to the store's request; to what the case asks it is none yet.
    told = {"answer": None, "amount": None, "reason_text": None}
    return case.model_copy(update={"kind": claim.kind, **told})


def _is_drawn(page: Page, case: CaseSeen) -> bool:
    """Whether the page shows the case: its answer is there before, and no button asks by then."""
    sign = case.status_text or case.reference
    return bool(sign and until(page, lambda: is_shown(page.get_by_text(sign)), _DRAWN_WITHIN))


def _asks_for_more(page: Page) -> Locator:
    label = words.whole_label("button_words", "view_solutions")
    return page.locator("button").filter(has_text=label)


def _asks_for_the_number(page: Page) -> Locator:
    """The button that leads to the box, where the box is no part of the page."""
    label = words.whole_label("button_words", "tell_number")
    return page.locator("button").filter(has_text=label)


def _last_button_by(box: Locator) -> Locator:
    """The last of the buttons around the box, the primary one where there is one."""
    buttons = box.locator(_WITH_BUTTONS).locator("button")
    primary = buttons.and_(box.page.locator("[class*='btn-primary']"))
    return (primary if primary.count() else buttons).last


def _one_line(text: str) -> str:
    return " ".join(text.split())
