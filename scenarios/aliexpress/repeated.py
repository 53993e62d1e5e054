"""Answers kept for the short texts that a history repeats: days, signs of money, wordings."""

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import TypeVar, cast

Read = TypeVar("Read", bound=Callable[..., object])

_LONGEST = 64  # letters, so that no endless text of a hostile page is kept
_MOST = 4096


def kept(read: Read) -> Read:
    """`read`, a pure function of a text first of all, whose answers for short texts are kept."""
    cached = lru_cache(maxsize=_MOST)(read)

    @wraps(read)
    def ask(text: str, *rest: Hashable) -> object:
        return (cached if len(text) <= _LONGEST else read)(text, *rest)

    return cast("Read", ask)
