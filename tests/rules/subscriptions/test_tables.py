"""Every row of the tables beside this file."""

import pytest

from tests.rules.subscriptions import rows

ROWS = [row for path in sorted(rows.HERE.glob("*.md")) for row in rows.rows_of(path)]


@pytest.mark.parametrize("row", [pytest.param(row, id=row.name) for row in ROWS])
def test_the_tables_say_what_is_decided(row: rows.Row) -> None:
    assert rows.differences(row) == []
