"""Which facts the pages of a reading told, and which they no longer do: drift, said at once.

A page may go on being read while one of its facts silently vanishes; a promise that is not found
would then be taken for none. So every reading counts, for each kind of page, how many pages told
each fact, and is compared with the last reading of that kind that lost nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

FEWEST_PAGES = 5  # fewer tell nothing: a handful of orders may well have no promise in common
USUAL, RARE = 0.5, 0.1  # told by half of the pages before, by less than a tenth now

Counts = Mapping[str, Mapping[str, int]]
PAGES = "pages"  # the name under which the pages themselves are counted; no fact is called so


@dataclass(slots=True)
class Coverage:
    """The counts of one reading; `unseen` and `untold` with where that was noticed.

    `unseen` is what nobody saw before, `untold` what such a page always told.
    """

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    unseen: list[str] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)

    def add(
        self, page: str, told: Iterable[str], unseen: Iterable[str], untold: Iterable[str] = ()
    ) -> None:
        """Count one page: its kind, the facts it told, what is new on it, and what is missing."""
        kind = self.counts.setdefault(page, Counter())
        kind.update([PAGES, *told])
        for found, kept in ((unseen, self.unseen), (untold, self.untold)):
            for what in found:
                place = f"{what} on the {page} page"
                if place not in kept:
                    kept.append(place)

    def as_json(self) -> dict[str, dict[str, int]]:
        """By kind of page: how many were read, and how many of them told each fact."""
        return {page: dict(kind) for page, kind in self.counts.items()}


def lost(now: Counts, before: Counts) -> list[str]:
    """The facts that pages usually told before and hardly tell now, one sentence part each."""
    return [
        f"{fact} on {now[page].get(fact, 0)} of {now[page][PAGES]} {page} pages "
        f"(before: {told} of {before[page][PAGES]})"
        for page in now.keys() & before.keys()
        if min(now[page][PAGES], before[page][PAGES]) >= FEWEST_PAGES
        for fact, told in sorted(before[page].items())
        if told >= USUAL * before[page][PAGES] and now[page].get(fact, 0) < RARE * now[page][PAGES]
    ]


def last_good(readings: Iterable[Mapping[str, object]]) -> dict[str, Mapping[str, int]]:
    """By kind of page: the newest counts, with pages enough, of a reading that lost nothing.

    `readings` are the bodies of the ledger's `scan_finished` events, the oldest first.
    """
    good: dict[str, Mapping[str, int]] = {}
    for body in readings:
        counts = body.get("coverage")
        if isinstance(counts, Mapping) and not body.get("lost"):
            enough = {page: one for page, one in counts.items() if one[PAGES] >= FEWEST_PAGES}
            good.update(enough)
    return good
