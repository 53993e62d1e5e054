"""Returns, cases and refunds: the pages on which the store tells how a request stands.

Last seen live 2026-09-21 (answers) and in autumn 2026 (the list, in the older Fusion kit).
"""

from playwright.sync_api import Locator

from autoclaim.browser.visit import Visit
from autoclaim.errors import PageChanged
from autoclaim.model import CaseSeen, Claim

from . import dates, money, returns, words
from .answers import Answers, must_be_signed_in
from .envelope import Reply
from .joining import Facts, Glimpse
from .payloads import glimpses
from .shapes import NUMBER, known
from .waiting import press, shown, until

_NEXT = ".next-pagination-item.next-next"
_PAGER_WITHIN = 8.0  # seconds
_REFUND_AMOUNT = "[class*='newReverseRefundInfo--amount--']"
_REFUND_STATE = "[class*='newReverseRefundInfo--status--']"
_REFUND_DAY = "[class*='newReverseRefundInfo--time--']"
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
        listed = [part for reply in self._lists for part in glimpses(reply)]
        newest: dict[str, Glimpse] = {}
        for part in (one for one in listed if one.order_id == order_id):
            newest.update({line: part for line in part.lines if line not in newest})
        cases = [
            reply
            for line_id in sorted(newest)
            for reply in self._case(line_id, self._number(line_id))
        ]
        return [*newest.values(), *(glimpse for reply in cases for glimpse in glimpses(reply))]

    def how_many(self) -> int:
        """How many cases the list of returns tells of, all its pages together."""
        self._lists = self._lists or self._all()
        return len(returns.listed_cases(self._lists))

    def of_claim(self, claim: Claim) -> CaseSeen | None:
        """The case of a claim: by its number where that is known, else the newest of the line."""
        order_id, line_id, number = claim.order_id, claim.line_id, claim.case_number
        if line_id and number:
            seen = self._seen(line_id, number)
            if seen and (seen.order_id, seen.line_id) == (order_id, line_id):
                return seen
        return self.of_line(order_id, line_id)

    def of_line(self, order_id: str, line_id: str | None) -> CaseSeen | None:
        """The newest case about the line, reread from the store; None when there is none.

        `line_id` None: of the order's only line.
        """
        self._lists = self._all((order_id, line_id))
        listed = [glimpse for reply in self._lists for glimpse in glimpses(reply)]
        lines = [one for part in listed if part.order_id == order_id for one in part.lines]
        wanted = next((one for one in lines if line_id in (None, one)), None)
        if wanted is None:
            return None
        case = self._seen(wanted, self._number(wanted))
        if case is None or case.order_id != order_id:
            raise PageChanged(self._visit.page.url, f"the case of line {wanted}")
        return case

    def _seen(self, line_id: str, number: str) -> CaseSeen | None:
        """The case on the page of that number; None when the page shows none."""
        seen = (returns.case_seen(reply) for reply in self._case(line_id, number))
        case = next((one for one in seen if one), None)
        return case and case.model_copy(update={"case_number": number})

    def _all(self, wanted: tuple[str, str | None] | None = None) -> list[Reply]:
        """The pages of the list, newest first; no further than the order and line, if named.

        Raises:
            PageChanged: a part of the list did not come; what is missing could be the case.
        """
        answers = Answers(self._visit, "returns")
        self._visit.open("returns")
        replies = self._whole(answers.wait(), "the list of returns")
        while not _tells_of(replies, wanted) and self._has_more(replies):
            before = len(returns.listed_cases(replies))
            self._visit.pause()
            press(self._to_next_page())
            replies += self._whole(answers.wait(), "the next page of the returns")
            if len(returns.listed_cases(replies)) == before:
                raise PageChanged(self._visit.page.url, "further returns")
        answers.end()
        return replies

    def _whole(self, replies: list[Reply], what: str) -> list[Reply]:
        if not replies:
            must_be_signed_in(self._visit)
            raise PageChanged(self._visit.page.url, what)
        if any(returns.is_unreadable(reply) for reply in replies):
            raise PageChanged(self._visit.page.url, "the orders of the returns")
        return replies

    def _has_more(self, replies: list[Reply]) -> bool:
        """Whether there are more cases, by the number the store tells, else by its pager."""
        total = returns.total(replies)
        if total is not None:
            return len(returns.listed_cases(replies)) < total
        return self._pager().is_enabled()

    def _to_next_page(self) -> Locator:
        button = self._pager()
        if not until(self._visit.page, button.is_enabled, _PAGER_WITHIN):
            raise PageChanged(self._visit.page.url, "the next page of the returns")
        return button

    def _pager(self) -> Locator:
        """The button to the next page, which is drawn after the answer came."""
        buttons = self._visit.page.locator(_NEXT)
        button = until(self._visit.page, lambda: shown(buttons), _PAGER_WITHIN)
        if button is None:
            raise PageChanged(self._visit.page.url, "the pages of the returns")
        return button

    def _number(self, line_id: str) -> str:
        """The number of the newest case about a line of the list; empty when it is not told."""
        numbers = [returns.case_numbers(reply) for reply in self._lists or []]
        return next((found[line_id] for found in numbers if line_id in found), "")

    def _case(self, line_id: str, number: str) -> list[Reply]:
        """The answer of the page of the case of that number."""
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

    The page is the order's, whichever of its lines is named in its address. What it should tell
    and does not is named.
    """
    if not lines:
        return []
    page = visit.open("refund", line_id=lines[0])
    states, amounts = page.locator(_REFUND_STATE), page.locator(_REFUND_AMOUNT)
    until(page, lambda: shown(amounts) or _is_on_its_way(states), _ANSWER_WITHIN)
    numbers = set(NUMBER.findall(page.locator("body").inner_text()))
    must_be_signed_in(visit)
    if numbers and order_id not in numbers:
        return []
    return _refund(order_id, _text(states), _text(amounts), _text(page.locator(_REFUND_DAY)))


def _refund(order_id: str, state: str | None, amount: str | None, on: str | None) -> list[Glimpse]:
    """The refund whose page shows these texts."""
    missing = ["the state of its refund"] if state is None else []
    facts: Facts = {"order_id": order_id}
    if words.meaning("case_states", state) == "finished":
        facts["refund"] = known({"paid": money.price(amount), "paid_at": dates.day(on)})
        shown_not = (("the amount of its refund", amount), ("the day of its refund", on))
        missing += [name for name, text in shown_not if text is None]
    return [Glimpse("case", facts, untold=tuple(missing))] if missing or len(facts) > 1 else []


def _is_on_its_way(states: Locator) -> bool:
    state = _text(states)
    return state is not None and words.meaning("case_states", state) != "finished"


def _text(locator: Locator) -> str | None:
    element = shown(locator)
    return element.inner_text() if element else None


def _tells_of(replies: list[Reply], wanted: tuple[str, str | None] | None) -> bool:
    if wanted is None:
        return False
    order_id, line_id = wanted
    told = [part for reply in replies for part in glimpses(reply) if part.order_id == order_id]
    return any(line_id in (None, line) for part in told for line in part.lines)
