"""Whether an order would be refused, without reading its values: for documents of any length."""

from collections.abc import Mapping

from autoclaim.errors import FactsRefused
from autoclaim.model.facts import LISTS, NOUNS, Order, name_is_given
from autoclaim.model.readers import a_price
from autoclaim.model.reading import Fact, below, unknown_key

_OF_MONEY = frozenset({"amount", "currency"})


def refuse_unknown_keys(order: object) -> None:
    """Raise `FactsRefused` exactly when `Order.model_validate(order)` would."""
    if not isinstance(order, Mapping):
        raise FactsRefused("(document)", "an order is an object")
    name_is_given(order)
    _check(Order, order)


def _check(noun: type[Fact], given: Mapping[str, object]) -> None:
    readers = noun.readers
    for key, value in given.items():
        if key not in readers:
            raise unknown_key(key)
        if not isinstance(value, (Mapping, list)):
            continue
        try:
            _check_below(key, value, money=readers[key][1] is a_price)
        except FactsRefused as refused:
            raise below(key, refused) from None


def _check_below(key: str, value: object, *, money: bool) -> None:
    if isinstance(value, Mapping):
        if money:
            for part in value:
                if part not in _OF_MONEY:
                    raise unknown_key(part)
        elif key in NOUNS and key not in LISTS:
            _check(NOUNS[key], value)
        return
    for index, element in enumerate(value if isinstance(value, list) and key in LISTS else ()):
        if isinstance(element, Mapping):
            try:
                _check(NOUNS[key], element)
            except FactsRefused as refused:
                raise below(f"[{index}]", refused) from None
