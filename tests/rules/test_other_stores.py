"""Editions of invented stores, for what no shipped edition says or leaves out."""

import pytest

from autoclaim.model import Facts
from autoclaim.rules import Policies, decide
from tests.rules.shipped import CLOCK
from tests.rules.tables import HERE, Row, differences, rows_of

FOLDER = HERE / "other_stores"
POLICIES = Policies.from_toml({path.name: path.read_bytes() for path in FOLDER.glob("*.toml")})
ROWS = [pytest.param(row, id=row.name) for row in rows_of(FOLDER / "rows.md")]


@pytest.mark.parametrize("row", ROWS)
def test_the_table_says_what_is_decided(row: Row) -> None:
    decision = decide(Facts.model_validate(row.facts), POLICIES, CLOCK)[0]

    assert differences(row, decision.as_json()) == []
