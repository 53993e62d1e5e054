"""Which glimpses of one order belong to one reading of it, and which were made at another time.

Pages saved within an hour of each other are one reading: there the page that knows better counts.
Only two of a kind and of the very same moment that differ are not: neither is later.
Of pages that do not tell their moment, two that show the same thing differently cannot belong
together; who comes later is then for others to say.
"""

from collections.abc import Iterable
from datetime import timedelta

from .joining import Glimpse

_ONE_VISIT = timedelta(hours=1)
_SAME_PAGE = {"card": "list", "page": "detail"}  # as the page shows it, and its answer


def apart(glimpses: Iterable[Glimpse]) -> list[list[Glimpse]]:
    """The glimpses of one order as readings, those that are dated by their time, then others."""
    seen = list(glimpses)
    groups = _dated([glimpse for glimpse in seen if glimpse.at])
    for glimpse in (one for one in seen if not one.at):
        home = next((group for group in reversed(groups) if _belongs(glimpse, group)), None)
        if home is None:
            groups.append([glimpse])
        else:
            home.append(glimpse)
    return groups


def _dated(glimpses: list[Glimpse]) -> list[list[Glimpse]]:
    groups: list[list[Glimpse]] = []
    aside: list[list[Glimpse]] = []
    moments = [(glimpse.at, glimpse) for glimpse in glimpses if glimpse.at]
    last = None
    for at, glimpse in sorted(moments, key=lambda one: one[0]):
        if last is None or at - last > _ONE_VISIT:
            groups.append([])
        last = at
        same_moment = [one for one in groups[-1] if one.at == at]
        if _belongs(glimpse, same_moment):
            groups[-1].append(glimpse)
        else:
            aside.append([glimpse])
    return [*groups, *aside]


def _belongs(glimpse: Glimpse, group: list[Glimpse]) -> bool:
    """Whether the group has no such page yet, or the very same."""
    alike = [one for one in group if _kind(one) == _kind(glimpse)]
    return all(one.facts == glimpse.facts for one in alike) or _kind(glimpse) in {
        "returns",
        "case",
    }


def _kind(glimpse: Glimpse) -> str:
    return _SAME_PAGE.get(glimpse.page, glimpse.page)
