"""Readers: each takes a JSON value and returns the fact, None or `UNREADABLE` (rules.md 1.3)."""

import re
from collections.abc import Iterable, Mapping

from autoclaim.model.money import Money, is_amount, is_currency
from autoclaim.model.reading import UNREADABLE, Elements, Reader, unknown_key
from autoclaim.model.times import Time, zone_named

_COUNTRY = re.compile(r"[A-Z]{2}")


def a_text(value: object) -> object:
    """Any text; a blank one is absent."""
    if not isinstance(value, str):
        return UNREADABLE
    return value if value.strip() else None


def a_flag(value: object) -> object:
    """A yes or no."""
    return value if isinstance(value, bool) else UNREADABLE


class AWord:
    """Reads one of a closed list of words; `words` is the list."""

    __slots__ = ("_allowed", "words")

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)
        self._allowed = frozenset(self.words)

    def __call__(self, value: object) -> object:
        """The word, or `UNREADABLE`."""
        return value if isinstance(value, str) and value in self._allowed else UNREADABLE


def a_count(at_least: int) -> Reader:
    """A JSON integer that is not below `at_least` (`2.0` and `true` are none)."""
    return lambda value: value if type(value) is int and value >= at_least else UNREADABLE


def a_time(value: object) -> object:
    """A moment, a day, or a moment without offset."""
    if isinstance(value, Time):
        return value
    return Time.read(value) or UNREADABLE


def a_day(value: object) -> object:
    """A day and nothing else."""
    found = a_time(value)
    return found if isinstance(found, Time) and found.form == "day" else UNREADABLE


def a_country(value: object) -> object:
    """Two capitals."""
    return value if isinstance(value, str) and _COUNTRY.fullmatch(value) else UNREADABLE


def a_currency(value: object) -> object:
    """Three capitals."""
    return value if is_currency(value) else UNREADABLE


def a_zone(value: object) -> object:
    """The name of an IANA time zone."""
    return value if isinstance(value, str) and zone_named(value) else UNREADABLE


def a_price(value: object) -> object:
    """`{"amount": digits[.digits], "currency": three capitals}` and nothing else."""
    if isinstance(value, Money):
        return value
    if not isinstance(value, Mapping):
        return UNREADABLE
    for key in value:
        if key not in {"amount", "currency"}:
            raise unknown_key(key)
    amount, currency = value.get("amount"), value.get("currency")
    if isinstance(amount, str) and is_amount(amount) and isinstance(currency, str):
        return Money.of(amount, currency) if is_currency(currency) else UNREADABLE
    return UNREADABLE


def a_rate(value: object) -> object:
    """A decimal string above zero."""
    return value if is_amount(value) and str(value).strip("0.") else UNREADABLE


def some_words(value: object) -> object:
    """A list of words; what is no text among them is left out without notice."""
    if not isinstance(value, (list, tuple, set, frozenset)):
        return UNREADABLE
    return Elements(tuple(word for word in value if isinstance(word, str)), ())


def some_days(value: object) -> object:
    """A list of days; the ones that cannot be read are named."""
    if not isinstance(value, (list, tuple)):
        return UNREADABLE
    read = [(index, a_day(day)) for index, day in enumerate(value) if day is not None]
    return Elements(
        tuple(day for _, day in read if day is not UNREADABLE),
        tuple(f"[{index}]" for index, day in read if day is UNREADABLE),
    )
