"""The tables of `explained/`: what is told of each action, each day, and each button."""

import pytest

from autoclaim.model import Facts
from autoclaim.rules import explained
from autoclaim.rules.pressing import consequences
from tests.rules.shipped import CLOCK, POLICIES
from tests.rules.tables import HERE, cells_of, facts_of

TOLD = ("action", "when", "from", "until", "because", "change", "day", "name", "origin", "told")
OF_BUTTONS = ("press", "ends", "told")
ALWAYS_SAID = {
    "Confirm received": (
        "You say that everything came as ordered. A parcel that is not here can then hardly be"
        " disputed as late, and the money goes to the seller."
    ),
    "Accept the offer": (
        "Accepting is final: the rest of the price cannot be asked for any more, and a second"
        " dispute is not possible."
    ),
}
ROWS = [
    pytest.param(cells, id=f"{name} {list(cells.values())[-1]}")
    for path in sorted((HERE / "explained").glob("*.md"))
    for name, cells in cells_of(path)
]


@pytest.mark.parametrize("cells", [row for row in ROWS if "press" not in row.values[0]])
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


@pytest.mark.parametrize("cells", [row for row in ROWS if "press" in row.values[0]])
def test_the_tables_say_what_a_button_would_end(cells: dict[str, str]) -> None:
    given = {name: cell for name, cell in cells.items() if name not in OF_BUTTONS}
    found = consequences(Facts.model_validate(facts_of(given)), POLICIES, CLOCK, 0, 0)

    press = cells["press"]
    said = f"{ALWAYS_SAID.get(press)} {cells['ends']}".strip()
    assert [(each.press, each.ends) for each in found] == ([] if press == "-" else [(press, said)])
