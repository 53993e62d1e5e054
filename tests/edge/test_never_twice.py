"""The promise, tried with any order of steps, crashes included: no claim is sent twice."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as some

from autoclaim.edge.ledger import Ledger, open_ledger
from autoclaim.errors import AutoclaimError
from tests.edge.builders import NOON, a_draft

STEPS = [
    "drafted",
    "handed_over",
    "sent_seen",
    "declined",
    "not_seen",
    "verified",
    "contradicted",
    "found_absent",
    "ended",
    "crash",
]
# After one of these a second sending is honest: the store was asked, or nothing was sent.
CLEARS = {"declined", "found_absent", "ended"}
# What leads to a second sending is tried more often than what clears the way for one.
A_STEP = some.tuples(
    some.sampled_from(["drafted", "handed_over"] * 4 + STEPS), some.sampled_from(["1", "1", None])
)


def took(ledger: Ledger, step: str, line_id: str | None) -> bool:
    """Tries the step on the newest claim, as a run would; whether the ledger let it happen."""
    try:
        if step == "drafted":
            ledger.start_claim(a_draft(line_id=line_id), at=NOON)
        elif step == "handed_over":
            ledger.hand_over(ledger.claims()[-1].claim_id, at=NOON, body={})
        else:
            ledger.advance(ledger.claims()[-1].claim_id, step, at=NOON, body={})
    except (AutoclaimError, IndexError):
        return False
    return True


def happened(path: Path, steps: list[tuple[str, str | None]]) -> list[str]:
    """The steps the ledger let happen, in order."""
    ledger = open_ledger(path)
    kinds = []
    for step, line_id in steps:
        if step == "crash":
            ledger.close()
            ledger = open_ledger(path)
        elif took(ledger, step, line_id):
            kinds.append(step)
    ledger.close()
    return kinds


@given(some.lists(A_STEP, min_size=4, max_size=20))
@settings(max_examples=150, deadline=None)
def test_between_two_hand_overs_the_first_was_cleared_up(
    steps: list[tuple[str, str | None]],
) -> None:
    with TemporaryDirectory() as folder:
        kinds = happened(Path(folder) / "ledger.sqlite3", [("drafted", "1"), *steps])

    between = " ".join(kinds).split("handed_over")[1:-1]
    assert all(CLEARS & set(part.split()) for part in between)
