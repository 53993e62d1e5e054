"""What a value of the store's answers looks like: told apart as the reader would read it."""

import re
from collections.abc import Callable, Mapping

from . import dates, money, words
from .shapes import NUMBER, texts_within

_LONGEST_COUNT = 9  # digits
_CODE = re.compile(r"[A-Z][A-Z0-9_]+")
_MARK = re.compile(r"(?=.*\d)[A-Z0-9]{8,40}")  # what stands on a parcel
_COUNTRY = re.compile(r"[A-Z]{2}")
_MOMENT = re.compile(r"\d{13}")


def is_of_sort(value: object, sort: str) -> bool:
    """Whether a value is of a sort of store.toml [keys], or a label of that table of words."""
    told = _SORTS.get(sort)
    return told(value) if told else words.meaning(sort, _written(value)) is not None


def _written(value: object) -> str:
    """The text or number as text; empty for anything else."""
    is_one = isinstance(value, (str, int)) and not isinstance(value, bool)
    return str(value).strip() if is_one else ""


def _is_price(value: object) -> bool:
    if isinstance(value, Mapping):
        return isinstance(money.cents(value), dict)
    return isinstance(value, str) and isinstance(money.price(value), dict)


def _is_day(value: object) -> bool:
    return dates.read_day(_written(value)) is not None


def _is_moment(value: object) -> bool:
    return _MOMENT.fullmatch(_written(value)) is not None


def _holds_day(value: object) -> bool:
    return any(dates.holds_day(one) for one in texts_within(value))


def _is_count(value: object) -> bool:
    return _written(value).isdigit() and len(_written(value)) <= _LONGEST_COUNT


def _names_way_of_paying(value: object) -> bool:
    ways = words.table("paid_with").values()
    said = _written(value).casefold()
    return any(word in said for way in ways if isinstance(way, list) for word in way)


def _limits_a_dispute(value: object) -> bool:
    said = " ".join(texts_within(value))
    ways = words.table("dispute_within").values()
    patterns = (one for way in ways if isinstance(way, list) for one in way)
    return any(re.search(one, said, re.IGNORECASE) for one in patterns)


def _holds_lists(value: object) -> bool:
    return isinstance(value, Mapping) and any(isinstance(one, list) for one in value.values())


_SORTS: Mapping[str, Callable[[object], bool]] = {
    "code": lambda value: _CODE.fullmatch(_written(value)) is not None,
    "cost": lambda value: _is_price(value) or money.is_free(_written(value)),
    "count": _is_count,
    "country": lambda value: _COUNTRY.fullmatch(_written(value)) is not None,
    "dated": _holds_day,
    "day": _is_day,
    "digits": lambda value: _written(value).isdigit(),
    "dispute_within": _limits_a_dispute,
    "flag": lambda value: str(value).lower() in {"true", "false"},
    "lists": _holds_lists,
    "mark": lambda value: _MARK.fullmatch(_written(value)) is not None,
    "moment": _is_moment,
    "number": lambda value: NUMBER.fullmatch(_written(value)) is not None,
    "paid_with": _names_way_of_paying,
    "price": _is_price,
    "time": lambda value: _is_day(value) or _is_moment(value),
    "words": lambda value: isinstance(value, str) and bool(value.strip()),
}
