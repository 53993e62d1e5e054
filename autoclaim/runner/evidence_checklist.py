"""What persuades for a kind of problem, and what of it is still missing."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from autoclaim.edge.pictures import PictureLimits
from autoclaim.errors import MachineFault, WrongInput
from autoclaim.model import EvidenceFile


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Limits(_Table):
    """What a form is taken to accept until the form itself says otherwise."""

    picture_bytes: int
    picture_side: int
    pictures: tuple[str, ...]
    video_bytes: int

    def of_pictures(self) -> PictureLimits:
        """As edge/pictures.py asks for them."""
        return PictureLimits(self.picture_bytes, self.picture_side, self.pictures)


class Source(_Table):
    """Where it is said that something persuades."""

    title: str
    address: str | None = None


class Proof(_Table):
    """One thing to show; `needed` are those without which a claim is often refused."""

    words: str
    weight: Literal["needed", "helps"]
    taken_by: Literal["buyer", "autoclaim"]
    source: str


class Checklists(_Table):
    """The file `statements/evidence.toml`."""

    format: Literal[1]
    limits: Limits
    sources: dict[str, Source]
    kinds: dict[str, dict[str, Proof]]

    @model_validator(mode="after")
    def _sources_are_there(self) -> "Checklists":
        used = {one.source for entries in self.kinds.values() for one in entries.values()}
        if used != set(self.sources):
            raise ValueError(f"sources and their use differ: {used ^ set(self.sources)}")
        return self


class Item(NamedTuple):
    """One line of a checklist, and the kept files that show it."""

    name: str
    proof: Proof
    shown_by: tuple[EvidenceFile, ...]

    @property
    def missing(self) -> bool:
        """Whether nothing shows it yet."""
        return not self.shown_by

    def as_json(self) -> dict[str, object]:
        """One entry of `checklist` in `evidence list --json`."""
        return {
            "name": self.name,
            "words": self.proof.words,
            "weight": self.proof.weight,
            "taken_by": self.proof.taken_by,
            "shown_by": [one.file for one in self.shown_by],
        }


@cache
def checklists() -> Checklists:
    """The checklists that ship with autoclaim.

    Raises:
        MachineFault: the file of the installed package cannot be read.
    """
    text = (files("autoclaim") / "statements" / "evidence.toml").read_text(encoding="utf-8")
    try:
        return Checklists.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as wrong:
        raise MachineFault(
            f"The checklists are broken: {wrong}.", "Install autoclaim again."
        ) from None


def checklist(kind: str | None, kept: Sequence[EvidenceFile]) -> list[Item]:
    """What to show for a kind of problem, what persuades most first; nothing without a kind."""
    wanted = checklists().kinds.get(kind or "", {})
    return [
        Item(name, one, tuple(file for file in kept if file.shows == name))
        for name, one in wanted.items()
    ]


def must_be_on_the_list(kind: str | None, shows: str | None) -> None:
    """Raise WrongInput for a `--shows` that the checklist of the problem does not have."""
    if shows is None:
        return
    names = checklists().kinds.get(kind or "", {})
    if kind is None:
        raise WrongInput(
            "Nobody has said what is wrong, so there is no checklist yet.",
            "Say it first: autoclaim problem ORDER --kind damaged (or another kind).",
        )
    if shows not in names:
        raise WrongInput(
            f"The checklist for {kind.replace('_', ' ')} has no {shows!r}.",
            f"It has: {', '.join(names)}.",
        )
