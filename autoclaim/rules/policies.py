"""The policies of a store, read from TOML texts and ready to be asked (rules.md 6)."""

import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pydantic import ValidationError

from autoclaim.errors import PolicyError
from autoclaim.model.words import ParcelState
from autoclaim.rules.citing import FreeReturn, Limit, Term
from autoclaim.rules.terms import Clause, EditionFile, OverlayFile, Values

_FIX = "Correct the policy file; nothing was decided."


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds under one edition in one country: numbers only, None = the policy says nothing.

    Field names are those of rules.md 6.2 with an underscore for the dot.
    """

    edition: str
    cancel_usual_days: int | None = None
    cancel_answer_days: int | None = None
    cancel_review_days: int | None = None
    delivery_cap_days: int | None = None
    dispute_early_from_day: Mapping[ParcelState | Literal["*"], int] | None = None
    dispute_received_from: Literal["delivered_at", "confirmation"] | None = None
    dispute_received_days: int | None = None
    dispute_unconfirmed_days: int | None = None
    dispute_late_days: int | None = None
    dispute_seller_answer_days: int | None = None
    dispute_store_joins_days: int | None = None
    dispute_escalate_days: int | None = None
    return_send_days: int | None = None
    return_no_reason: tuple[FreeReturn, ...] | None = None
    fast_limits: Mapping[str, Limit] | None = None
    fast_price_of: Literal["line", "order"] | None = None
    refund_cancel_workdays: tuple[int, int] | None = None
    refund_claim_days: int | None = None
    refund_claim_workdays: tuple[int, int] | None = None
    amount_partial_categories: tuple[str, ...] | None = None


# The terms by day of payment: what holds before the first of these days, and from each of them on.
_Steps = tuple[list[date], list[Terms]]


@dataclass(frozen=True, slots=True)
class Policies:
    """All editions, oldest first, and the overlays on them. Made by `from_toml`."""

    editions: tuple[EditionFile, ...]
    overlays: tuple[OverlayFile, ...]
    _terms: dict[tuple[str, str | None], _Steps] = field(default_factory=dict, repr=False)
    _calendars: dict[str | None, tuple[list[date], list[str]]] = field(
        default_factory=dict, repr=False
    )

    @classmethod
    def from_toml(cls, texts: Mapping[str, bytes]) -> "Policies":
        """Policies from TOML texts by file name, one edition or overlay a file.

        Raises `PolicyError`, naming the file and what is wrong in it.
        """
        editions: list[EditionFile] = []
        overlays: list[OverlayFile] = []
        for name, text in texts.items():
            read = _read_file(name, text)
            if isinstance(read, EditionFile):
                editions.append(read)
            else:
                overlays.append(read)
        editions.sort(key=lambda edition: edition.from_)
        _check_together(editions, overlays)
        return cls(tuple(editions), tuple(sorted(overlays, key=lambda file: file.overlay)))

    def has(self, edition: str) -> bool:
        """Whether an edition has this name."""
        return any(file.edition == edition for file in self.editions)

    def edition(self, name: str) -> EditionFile:
        """The edition called `name`; `PolicyError` when there is none."""
        for file in self.editions:
            if file.edition == name:
                return file
        known = ", ".join(file.edition for file in self.editions)
        raise PolicyError(f"No edition is called {name!r}.", f"There are: {known}.")

    @property
    def newest(self) -> str:
        """The name of the newest edition."""
        return self.editions[-1].edition

    @property
    def oldest(self) -> str:
        """The name of the first edition."""
        return self.editions[0].edition

    def in_force_on(self, day: date, country: str | None) -> str | None:
        """The edition in force on `day` in `country`; None before the first one."""
        first_days, names = self._calendar(country)
        index = bisect_right(first_days, day)
        return names[index - 1] if index else None

    def is_later(self, edition: str, than: str) -> bool:
        """Whether `edition` followed `than`."""
        return self.edition(edition).from_ > self.edition(than).from_

    def terms(self, edition: str, country: str | None, paid_on: date | None) -> Terms:
        """What holds under `edition` in `country` for an order paid on `paid_on` (policy day)."""
        steps = self._terms.get((edition, country))
        if steps is None:
            steps = self._terms[edition, country] = self._steps(edition, country)
        first_days, terms = steps
        if paid_on is None or not first_days:
            return terms[0]
        return terms[bisect_right(first_days, paid_on)]

    def overlays_on(
        self, edition: str, country: str | None, paid_on: date | None
    ) -> Iterator[OverlayFile]:
        """The overlays that change something of `edition` there, for an order paid then."""
        for overlay in self.overlays:
            holds = overlay.paid_from is None or (
                paid_on is not None and paid_on >= overlay.paid_from
            )
            concerned = any(change.concerns(country) for change in overlay.changes)
            if edition in overlay.editions and holds and concerned:
                yield overlay

    def clause(self, name: str) -> Clause:
        """The clause that decisions call `name`."""
        return next(file.clauses[name] for file in self.editions if name in file.clauses)

    def _steps(self, edition: str, country: str | None) -> _Steps:
        first_days = sorted(
            {
                overlay.paid_from
                for overlay in self.overlays
                if overlay.paid_from and edition in overlay.editions
            }
        )
        paid_on = [None, *first_days]
        return first_days, [self._layered(edition, country, day) for day in paid_on]

    def _layered(self, edition: str, country: str | None, paid_on: date | None) -> Terms:
        numbers: dict[str, object] = {}
        for layer in (self.edition(edition), *self._changes(edition, country, paid_on)):
            for name, term in layer.by_name().items():
                numbers[name.replace(".", "_")] = term.is_
        return Terms(edition, **numbers)  # type: ignore[arg-type] # the schema holds the types

    def _changes(
        self, edition: str, country: str | None, paid_on: date | None
    ) -> Iterator[Values]:
        for overlay in self.overlays_on(edition, country, paid_on):
            yield from (change for change in overlay.changes if change.concerns(country))

    def _calendar(self, country: str | None) -> tuple[list[date], list[str]]:
        found = self._calendars.get(country)
        if found is None:
            days = sorted((self._first_day(file, country), file.edition) for file in self.editions)
            found = self._calendars[country] = [day for day, _ in days], [name for _, name in days]
        return found

    def _first_day(self, file: EditionFile, country: str | None) -> date:
        for overlay in self.overlays:
            for change in overlay.changes:
                moves = change.in_force_from is not None and file.edition in overlay.editions
                if moves and change.concerns(country):
                    return change.in_force_from or file.from_
        return file.from_


def _read_file(name: str, text: bytes) -> EditionFile | OverlayFile:
    try:
        table = tomllib.loads(text.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise PolicyError(f"{name}: not readable as TOML: {wrong}.", _FIX) from None
    try:
        if "overlay" in table:
            read: EditionFile | OverlayFile = OverlayFile.model_validate(table)
        else:
            read = EditionFile.model_validate(table)
    except ValidationError as wrong:
        raise PolicyError(f"{name}: {_first_fault(wrong)}.", _FIX) from None
    _check_sources(name, read)
    return read


def _first_fault(wrong: ValidationError) -> str:
    fault = wrong.errors()[0]
    return f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"


def _check_sources(name: str, file: EditionFile | OverlayFile) -> None:
    used = {file.from_source} | {term.source for term in _terms_of(file)}
    if isinstance(file, EditionFile):
        used |= {clause.source for clause in file.clauses.values()}
    if unknown := sorted(used - file.sources.keys()):
        raise PolicyError(f"{name}: the source {unknown[0]!r} is not described.", _FIX)
    if unused := sorted(file.sources.keys() - used):
        raise PolicyError(f"{name}: nothing rests on the source {unused[0]!r}.", _FIX)


def _terms_of(file: EditionFile | OverlayFile) -> list[Term[object]]:
    layers = (file,) if isinstance(file, EditionFile) else file.changes
    return [term for layer in layers for term in layer.by_name().values()]


def _check_together(editions: list[EditionFile], overlays: list[OverlayFile]) -> None:
    if not editions:
        raise PolicyError("There is no policy edition at all.", _FIX)
    names = [file.edition for file in editions] + [file.overlay for file in overlays]
    first_days = [file.from_ for file in editions]
    for name in names:
        if names.count(name) > 1:
            raise PolicyError(f"Two policy files are called {name!r}.", _FIX)
    for file in editions:
        if first_days.count(file.from_) > 1:
            raise PolicyError(
                f"Two editions begin on {file.from_}: {file.edition!r} is one.", _FIX
            )
    for overlay in overlays:
        for name in overlay.editions:
            if name not in names[: len(editions)]:
                raise PolicyError(
                    f"The overlay {overlay.overlay!r} names no edition: {name!r}.", _FIX
                )
