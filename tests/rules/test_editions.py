"""What each edition says on its first day, its last day and the days beside, as documents."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import pytest

from autoclaim.rules.citing import FreeReturn, FreeReturns, Limit, Term
from autoclaim.rules.terms import Values
from tests.rules import tables
from tests.rules.shipped import POLICIES

ONE_DAY = timedelta(days=1)
FOLDER = tables.HERE / "editions"
OTHER = frozenset({"day", "country", "edition", "because"})


class Line(NamedTuple):
    """One row of a document: a day, perhaps a country, and what is in force then."""

    name: str
    cells: dict[str, str]

    @property
    def day(self) -> date:
        return date.fromisoformat(self.cells["day"])

    @property
    def country(self) -> str | None:
        return self.cells.get("country")


LINES = [
    Line(f"{name} {cells['because']}", cells)
    for path in sorted(FOLDER.glob("*.md"))
    for name, cells in tables.cells_of(path)
]


@pytest.mark.parametrize("line", [pytest.param(line, id=line.name) for line in LINES])
def test_the_edition_in_force_says_what_the_table_says(line: Line) -> None:
    edition = POLICIES.in_force_on(line.day, line.country)

    assert (edition or "-") == line.cells["edition"]
    for name in line.cells.keys() - OTHER:
        assert _shown(edition, line, name) == line.cells[name], name


def test_every_value_of_every_edition_has_its_first_day_its_last_day_and_the_days_beside() -> None:
    written = {(line.day, name) for line in LINES for name in line.cells}

    missing = [
        (file.edition, name, day)
        for file in POLICIES.editions
        for name in file.by_name()
        for day in (file.from_ - ONE_DAY, file.from_, file.from_ + ONE_DAY)
        if (day, name) not in written
    ]

    assert missing == []


def test_every_change_of_every_overlay_has_its_first_day_and_the_day_before() -> None:
    written = {(line.day, line.country) for line in LINES}

    missing = [each for each in _first_days_of_overlays() if each not in written]

    assert missing == []


def _first_days_of_overlays() -> Iterator[tuple[date, str]]:
    for overlay in POLICIES.overlays:
        for change in overlay.changes:
            country = {"EEA": "NO"}.get(change.countries[0], change.countries[0])
            edition_from = POLICIES.edition(overlay.editions[0]).from_
            first = change.in_force_from or overlay.paid_from or edition_from
            yield first, country
            yield first - ONE_DAY, country


def _shown(edition: str | None, line: Line, name: str) -> str:
    """A value as the tables write it."""
    if edition is None:
        return "-"
    values: Values = POLICIES.edition(edition)
    for overlay in POLICIES.overlays_on(edition, line.country, line.day):
        for change in overlay.changes:
            if change.concerns(line.country) and name in change.by_name():
                values = change
    term = values.by_name().get(name)
    if term is None:
        return "-"
    return f"({_value(term)})" if term.carried else _value(term)


def _value(term: Term[object]) -> str:
    value = term.is_
    if isinstance(term, FreeReturns):
        return ", ".join(_free_return(entry) for entry in term.is_)
    if isinstance(value, dict):
        return ", ".join(_entry(key, entry) for key, entry in value.items())
    if isinstance(value, tuple):
        return " to ".join(str(part) for part in value)
    return str(value)


def _entry(key: str, entry: object) -> str:
    if not isinstance(entry, Limit):
        return f"{key}: {entry}"
    return f"{key} under {entry.under}" if entry.under else f"{key} up to {entry.up_to}"


def _free_return(entry: FreeReturn) -> str:
    beside = ", ".join(
        words
        for words, holds in (("mark", entry.needs_mark), ("own cost", entry.own_cost))
        if holds
    )
    return f"{entry.seller} {entry.days} from {entry.counted_from} ({beside})"


def test_the_terms_used_are_those_of_the_tables() -> None:
    terms = POLICIES.terms("ed-2018", "BR", None)

    assert terms.delivery_cap_days == 120
    assert POLICIES.terms("ed-2018", None, None).delivery_cap_days == 60
