"""What in an answer nobody has seen before, by name: so that a change is said and not overlooked.

Blocks, statuses, buttons, a parcel's steps and the states of a case. Nothing is concluded from
them: an unseen status is `unknown`, an unseen button leaves the buttons unread.
"""

from collections.abc import Iterator

from . import status, words
from .envelope import Reply, blocks
from .shapes import Json, child, items, text


def unseen(reply: Reply) -> Iterator[tuple[str | None, str]]:
    """Order number (None: the whole page) and what was never seen, in the order it stands."""
    yield from ((None, f"the block {tag}") for tag in _unseen_blocks(reply))
    if reply.kind == "list":
        for card in blocks(reply.holds, "pc_om_list_order"):
            found = [*_status(text(card, "statusText")), *_buttons(items(card, "buttons"))]
            yield from ((text(card, "orderId"), one) for one in found)
    elif reply.kind == "detail":
        yield from ((None, one) for one in _in_detail(reply))
    elif reply.kind == "tracking":
        yield from ((None, f"the step {code}") for code in _unseen_steps(reply))
    elif reply.kind == "case":
        module = child(reply.holds, "module")
        yield from ((None, one) for one in _state(text(module, "reverseDetailStatusText")))
        solution = text(child(module, "reachSolution"), "solutionTypeText")
        if solution and words.meaning("solutions", solution) is None:
            yield None, f"the solution “{solution}” of a case"
    elif reply.kind == "returns":
        for seller in items(child(reply.holds, "module"), "items"):
            for part in items(seller, "reverseOrderLines"):
                states = _state(text(part, "reverseStatusText"))
                yield from ((text(part, "tradeOrderId"), state) for state in states)


def _unseen_blocks(reply: Reply) -> Iterator[str]:
    """Tags of blocks that are not in store.toml [blocks], each once."""
    known = words.table("blocks").get(reply.kind)
    if not isinstance(known, list):
        return
    found = child(reply.holds, "data")
    tags = dict.fromkeys(text(child(found, key), "tag") or key for key in found)
    yield from (tag for tag in tags if not tag.startswith(tuple(known)))


def _in_detail(reply: Reply) -> Iterator[str]:
    for head in blocks(reply.holds, "detail_order_status_block")[:1]:
        yield from _status(text(head, "title"))
        yield from _buttons(items(head, "buttonVOList"))
    for goods in blocks(reply.holds, "detail_product_block"):
        for product in items(goods, "productVOList"):
            yield from _buttons(items(product, "buttonVOS"))


def _status(label: str | None) -> Iterator[str]:
    if label and status.status(label) == "unknown":
        yield f"the status “{label}”"


def _state(label: str | None) -> Iterator[str]:
    if label and words.meaning("case_states", label) is None:
        yield f"the state “{label}” of a case"


def _buttons(buttons: list[Json]) -> Iterator[str]:
    for button in buttons:
        if not status.is_seen(button):
            code, label = text(button, "type"), text(button, "text") or ""
            yield f"the button “{label}”" + (f" ({code})" if code else "")


def _unseen_steps(reply: Reply) -> Iterator[str]:
    known = [words.code_pattern("tracking", entry) for entry in words.table("tracking")["steps"]]
    module = child(reply.holds, "module") or reply.holds
    for package in items(module, "trackingDetailLineList"):
        for scan in items(package, "detailList"):
            code = text(scan, "trackingPrimaryCode") or text(scan, "trackingSecondCode")
            if code and not any(pattern.fullmatch(code) for pattern in known):
                yield code
