"""R16: what holds an answer back although a rule gave it; its dates, reason and flags stay."""

from autoclaim.model.decision import ACTING_WORDS
from autoclaim.rules.answers import Answer, Saying
from autoclaim.rules.cases import Case

_CLAIMS = frozenset({"R11", "R12", "R13"})
_NOTHING_TO_REFUND: Saying = ("outside_protection",)


def held_back(case: Case, answer: Answer) -> Answer:
    """`answer`, or what it becomes for goods without a parcel, a lost button, an unread fact."""
    if answer.action == "dispute" and answer.rule in _CLAIMS:
        answer = _for_goods(case, answer, claim=True)
    elif answer.action == "return_goods" and answer.rule == "R14":
        answer = _for_goods(case, answer, claim=False)
    # an unread fact may turn an action round, and may keep open what seems closed
    if case.line.holding_back and (answer.action in ACTING_WORDS or answer.action == "closed"):
        return _asked_again(answer)
    return answer


def _for_goods(case: Case, answer: Answer, *, claim: bool) -> Answer:
    """No parcel, no price, no button: a person decides."""
    line = case.line
    if line.line.virtual is True:
        answer = _for_person(answer, "virtual", ("virtual",), _NOTHING_TO_REFUND)
    if line.zero_price:
        why: Saying = ("nothing_was_paid_for_it",)
        answer = _for_person(answer, "nothing_to_refund", why, _NOTHING_TO_REFUND)
    if claim and case.lacks("open_dispute"):
        answer = _for_person(answer, "not_offered", ("dispute_not_offered",), None)
    return answer


def _for_person(answer: Answer, flag: str, why: Saying, other: Saying | None) -> Answer:
    others = answer.others
    if other is not None and other not in others:
        others = (*others, other)
    return answer._replace(action="review", why=why, flags=(*answer.flags, flag), others=others)


def _asked_again(answer: Answer) -> Answer:
    """A fact that decides cannot be read: no acting word, and no `closed`."""
    window = answer.window
    if window is not None and window.basis != "site":
        window = window._replace(basis="estimate")
    why: Saying = ("fact_unreadable",)
    return answer._replace(action="need_data", window=window, basis="estimate", why=why)
