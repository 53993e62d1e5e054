"""R17: the same order given more than once, merged into one.

Merging works on the JSON as it came, so that a merged order is read like any other. The lines and
shipments stand in the order of the documents; only which document's value counts changes with the
one that is put first.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from autoclaim.model.facts import NOUNS, Order
from autoclaim.model.readers import a_text, a_time, some_words
from autoclaim.model.reading import Fact
from autoclaim.model.times import Time
from autoclaim.rules.same import same_json, same_parsed

_FIRST_STAYS = frozenset({"status_text", "title", "note", "name", "carrier"})
_ID_OF = {"shipments": "shipment_id", "lines": "line_id"}
_EXACTNESS = {"moment": 2, "wall": 1, "day": 0}

Json = Mapping[str, object]


class Merged(NamedTuple):
    """One order out of several documents, and the paths within it where they differ."""

    order: Order
    differing: tuple[str, ...]


class _Part(NamedTuple):
    """What one document gives; `document` is its place among those of the same order."""

    document: int
    value: object


class _Merging(NamedTuple):
    """One merging under way: which document counts first, and the differences found so far."""

    first: int
    differing: set[str]

    def by_preference(self, parts: Sequence[_Part]) -> list[_Part]:
        """The parts with that of the first document in front."""
        return sorted(parts, key=lambda part: part.document != self.first)


def grouped(orders: Sequence[Order]) -> Iterator[tuple[int, list[Order]]]:
    """The orders by store and number, each at the place of the first with its name."""
    names = [(order.store, order.order_id) for order in orders]
    if len(set(names)) == len(names):
        for index, order in enumerate(orders):
            yield index, [order]
        return
    groups: dict[tuple[str, str], tuple[int, list[Order]]] = {}
    for index, (name, order) in enumerate(zip(names, orders, strict=True)):
        groups.setdefault(name, (index, []))[1].append(order)
    yield from groups.values()


def merged(orders: Sequence[Order], first: int) -> Merged:
    """The documents of one order as one, the document at `first` counting before the others."""
    parts = [_Part(index, order.as_facts()) for index, order in enumerate(orders)]
    merging = _Merging(first, set())
    facts = _merge_object(merging, Order, parts, "")
    return Merged(Order.model_validate(facts), tuple(sorted(merging.differing)))


def _merge_object(
    merging: _Merging, noun: type[Fact], parts: Sequence[_Part], path: str
) -> dict[str, object]:
    """Objects are merged key by key."""
    objects = [(part.document, cast("Json", part.value)) for part in parts]
    merged_object: dict[str, object] = {}
    for key in dict.fromkeys(key for _, given in objects for key in given):
        values = [
            _Part(document, given[key])
            for document, given in objects
            if key in given and _is_given(noun, key, given[key])
        ]
        if values:
            merged_object[key] = _merge_value(merging, noun, key, values, path + key)
    return merged_object


def _is_given(noun: type[Fact], key: str, value: object) -> bool:
    """Whether a value says anything: null, a blank text and the status `unknown` do not."""
    if value is None or (key == "status" and value == "unknown"):
        return False
    return not (noun.readers[key][1] is a_text and isinstance(value, str) and not value.strip())


def _merge_value(
    merging: _Merging, noun: type[Fact], key: str, values: list[_Part], path: str
) -> object:
    if len(values) == 1:
        return values[0].value
    if key in _ID_OF and noun is Order:
        return _merge_list(merging, key, values, path)
    if key in NOUNS:
        return _merge_objects(merging, key, values, path)
    values = merging.by_preference(values)
    # wordings differ between a page and a mail without telling anything else
    if key not in _FIRST_STAYS and not _all_equal(noun, key, values):
        merging.differing.add(path)
    return _most_exact(values) if noun.readers[key][1] is a_time else values[0].value


def _merge_objects(merging: _Merging, key: str, values: list[_Part], path: str) -> object:
    """Objects, some of which may be no object at all."""
    objects = [part for part in values if isinstance(part.value, Mapping)]
    chosen = merging.by_preference(values)[0]
    if len(objects) < len(values) and not _same_values(values):
        merging.differing.add(path)
    if chosen not in objects:
        return chosen.value
    return _merge_object(merging, NOUNS[key], objects, f"{path}.")


def _same_values(values: Sequence[_Part]) -> bool:
    return all(same_json(values[0].value, other.value) for other in values[1:])


def _all_equal(noun: type[Fact], key: str, values: Sequence[_Part]) -> bool:
    reader = noun.readers[key][1]
    pairs = ((one, other) for i, one in enumerate(values) for other in values[i + 1 :])
    if reader is a_time:
        return all(_same_time(one.value, other.value) for one, other in pairs)
    if reader is some_words:
        return all(_same_words(one.value, other.value) for one, other in pairs)
    return _same_values(values)


def _same_time(one: object, other: object) -> bool:
    """The same moment, or the same policy day when one of both is not exact."""
    first, second = Time.read(one), Time.read(other)
    if first is None or second is None:
        return same_json(one, other)
    if first.has_offset and second.has_offset:
        return first.moment == second.moment
    return first.day == second.day


def _same_words(one: object, other: object) -> bool:
    if not (isinstance(one, list) and isinstance(other, list)):
        return same_json(one, other)
    words, others = ({word for word in each if isinstance(word, str)} for each in (one, other))
    return words == others


def _most_exact(values: Sequence[_Part]) -> object:
    """Of the times equal to the first one, the most exact; on a tie the first."""
    equal = [part.value for part in values if _same_time(values[0].value, part.value)]
    return max(equal, key=_exactness)


def _exactness(value: object) -> int:
    time = Time.read(value)
    return -1 if time is None else _EXACTNESS[time.form]


def _merge_list(merging: _Merging, key: str, values: list[_Part], path: str) -> object:
    """Lines or shipments, by their ids; a readable list counts before an unreadable one."""
    lists = [part for part in values if isinstance(part.value, list)]
    if len(lists) < len(values) and not _same_values(values):
        merging.differing.add(path)
    if not lists:
        return merging.by_preference(values)[0].value
    noun, id_key = NOUNS[key], _ID_OF[key]
    places = _places(noun, id_key, lists)
    return [
        parts[0].value
        if len(parts) == 1
        else _merge_object(merging, noun, parts, f"{path}[{index}].")
        for index, parts in enumerate(places)
    ]


def _places(noun: type[Fact], id_key: str, lists: list[_Part]) -> list[list[_Part]]:
    """The elements of all lists, those of the same id together."""
    places: list[list[_Part]] = []
    for document, elements in lists:
        for element in cast("list[object]", elements):
            part = _Part(document, element)
            name = _name(element, id_key)
            if name is None:
                if not any(_is_there(noun, part, place) for place in places):
                    places.append([part])
                continue
            place = _place_called(name, id_key, document, places)
            if place is None:
                places.append([part])
            else:
                place.append(part)
    return places


def _name(element: object, id_key: str) -> str | None:
    name = element.get(id_key) if isinstance(element, Mapping) else None
    return name if isinstance(name, str) and name.strip() else None


def _place_called(
    name: str, id_key: str, document: int, places: list[list[_Part]]
) -> list[_Part] | None:
    for place in places:
        mine = all(part.document != document for part in place)
        if mine and _name(place[0].value, id_key) == name:
            return place
    return None


def _is_there(noun: type[Fact], part: _Part, place: list[_Part]) -> bool:
    """Whether an element without an id is equal to one from another document."""
    there = place[0]
    if there.document == part.document:
        return False
    if isinstance(part.value, Mapping) and isinstance(there.value, Mapping):
        return same_parsed(noun, part.value, there.value)
    return same_json(part.value, there.value)
