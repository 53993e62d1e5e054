"""When two values of the facts are the same: as JSON, or in every parsed value."""

from collections.abc import Mapping

from autoclaim.model.money import Money
from autoclaim.model.reading import Fact


def same_json(one: object, other: object) -> bool:
    """The same JSON value: `1`, `1.0` and `true` are three different ones."""
    if type(one) is not type(other):
        return False
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same_json(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same_json, one, other))
    return one == other


def same_parsed(noun: type[Fact], one: object, other: object) -> bool:
    """Equal in every parsed value: two times of the same form at the same moment, nothing looser.

    Values that cannot be read are the same only as JSON.
    """
    left, right = noun.model_validate(one), noun.model_validate(other)
    if left.unread or right.unread:
        return same_json(one, other)
    return _parsed(left) == _parsed(right)


def _parsed(value: object) -> object:
    if isinstance(value, Fact):
        return tuple(_parsed(getattr(value, name)) for name in type(value).model_fields)
    if isinstance(value, Money):
        return value.amount, value.currency
    return value
