"""The form that asks for money back, in the tab it opens in, up to the last look before Submit.

The branch "not received" was seen 2024-12-08; its amount field, the other branch and all limits
were never public, so all is read from the form itself: options, maximum, `maxlength`, `accept`.
"""

from collections.abc import Iterable
from functools import partial

from playwright.sync_api import Locator

from autoclaim.browser.visit import Visit
from autoclaim.errors import NeedsPerson, PageChanged, WrongInput
from autoclaim.model import Claim, FormOffer, Money, OrderLine
from autoclaim.model.claim import browser_length

from . import money, words
from .answers import must_be_signed_in
from .evidence_files import Limits, check_files, limits_in, until_taken
from .reason_choice import ReasonChoice, wanted_reason
from .return_offer import offer_of
from .review_step import ITEM_TITLE, ReviewStep, line_in
from .text_box import limit_of
from .waiting import press, seen_at, shown, until_seen
from .whose_account import ASKS_AGAIN, it_asks_for_the_password, must_be_of_the_account

_CARD = "button[data-code], [class*='solution--card--']"
_REASON_FIELD = "[class*='field--reason--']"
_SOLUTION_FIELD = "[class*='field--solution--']"
_ANY_CHOICE = "label:has(input[type=radio]), option, [role=combobox], [class*='select-selection']"
_AMOUNT = "[class*='amount--input--'], input[inputmode=decimal]"
_AMOUNT_MOST = "[class*='amount--max--']"
_TEXT = "[class*='commet--textarea--'], textarea"
_FILES = "input[type=file]"
_FILES_FIELD = "[class*='field--files--'], label:has(input[type=file])"
_THUMB = "[class*='upload--imageThumb--']"
_ERROR = ".comet-v2-form-item-error, [role=alert], .order-error"
_SUBMIT = "button[data-pl=buyersubmit_btn_submit]"
# What tells how far the form is, and what its details begin with.
_SIGNS = {
    "yes": f":is({_CARD})[data-code=true]",
    "no": f":is({_CARD})[data-code=false]",
    "solution cards": f":is({_CARD}):is([data-code=refund_only], [data-code=return_and_refund])",
    "text": _TEXT,
    "amount": _AMOUNT,
    "most": _AMOUNT_MOST,
    "error": _ERROR,
    "solution": _SOLUTION_FIELD,
    "reason": _REASON_FIELD,
    "submit": _SUBMIT,
    "password": ASKS_AGAIN,
    "item": ITEM_TITLE,
}
_THERE = {"choices": _ANY_CHOICE}


class ReturnForm:
    """The filled-in part of the form, in the tab in front; `review()` leads to the last look.

    `line` is the line as the order's own answer has it, never as the tab names it.
    """

    def __init__(self, visit: Visit, claim: Claim, line: OrderLine) -> None:
        self._visit = visit
        self._page = visit.page
        self._claim = claim
        self._plan: dict[str, str] = {"line": line.line_id or ""}
        if line.title:
            self._plan["item"] = _one_line(line.title)
        self._seen: dict[str, list[str]] = {}

    def reach(self) -> None:
        """Answer the questions that come before the fields.

        Raises:
            PageChanged: the tab is about another order or line, or is no such form.
            WrongInput: the store's own words why there is no form for this line.
        """
        self._must_be_about_the_claim()
        stage: str | None = None
        for _ in range(3):
            stage = self._stage_after(stage)
            self._must_be_about_the_claim()  # once more, now that it is drawn
            if stage == "details":
                return
            if stage == "received":
                self._say_received()
            elif stage == "solution":
                self._choose_solution_card()
            else:
                break
        raise self._unlike()

    def choose_solution(self) -> None:
        """Choose refund only, or the return, where the form asks beside the other fields."""
        if not self._seen["solution"]:
            self._must_not_ask_for_solution()
            return
        choice = ReasonChoice(self._page.locator(_SOLUTION_FIELD).first)
        wanted = self._wanted_solution()
        fitting = [one for one in choice.offered() if words.meaning("solutions", one) == wanted]
        if len(fitting) != 1:
            raise PageChanged(self._page.url, f"the solution {wanted}")
        choice.choose(fitting[0])
        self._look()  # what it asks for beside it may depend on it

    def _must_not_ask_for_solution(self) -> None:
        """A form that asks begins with one of them: not found is not the same as not asked."""
        if any(words.meaning("solutions", choice) for choice in self._seen["choices"]):
            raise PageChanged(self._page.url, "the choice between money and return")

    def choose_reason(self) -> None:
        """Choose the reason the claim means."""
        reasons = self._reasons()
        self._plan["reason"] = wanted_reason(self._claim, reasons.offered())
        reasons.choose(self._plan["reason"])
        self._look()

    def ask_for_amount(self) -> None:
        """Write the amount; WrongInput names the form's maximum when it is more."""
        amount = self._claim.amount
        if amount is None:
            return
        most = self.maximum()
        if most and (most.currency != amount.currency or amount.amount > most.amount):
            raise WrongInput(
                f"The store gives back at most {most.written} {most.currency} for this line, "
                f"not {amount.written} {amount.currency}.",
                f"Ask for that or less: --amount {most.written}",
            )
        self._plan["amount"] = f"{amount.written} {amount.currency}"
        if self._seen["amount"]:
            self._page.locator(_AMOUNT).filter(visible=True).first.fill(amount.written)

    def describe(self) -> None:
        """Write the statement; WrongInput names the form's limit when it is longer."""
        if not self._claim.statement:
            return
        box = self._text_box()
        limit = limit_of(box)
        statement = self._claim.statement_within(limit)
        if not statement:
            return
        length = browser_length(statement)
        if limit is not None and length > limit:
            raise WrongInput(
                f"The text has {length} characters; the store's form takes {limit}.",
                "Shorten it with --text; your own words are never cut.",
            )
        box.fill(statement)
        self._plan["text"] = _one_line(statement)

    def attach(self) -> None:
        """Add the files and wait until each is there.

        Raises:
            WrongInput: a file the form does not take.
            StoreUnreachable: the store did not take it in time.
        """
        files = self._claim.files
        if not files:
            return
        check_files(files, self._file_limits())
        box = self._page.locator(_FILES).first
        for number, file in enumerate(files, 1):
            box.set_input_files(file)
            until_taken(self._page, file, partial(self._uploaded, number))
        self._plan["files"] = str(len(files))

    def review(self) -> ReviewStep:
        """Press "Next step", which shows everything once more before the store's Submit.

        Raises:
            WrongInput: the store's own words why it does not take the form.
        """
        label = words.whole_label("button_words", "next_step")
        button = shown(self._page.locator("button").filter(has_text=label))
        if button is None:
            raise PageChanged(self._page.url, "the button “Next step”")
        press(button)
        if until_seen(self._page, f"{_SUBMIT}, {_ERROR}", self._last_look) != "submit":
            raise self._unlike()
        return ReviewStep(self._visit, self._claim, self._plan, self._wanted_solution())

    def offer(self) -> FormOffer:
        """What the form offers and where its limits are; nothing is filled."""
        return offer_of(
            self._page,
            self._reasons().offered(),
            self._file_limits(),
            maximum=self.maximum(),
            statement_limit=limit_of(self._text_box()),
        )

    def maximum(self) -> Money | None:
        """The most the form gives back; None when it does not say."""
        printed = _first(self._seen["most"])
        currency = self._claim.amount.currency if self._claim.amount else None
        told = money.price(printed, None)
        if not isinstance(told, dict):
            told = money.price(printed, currency)
        return Money.of(**told) if isinstance(told, dict) else None

    def _last_look(self) -> str | None:
        seen = self._look()
        return "submit" if seen["submit"] else _first(seen["error"])

    def _stage_after(self, before: str | None) -> str | None:
        """The next stage; the one before stands until the store has answered."""

        def other() -> str | None:
            stage = self._stage()
            return None if stage == before else stage

        return until_seen(self._page, f"{_CARD}, {_TEXT}, {_ERROR}", other)

    def _stage(self) -> str | None:
        seen = self._look()
        if seen["yes"] and seen["no"]:
            return "received"
        if seen["solution cards"]:
            return "solution"
        if seen["text"]:
            return "details"
        return "error" if _first(seen["error"]) else None

    def _look(self) -> dict[str, list[str]]:
        """What it shows at this moment; NeedsPerson where it asks for the password by now."""
        must_be_signed_in(self._visit)
        self._seen = seen_at(self._page, _SIGNS, _THERE)
        if self._seen["password"]:
            raise it_asks_for_the_password()
        return self._seen

    def _say_received(self) -> None:
        if self._claim.received is None:
            raise NeedsPerson(
                "The store asks whether the package was received.", "Say it: --received yes or no."
            )
        press(self._page.locator(f"[data-code={str(self._claim.received).lower()}]").first)

    def _wanted_solution(self) -> str:
        """Money without sending the goods back, unless the buyer has only changed their mind."""
        return "return_and_refund" if self._claim.reason == "changed_mind" else "refund_only"

    def _choose_solution_card(self) -> None:
        press(self._page.locator(f"[data-code={self._wanted_solution()}]").first)

    def _reasons(self) -> ReasonChoice:
        field = _REASON_FIELD if self._seen["reason"] else "body"
        return ReasonChoice(self._page.locator(field).first)

    def _file_limits(self) -> Limits:
        return limits_in(self._page.locator(_FILES).first, self._page.locator(_FILES_FIELD).first)

    def _text_box(self) -> Locator:
        if not self._seen["text"]:
            raise PageChanged(self._page.url, "the box for the description")
        return self._page.locator(_TEXT).filter(visible=True).first

    def _uploaded(self, number: int) -> bool:
        """Whether so many pictures are there; WrongInput with the store's words if it refuses."""
        complaint = self._complaint()
        if complaint:
            raise WrongInput(f"The store refuses the file: {complaint}", "Give another file.")
        thumbs = self._page.locator(f"{_THUMB}[style*='background-image']")
        return thumbs.count() >= number

    def _complaint(self) -> str | None:
        return _first(self._look()["error"])

    def _must_be_about_the_claim(self) -> None:
        """The address of the tab names the line, the page the product; no other one is filled."""
        must_be_of_the_account(self._visit)
        line, order = line_in(self._page.url)
        if line != self._plan["line"]:
            raise PageChanged(self._page.url, f"the form of line {self._plan['line']}")
        if order not in (None, self._claim.order_id):
            raise PageChanged(self._page.url, f"the form of order {self._claim.order_id}")
        product = _first(self._seen.get("item", ()))
        if product and product != self._plan.get("item"):
            raise PageChanged(self._page.url, f"the form of “{self._plan.get('item')}”")

    def _unlike(self) -> Exception:
        must_be_signed_in(self._visit)
        complaint = self._complaint()
        if complaint:
            return WrongInput(f"The store says: {complaint}", "Nothing was sent.")
        return PageChanged(self._page.url, "the form that asks for money back")


def _first(texts: Iterable[str]) -> str | None:
    """The first that says something."""
    return next(filter(None, texts), None)


def _one_line(text: str) -> str:
    return " ".join(text.split())
