"""What `policy list`, `show`, `diff` and `replay` print: the policies as rows for a person."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from autoclaim.model.decision import Decision
from autoclaim.model.facts import Facts
from autoclaim.rules.citing import FreeReturn, Limit, Source, Term
from autoclaim.rules.decide import decide
from autoclaim.rules.policies import Policies
from autoclaim.rules.terms import EditionFile, OverlayFile

NOTHING = "says nothing"


class ListedEdition(NamedTuple):
    """One edition or overlay in a list; `from_day` None: an overlay without a day of its own."""

    name: str
    from_day: date | None
    title: str
    confidence: str
    values: int
    unconfirmed: int
    countries: tuple[str, ...] = ()
    note: str = ""


class Cited(NamedTuple):
    """One value with its citation, in words. `carried`: from an older text, unconfirmed."""

    name: str
    value: str
    unit: str
    counted_from: str
    confidence: str
    carried: bool
    note: str
    source: Source
    countries: tuple[str, ...] = ()


class Difference(NamedTuple):
    """A value that two editions give differently."""

    name: str
    before: str
    after: str


class Replayed(NamedTuple):
    """A line that another edition decides differently."""

    before: Decision
    after: Decision


def listed(policies: Policies) -> list[ListedEdition]:
    """All editions, oldest first, then the overlays."""
    rows = [_listed(file, file.from_, file.edition, ()) for file in policies.editions]
    for overlay in policies.overlays:
        countries = tuple(name for change in overlay.changes for name in change.countries)
        first = overlay.paid_from or overlay.changes[0].in_force_from
        rows.append(_listed(overlay, first, overlay.overlay, countries))
    return rows


def _listed(
    file: EditionFile | OverlayFile, first: date | None, name: str, countries: tuple[str, ...]
) -> ListedEdition:
    layers = (file,) if isinstance(file, EditionFile) else file.changes
    terms = [term for layer in layers for term in layer.by_name().values()]
    carried = sum(term.carried for term in terms)
    return ListedEdition(
        name, first, file.title, file.confidence, len(terms), carried, countries, file.note
    )


def shown(policies: Policies, edition: str) -> list[Cited]:
    """Every value of an edition, then what overlays change in it; `PolicyError` if unknown."""
    file = policies.edition(edition)
    rows = [cited(name, term, file.sources) for name, term in file.by_name().items()]
    for overlay in policies.overlays:
        for change in overlay.changes if edition in overlay.editions else ():
            rows += [
                cited(name, term, overlay.sources, change.countries)
                for name, term in change.by_name().items()
            ]
    return rows


def cited(
    name: str, term: Term[object], sources: dict[str, Source], countries: tuple[str, ...] = ()
) -> Cited:
    """One value as a row."""
    return Cited(
        name,
        in_words(term.is_),
        str(getattr(term, "unit", "")),
        str(getattr(term, "counted_from", "")),
        term.confidence,
        term.carried,
        term.note,
        sources[term.source],
        countries,
    )


def compared(policies: Policies, before: str, after: str) -> list[Difference]:
    """The values that two editions give differently, by name."""
    old, new = policies.edition(before).by_name(), policies.edition(after).by_name()
    names = dict.fromkeys([*old, *new])
    pairs = ((name, _of(old, name), _of(new, name)) for name in names)
    return [Difference(name, was, now) for name, was, now in pairs if was != now]


def _of(terms: dict[str, Term[object]], name: str) -> str:
    term = terms.get(name)
    return NOTHING if term is None else in_words(term.is_)


def in_words(value: object) -> str:
    """A value as a person writes it."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {in_words(part)}" for key, part in value.items())
    if isinstance(value, Limit):
        return f"under {value.under}" if value.under else f"up to {value.up_to}"
    if isinstance(value, FreeReturn):
        return _free_return(value)
    if isinstance(value, tuple):
        numbers = all(isinstance(part, int) for part in value)
        return (" to " if numbers else "; ").join(in_words(part) for part in value)
    return str(value)


def _free_return(entry: FreeReturn) -> str:
    seller = "any seller" if entry.seller == "any" else f"seller in {entry.seller}"
    mark = ", marked goods" if entry.needs_mark else ""
    cost = ", at the buyer's cost" if entry.own_cost else ""
    return f"{seller}: {entry.days} days from {entry.counted_from}{mark}{cost}"


def replayed(
    facts: Facts, policies: Policies, clock: datetime, edition: str | None = None
) -> Iterator[Replayed]:
    """The lines that `edition`, or the newest one, decides differently from the one used."""
    other = facts.model_copy(update={"policy": edition or policies.newest})
    pairs = zip(decide(facts, policies, clock), decide(other, policies, clock), strict=True)
    for before, after in pairs:
        if (before.action, before.last_on) != (after.action, after.last_on):
            yield Replayed(before, after)
