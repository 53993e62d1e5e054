"""Keys of an answer that are read and missing, where a new one may stand in their place.

Most keys are absent for good reasons: no refund yet, no promise. So a missing one says nothing by
itself; but beside a key that nobody knows, and that holds what the missing one would hold, it may
have been renamed, and what it told would be lost without a word. store.toml [keys] has them all.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from . import words
from .envelope import Reply
from .shapes import Json, child, text
from .value_sorts import is_of_sort

Found = list[tuple[str | None, str]]

_MOST_NEW = 50  # keys of one object that are looked at one by one; no change brings so many


@dataclass(frozen=True, slots=True)
class _Place:
    """One kind of object: the keys that are read and what they hold, and all that are known.

    `always` are those no such object was ever without, `inside` those with further such objects,
    `order` the one with the order's number, where an answer is about several.
    """

    name: str
    reads: Mapping[str, str]
    known: frozenset[str]
    always: frozenset[str]
    inside: tuple[tuple[str, str], ...]
    order: str | None


def missing(reply: Reply) -> Found:
    """Order number (None: the whole page), and each key that is missed."""
    found: Found = []
    _look(reply.kind, reply.holds, None, found)
    _look(f"{reply.kind}_blocks", _fields_by_tag(reply), None, found)
    return found


def _look(name: str, value: object, order_id: str | None, found: Found) -> None:
    """Note what is missed in an object, or in each object of a list, and in those below."""
    if isinstance(value, list):
        for part in value:
            _look(name, part, order_id, found)
    place = _places().get(name)
    if place is None or not isinstance(value, dict):
        return
    if place.order:
        order_id = text(value, place.order)
    if not (place.known.issuperset(value) and place.always <= value.keys()):
        found += ((order_id, what) for what in _missed(place, value))
    for key, below in place.inside:
        if key in value:
            _look(below, value[key], order_id, found)


def _missed(place: _Place, value: Json) -> Iterator[str]:
    """What is missed, once for each new key that may hold it, and what is missed without one."""
    absent = {key: what for key, what in place.reads.items() if key not in value}
    guessed: set[str] = set()
    unknown = sorted(key for key in value if key not in place.known)
    if len(unknown) > _MOST_NEW:
        yield f"what {len(unknown)} new keys of {place.name} mean"
    for new in unknown[:_MOST_NEW]:
        like = [key for key, what in absent.items() if _is_like(value[new], what)]
        guessed.update(like)
        if like:
            keys = " or ".join(f"“{key}”" for key in like)
            yield f"the key {keys} of {place.name}, perhaps “{new[:40]}” now"
    for key in (one for one in absent if one in place.always - guessed):
        yield f"the key “{key}” of {place.name}"


def _is_like(value: object, what: str) -> bool:
    """Whether the value could be such an object, or several, or a value of that sort."""
    place = _places().get(what)
    if place is None:
        return is_of_sort(value, what)
    objects = value if isinstance(value, list) else [value]
    return any(isinstance(one, dict) and place.reads.keys() & one.keys() for one in objects)


def _fields_by_tag(reply: Reply) -> Json:
    """The fields of an answer's blocks, by the known beginnings of their tags."""
    found: dict[str, list[object]] = {}
    known = words.table("blocks").get(reply.kind, ())
    blocks = child(reply.holds, "data")
    for key in blocks:
        tag = text(child(blocks, key), "tag") or key
        name = next((one for one in known if tag.startswith(one)), tag)
        found.setdefault(name, []).append(child(blocks, key, "fields"))
    return found


@cache
def _places() -> Mapping[str, _Place]:
    table = {name: one for name, one in words.table("keys").items() if isinstance(one, dict)}
    return {name: _place(name, one, table.keys()) for name, one in table.items()}


def _place(name: str, entry: Mapping[str, Any], places: Collection[str]) -> _Place:
    reads: Mapping[str, str] = entry["reads"]
    blocks = words.table("blocks").get(name.removesuffix("_blocks"), ())
    return _Place(
        name,
        reads,
        known=frozenset((*reads, *entry.get("others", ()), *blocks)),
        always=frozenset(entry.get("always", ())),
        inside=tuple((key, what) for key, what in reads.items() if what in places),
        order=entry.get("order"),
    )
