"""The store's answers and saved pages → facts. Pure: no browser, no clock, nothing is fetched.

Values that cannot be read stay as the store printed them: the facts name them as unreadable, and
no decision rests on them. Names, addresses and telephone numbers are never taken.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from autoclaim.errors import WrongInput
from autoclaim.model import Order
from autoclaim.model.dated import Reading

from . import (
    failed_answers,
    order_detail,
    order_list,
    renamed_keys,
    returns,
    saved_page,
    tracking,
    untold,
)
from . import promised_twice as promises
from .archives import answers_in_har, is_har, is_mhtml, pages_in_mhtml, saved_at
from .depth import is_too_deep
from .envelope import Reply, embedded, parse, reply
from .joining import Glimpse, joined
from .reading_apart import apart
from .shapes import NUMBER
from .unseen import unseen

STORE = "aliexpress"

_CHARSET = re.compile(rb"""charset=["']?([\w-]+)""", re.IGNORECASE)
_LARGEST = 64 * 1024 * 1024  # bytes of one saved file
_GZIP = b"\x1f\x8b"


def answer(address: str, content: str) -> Reply | None:
    """The answer in the text of a response; None when it is none of those that are read."""
    return reply(parse(content), address)


def glimpses(told: Reply, order_id: str | None = None) -> list[Glimpse]:
    """What one answer tells of each order in it; `order_id` where the answer does not name it."""
    found = _told_in(told, order_id) if told.succeeded else []
    new = list(unseen(told)) if found else []
    lost = renamed_keys.missing(told) if found else []
    dated = []
    for place, glimpse in enumerate(found):
        unseen_here = _about(glimpse, new, is_first=place == 0)
        # Without these words a case that asks something of the buyer would pass for another one.
        missing = unseen_here if told.kind in {"returns", "case"} else ()
        missing = (*glimpse.untold, *_about(glimpse, lost, is_first=place == 0), *missing)
        dated.append(replace(glimpse, at=told.at, unseen=unseen_here, untold=missing))
    return dated


def _about(
    glimpse: Glimpse, new: list[tuple[str | None, str]], *, is_first: bool
) -> tuple[str, ...]:
    """What was never seen before about the order; of the whole page, it stands with the first."""
    return tuple(
        dict.fromkeys(
            what
            for order_id, what in new
            if order_id == glimpse.order_id or (order_id is None and is_first)
        )
    )


def _told_in(told: Reply, order_id: str | None) -> list[Glimpse]:
    if told.kind == "list":
        cards = order_list.orders(told)
        seen = [_glimpse("list", facts, untold.on_card(facts)) for facts in cards]
        return untold.with_unnumbered(seen, order_list.how_many(told))
    if told.kind == "detail":
        facts = order_detail.order(told)
        return [order_detail.glimpse(told, facts)] if facts else []
    if told.kind == "tracking":
        facts = tracking.order(told, order_id)
        missing = tuple(untold.on_tracking(told, facts))
        inside = tracking.goods_in_parcels(told)
        return [Glimpse("tracking", facts, inside=inside, untold=missing)] if facts else []
    if told.kind == "returns":
        cards = returns.cases(told)
        seen = [_glimpse("returns", facts, untold.on_returns(facts)) for facts in cards]
        return untold.with_unnumbered(seen, returns.how_many(told))
    facts = returns.case(told) if told.kind == "case" else {}
    return [_glimpse("case", facts, untold.on_case(facts))] if facts else []


def _glimpse(page: str, facts: dict[str, object], missing: Iterable[str]) -> Glimpse:
    return Glimpse(page, facts, untold=tuple(missing))


def orders(seen: Iterable[Glimpse]) -> list[Order]:
    """The orders behind the glimpses, each once, in the order they were first seen."""
    return [Order.model_validate({"store": STORE, **facts}) for facts in joined(seen)]


def readings(seen: Iterable[Glimpse]) -> list[Reading]:
    """What the pages of several files tell of each order, one reading for each time."""
    by_order: dict[str, list[Glimpse]] = {}
    for glimpse in seen:
        by_order.setdefault(glimpse.order_id, []).append(glimpse)
    return [
        Reading(order, max((one.at for one in group if one.at), default=None))
        for glimpses_of_one in by_order.values()
        for group in apart(glimpses_of_one)
        for order in (*orders(group), *_promised_otherwise(group))
    ]


def _promised_otherwise(group: list[Glimpse]) -> list[Order]:
    """The later of two days of one promise, where the two cannot be the same day."""
    days = promises.days(group)
    if not promises.contradict(days):
        return []
    other = promises.other_reading(STORE, group[0].order_id, days)
    return [Order.model_validate(other)]


def promised_twice(seen: Iterable[Glimpse]) -> dict[str, list[date]]:
    """By order number the days of one promise, where pages of one reading print several."""
    by_order: dict[str, list[Glimpse]] = {}
    for glimpse in seen:
        by_order.setdefault(glimpse.order_id, []).append(glimpse)
    return {
        order_id: days
        for order_id, glimpses_of_one in by_order.items()
        for group in apart(glimpses_of_one)
        if len(days := promises.days(group)) > 1
    }


def never_seen(seen: Iterable[Glimpse]) -> list[str]:
    """What on the pages was never seen before, each with where it stood first."""
    where: dict[str, str] = {}
    for glimpse in seen:
        for what in glimpse.unseen:
            where.setdefault(what, f"{what} on the {glimpse.page} page of {glimpse.order_id}")
    return list(where.values())


def not_told(seen: Iterable[Glimpse]) -> list[str]:
    """What the pages should tell and do not, each with where that was noticed first."""
    where: dict[tuple[str, str], str] = {}
    for glimpse in seen:
        for what in glimpse.untold:
            place = f"{what} on the {glimpse.page} page of {glimpse.order_id}"
            where.setdefault((what, glimpse.page), place)
    return list(where.values())


def read_saved(name: str, content: bytes) -> list[Order]:
    """The orders in one saved answer or page, as `glimpses_in` finds them."""
    return orders(glimpses_in(name, content))


def glimpses_in(name: str, content: bytes) -> list[Glimpse]:
    """What a saved answer (JSON, JSONP, HAR) or page (HTML, MHTML) tells of each order in it.

    `name` serves messages; a tracking answer does not name its order, and a number of that length
    in `name` then stands for it.

    Raises:
        WrongInput: the file is not one of this store's, or tells no order; nothing is half read.
    """
    found = _glimpses_in(name, content)
    if not found:
        raise WrongInput(
            f"{name} tells of no order.",
            "Save the order list, an order's page or its tracking page once it is fully loaded.",
        )
    return found


def _glimpses_in(name: str, content: bytes) -> list[Glimpse]:
    if len(content) > _LARGEST:
        raise WrongInput(f"{name} is too large to be a saved page.", "Save single pages.")
    if content.startswith(_GZIP):
        raise WrongInput(f"{name} is compressed.", "Unpack it first: `gunzip`.")
    if is_mhtml(content):
        pages = [_page(name, html, at) for at, html in pages_in_mhtml(content)]
        ours = [page for page in pages if page.is_ours]
        told, at = [part for page in ours for part in _told_by(page)], saved_at(content)
        return [replace(part, at=part.at or at) for part in told] or _not_ours(name)
    written = _decoded(name, content)
    value = parse(written)
    return _in_page(name, written) if value is None else _in_json(name, value)


def _decoded(name: str, content: bytes) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    declared = _CHARSET.search(content[:2048])
    for candidate in (encoding, declared[1].decode("ascii") if declared else encoding):
        try:
            return content.decode(candidate)
        except (UnicodeDecodeError, LookupError):
            continue
    raise WrongInput(
        f"{name} is not text in UTF-8.", "Save the page again as HTML, or its answer as JSON."
    )


def _in_json(name: str, value: object) -> list[Glimpse]:
    """The glimpses in one answer, in a list of them, or in a HAR."""
    if is_har(value):
        told = list(answers_in_har(value))
    else:
        told = [
            found
            for part in (value if isinstance(value, list) else [value])
            if (found := reply(part))
        ]
    failed = failed_answers.never_came(told)
    if any(found.signed_out or found.challenged for found in failed):
        raise WrongInput(
            f"{name} is an answer to somebody who was not signed in.", "Sign in and save it again."
        )
    number = NUMBER.search(name)
    seen = [part for found in told for part in glimpses(found, number[0] if number else None)]
    if not seen and (failed or not told):
        _no_answer(name, failed)
    return failed_answers.noted(seen, failed) if failed else seen


def _no_answer(name: str, failed: list[Reply]) -> None:
    why = f"can read ({failed_answers.why(failed)})" if failed else "knows"
    raise WrongInput(
        f"{name} holds no answer of {STORE} that autoclaim {why}.",
        "Known are those of the order list, order, tracking and returns pages; "
        "a HAR has to be saved with content.",
    )


def seen_in_page(html: str, address: str = "") -> list[Glimpse]:
    """What a page tells: the answers in its scripts, and what it shows of other orders."""
    return _told_by(saved_page.SavedPage(html, address))


def _in_page(name: str, written: str) -> list[Glimpse]:
    page = _page(name, written, name)
    return _told_by(page) if page.is_ours else _not_ours(name)


def _page(name: str, html: str, address: str) -> saved_page.SavedPage:
    if is_too_deep(html):
        raise WrongInput(
            f"{name} is nested too deeply to be a page of {STORE}.", "Save the page again as HTML."
        )
    return saved_page.SavedPage(html, address)


def _not_ours(name: str) -> list[Glimpse]:
    raise WrongInput(
        f"{name} is not a page of {STORE} that autoclaim knows.",
        "Known are the order list, order, tracking and returns pages, saved as HTML or MHTML; "
        "aliexpress.ru is another shop with pages of its own.",
    )


def _told_by(page: saved_page.SavedPage) -> list[Glimpse]:
    answers = [reply(value) for script in page.scripts() for value in embedded(script)]
    told = [part for found in answers if found for part in glimpses(found, page.order_id)]
    known = {part.order_id for part in told}
    return [*told, *(part for part in page.glimpses() if part.order_id not in known)]
