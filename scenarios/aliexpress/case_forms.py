"""What a case page asks of the buyer: more evidence, or the number of the parcel that goes back.

The way to more evidence was seen 2024-12-08; the box for the return parcel was never captured and
is found by what it must have. The last button of either is the buyer's.
"""

import re
from collections.abc import Mapping
from functools import partial

from playwright.sync_api import ElementHandle, Locator

from autoclaim.browser.visit import Visit
from autoclaim.errors import PageChanged, StoreUnreachable, WrongInput
from autoclaim.model import CaseSeen, Claim
from autoclaim.model.claim import browser_length

from . import words
from .case_pages import CasePages
from .evidence_files import check_files, limits_in
from .waiting import is_shown, press, press_further, shown, until
from .whose_account import must_be_the_buyers

_DIALOG = ".comet-v2-modal-wrap, [role=dialog]"
_DISAGREE = "[class*='cco--checkTitle--']"
_TEXT = "[class*='evidence--textarea--']"
_THUMB = "[class*='upload--imageThumb--'][style*='background-image']"
_PARCEL = "[class*='return-tracking--input--']"
_UPLOAD_WITHIN = 30.0  # seconds, as for the form that opens a case


class CaseForm:
    """The page of the case that a claim is about; opened only when it is the right one."""

    def __init__(self, visit: Visit, claim: Claim) -> None:
        self._visit = visit
        self.claim = claim
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
        must_be_the_buyers(visit)

    def _not_asked(self, what: str) -> WrongInput:
        return WrongInput(
            f"The store does not ask for {what} in this case ({self.seen.status_text}).",
            "Nothing was done. `autoclaim follow-up` shows how it stands.",
        )


class EvidenceDialog(CaseForm):
    """The dialog for more words and pictures, where the store waits for the buyer's answer.

    It closes itself when its last button is pressed, before anything is sent: what it held is then
    read from the closed dialog.
    """

    _open_dialog: ElementHandle | None = None

    def fill(self) -> None:
        """Open it, write the text, and add the files."""
        self._open()
        self._write()
        self._attach()

    def _open(self) -> None:
        """Open it; the offer that stands before it is neither accepted nor refused by that."""
        label = words.whole_label("button_words", "view_solutions")
        way_in = self._page.locator("button").filter(has_text=label)
        button = until(self._page, lambda: shown(way_in), 8.0)
        if button is None:
            raise self._not_asked("more evidence")
        press(button)
        disagree = until(self._page, lambda: shown(self._page.locator(_DISAGREE)))
        if disagree is None:
            raise PageChanged(self._page.url, "the answer that asks for another look")
        press(disagree)
        further = words.whole_label("button_words", "more_evidence")
        press_further(self._page.locator("button").filter(has_text=further).first, further)
        if until(self._page, lambda: is_shown(self._page.locator(_TEXT))) is None:
            raise PageChanged(self._page.url, "the dialog for more evidence")

    def _write(self) -> None:
        """Write the text; WrongInput names the dialog's limit when it is longer."""
        text = self.claim.statement or ""
        box = self._box()
        limit = box.get_attribute("maxlength")
        if limit and limit.isdigit() and browser_length(text) > int(limit):
            raise WrongInput(
                f"The text has {browser_length(text)} characters; the store takes {limit}.",
                "Shorten it with --text; it is never cut for you.",
            )
        box.fill(text)

    def _attach(self) -> None:
        """Add the files, and wait until each is there."""
        dialog = self._dialog()
        inputs = dialog.locator("input[type=file]").first
        if self.claim.files:
            check_files(self.claim.files, limits_in(inputs, dialog))
        for number, file in enumerate(self.claim.files, 1):
            inputs.set_input_files(file)
            if not until(self._page, partial(self._has, number), _UPLOAD_WITHIN):
                raise StoreUnreachable(
                    f"The store did not take {file.name} within {_UPLOAD_WITHIN:.0f} seconds.",
                    "Nothing was sent. Try again, or leave the file out.",
                )

    def planned(self) -> dict[str, str]:
        """What the dialog should hold."""
        files = {"files": str(len(self.claim.files))} if self.claim.files else {}
        text = _one_line(self.claim.statement or "")
        return {"case": self.seen.reference or "", "text": text, **files}

    def fields(self) -> Mapping[str, str]:
        """What the page and the dialog hold now, or held when it closed."""
        if self._dialog().count():
            self._open_dialog = self._dialog().element_handle()
        dialog = self._open_dialog
        box = dialog.query_selector(_TEXT) if dialog else None
        if dialog is None or box is None:
            raise PageChanged(self._page.url, "the dialog for more evidence")
        pictures = len(dialog.query_selector_all(_THUMB))
        files = {"files": str(pictures)} if pictures else {}
        text = _one_line(box.input_value())
        return {"case": _number_on(self._page.url, self.seen), "text": text, **files}

    def send_label(self) -> str:
        """The words on the dialog's last button; only the buyer presses it."""
        label = self._dialog().locator(".comet-btn-primary, .comet-v2-btn-primary").last
        return _one_line(label.inner_text()) or "Submit"

    def _has(self, number: int) -> bool:
        return self._dialog().locator(_THUMB).count() >= number

    def _box(self) -> Locator:
        return self._page.locator(_TEXT).last

    def _dialog(self) -> Locator:
        return self._page.locator(_DIALOG).filter(has=self._page.locator(_TEXT)).last


class ParcelBox(CaseForm):
    """The box for the tracking number of the parcel that carries the goods back."""

    def fill(self) -> None:
        """Write the number; WrongInput when the store does not ask for one."""
        box = until(self._page, lambda: shown(self._page.locator(_PARCEL)), 8.0)
        if box is None:
            raise self._not_asked("the number of a return parcel")
        box.fill(self.claim.tracking_number or "")

    def planned(self) -> dict[str, str]:
        """What the box should hold."""
        number = self.claim.tracking_number or ""
        return {"case": self.seen.reference or "", "tracking number": number}

    def fields(self) -> Mapping[str, str]:
        """What the page holds now."""
        number = self._page.locator(_PARCEL).first.input_value().strip()
        return {"case": _number_on(self._page.url, self.seen), "tracking number": number}

    def send_label(self) -> str:
        """The words on the button beside the box; only the buyer presses it."""
        beside = self._page.locator("button").filter(visible=True)
        around = self._page.locator(f"*:has(> {_PARCEL})").locator(beside)
        return _one_line(around.first.inner_text()) if around.count() else "Submit"


def tell_case(visit: Visit, form: "EvidenceDialog | ParcelBox") -> CaseSeen | None:
    """Fill the form of a running case, hand it over, and reread the case.

    Raises:
        NotSent: the buyer declined, or nobody was there.
        WrongInput: the case does not ask for it.
    """
    visit.keep_evidence("the case, before")

    form.fill()
    visit.keep_evidence("the answer, filled")

    visit.hand_over(form, planned=form.planned(), button=form.send_label())

    seen = told_case(visit, form.claim)
    visit.keep_evidence("the store's answer")
    return seen


def told_case(visit: Visit, claim: Claim) -> CaseSeen | None:
    """The case, once it no longer waits for what the claim tells; else None."""
    case = CasePages(visit).of_claim(claim)
    label = words.whole_label("button_words", "view_solutions")
    still_asked = {
        "answer": visit.page.locator("button").filter(has_text=label),
        "return_parcel": visit.page.locator(_PARCEL),
    }
    if case is None or is_shown(still_asked[claim.kind]):
        return None
    # What was told is an answer to the store's request; to what the case asks it is none yet.
    told = {"answer": None, "amount": None, "reason_text": None}
    return case.model_copy(update={"kind": claim.kind, **told})


def _number_on(address: str, seen: CaseSeen) -> str:
    """The case's number, if the page in front still is the one of its line."""
    numbers = re.findall(r"\d{10,}", address)
    return (seen.reference or "") if seen.line_id in numbers else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
