"""Returns, cases and refunds: the pages on which the store tells how a request stands.

Last seen live 2026-09-21 (answers) and in autumn 2026 (the list, in the older Fusion kit).
"""

import re

from autoclaim.browser.visit import Visit
from autoclaim.errors import PageChanged

from . import dates, money, words
from .answers import Answers, must_be_signed_in
from .joining import Facts, Glimpse
from .payloads import glimpses
from .waiting import press, shown, until

_NEXT = ".next-pagination-item.next-next:not([disabled])"
_REFUND_STEM = "[class*='newReverseRefundInfo--"
_NUMBER = re.compile(r"(?<!\d)\d{14,19}(?!\d)")
_ANSWER_WITHIN = 8.0  # seconds


class CasePages:
    """The list of returns, read once when it is first needed, and the cases behind it."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._listed: list[Glimpse] | None = None

    def about(self, order_id: str) -> list[Glimpse]:
        """What the returns list and the case pages tell of the order; nothing if there is none."""
        if self._listed is None:
            self._listed = self._all()
        listed = [glimpse for glimpse in self._listed if glimpse.order_id == order_id]
        return [*listed, *(part for glimpse in listed for part in self._case(glimpse))]

    def of_line(self, order_id: str, line_id: str | None) -> Facts | None:
        """The line with its case, reread from the store; None when there is no case."""
        self._listed = None
        for glimpse in self.about(order_id):
            for line in _lines(glimpse):
                if line_id in (None, line.get("line_id")):
                    return line
        return None

    def _all(self) -> list[Glimpse]:
        """All pages of the list."""
        answers = Answers(self._visit, "returns")
        self._visit.open("returns")
        replies = answers.wait()
        if not replies:
            must_be_signed_in(self._visit)
            raise PageChanged(self._visit.page.url, "the list of returns")
        told = [glimpse for reply in replies for glimpse in glimpses(reply)]
        while button := shown(self._visit.page.locator(_NEXT)):
            press(button)
            fresh = [glimpse for reply in answers.wait() for glimpse in glimpses(reply)]
            if not fresh:
                break
            told += fresh
        answers.end()
        return told

    def _case(self, listed: Glimpse) -> list[Glimpse]:
        """What the page of the case tells, for each line of the order that has one."""
        told: list[Glimpse] = []
        for line in _lines(listed):
            dispute = line.get("dispute")
            number = dispute.get("reference") if isinstance(dispute, dict) else None
            answers = Answers(self._visit, "case")
            self._visit.open("case", line_id=line["line_id"], reverse_line_id=number)
            seen = [glimpse for reply in answers.wait() for glimpse in glimpses(reply)]
            answers.end()
            if not seen:
                must_be_signed_in(self._visit)
                raise PageChanged(self._visit.page.url, f"case {number}")
            told += seen
        return told


def refund_of_cancelled(visit: Visit, order_id: str, lines: list[str]) -> list[Glimpse]:
    """What came back for a cancelled order, from its refund page; nothing while it is on its way.

    The page is the order's, whichever of its lines is named in its address.
    """
    if not lines:
        return []
    page = visit.open("refund", line_id=lines[0])
    amount = until(page, lambda: shown(page.locator(f"{_REFUND_STEM}amount--']")), _ANSWER_WITHIN)
    text = " ".join(page.locator("body").inner_text().split())
    numbers = set(_NUMBER.findall(text))
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


def _lines(glimpse: Glimpse) -> list[Facts]:
    lines = glimpse.facts.get("lines")
    return lines if isinstance(lines, list) else []
