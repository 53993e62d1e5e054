"""A guide: how to end one kind of thing, step by step, with where each step is written."""

from datetime import date, timedelta
from typing import Annotated, Literal, NamedTuple, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from autoclaim.model.subscription import Channel

OLD_AFTER = timedelta(days=365)
"""A guide that was not compared with its sources for so long is said to be old."""


def _https(address: str) -> str:
    if urlsplit(address).scheme != "https" or not urlsplit(address).netloc:
        raise ValueError(f"{address!r} is no https address")
    return address


Address = Annotated[str, AfterValidator(_https)]
Language = Annotated[str, Field(pattern="^[a-z]{2}$")]
Text = Annotated[str, Field(min_length=3, max_length=600)]


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GuideSource(_Written):
    """Where a step is written: who says it, in which part, and when we read it."""

    title: Text
    clause: Text | None = None
    url: Address
    retrieved: date | None = None


class Step(_Written):
    """One action of the buyer. `see` is the id of another guide; `address` the page to act on."""

    do: Annotated[str, Field(min_length=5, max_length=160, pattern=r"^[A-Z].*\.$")]
    note: Text | None = None
    address: Address | None = None
    see: str | None = None
    source: str


class Letter(_Written):
    """A template of a letter or mail, filled in a sandbox by runner/subscription_letter.py."""

    subject: Annotated[str, Field(min_length=5, max_length=120)]
    body: Annotated[str, Field(min_length=40, max_length=4000)]


class Guide(_Written):
    """One guide. `ends` says what it ends, `conditions` what notice or form it asks for.

    `languages` are those in which the labels it quotes, or its letters, are given (ISO 639-1).
    `checked_on` is the day it was last compared with `checked_against`: the page itself, a copy
    of the source's text, or nothing but what the source is known to say.
    """

    format: Literal[1]
    title: Text
    ends: Text
    provider: Text | None = None
    channel: Channel
    difficulty: Literal["easy", "medium", "hard"]
    address: Address | None = None
    conditions: Text
    conditions_source: str
    languages: Annotated[
        tuple[Annotated[str, Field(pattern="^[a-z]{2}$")], ...], Field(min_length=1)
    ]
    checked_on: date
    checked_against: Literal["page", "copy", "nothing"]
    sources: Annotated[dict[str, GuideSource], Field(min_length=1)]
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=15)]
    letter: dict[str, Letter] = {}

    @model_validator(mode="after")
    def _sourced(self) -> Self:
        used = {self.conditions_source, *(step.source for step in self.steps)}
        if unknown := used - set(self.sources):
            raise ValueError(f"no such source: {', '.join(sorted(unknown))}")
        if idle := set(self.sources) - used:
            raise ValueError(f"a source nothing rests on: {', '.join(sorted(idle))}")
        if strange := set(self.letter) - set(self.languages):
            raise ValueError(f"a letter in a language not named: {', '.join(sorted(strange))}")
        return self


class NamedGuide(NamedTuple):
    """A guide under its id: folder and file name, like `generic/free-trial`."""

    id: str
    guide: Guide

    def is_old(self, today: date) -> bool:
        """Whether its last check is too long ago to be trusted without a look."""
        return today - self.guide.checked_on > OLD_AFTER

    def as_json(self) -> dict[str, object]:
        """The guide as `guide show --json` prints it."""
        return {"id": self.id, **self.guide.model_dump(mode="json", exclude_none=True)}
