"""The returns pages → disputes and refunds, each told by the order line it is about.

What other people call a return the store keeps as one thing with a dispute: a "reverse order".
"""

from autoclaim.model import CaseSeen, Money, Time
from autoclaim.model.claim import StoreAnswer

from . import dates, money, status, words
from .envelope import Reply
from .money import Printed
from .shapes import Json, child, items, known, text, whole

# How the store stands to a case that runs, by its state.
_ANSWERS: dict[str, StoreAnswer] = {"open": "waiting", "agreed": "done", "refused": "refused"}


def cases(reply: Reply) -> list[dict[str, object]]:
    """The facts of every case in a returns list, one order with one line each."""
    return [facts for part in _lines(reply) if (facts := _listed(part))]


def how_many(reply: Reply) -> int:
    """How many cases a returns list has, whether they tell their order or not."""
    return len(_lines(reply))


def is_unreadable(reply: Reply) -> bool:
    """Whether a returns list has entries, and none of them tells its order."""
    return bool(items(child(reply.holds, "module"), "items")) and not cases(reply)


def total(replies: list[Reply]) -> int | None:
    """How many cases there are, as the store counts them; None when it does not say."""
    told = [whole(child(reply.holds, "module"), "total") for reply in replies]
    return next((number for number in reversed(told) if number is not None), None)


def listed_cases(replies: list[Reply]) -> set[tuple[str | None, ...]]:
    """The cases on these pages of the list, each by its numbers."""
    numbers = ("reverseOrderId", "reverseOrderLineId", "tradeOrderLineId")
    return {
        tuple(text(part, number) for number in numbers)
        for reply in replies
        for part in _lines(reply)
    }


def case_numbers(reply: Reply) -> dict[str, str]:
    """Line number → the number by which the address of its newest case names it."""
    newest_last = reversed(_lines(reply))
    return {
        text(part, "tradeOrderLineId") or "": text(part, "reverseOrderLineId") or ""
        for part in newest_last
    }


def case_seen(reply: Reply) -> CaseSeen | None:
    """One case page as a claim is compared with it; None without the numbers of its order."""
    facts = case(reply)
    if not facts:
        return None
    module = child(reply.holds, "module")
    asked = _own_price(module) or _price(child(module, "reachSolution"), "refundMoney")
    opened = Time.read(_moment(module, "gmtCreate"))
    numbers = _numbers(reply)
    return CaseSeen(
        order_id=str(facts["order_id"]),
        line_id=text(numbers, "tradeOrderLineId"),
        kind="dispute",
        reference=text(numbers, "reverseOrderId") or text(numbers, "reverseOrderLineId"),
        status_text=text(module, "reverseDetailStatusText"),
        answer=_answer(_of_its_line(facts)),
        amount=Money.of(**asked) if isinstance(asked, dict) else None,
        reason_text=text(child(module, "applyReason"), "reasonName"),
        opened_at=opened.moment if opened else None,
        facts=_of_its_line(facts),
    )


def _answer(line: dict[str, object]) -> StoreAnswer | None:
    """How the store stands to the case; one that is over is told by the money that came or not."""
    dispute, refund = line.get("dispute"), line.get("refund")
    state = dispute.get("state") if isinstance(dispute, dict) else None
    if state != "finished" or not isinstance(refund, dict):
        return _ANSWERS.get(str(state))
    return "refused" if refund.get("kind") == "none" else "done"


def _of_its_line(facts: dict[str, object]) -> dict[str, object]:
    """What the case tells of its line, without the line's number."""
    lines = facts.get("lines")
    line = lines[0] if isinstance(lines, list) and lines else {}
    return {key: value for key, value in line.items() if key != "line_id"}


def _numbers(reply: Reply) -> Json:
    module = child(reply.holds, "module")
    return {**reply.asked, **child(module, "reverseOrderLineDTO"), **module}


def case(reply: Reply) -> dict[str, object]:
    """The facts of one case page; empty without the numbers of its order."""
    module = child(reply.holds, "module")
    numbers = _numbers(reply)
    settled = child(module, "reachSolution")
    label, number = text(module, "reverseDetailStatusText"), text(module, "reverseStatus")
    agreed_at = _moment(settled, "gmtReach")
    dispute = known(
        {
            "state": _state(status.case_state(label), number),
            "opened_at": _moment(module, "gmtCreate"),
            "agreed_at": agreed_at,
            "offer": _price(settled, "refundMoney") or _offer(module),
            "answer_by": dates.day(text(module, "answerBefore")),
            "reference": text(numbers, "reverseOrderId") or text(numbers, "reverseOrderLineId"),
        }
    )
    return _about_line(
        numbers,
        {
            "dispute": dispute,
            "return": _return(module, agreed_at),
            "refund": _refund(module) or _no_refund(label, number),
        },
    )


def _return(module: Json, agreed_at: str | None) -> dict[str, object]:
    """An approved return; empty while nothing, or a refund alone, was agreed on.

    The day of the agreement is the day the return was approved. Without one the facts still tell
    that there is a return.
    """
    settled = child(module, "reachSolution")
    solution = words.meaning("solutions", text(settled, "solutionTypeText"))
    if solution != "return_and_refund":
        return {}
    agreed, asked = _price(settled, "refundMoney"), _own_price(module)
    parcel = child(module, "returnLogistics")
    return known(
        {
            "approved_at": agreed_at,
            "full_refund": agreed == asked if agreed and asked else None,
            "sent_at": _moment(parcel, "gmtSend"),
            "tracking_number": text(parcel, "mailNo"),
        }
    )


def _state(told: str | None, number: str | None) -> str | None:
    """The state; a refusal of a case that is over is its end: no page tells the day of it."""
    over = words.table("case_numbers").get(number or "") == "finished"
    return "finished" if told == "refused" and over else told


def _no_refund(label: str | None, number: str | None) -> dict[str, object]:
    """Nothing comes back of a case that was refused and is over."""
    told = words.meaning("case_states", label)
    return {"kind": "none"} if told == "refused" and _state(told, number) == "finished" else {}


def _lines(reply: Reply) -> list[Json]:
    sellers = items(child(reply.holds, "module"), "items")
    return [part for seller in sellers for part in items(seller, "reverseOrderLines")]


def _listed(part: Json) -> dict[str, object]:
    number = text(part, "reverseStatus")
    label = text(part, "reverseStatusText")
    told = words.meaning("case_states", label) or words.table("case_numbers").get(number or "")
    dispute = known(
        {
            "opened_at": _moment(part, "gmtCreate"),
            "state": _state(told, number)
            or label
            or (f"reverseStatus {number}" if number else None),
            "reference": text(part, "reverseOrderId") or text(part, "reverseOrderLineId"),
        }
    )
    return _about_line(part, {"dispute": dispute, "refund": _no_refund(label, number)})


def _about_line(numbers: Json, told: dict[str, object]) -> dict[str, object]:
    """Facts of one line of its order; none when order or line is not named."""
    order_id, line_id = text(numbers, "tradeOrderId"), text(numbers, "tradeOrderLineId")
    if not order_id or not line_id:
        return {}
    return {"order_id": order_id, "lines": [{"line_id": line_id, **known(told)}]}


def _own_price(module: Json) -> Printed | None:
    """What the buyer asked for, the newest."""
    own = [part for part in items(module, "solutions") if text(part, "solutionOwner") == "BUYER"]
    return _price(own[-1], "refundMoney") if own else None


def _offer(module: Json) -> Printed | None:
    """The newest solution that is not the buyer's own."""
    offers = [
        part for part in items(module, "solutions") if text(part, "solutionOwner") != "BUYER"
    ]
    return _price(offers[-1], "refundMoney") if offers else None


def _refund(module: Json) -> dict[str, object]:
    """Money that came back: only when the newest state of the refund says so."""
    told = child(module, "reverseFinishInfo", "refundInfo")
    if words.meaning("case_states", text(told, "refundNewestStatus")) != "finished":
        return {}
    channels = items(told, "refundChannelDetails")
    ways = [words.meaning("refund_channels", text(one, "channel")) for one in channels]
    paid = _price(child(told, "refundDetails"), "cashMoney")
    if paid is None and len(channels) == 1:
        paid = _price(channels[0], "amount")
    paid_as = ways[0] if len(ways) == 1 and ways[0] != "money" else None
    return known({"paid": paid, "paid_at": _moment(told, "refundNewestTime"), "paid_as": paid_as})


def _price(value: Json, key: str) -> Printed | None:
    found = value.get(key)
    return money.price(found) if isinstance(found, str) else money.cents(child(value, key))


def _moment(value: Json, key: str) -> str | None:
    written = text(value, key)
    if written and written.isdigit():
        return dates.moment(written)
    return dates.day(written or text(value, f"{key}Format"))
