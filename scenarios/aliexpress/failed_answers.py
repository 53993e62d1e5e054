"""Answers that did not come: refused by the store, broken off, or not kept by who saved them.

What they would have told is missing, and what is left looks whole. An answer that came when the
page asked once more is not missing: every first call of a visit is refused for want of a token.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from . import words
from .envelope import Reply
from .joining import Glimpse
from .shapes import text

_READ = {"list", "detail", "tracking", "returns", "case"}


def never_came(replies: Sequence[Reply]) -> list[Reply]:
    """The failed answers to what is read, without those that came to the same question."""
    came = {_question(one) for one in replies if one.succeeded}
    kinds = {kind for kind, _ in came}
    failed = (one for one in replies if one.kind in _READ and not one.succeeded)
    return [one for one in failed if not _was_asked_again(one, came, kinds)]


def _question(one: Reply) -> tuple[str, str]:
    return one.kind, json.dumps(one.asked, sort_keys=True)


def _was_asked_again(
    failed: Reply, came: Collection[tuple[str, str]], kinds: Collection[str]
) -> bool:
    """Whether the answer came after all; where no question was kept, only a token was wanted."""
    if failed.asked:
        return _question(failed) in came
    codes = words.table("replies")["no_token"]
    return failed.kind in kinds and any(code in failed.result for code in codes)


def why(failed: Iterable[Reply]) -> str:
    """Which answers failed and why, as a part of a sentence."""
    told = [f"{one.kind}: {_reason(one)}" for one in failed]
    return "; ".join(dict.fromkeys(told))


def noted(seen: list[Glimpse], failed: list[Reply]) -> list[Glimpse]:
    """The glimpses, of which those of the same order, else the first, say what is missing."""
    told = list(seen)
    for one in failed:
        number = text(one.asked, "tradeOrderId")
        place = next((at for at, part in enumerate(told) if part.order_id == number), 0)
        missing = f"one answer of the {one.kind} page, which failed ({_reason(one)}),"
        told[place] = replace(told[place], untold=(missing, *told[place].untold))
    return told


def _reason(failed: Reply) -> str:
    return failed.result.partition("::")[0][:60] or "it says nothing"
