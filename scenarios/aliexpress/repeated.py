"""Answers kept for the short texts that a history repeats: days, signs of money, wordings."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

Rest = ParamSpec("Rest")
Answer = TypeVar("Answer")

_LONGEST = 64  # letters, so that no endless text of a hostile page is kept
_MOST = 4096


def kept(
    read: Callable[Concatenate[str, Rest], Answer],
) -> Callable[Concatenate[str, Rest], Answer]:
    """`read`, a pure function of a text, whose answers for short texts are kept."""
    cached = lru_cache(maxsize=_MOST)(read)

    @wraps(read)
    def ask(text: str, *rest: Rest.args, **named: Rest.kwargs) -> Answer:
        return (cached if len(text) <= _LONGEST else read)(text, *rest, **named)

    return ask
