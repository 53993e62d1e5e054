"""What only the buyer can say is asked before a form is prepared, and never guessed."""

from pathlib import Path
from typing import Any

import pytest

from autoclaim.errors import ChoiceNeeded, NeedsPerson, NotSent
from autoclaim.runner.claim import Drafted, draft
from autoclaim.runner.claim_request import ClaimRequest
from autoclaim.runner.wiring import Wiring
from tests.runner.claiming import LATE, Buyer, an_order, machine

TEN = {"amount": "10.00", "currency": "USD"}
HERE = {"shipment_id": "p2", "state": "delivered", "delivered_at": "2026-11-22"}
LATE_BY = {"shipment_id": "p1", "state": "in_transit", "shipped_at": "2026-09-04"}
SAID = {"kind": "not_received"}


def two_lines(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """An order of a lamp that is late and a cup that is here."""
    lamp = {"line_id": "1", "title": "A lamp", "shipment_id": "p1", "paid": TEN, **first}
    cup = {"line_id": "2", "title": "A cup", "shipment_id": "p2", "paid": TEN, **second}
    late = {**LATE_BY, "promised_by": "2026-11-20"}
    here = {**HERE, "shipped_at": "2026-09-04", "promised_by": "2026-11-20"}
    return {**an_order(), "lines": [lamp, cup], "shipments": [late, here]}


def drafted(wiring: Wiring, **said: Any) -> Drafted:  # noqa: ANN401 - any field
    return draft(wiring, ClaimRequest(LATE, **said), None)


def test_the_only_line_with_something_to_claim_is_the_one(tmp_path: Path) -> None:
    first = machine(tmp_path / "first", two_lines({"problem": SAID}, {}))
    second = machine(
        tmp_path / "second",
        two_lines({"refund": {"kind": "full", "paid": TEN}}, {"problem": {"kind": "damaged"}}),
    )

    assert drafted(first).claim.line_id == "1"
    assert drafted(second).claim.line_id == "2"
    assert drafted(second, kind="cancel").claim.line_id is None


def test_that_the_whole_order_is_cancelled_is_said(tmp_path: Path) -> None:
    wiring = machine(tmp_path, two_lines({}, {}))

    claim = drafted(wiring, kind="cancel", line_id="1").claim

    assert claim.line_id is None
    assert isinstance(wiring.told, Buyer)
    assert wiring.told.heard == ["The store cancels an order whole: all 2 lines of it."]


def test_between_several_lines_the_buyer_picks_by_number(tmp_path: Path) -> None:
    both = two_lines({"problem": SAID}, {"problem": {"kind": "damaged"}})

    picked = drafted(machine(tmp_path / "picks", both, pick="2"))
    with pytest.raises(ChoiceNeeded) as asked:
        drafted(machine(tmp_path / "nobody", both))

    assert (picked.claim.line_id, picked.claim.reason) == ("2", "damaged")
    assert picked.decision.line_id == "2"
    assert asked.value.options == ("1  A lamp (dispute)", "2  A cup (dispute)")
    assert "--line" in asked.value.next_step


def test_what_only_the_dates_say_is_asked_before_anything_is_prepared(tmp_path: Path) -> None:
    with pytest.raises(NeedsPerson, match="you have not said what is wrong") as nobody:
        drafted(machine(tmp_path / "nobody", an_order()))
    with pytest.raises(NeedsPerson, match="not missing"):
        drafted(machine(tmp_path / "here", an_order(), pick="Yes"))
    wiring = machine(tmp_path / "missing", an_order(), pick="No")
    missing = drafted(wiring)

    assert f"autoclaim problem {LATE} --line 1 --kind not_received" in nobody.value.next_step
    assert (missing.claim.reason, missing.claim.received) == ("not_received", False)
    assert "buyer_unasked" not in missing.decision.flags
    assert wiring.ledger.order(LATE).facts["lines"][0]["problem"]["kind"] == "not_received"


@pytest.mark.parametrize("said", [{"received": False}, {"store_reason": "Still on its way"}])
def test_who_said_it_on_the_command_line_is_not_asked(
    tmp_path: Path, said: dict[str, Any]
) -> None:
    assert drafted(machine(tmp_path, an_order()), **said).claim.received is False


def test_looking_at_a_form_asks_nothing(tmp_path: Path) -> None:
    wiring = machine(tmp_path, an_order())

    assert draft(wiring, ClaimRequest(LATE), None, only_look=True).claim.kind == "dispute"


@pytest.mark.parametrize(
    ("kind", "received"), [("not_received", False), ("damaged", True), ("changed_mind", None)]
)
def test_whether_it_arrived_is_taken_only_from_a_problem_that_says_so(
    tmp_path: Path, kind: str, *, received: bool | None
) -> None:
    wiring = machine(tmp_path, an_order(line={"problem": {"kind": kind}}))

    assert drafted(wiring, kind="dispute").claim.received is received


def test_several_problems_of_one_order_are_told_in_one_dispute(tmp_path: Path) -> None:
    broken = {"problem": {"kind": "damaged", "note": "The handle is off"}}
    wiring = machine(tmp_path, two_lines({"problem": SAID}, broken))

    claim = drafted(wiring, line_id="1")

    assert "“A cup”: The item arrived damaged. The handle is off." in (claim.claim.statement or "")
    assert ("problem of another line", "you") in [(one.name, one.source) for one in claim.asserts]


def test_before_the_one_dispute_the_buyer_may_say_what_else_is_wrong(tmp_path: Path) -> None:
    wiring = machine(tmp_path, two_lines({"problem": SAID}, {}), pick="Yes")

    with pytest.raises(NotSent) as stopped:
        drafted(wiring, line_id="1")

    assert f"autoclaim problem {LATE} --line 2" in stopped.value.next_step
