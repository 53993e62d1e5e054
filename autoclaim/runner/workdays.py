"""The public holidays of a country, as days: letters and calls take no way on them."""

from datetime import date
from functools import cache

_YEARS_AHEAD = 11  # the longest terms of consumer contracts, with one to spare


@cache
def holidays_of(place: str, year: int) -> frozenset[date] | None:
    """The holidays around `year` in `place`: a country (`DE`) or a part of it (`DE-BY`).

    None when the library knows no such place; without a part, only those of the whole country.
    """
    from holidays import country_holidays

    country, _, part = place.partition("-")
    try:
        days = country_holidays(
            country, subdiv=part or None, years=range(year - 1, year + _YEARS_AHEAD)
        )
    except NotImplementedError:
        return None
    return frozenset(days)
