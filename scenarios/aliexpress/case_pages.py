"""Returns, cases and refunds: the pages on which the store tells how a request stands.

Last seen live 2026-09-21 (answers) and in autumn 2026 (the list, in the older Fusion kit).
"""

import re

from autoclaim.browser.visit import Visit
from autoclaim.errors import PageChanged
from autoclaim.model import CaseSeen

from . import dates, money, returns, words
from .answers import Answers, must_be_signed_in
from .envelope import Reply
from .joining import Glimpse
from .payloads import glimpses
from .waiting import press, shown, until

_NEXT = ".next-pagination-item.next-next:not([disabled])"
_REFUND_STEM = "[class*='newReverseRefundInfo--"
_NUMBER = re.compile(r"(?<!\d)\d{14,19}(?!\d)")
_ANSWER_WITHIN = 8.0  # seconds


class CasePages:
    """The list of returns, read when it is first needed, and the cases behind it."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._lists: list[Reply] | None = None

    def about(self, order_id: str) -> list[Glimpse]:
        """What the returns list and the case pages tell of the order; nothing if there is none."""
        if self._lists is None:
            self._lists = self._all()
        listed = [
            glimpse
            for reply in self._lists
            for glimpse in glimpses(reply)
            if glimpse.order_id == order_id
        ]
        lines = {line_id for glimpse in listed for line_id in glimpse.lines}
        cases = [reply for line_id in sorted(lines) for reply in self._case(line_id)]
        return [*listed, *(glimpse for reply in cases for glimpse in glimpses(reply))]

    def of_line(self, order_id: str, line_id: str | None) -> CaseSeen | None:
        """The newest case about the line, reread from the store; None when there is none.

        `line_id` None: of the order's only line.
        """
        self._lists = self._all(until_order=order_id)
        listed = [glimpse for reply in self._lists for glimpse in glimpses(reply)]
        lines = [one for part in listed if part.order_id == order_id for one in part.lines]
        wanted = next((one for one in lines if line_id in (None, one)), None)
        if wanted is None:
            return None
        seen = [returns.case_seen(reply) for reply in self._case(wanted)]
        return next((case for case in seen if case and case.order_id == order_id), None)

    def _all(self, until_order: str = "") -> list[Reply]:
        """The pages of the list, newest first; no further than the order when one is named."""
        answers = Answers(self._visit, "returns")
        self._visit.open("returns")
        fresh = replies = answers.wait()
        if not replies:
            must_be_signed_in(self._visit)
            raise PageChanged(self._visit.page.url, "the list of returns")
        while fresh and not _tells_of(fresh, until_order):
            button = shown(self._visit.page.locator(_NEXT))
            if button is None:
                break
            press(button)
            fresh = answers.wait()
            replies = [*replies, *fresh]
        answers.end()
        if any(returns.is_unreadable(reply) for reply in replies):
            raise PageChanged(self._visit.page.url, "the orders of the returns")
        return replies

    def _case(self, line_id: str) -> list[Reply]:
        """The answer of the page of the case about a line of the list."""
        numbers = [returns.case_numbers(reply) for reply in self._lists or []]
        number = next((found[line_id] for found in numbers if line_id in found), "")
        answers = Answers(self._visit, "case")
        self._visit.open("case", line_id=line_id, reverse_line_id=number)
        replies = answers.wait()
        answers.end()
        if not replies:
            must_be_signed_in(self._visit)
            raise PageChanged(self._visit.page.url, f"case {number}")
        return replies


def refund_of_cancelled(visit: Visit, order_id: str, lines: list[str]) -> list[Glimpse]:
    """What came back for a cancelled order, from its refund page; nothing while it is on its way.

    The page is the order's, whichever of its lines is named in its address.
    """
    if not lines:
        return []
    page = visit.open("refund", line_id=lines[0])
    amount = until(page, lambda: shown(page.locator(f"{_REFUND_STEM}amount--']")), _ANSWER_WITHIN)
    numbers = set(_NUMBER.findall(page.locator("body").inner_text()))
    if amount is None or (numbers and order_id not in numbers):
        must_be_signed_in(visit)
        return []
    status = shown(page.locator(f"{_REFUND_STEM}status--']"))
    time = shown(page.locator(f"{_REFUND_STEM}time--']"))
    if status is None or words.meaning("case_states", status.inner_text()) != "finished":
        return []
    refund = {
        "paid": money.price(amount.inner_text()),
        "paid_at": dates.day(time.inner_text()) if time else None,
    }
    return [Glimpse("case", {"order_id": order_id, "refund": refund})]


def _tells_of(replies: list[Reply], order_id: str) -> bool:
    told = (glimpse for reply in replies for glimpse in glimpses(reply))
    return any(glimpse.order_id == order_id for glimpse in told)
