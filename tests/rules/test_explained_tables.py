"""The tables of `explained/`: what is told of each action, and where each day comes from."""

import pytest

from autoclaim.model import Facts
from autoclaim.rules import explained
from tests.rules.shipped import CLOCK, POLICIES
from tests.rules.tables import HERE, cells_of, facts_of

TOLD = ("action", "when", "from", "until", "because", "change", "day", "name", "origin", "told")
ROWS = [
    pytest.param(cells, id=f"{name} {list(cells.values())[-1]}")
    for path in sorted((HERE / "explained").glob("*.md"))
    for name, cells in cells_of(path)
]


@pytest.mark.parametrize("cells", ROWS)
def test_the_tables_say_what_is_told(cells: dict[str, str]) -> None:
    given = {name: cell for name, cell in cells.items() if name not in TOLD}
    found = explained(Facts.model_validate(facts_of(given)), POLICIES, CLOCK)

    if "action" in cells:
        one = next(each for each in found.possible if each.action == cells["action"])
        told = {
            "when": one.when,
            "from": str(one.opens_on or ""),
            "until": str(one.last_on or ""),
            "because": one.because,
            "change": one.change,
        }
    else:
        day = next(each for each in found.days if each.name == cells["name"])
        told = {"day": str(day.day), "origin": day.origin}

    assert told == {name: cells[name] for name in told}
