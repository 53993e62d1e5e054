"""Every row of the tables beside this file, and every case of the specification where it lies."""

import json
from typing import Any

import pytest

from autoclaim.errors import FactsRefused
from tests.rules import specification, tables
from tests.rules.shipped import decided

ROWS = [row for path in sorted(tables.HERE.glob("*.md")) for row in tables.rows_of(path)]
CASES = specification.cases()


@pytest.mark.parametrize("row", [pytest.param(row, id=row.name) for row in ROWS])
def test_the_tables_say_what_is_decided(row: tables.Row) -> None:
    decision = decided(row.facts)[0].as_json()

    assert tables.differences(row, decision) == []


if CASES:  # the specification lies beside the project, and not in every checkout

    @pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
    def test_the_specification_is_kept(case: dict[str, Any]) -> None:
        expected = case["expect"] if isinstance(case["expect"], list) else [case["expect"]]

        if "exit_code" in expected[0]:
            with pytest.raises(FactsRefused) as refused:
                decided(case["facts"])
            assert all(piece in str(refused.value) for piece in expected[0]["stderr_includes"])
        else:
            decisions = [json.loads(json.dumps(each.as_json())) for each in decided(case["facts"])]
            assert len(decisions) == len(expected)
            pairs = zip(expected, decisions, strict=True)
            assert [fault for pair in pairs for fault in specification.faults(*pair)] == []
