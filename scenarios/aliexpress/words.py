"""The words of `store.toml`, looked up the way a page prints them.

A label counts whatever its case and the blanks around it; half a label never does.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from autoclaim.errors import WrongInput
from autoclaim.model.store_file import tables_of

from .repeated import kept


@cache
def table(name: str) -> Mapping[str, Any]:
    """The table `name` of store.toml.

    Raises:
        WrongInput: there is none; one of the buyer's own may be older than this autoclaim.
    """
    part = _whole().get(name)
    if not isinstance(part, dict):
        raise WrongInput(
            f"The store.toml in use has no table [{name}].",
            "If it is a mended one of your own, mend the one that came along anew.",
        )
    return part


@cache
def _whole() -> Mapping[str, Any]:
    package = __package__ or __name__.rpartition(".")[0]
    file = resources.files(package).joinpath("store.toml")
    return tables_of(file.read_text(encoding="utf-8"))


@kept
def plain(label: str) -> str:
    """The label as labels are compared: one blank between words, no case, no mark at the end."""
    return " ".join(label.split()).casefold().rstrip(":.\N{FULLWIDTH COLON}")


def labels(entry: Mapping[str, Any]) -> set[str]:
    """All words of one entry (`en = [...]`, `translated.fr = [...]`), as they are compared."""
    return {plain(word) for words in _lists(entry) for word in words}


@cache
def _meanings(name: str) -> Mapping[str, str]:
    """Label → name of the entry it stands in; a label of two entries means nothing."""
    found: dict[str, set[str]] = {}
    for entry, words in table(name).items():
        if isinstance(words, dict):
            for label in labels(words):
                found.setdefault(label, set()).add(entry)
    return {label: next(iter(names)) for label, names in found.items() if len(names) == 1}


def meaning(name: str, label: str | None) -> str | None:
    """Which entry of the table `name` the label belongs to; None for an unseen one."""
    return _meanings(name).get(plain(label)) if label else None


@cache
def label_set(name: str) -> frozenset[str]:
    """All labels of a table that is one entry, such as [free]."""
    return frozenset(labels(table(name)))


@cache
def whole_label(name: str, entry: str) -> re.Pattern[str]:
    """Matches a text that is exactly one of the entry's labels, for a locator."""
    words = table(name)[entry]
    spelled = {word for part in _lists(words) for word in part}
    return re.compile(
        rf"^\s*(?:{'|'.join(re.escape(word) for word in sorted(spelled))})\s*$", re.IGNORECASE
    )


def told_in(name: str, text: str) -> list[str]:
    """The labels of the table `name` that stand in a longer text, as labels are compared."""
    lowered = text.casefold()  # a hundred plain looks cost a tenth of one pattern
    return [label for label in _meanings(name) if label in lowered]


@cache
def any_label(name: str) -> re.Pattern[str]:
    """Finds the labels of the table `name`, the longest first."""
    either = "|".join(re.escape(label) for label in sorted(_meanings(name), key=len, reverse=True))
    return re.compile(either, re.IGNORECASE)


def _lists(entry: Mapping[str, Any]) -> Iterable[list[str]]:
    for value in entry.values():
        if isinstance(value, list):
            yield value
        elif isinstance(value, dict):
            yield from _lists(value)


@cache
def code_pattern(name: str, entry: str) -> re.Pattern[str]:
    """Matches one of the codes listed under `entry`, each a regular expression, as a whole."""
    return re.compile("|".join(f"(?:{code})" for code in table(name)[entry]))
