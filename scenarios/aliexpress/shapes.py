"""Reading JSON that came from elsewhere: whatever shape it has, nothing here raises.

The store writes the same value as a number in one answer and as a text in the next, and `true` as
`"true"`; these readers take both. What is not there, or of another kind, is None or empty.
"""

import re
from collections.abc import Iterator, Mapping

Json = Mapping[str, object]

# The number of an order, a line or a case, as it stands in a text. What goes before its first
# digit is looked at after that digit: a pattern that begins with one is found three times as fast.
NUMBER = re.compile(r"\d(?<!\d\d)\d{13,18}(?!\d)")

_LONGEST_NUMBER = 9  # digits of a count; more are none

_NOTHING: Json = {}


def child(value: object, *path: str) -> Json:
    """The object found by walking `path` down from `value`; empty when there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else _NOTHING


def items(value: object, key: str) -> list[Json]:
    """The objects in the list under `key`."""
    found = value.get(key) if isinstance(value, Mapping) else None
    return [part for part in found if isinstance(part, Mapping)] if isinstance(found, list) else []


def text(value: object, key: str) -> str | None:
    """The text or number under `key` as stripped text; None for a blank one and any other kind."""
    found = value.get(key) if isinstance(value, Mapping) else None
    if isinstance(found, bool) or not isinstance(found, (str, int)):
        return None
    return str(found).strip() or None


def whole(value: object, key: str) -> int | None:
    """The whole number under `key`, written as a number or as digits."""
    digits = text(value, key) or ""
    is_count = digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER
    return int(digits) if is_count else None


def as_it_stands(value: object, key: str) -> str | None:
    """The text or any number under `key` as text, so that one that cannot be read shows up."""
    found = value.get(key) if isinstance(value, Mapping) else None
    return str(found) if isinstance(found, float) else text(value, key)


def yes(value: object, key: str) -> bool:
    """Whether `key` holds true, written as a boolean or as a text."""
    found = value.get(key) if isinstance(value, Mapping) else None
    return found is True or (isinstance(found, str) and found.strip().lower() == "true")


def texts_within(value: object) -> Iterator[str]:
    """Every text anywhere below `value`, in the order it is written."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from texts_within(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_within(part)


def known(facts: Mapping[str, object]) -> dict[str, object]:
    """`facts` without what is not known: None, and objects and lists with nothing in them."""
    return {key: value for key, value in facts.items() if value or not _is_nothing(value)}


def _is_nothing(value: object) -> bool:
    return value is None or isinstance(value, (dict, list, tuple))
