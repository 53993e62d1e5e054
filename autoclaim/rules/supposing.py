"""What if: a facts document with some facts changed, without storing anything.

A change is a fact and a value, both as typed: `problem=damaged`, `delivered=2026-04-03`, or a path
of contracts.md, `orders[0].shipments[0].delivered_at=2026-04-03`. An empty value means not known.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from autoclaim.errors import FactsRefused, WrongInput
from autoclaim.model.facts import LISTS, NOUNS, Facts, Order
from autoclaim.model.money import is_amount
from autoclaim.model.readers import AWord, a_country, a_currency, a_flag, a_price, a_time, a_zone
from autoclaim.model.reading import UNREADABLE, Elements, Fact, Reader
from autoclaim.rules.names import IMPLIED, NAMES

_STEP = re.compile(r"([a-z_]+)(?:\[([0-9]+)\])?")
_YES_OR_NO = {"yes": True, "true": True, "no": False, "false": False}
_FORMS: Mapping[Reader, str] = {
    a_time: "Write a day or a moment: 2026-04-03, or 2026-04-03T18:30:00+02:00.",
    a_flag: "It can be: yes, no.",
    a_price: "Write an amount and its currency: '20.00 USD'.",
    a_country: "Write two capitals, as in ES.",
    a_zone: "Write the name of a time zone, as in Europe/Madrid.",
}
_EXAMPLE = "Write it as in problem=damaged, delivered=2026-04-03 or price='20.00 USD'."

Json = dict[str, object]


class Place(NamedTuple):
    """Which order, line and parcel the short names speak of, by their indices."""

    order: int
    line: int
    parcel: int

    def path(self, template: str) -> str:
        """A template of names.py as a path of the document."""
        return template.format(order=self.order, line=self.line, parcel=self.parcel)


class _Spot(NamedTuple):
    """Where a path ends: the object, its key there, and what reads the value."""

    holder: Json
    key: str
    reader: Reader


def supposed(facts: Facts, changes: Mapping[str, str], order: int = 0, line: int = 0) -> Facts:
    """`facts` with `changes`; short names speak of line `line` of order `order`, both from 0.

    Raises `WrongInput` for a name that is no fact, and for a value that it cannot have.
    """
    document = facts.as_facts()
    place = place_of(facts.orders[order], order, line)
    for name, value in changes.items():
        suppose(document, place, name, value)
        for implied, word in IMPLIED.get(name, {}).items() if value.strip() else ():
            suppose(document, place, place.path(implied), word)
    try:
        return Facts.model_validate(document)
    except FactsRefused as refused:
        raise WrongInput(f"That cannot be supposed: {refused}.", _EXAMPLE) from None


def place_of(order: Order, index: int, line: int) -> Place:
    """The place of a line and the parcel it travelled in, or the first one when none is named."""
    chosen = order.lines[line] if line < len(order.lines) else None
    name = None if chosen is None else chosen.shipment_id
    named = (parcel.place for parcel in order.shipments if parcel.shipment_id == name)
    first = order.shipments[0].place if order.shipments else 0
    return Place(
        index, 0 if chosen is None else chosen.place, first if name is None else next(named, first)
    )


def suppose(document: Json, place: Place, name: str, value: str) -> None:
    """Change one fact, and nothing else, of a document of plain JSON values, in place."""
    template = NAMES.get(name)
    path = name if template is None else place.path(template)
    spot = _spot(document, path, name, make=bool(value.strip()))
    if value.strip():
        spot.holder[spot.key] = _typed(spot, name, value.strip())
    else:
        spot.holder.pop(spot.key, None)


def _spot(document: Json, path: str, name: str, *, make: bool) -> _Spot:
    """Where `path` ends; objects on the way that are not there yet are made, if so asked."""
    holder: Json = document
    readers = _readers(Facts)
    *steps, (key, index) = _steps(path, name)
    for step, place in steps:
        if step not in readers or (place is None) is (step in LISTS):
            raise _no_such_fact(name)
        # forgetting a fact must not make the objects on the way to it
        below = holder if make else dict(holder)
        holder = _below(below, step) if place is None else _element(below, step, place, name)
        readers = _PARTS_OF_MONEY if readers[step] is a_price else _readers(NOUNS.get(step))
    if key not in readers or index is not None:
        raise _no_such_fact(name)
    if make and key in NOUNS:
        raise WrongInput(
            f"{name}: this holds several facts; name the one that is meant.", _EXAMPLE
        )
    return _Spot(holder, key, readers[key])


def _readers(noun: type[Fact] | None) -> Mapping[str, Reader]:
    """What reads each key below a noun; nothing stands below a plain value."""
    return {} if noun is None else {key: reader for key, (_, reader) in noun.readers.items()}


def _an_amount(value: object) -> object:
    return value if is_amount(value) else UNREADABLE


_PARTS_OF_MONEY: Mapping[str, Reader] = {"amount": _an_amount, "currency": a_currency}


def _steps(path: str, name: str) -> Iterator[tuple[str, int | None]]:
    for part in path.split("."):
        step = _STEP.fullmatch(part)
        if step is None:
            raise _no_such_fact(name)
        yield step[1], None if step[2] is None else int(step[2])


def _no_such_fact(name: str) -> WrongInput:
    known = ", ".join(sorted(NAMES))
    return WrongInput(f"No fact is called {name!r}.", f"The short names are: {known}.")


def _below(holder: Json, key: str) -> Json:
    below = holder.get(key)
    if not isinstance(below, dict):
        below = holder[key] = {}
    return below


def _element(holder: Json, key: str, index: int, name: str) -> Json:
    given = holder.get(key)
    elements: list[object] = given if isinstance(given, list) else []
    if index == len(elements):
        holder[key] = elements = [*elements, {}]
    element = next(iter(elements[index:]), None)
    if not isinstance(element, dict):
        raise WrongInput(f"{name}: there is no {key}[{index}].", _EXAMPLE)
    return element


def _typed(spot: _Spot, name: str, text: str) -> object:
    """The text as the JSON value that the fact takes."""
    for value in _possible_values(spot.reader, text):
        if _is_readable(spot.reader(value)):
            return value
    raise WrongInput(f"{name}={text}: this fact cannot have that value.", _possible(spot.reader))


def _is_readable(read: object) -> bool:
    return not read.unread if isinstance(read, Elements) else read is not UNREADABLE


def _possible(reader: Reader) -> str:
    """What a fact can be, so that nobody has to guess."""
    if isinstance(reader, AWord):
        return f"It can be: {', '.join(reader.words)}."
    return _FORMS.get(reader, _EXAMPLE)


def _possible_values(reader: Reader, text: str) -> Iterator[object]:
    if reader is a_price:
        amount, _, currency = text.partition(" ")
        yield {"amount": amount, "currency": currency.strip()}
        return
    yield text
    if text in _YES_OR_NO:
        yield _YES_OR_NO[text]
    if text.isascii() and text.isdigit():
        yield int(text)
    yield [part.strip() for part in text.split(",")]
