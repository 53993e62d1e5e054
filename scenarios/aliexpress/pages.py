"""The pages of an order, in the order a person meets them; last seen live 2026-09-24.

Each page is read from the answers it receives itself; where none is heard, from what it shows.
"""

from collections.abc import Iterator
from datetime import date

from playwright.sync_api import Locator

from autoclaim.browser.hearing import Hearing
from autoclaim.browser.visit import Visit
from autoclaim.errors import PageChanged

from . import words
from .answers import Answers, glimpses_shown
from .envelope import Reply
from .joining import Glimpse
from .order_list import has_more, page_number, store_day
from .payloads import glimpses
from .waiting import is_shown, press, press_itself, shown, until

_CARD = ".order-item"
_ORDER = "[data-pl=order_detail_gray_id], .order-error"
_PARCEL = "[class*='logistic-info-v2--'], .order-error"
_MORE = "[data-pl=order_more] button, .order-more button"
_ON_EVERY_CARD = ("status_text", "placed_at", "total")
_ON_EVERY_ORDER = ("status_text", "placed_at", "lines")
_ANSWER_WITHIN = 8.0  # seconds until a page that has given no answer is read from what it shows


class OrdersPage:
    """The list of orders: ten a page, further ones on "View orders".

    `today` is the day on the store's clock as its answers tell it; None while none has told it.
    """

    def __init__(self, visit: Visit, heard: Hearing | None) -> None:
        self._visit = visit
        self._answers = Answers(visit, "list", heard)
        self._numbers: set[int] = set()
        self._more_promised = False
        self.today: date | None = None

    @classmethod
    def open(cls, visit: Visit) -> "OrdersPage":
        """Open the list, unless it is in front: whoever is signed in was asked for it already."""
        heard = visit.take_over()
        page = cls(visit, heard)
        if heard is None:
            visit.open("orders")
        return page

    def pages(self) -> Iterator[list[Glimpse]]:
        """What each page tells, the first at once, each further one when it is asked for.

        Raises:
            PageChanged: no order is shown and the page does not say that there are none; or some
                of the orders did not come.
        """
        told = self._read(self._answers.wait_or_see(_CARD)) or self._cards()
        if not told:
            self._must_say_that_there_are_none()
        read: set[str] = set()
        while fresh := {one.order_id: one for one in told if one.order_id not in read}:
            read |= fresh.keys()
            yield list(fresh.values())
            told = self._after_more()
        self._must_be_complete()
        self._answers.end()

    def _read(self, replies: list[Reply]) -> list[Glimpse]:
        for reply in replies:
            self._numbers.add(page_number(reply) or 0)
            self._more_promised = has_more(reply) is True
            self.today = store_day(reply) or self.today
        return self._checked([glimpse for reply in replies for glimpse in glimpses(reply)])

    def _checked(self, told: list[Glimpse]) -> list[Glimpse]:
        """What every card has cannot be missing from all of them: then the page has changed."""
        missing = [fact for fact in _ON_EVERY_CARD if not any(fact in one.facts for one in told)]
        if told and missing:
            raise PageChanged(self._visit.page.url, f"the {missing[0]} of any order")
        return told

    def _after_more(self) -> list[Glimpse]:
        """Press "View orders" and give what comes; empty when the button is gone."""
        if self._numbers and not self._more_promised:
            return []
        buttons = self._visit.page.locator(_MORE)
        # The answer is heard before the page draws it: a button that was promised is waited for.
        within = None if self._more_promised else 2
        button = until(self._visit.page, lambda: shown(buttons), within)
        if button is None:
            return []
        count = self._visit.page.locator(_CARD).count()
        self._visit.pause()
        self._press(button)
        return self._what_came(count, _ANSWER_WITHIN) or self._pressed_again(button, count)

    def _press(self, button: Locator) -> None:
        """Press a button that may go at once, before a busy page says that it was pressed."""
        try:
            press(button)
        except PageChanged:
            if is_shown(button):
                raise

    def _pressed_again(self, button: Locator, count: int) -> list[Glimpse]:
        """The same once more, pressing the element itself: plain clicks are sometimes lost.

        A button that waits for a slow answer is not: pressed again, it would ask for it twice.
        """
        is_lost = self._visit.page.locator(_CARD).count() == count
        is_waiting = button.and_(self._visit.page.locator(":disabled")).count() > 0
        if is_lost and not is_waiting:
            press_itself(button)
        return self._what_came(count)

    def _what_came(self, count: int, seconds: float | None = None) -> list[Glimpse]:
        """The further answer; where none was ever heard, the further cards."""
        if self._numbers:
            return self._read(self._answers.wait(seconds))
        cards = self._visit.page.locator(_CARD)
        until(self._visit.page, lambda: cards.count() > count, seconds)
        return self._cards()

    def _must_be_complete(self) -> None:
        """The store sometimes sends one page twice in place of the next; nothing may be lost."""
        missing = sorted(set(range(1, max(self._numbers, default=0))) - self._numbers)
        if missing:
            raise PageChanged(self._visit.page.url, f"page {missing[0]} of the orders")
        if self._more_promised or not self._is_drawn_to_the_end():
            raise PageChanged(self._visit.page.url, "the orders after “View orders”")

    def _is_drawn_to_the_end(self) -> bool:
        """The last answer is heard before the page draws it: the button stands a moment longer."""
        more = self._visit.page.locator(_MORE)
        return until(self._visit.page, lambda: shown(more) is None) is not None

    def _cards(self) -> list[Glimpse]:
        return self._checked(glimpses_shown(self._visit))

    def _must_say_that_there_are_none(self) -> None:
        """Empty is not nothing: the page itself has to say so."""
        if not until(self._visit.page, self._says_that_there_are_none):
            raise PageChanged(self._visit.page.url, "any order")

    def _says_that_there_are_none(self) -> bool:
        lines = self._visit.page.locator("body").inner_text().splitlines()
        empty = {words.plain(word) for word in words.table("reading")["nothing_here"]}
        return bool(empty & {words.plain(line) for line in lines})


class OrderPages:
    """The detail and tracking pages of orders, one after the other."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._details = Answers(visit, "detail")
        self._tracking = Answers(visit, "tracking")

    def detail(self, order_id: str) -> list[Glimpse]:
        """What the order's own page tells; PageChanged when it does not tell of this order."""
        return self._look("order", self._details, order_id, _ORDER, *_ON_EVERY_ORDER)

    def end(self) -> None:
        """Open no more of them."""
        self._details.end()
        self._tracking.end()

    def tracking(self, order_id: str) -> list[Glimpse]:
        """What the tracking page tells."""
        return self._look("tracking", self._tracking, order_id, _PARCEL)

    def _look(
        self, name: str, answers: Answers, order_id: str, sign: str, *needed: str
    ) -> list[Glimpse]:
        answers.take()
        self._visit.open(name, order_id=order_id)
        replies = answers.wait_or_see(sign)
        seen = [part for reply in replies for part in glimpses(reply, order_id)]
        told = [part for part in seen or glimpses_shown(self._visit) if part.order_id == order_id]
        if not told:
            raise PageChanged(self._visit.page.url, f"what it tells of order {order_id}")
        missing = [fact for fact in needed if not any(fact in part.facts for part in told)]
        if missing:
            raise PageChanged(self._visit.page.url, f"the {missing[0]} of order {order_id}")
        return told
