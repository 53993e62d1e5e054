"""Spans of time as contracts name them: `14 days`, `1 month`, `2 years`, `none`."""

import re
from typing import Annotated, Literal, NamedTuple, Self, get_args

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

Unit = Literal["day", "week", "month", "year"]
_UNITS: tuple[Unit, ...] = get_args(Unit)
_WRITTEN = re.compile(r"([0-9]{1,4})\s*(day|week|month|year)s?", re.IGNORECASE)
_NONE = {"none", "0"}
_MOST_DAYS = 36_600  # a hundred years: what is longer is a slip of the keyboard
_DAYS_AT_MOST: dict[Unit, int] = {"day": 1, "week": 7, "month": 31, "year": 366}


class Span(NamedTuple):
    """So many days, weeks, months or years; zero of them is no time at all."""

    number: int
    unit: Unit

    @classmethod
    def read(cls, text: str) -> Self:
        """The span that `text` names.

        Raises:
            ValueError: no span, or one of more than a hundred years.
        """
        if text.strip().lower() in _NONE:
            return cls(0, "day")
        written = _WRITTEN.fullmatch(text.strip())
        if written is None:
            raise ValueError(f"{text!r} is no span of time: write it like 14 days or 1 month")
        unit = next(unit for unit in _UNITS if unit == written[2].lower())
        span = cls(int(written[1]), unit)
        if span.days_at_most > _MOST_DAYS:
            raise ValueError(f"{text!r} is more than a hundred years")
        return span

    @property
    def months(self) -> int:
        """The part of it that is counted in calendar months."""
        return self.number * {"month": 1, "year": 12}.get(self.unit, 0)

    @property
    def days(self) -> int:
        """The part of it that is counted in days."""
        return self.number * {"day": 1, "week": 7}.get(self.unit, 0)

    @property
    def days_at_most(self) -> int:
        """How many days it can have, with the longest months and leap years."""
        return self.number * _DAYS_AT_MOST[self.unit]

    def __str__(self) -> str:
        if not self.number:
            return "none"
        return f"{self.number} {self.unit}" + ("" if self.number == 1 else "s")


def _as_span(value: object) -> object:
    return Span.read(value) if isinstance(value, str) else value


ASpan = Annotated[
    Span,
    BeforeValidator(_as_span),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["14 days", "1 month"]}),
]
"""A span among the fields of a model: a text in JSON, a `Span` in Python."""
