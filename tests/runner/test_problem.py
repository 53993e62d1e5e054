"""What the buyer said is taken back only where it was said."""

from pathlib import Path

import pytest

from autoclaim.errors import WrongInput
from autoclaim.runner.problem import clear_problem, say_problem
from tests.runner.claiming import LATE, an_order, machine


def test_another_line_has_nothing_to_take_back(tmp_path: Path) -> None:
    lines = [{"line_id": "1"}, {"line_id": "2"}]
    wiring = machine(tmp_path, {**an_order(), "lines": lines})
    say_problem(wiring, LATE, "1", "damaged", None)

    with pytest.raises(WrongInput, match="line 2 of order"):
        clear_problem(wiring, LATE, "2")

    clear_problem(wiring, LATE, "1")
    assert all("problem" not in line for line in wiring.ledger.order(LATE).facts["lines"])
