from collections.abc import Sequence

import pytest

from autoclaim.edge.ledger import Ledger, open_ledger
from autoclaim.edge.places import Places
from autoclaim.errors import AutoclaimError, OutcomeUnknown, WrongInput
from tests.edge.builders import NOON, a_draft


def a_claim(ledger: Ledger, *kinds: str, **draft: object) -> str:
    """A claim taken through these events."""
    claim_id = ledger.start_claim(a_draft(**draft), at=NOON)
    for kind in kinds:
        if kind == "handed_over":
            ledger.hand_over(claim_id, at=NOON, body={})
        else:
            ledger.advance(claim_id, kind, at=NOON, body={"kind": kind})
    return claim_id


LIVES = [
    pytest.param([], "drafted", id="written"),
    pytest.param(["handed_over"], "handed_over", id="the window is the buyer's"),
    pytest.param(["handed_over", "declined"], "not_sent", id="the buyer declined"),
    pytest.param(["handed_over", "sent_seen"], "sent_seen", id="the buyer pressed"),
    pytest.param(["handed_over", "sent_seen", "verified"], "verified", id="the store shows it"),
    pytest.param(["handed_over", "sent_seen", "not_seen"], "not_seen", id="it does not"),
    pytest.param(["handed_over", "contradicted"], "contradicts", id="it shows something else"),
    pytest.param(["handed_over", "sent_seen", "found_absent"], "absent", id="reread: no case"),
    pytest.param(["verified"], "verified", id="sent elsewhere by the buyer"),
    pytest.param(["verified", "ended"], "ended", id="over"),
    pytest.param(["handed_over", "screenshot_kept"], "handed_over", id="an event beside"),
]


@pytest.mark.parametrize(("kinds", "state"), LIVES)
def test_the_state_follows_the_events(ledger: Ledger, kinds: Sequence[str], state: str) -> None:
    claim_id = a_claim(ledger, *kinds)

    assert ledger.claim(claim_id).state == state


def test_a_hand_over_cut_off_is_unknown_and_to_be_reread(places: Places) -> None:
    with open_ledger(places.ledger) as before:
        claim_id = a_claim(before, "handed_over")

    with open_ledger(places.ledger) as after:
        claim = after.claim(claim_id)

    assert (claim.state, claim.to_reread, claim.attempts) == ("unknown", True, 1)


@pytest.mark.parametrize(
    ("kinds", "step"),
    [
        pytest.param([], "sent_seen", id="sent before it was handed over"),
        pytest.param(["handed_over", "sent_seen"], "declined", id="declined after it was sent"),
        pytest.param(["handed_over", "sent_seen"], "handed_over", id="handed over again"),
        pytest.param(["handed_over"], "found_absent", id="found absent while at it"),
        pytest.param(["verified"], "drafted", id="written again after proof"),
    ],
)
def test_a_step_that_cannot_follow_is_refused(
    ledger: Ledger, kinds: Sequence[str], step: str
) -> None:
    claim_id = a_claim(ledger, *kinds)

    with pytest.raises(AutoclaimError, match="cannot become"):
        ledger.advance(claim_id, step, at=NOON, body={})

    assert ledger.claim(claim_id).attempts == kinds.count("handed_over")


def test_after_a_crash_nobody_can_say_that_the_buyer_declined(places: Places) -> None:
    with open_ledger(places.ledger) as before:
        claim_id = a_claim(before, "handed_over")

    with open_ledger(places.ledger) as after, pytest.raises(AutoclaimError, match="is unknown"):
        after.advance(claim_id, "declined", at=NOON, body={})


@pytest.mark.parametrize(
    "kinds",
    [["handed_over"], ["handed_over", "sent_seen"], ["handed_over", "sent_seen", "not_seen"]],
)
def test_what_may_have_been_sent_is_never_sent_again(ledger: Ledger, kinds: list[str]) -> None:
    a_claim(ledger, *kinds)

    with pytest.raises(OutcomeUnknown, match="may already have been sent") as refusal:
        ledger.start_claim(a_draft(), at=NOON)

    assert "follow-up" in refusal.value.next_step


def test_while_the_outcome_is_unknown_another_reason_is_no_way_round(ledger: Ledger) -> None:
    a_claim(ledger, "handed_over", "sent_seen", reason="not_received")

    with pytest.raises(OutcomeUnknown):
        ledger.start_claim(a_draft(reason="damaged"), at=NOON)


@pytest.mark.parametrize("proof", ["verified", "contradicted"])
def test_what_the_store_shows_is_not_claimed_twice(ledger: Ledger, proof: str) -> None:
    a_claim(ledger, "handed_over", "sent_seen", proof)

    with pytest.raises(WrongInput, match="already claimed"):
        ledger.start_claim(a_draft(), at=NOON)


OTHERS = [
    pytest.param({"order_id": "8200000000000002"}, False, id="another order"),
    pytest.param({"line_id": "2"}, False, id="another line"),
    pytest.param({"line_id": None}, True, id="the whole order holds the line"),
    pytest.param({"reason": "damaged"}, False, id="another reason"),
    pytest.param({"reason": None}, True, id="a reason left open"),
    pytest.param({"kind": "cancel"}, False, id="a cancellation"),
    pytest.param({"store": "other"}, False, id="another store"),
    pytest.param({"account": "ours"}, True, id="another account's name"),
]


@pytest.mark.parametrize(("changed", "blocked"), OTHERS)
def test_only_the_same_thing_is_stopped(
    ledger: Ledger, changed: dict[str, object], *, blocked: bool
) -> None:
    a_claim(ledger, "handed_over", "sent_seen", "verified")

    blocking = ledger.blocking_claim(a_draft(**changed))

    assert (blocking is not None) == blocked


def test_why_a_cancellation_is_asked_makes_no_second_one(ledger: Ledger) -> None:
    a_claim(ledger, "verified", kind="cancel", reason="changed_mind")

    with pytest.raises(WrongInput, match="already claimed"):
        ledger.start_claim(a_draft(kind="cancel", reason="not_received"), at=NOON)


@pytest.mark.parametrize(
    "kinds", [["handed_over", "declined"], ["handed_over", "sent_seen", "found_absent"]]
)
def test_what_was_surely_not_sent_can_be_taken_up_again(ledger: Ledger, kinds: list[str]) -> None:
    first = a_claim(ledger, *kinds)

    again = a_claim(ledger, "handed_over", statement="better words")

    claim = ledger.claim(again)
    assert again == first
    assert (claim.attempts, claim.draft["statement"]) == (2, "better words")


def test_two_processes_cannot_hand_over_the_same_claim(places: Places) -> None:
    with open_ledger(places.ledger) as one, open_ledger(places.ledger) as other:
        claim_id = one.start_claim(a_draft(), at=NOON)
        assert other.start_claim(a_draft(), at=NOON) == claim_id

        one.hand_over(claim_id, at=NOON, body={})

        with pytest.raises(OutcomeUnknown):
            other.hand_over(claim_id, at=NOON, body={})


def test_claims_are_numbered_in_the_order_they_were_begun(ledger: Ledger) -> None:
    begun = [a_claim(ledger, order_id=f"10{number:02}") for number in range(12)]

    assert [claim.claim_id for claim in ledger.claims()] == begun
    assert begun[-1] == "c12"


def test_claims_are_asked_for_by_order_and_account(ledger: Ledger) -> None:
    a_claim(ledger, order_id="1001")
    a_claim(ledger, order_id="1002", account="ours")

    assert [claim.order_id for claim in ledger.claims(account="ours")] == ["1002"]
    assert [claim.claim_id for claim in ledger.claims(order_id="1001")] == ["c1"]


def test_a_receipt_is_kept_beside_the_claim(ledger: Ledger) -> None:
    claim_id = a_claim(ledger, "handed_over", "sent_seen", "verified")

    ledger.keep_receipt(claim_id, {"result": "verified", "reference": "R-1"}, at=NOON)

    claim = ledger.claim(claim_id)
    assert claim.state == "verified"
    assert claim.receipt == {"result": "verified", "reference": "R-1"}


def test_an_unknown_claim_is_refused(ledger: Ledger) -> None:
    with pytest.raises(WrongInput, match="no claim c9"):
        ledger.claim("c9")
