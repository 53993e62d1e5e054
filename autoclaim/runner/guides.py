"""The guides that ship with autoclaim: found by id or by words."""

import tomllib
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pydantic import ValidationError

from autoclaim.errors import MachineFault, WrongInput
from autoclaim.model.guide import Guide, NamedGuide
from autoclaim.runner.subscription_letter import Written, write_letter

CHECKED = {
    "page": "Compared with its sources' own pages on {}.",
    "copy": (
        "Not compared with its sources' own pages: only with copies of their text, on {}. "
        "What a page says today counts more."
    ),
    "nothing": (
        "Not compared with its sources' pages: it was written on {} from what they are known to "
        "say. Read the page itself before you rely on a step."
    ),
}


@cache
def all_guides() -> tuple[NamedGuide, ...]:
    """All guides, sorted by id.

    Raises:
        MachineFault: a file of the installed package cannot be read as a guide.
    """
    return tuple(sorted(_read(files("autoclaim") / "guides")))


def _read(folder: Traversable) -> Iterator[NamedGuide]:
    for topic in folder.iterdir():
        if topic.is_dir():
            for file in topic.iterdir():
                if file.name.endswith(".toml"):
                    name = f"{topic.name}/{file.name.removesuffix('.toml')}"
                    yield NamedGuide(name, read_guide(name, file.read_text(encoding="utf-8")))


def read_guide(name: str, text: str) -> Guide:
    """The guide in a TOML text.

    Raises:
        MachineFault: no TOML, an unknown key, a step without a source; the place is named.
    """
    try:
        return Guide.model_validate(tomllib.loads(text))
    except ValidationError as wrong:
        first = wrong.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the whole"
        because = f"{place}: {first['msg']}"
    except tomllib.TOMLDecodeError as wrong:
        because = str(wrong)
    raise MachineFault(f"The guide {name} is broken: {because}.", "Install autoclaim again.")


def find_guide(wanted: str) -> NamedGuide:
    """The guide of that id, or the only one whose id ends so.

    Raises:
        WrongInput: none, or several; the nearest ids are named.
    """
    ids = {one.id: one for one in all_guides()}
    if wanted in ids:
        return ids[wanted]
    ending = [one for one in all_guides() if one.id.endswith(f"/{wanted}")]
    if len(ending) == 1:
        return ending[0]
    near = [one.id for one in ending] or get_close_matches(wanted, ids, n=3, cutoff=0.4)
    hint = f"Near it: {', '.join(near)}." if near else "`autoclaim guide list` shows all."
    raise WrongInput(f"There is no guide {wanted}.", hint)


def search_guides(text: str) -> list[NamedGuide]:
    """The guides in which each word of `text` stands somewhere; all for an empty text."""
    words = text.casefold().split()
    return [one for one in all_guides() if all(word in _words(one) for word in words)]


def _words(one: NamedGuide) -> str:
    guide = one.guide
    steps = [f"{step.do} {step.note or ''}" for step in guide.steps]
    texts = [one.id, guide.title, guide.ends, guide.provider or "", guide.conditions, *steps]
    return " ".join(texts).casefold()


def blank_letter(one: NamedGuide, language: str | None) -> Written | None:
    """The guide's letter with everything still to be filled in; None when it has none.

    Raises:
        WrongInput: it has none in that language.
    """
    letters = one.guide.letter
    if not letters and language is None:
        return None
    wanted = language or one.guide.languages[0]
    if wanted not in letters:
        there = ", ".join(letters) or "none"
        raise WrongInput(f"The guide has no letter in {wanted!r}.", f"It has: {there}.")
    return write_letter(letters[wanted], wanted, {})


def check_words(one: NamedGuide, today: date) -> str:
    """How far the guide can be trusted, in a sentence."""
    words = CHECKED[one.guide.checked_against].format(one.guide.checked_on)
    if one.is_old(today):
        days = (today - one.guide.checked_on).days
        return f"{words} That is {days} days ago: look whether it still fits."
    return words
