"""How a fact is read from JSON: leniently in its value, strictly in its key (rules.md 1.3).

A value that cannot be read is never guessed and never raises: it counts as not known and its path
is kept in `unread`. A key that contracts.md does not name raises `FactsRefused`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Self, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    model_validator,
)
from pydantic_core import CoreSchema

from autoclaim.errors import FactsRefused
from autoclaim.model.money import Money
from autoclaim.model.times import Time

UNREADABLE = object()
"""What a reader returns for a value of another form than contracts.md gives."""

Reader = Callable[[object], object]

_LONGEST_KEY_SHOWN = 60
_NONE: frozenset[str] = frozenset()
_PLAIN = (str, int, Time, Money)


@dataclass(frozen=True, slots=True)
class Reads:
    """Marks a field with its reader: takes the JSON value, returns the fact or `UNREADABLE`."""

    reader: Reader


@dataclass(frozen=True, slots=True)
class OrNull:
    """Marks a list that may be null in the JSON; it is then read as an empty one."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """The same, or null."""
        return {"anyOf": [handler(schema), {"type": "null"}]}


@dataclass(frozen=True, slots=True)
class Elements:
    """A list that was read: its `facts`, and the paths within it that could not be read."""

    facts: tuple[object, ...]
    unread: tuple[str, ...]


class Fact(BaseModel):
    """Base of all nouns that are read from a facts document; frozen, made by `model_validate`.

    `unread` holds the paths, relative to this fact, of every value below it that could not be
    read; those below `lines` and `shipments` are kept by the line or shipment itself.
    `place` is the index in the list it was given in, `given` the JSON it was read from.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    readers: ClassVar[Mapping[str, tuple[str, Reader]]] = {}

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:  # noqa: ANN401 - as pydantic gives
        """Collect the readers of the fields, by the key each has in the JSON."""
        super().__pydantic_init_subclass__(**kwargs)
        cls.readers = {
            field.alias or name: (name, mark.reader)
            for name, field in cls.model_fields.items()
            for mark in field.metadata
            if isinstance(mark, Reads)
        }

    @model_validator(mode="wrap")
    @classmethod
    def _read(cls, given: object, build: ModelWrapValidatorHandler[Self]) -> Self:
        if isinstance(given, cls):
            return given
        if not isinstance(given, Mapping):
            raise FactsRefused("(document)", "not an object")
        cls.must_be_named(given)
        if not given.keys() <= cls.readers.keys():
            given = {cls.key_of(key): value for key, value in given.items()}
        known, unread = _read_fields(cls, given)
        fact = build(known)
        # beside the fields, where frozen models keep what is derived from them
        fact.__dict__.update(given=given, unread=frozenset(unread) if unread else _NONE, place=0)
        return fact

    @classmethod
    def must_be_named(cls, given: Mapping[str, object]) -> None:
        """Raise `FactsRefused` where `given` lacks what such a noun cannot be without."""

    @classmethod
    def key_of(cls, name: str) -> str:
        """The JSON key of a field, given its key or its name in Python (`return_`)."""
        field = cls.model_fields.get(name)
        return name if field is None or field.alias is None else field.alias

    @cached_property
    def given(self) -> Mapping[str, object]:
        """The JSON this fact was read from."""
        return {}

    @cached_property
    def unread(self) -> frozenset[str]:
        """Relative paths of the values that could not be read."""
        return frozenset()

    @cached_property
    def place(self) -> int:
        """The index of this fact in the list it was given in."""
        return 0

    def as_facts(self) -> dict[str, object]:
        """The JSON this fact was read from, as it came: what was absent stays absent."""
        return cast("dict[str, object]", _plain(self.given))

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """This fact with some keys of its JSON changed, read anew."""
        del deep  # facts are frozen: a copy shares nothing that could change
        return type(self).model_validate({**self.given, **(update or {})})


def _read_fields(
    noun: type[Fact], given: Mapping[str, object]
) -> tuple[dict[str, object], list[str]]:
    known: dict[str, object] = {}
    unread: list[str] = []
    for key, value in given.items():
        if key not in noun.readers:
            raise unknown_key(key)
        name, reader = noun.readers[key]
        if value is None:
            continue
        try:
            read = reader(value)
        except FactsRefused as refused:
            raise below(key, refused) from None
        if read is UNREADABLE:
            unread.append(key)
            continue
        if isinstance(read, Elements):
            unread.extend(key + path for path in read.unread)
            read = read.facts
        # Whether it is a noun is asked last: pydantic takes its time to answer that.
        elif not isinstance(read, _PLAIN) and isinstance(read, Fact):
            unread.extend(f"{key}.{path}" for path in read.unread)
        if read is not None:
            known[name] = read
    return known, unread


def below(place: str, refused: FactsRefused) -> FactsRefused:
    """The same refusal, its path told from one level further out."""
    because = str(refused).removeprefix(f"{refused.path}: ")
    if refused.path == "(document)":
        return FactsRefused(place, because)
    joint = "" if refused.path.startswith("[") else "."
    return FactsRefused(f"{place}{joint}{refused.path}", because)


def unknown_key(key: object) -> FactsRefused:
    """The refusal of a key that contracts.md does not name."""
    return FactsRefused(shown_key(key), "this key is not part of a facts document")


def shown_key(key: object) -> str:
    """A key as it may stand in a message: a hostile or endless one is escaped and cut."""
    text = str(key)
    if not text.isprintable() or not text:
        text = ascii(text)
    return text if len(text) <= _LONGEST_KEY_SHOWN else text[:_LONGEST_KEY_SHOWN] + "…"


def _plain(value: object) -> object:
    """`value` as JSON: nouns given as such are written as they came."""
    if isinstance(value, Fact):
        return value.as_facts()
    if isinstance(value, Money):
        return value.as_json()
    if isinstance(value, Time):
        return value.text
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value


def one(noun: type[Fact]) -> Reader:
    """One fact below another."""

    def read(value: object) -> object:
        return noun.model_validate(value) if isinstance(value, (Mapping, noun)) else UNREADABLE

    return read


def several(noun: type[Fact], *, keep_apart: bool) -> Reader:
    """A list of facts, each knowing its place; what is no object is dropped and named.

    `keep_apart`: the values unread inside an element are told by the element alone.
    """

    def read(value: object) -> object:
        if not isinstance(value, (list, tuple)):
            return UNREADABLE
        facts: list[Fact] = []
        unread: list[str] = []
        for index, part in enumerate(value):
            if isinstance(part, (Mapping, noun)):
                fact = _at_place(noun, part, index)
                facts.append(fact)
                unread.extend(() if keep_apart else (f"[{index}].{path}" for path in fact.unread))
            elif part is not None or keep_apart:
                unread.append(f"[{index}]")
        return Elements(tuple(facts), tuple(unread))

    return read


def _at_place(noun: type[Fact], part: object, index: int) -> Fact:
    try:
        fact = noun.model_validate(part)
    except FactsRefused as refused:
        raise below(f"[{index}]", refused) from None
    if fact is part and fact.place != index:
        fact = noun.model_validate(fact.as_facts())
    fact.__dict__["place"] = index
    return fact
