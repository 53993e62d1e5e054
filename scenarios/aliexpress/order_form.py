"""The order's own page, on which a request begins, and the dialog that asks to cancel it.

The cancel dialog was never captured (2026-11): it is found by what such a dialog must have.
"""

import re
from collections.abc import Mapping

from playwright.sync_api import Locator

from autoclaim.browser.visit import Visit
from autoclaim.errors import NeedsPerson, PageChanged, WrongInput
from autoclaim.model import CaseSeen, Claim, FormOffer, Order, OrderLine
from autoclaim.model.claim import StoreAnswer

from . import words
from .pages import OrderPages
from .payloads import answer, orders
from .reason_choice import ReasonChoice, wanted_reason
from .return_form import ReturnForm
from .waiting import is_shown, press, seen_at, shown, shown_text, until, until_seen
from .whose_account import ASKS_AGAIN, it_asks_for_the_password, must_be_of_the_account

_ITEM = ".order-detail-item-content:not(:is([gps-id=pcOrderDetail], .slick-track) *)"
_SNAPSHOT = "a[href*='/snapshot/'], a[class*=snapshot]"
_PRODUCT = "a[href*='/item/']"
_ORDER_NUMBER = "[data-pl=order_detail_gray_id]"
_STATUS = ".order-status"
_DIALOG = ".comet-v2-modal-wrap, .comet-modal-wrap, [role=dialog]"
_QUESTION = ".comet-modal"
_ANSWERS = {True: "button.comet-btn-primary", False: "button.comet-btn:not(.comet-btn-primary)"}
_OF_A_CANCELLATION = ("status", "status_text", "cancellation")
# How the store stands to a cancellation, by the status of the order afterwards.
_ANSWERED: dict[str, StoreAnswer] = {"cancelled": "done", "cancelling": "waiting"}
_ANSWER_WITHIN = 3.0  # seconds until the answer to what the buyer sent is heard in full
_NOT_TOLD_WITHIN = 3.0  # seconds for a button that the store's own answer does not name


class OrderForm:
    """The detail page of the order a claim is about."""

    def __init__(self, visit: Visit, claim: Claim) -> None:
        self._visit = visit
        self._claim = claim
        glimpses = OrderPages(visit).detail(claim.order_id)
        self._order: Order = orders(glimpses)[0]
        self._page = visit.page
        self._items_seen = 0

    @classmethod
    def open(cls, visit: Visit, claim: Claim) -> "OrderForm":
        """Open the order's page.

        Raises:
            PageChanged: another order, or none, is on it.
            NeedsPerson: it is another account's.
        """
        form = cls(visit, claim)
        must_be_of_the_account(visit)  # before all of it is drawn, and once more when it is
        if not until_seen(form._page, f"{_ORDER_NUMBER}, {ASKS_AGAIN}", form._shows_the_order):
            raise PageChanged(form._page.url, f"order {claim.order_id}")
        must_be_of_the_account(visit)
        return form

    def ask_to_cancel(self) -> "CancelDialog":
        """Press the order's Cancel, which opens a dialog; the button comes late (2026-09-04)."""
        label = words.whole_label("button_words", "cancel")
        buttons = self._page.locator("button, a.comet-btn").filter(has_text=label)
        button = until(self._page, lambda: shown(buttons), self._patience("cancel"))
        if button is None:
            raise self._not_offered("cancel", "Cancel")
        press(button)
        dialog = until(self._page, lambda: shown(self._page.locator(_DIALOG)))
        if dialog is None:
            raise PageChanged(self._page.url, "the dialog that asks why")
        return CancelDialog(self._visit, self._claim, dialog)

    def report_problem(self) -> ReturnForm:
        """Press the line's Returns/refunds and answer whether it arrived; a new tab opens."""
        button = self._return_button()
        self._visit.through_new_tab(lambda: self._say_whether_received(button))
        return ReturnForm(self._visit, self._claim, self._line())

    def see_as_sold(self) -> bool:
        """Open the product as it was sold, in this tab or a new one; False without a link."""
        line = self._items().nth(self._place_of_line())
        link = shown(line.locator(_SNAPSHOT)) or shown(line.locator(_PRODUCT))
        if link is None:
            return False
        tabs, address = len(self._page.context.pages), self._page.url
        press(link)
        opened = until(
            self._page,
            lambda: len(self._page.context.pages) > tabs or self._page.url != address,
        )
        if not opened:
            raise PageChanged(address, "the product as it was sold")
        self._visit.page = self._page.context.pages[-1]
        self._visit.page.wait_for_load_state()
        return True

    def _shows_the_order(self) -> bool:
        """Whether its number is there; NeedsPerson where the page asks for the password."""
        there = {"number": _ORDER_NUMBER, "items": _ITEM}
        seen = seen_at(self._page, {"password": ASKS_AGAIN}, there)
        if seen["password"]:
            raise it_asks_for_the_password()
        self._items_seen = len(seen["items"])
        numbers = {number for text in seen["number"] for number in re.findall(r"\d{14,19}", text)}
        return self._claim.order_id in numbers

    def _items(self) -> Locator:
        """The page's products, of which there are as many as the order has lines."""
        items, lines = self._page.locator(_ITEM), len(self._order.lines)
        if self._items_seen != lines and not until(self._page, lambda: items.count() == lines):
            raise PageChanged(self._page.url, f"{lines} products")
        return items

    def _return_button(self) -> Locator:
        place = self._place_of_line()
        label = words.whole_label("button_words", "open_dispute")
        buttons = self._items().nth(place).locator("button, a").filter(has_text=label)
        button = until(self._page, lambda: shown(buttons), self._patience("open_dispute"))
        if button is None:
            raise self._not_offered("open_dispute", "Returns/refunds")
        return button

    def _place_of_line(self) -> int:
        """Which of the page's products the claim is about; its title has to stand there."""
        ids = [line.line_id for line in self._order.lines if line.line_id]
        if len(ids) < len(self._order.lines):
            raise PageChanged(self._page.url, "the numbers of the order's lines")
        if self._claim.line_id in ids:
            return ids.index(self._claim.line_id)
        if self._claim.line_id is None and len(ids) == 1:
            return 0
        if self._claim.line_id is None:
            raise NeedsPerson(
                f"Order {self._claim.order_id} has several lines; a dispute is about one.",
                f"Say which with --line: {', '.join(ids)}",
            )
        raise WrongInput(
            f"Order {self._claim.order_id} has no line {self._claim.line_id}.",
            f"Its lines: {', '.join(ids)}.",
        )

    def _line(self) -> OrderLine:
        return self._order.lines[self._place_of_line()]

    def _say_whether_received(self, button: Locator) -> None:
        """Press the button; where a dialog asks for it, answer it. Then the new tab opens."""
        tabs = len(self._page.context.pages)
        press(button)

        def what_came() -> str | None:
            if len(self._page.context.pages) > tabs:
                return "tab"
            return "question" if is_shown(self._page.locator(_QUESTION)) else None

        if until(self._page, what_came) == "question":
            self._answer(_received(self._claim))

    def _answer(self, received: bool) -> None:  # noqa: FBT001 - the question is a yes or no
        """Press Yes or No, by its word, else by its look: Yes is the marked one (2026-09-07)."""
        buttons = self._page.locator(f"{_QUESTION} button")
        yes, no = words.whole_label("answers", "yes"), words.whole_label("answers", "no")
        told = shown(buttons.filter(has_text=yes if received else no))
        press(told or self._page.locator(f"{_QUESTION} {_ANSWERS[received]}").first)

    def _patience(self, action: str) -> float | None:
        """How long to wait for a button: briefly where the store's answer does not have it."""
        return None if action in (self._order.site_actions or (action,)) else _NOT_TOLD_WITHIN

    def _not_offered(self, action: str, button: str) -> Exception:
        actions = self._order.site_actions
        if actions is None or action in actions:
            return PageChanged(self._page.url, f"the button “{button}”")
        return WrongInput(
            f"The store does not offer “{button}” for order {self._claim.order_id} "
            f"({self._order.status_text}).",
            "Read the order again with `autoclaim scan`; nothing was done.",
        )


class CancelDialog:
    """The dialog that asks why the order is to be cancelled. Its last button is the buyer's."""

    def __init__(self, visit: Visit, claim: Claim, dialog: Locator) -> None:
        self._page = visit.page
        self._claim = claim
        self._dialog = dialog
        self._reasons = ReasonChoice(dialog)
        self._heard = visit.hear(
            re.compile(re.escape(words.table("replies")["cancel"]), re.IGNORECASE)
        )
        self._planned_reason: str | None = None

    def choose_reason(self) -> None:
        """Choose the reason the claim means, when the dialog asks for one."""
        self._planned_reason = wanted_reason(self._claim, self._reasons.offered())
        self._reasons.choose(self._planned_reason)

    def planned(self) -> dict[str, str]:
        """What the dialog should hold."""
        reason = {"reason": self._planned_reason} if self._planned_reason else {}
        return {"order": self._claim.order_id, **reason}

    def fields(self) -> Mapping[str, str]:
        """What the page and the dialog hold now."""
        numbers = " ".join(self._page.locator(_ORDER_NUMBER).all_inner_texts())
        order = re.search(r"\d{14,19}", numbers)
        read = {"order": order and order[0], "reason": self._reasons.chosen()}
        return {name: value for name, value in read.items() if value}

    def send_label(self) -> str:
        """The words on the button that sends; only the buyer presses it."""
        buttons = self._dialog.locator("button, a.comet-btn")
        marked = shown_text(buttons.and_(self._page.locator(".comet-btn-primary")))
        return marked or shown_text(buttons.last) or "Submit"

    def refusal(self) -> str | None:
        """The store's own words when it refused what the buyer sent; None when it did not."""
        self._heard.wait(1, _ANSWER_WITHIN)
        self._heard.stop()
        replies = [answer(heard.address, heard.text) for heard in self._heard.heard()]
        told = [reply.result for reply in replies if reply]
        code, _, said = told[-1].partition("::") if told else ("", "", "")
        return (said or code) if code.startswith("FAIL_BIZ") else None

    def offer(self) -> FormOffer:
        """What the dialog offers."""
        return FormOffer(reasons=tuple(self._reasons.offered()))


def cancellation_seen(visit: Visit, order_id: str, refusal: str | None = None) -> CaseSeen | None:
    """The order as reread from the store, or its refusal to cancel in the store's own words.

    None when the order is neither cancelled nor about to be, and nothing tells of a refusal.
    """
    order = orders(OrderPages(visit).detail(order_id))[0]
    answered = _ANSWERED.get(order.status or "", "refused")
    said = order.status_text if answered != "refused" else refusal or _refusal_shown(visit)
    if not said:
        return None
    told = order.as_facts()
    facts = {key: told[key] for key in _OF_A_CANCELLATION if key in told}
    return CaseSeen(
        order_id=order_id, kind="cancel", status_text=said, answer=answered, facts=facts
    )


def _refusal_shown(visit: Visit) -> str | None:
    """The line of the order's page that says so."""
    until(visit.page, lambda: shown(visit.page.locator(_ORDER_NUMBER)))
    lines = "\n".join(visit.page.locator(_STATUS).all_inner_texts()).splitlines()
    refusals = words.label_set("cancel_refused")
    return next((" ".join(one.split()) for one in lines if words.plain(one) in refusals), None)


def _received(claim: Claim) -> bool:
    if claim.received is None:
        raise NeedsPerson(
            "The store asks whether the package was received.", "Say it: --received yes or no."
        )
    return claim.received
