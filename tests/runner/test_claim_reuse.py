"""The same text or file for a second order: asked about, never just used."""

from pathlib import Path

import pytest

from autoclaim.edge.evidence import ClaimFolder
from autoclaim.errors import NeedsPerson, NotSent
from autoclaim.model import Claim
from autoclaim.runner.claim import resume
from autoclaim.runner.claim_journal import ClaimJournal
from autoclaim.runner.evidence import about, check_file
from autoclaim.runner.evidence_reuse import ask_about_reuse
from autoclaim.runner.wiring import Wiring
from tests.runner.claiming import LATE, SHIPPED, a_claim, an_order, machine, was_sent


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7 what the neighbour wrote")
    return tmp_path / "letter.pdf"


def a_machine(home: Path, pick: str | None = None) -> Wiring:
    return machine(home, an_order(LATE), an_order(SHIPPED), pick=pick)


def sent_with(wiring: Wiring, claim: Claim) -> None:
    claim_id = was_sent(wiring, claim)
    folder = ClaimFolder(wiring.places.evidence, claim_id)
    for file in claim.files:
        folder.attach(file, at=wiring.now())


def test_the_same_text_for_another_order_is_asked_about(tmp_path: Path) -> None:
    wiring = a_machine(tmp_path)
    sent_with(wiring, a_claim(LATE, statement="It never came."))

    with pytest.raises(NeedsPerson, match="same text") as stopped:
        ask_about_reuse(wiring, a_claim(SHIPPED, statement="it NEVER  came. "))

    assert stopped.value.exit_code == 3
    assert "--again" in stopped.value.next_step


def test_the_same_file_under_another_name_is_asked_about(tmp_path: Path, photo: Path) -> None:
    wiring = a_machine(tmp_path)
    sent_with(wiring, a_claim(LATE, files=(photo,)))
    renamed = photo.rename(tmp_path / "new.pdf")

    with pytest.raises(NeedsPerson, match=r"new\.pdf went out with claim c1"):
        ask_about_reuse(wiring, a_claim(SHIPPED, statement="Another.", files=(renamed,)))


def test_the_buyer_may_say_that_it_is_true_here_too(tmp_path: Path) -> None:
    wiring = a_machine(tmp_path, pick="Use it")
    sent_with(wiring, a_claim(LATE))

    ask_about_reuse(wiring, a_claim(SHIPPED))

    assert "Use it again?" in wiring.told.heard[0]  # type: ignore[attr-defined]  # Buyer


def test_the_buyer_may_leave_it(tmp_path: Path) -> None:
    wiring = a_machine(tmp_path, pick="Leave it")
    sent_with(wiring, a_claim(LATE))

    with pytest.raises(NotSent):
        ask_about_reuse(wiring, a_claim(SHIPPED))


def test_the_same_order_and_what_was_never_sent_are_no_reuse(tmp_path: Path, photo: Path) -> None:
    wiring = a_machine(tmp_path)
    sent_with(wiring, a_claim(LATE, files=(photo,)))
    draft = a_claim("8200000000000009", statement="Only a draft.")
    wiring.ledger.start_claim(draft.model_dump(mode="json"), at=wiring.now())

    ask_about_reuse(wiring, a_claim(LATE, files=(photo,)))
    ask_about_reuse(wiring, a_claim(SHIPPED, statement="Only a draft."))


def test_the_files_of_a_claim_are_kept_before_they_are_used(tmp_path: Path, photo: Path) -> None:
    wiring = a_machine(tmp_path)
    draft = a_claim(LATE, files=(photo,))
    claim_id = wiring.ledger.start_claim(draft.model_dump(mode="json"), at=wiring.now())
    decision = about(wiring, LATE, "1").decision

    [copy] = ClaimJournal(wiring, claim_id).begin(decision, [check_file(photo)])

    assert copy.parent == ClaimFolder(wiring.places.evidence, claim_id).path
    assert copy.read_bytes() == photo.read_bytes()


def test_a_receipt_lists_the_evidence_of_its_own_attempt(tmp_path: Path, photo: Path) -> None:
    wiring = a_machine(tmp_path)
    draft = a_claim(LATE, files=(photo,))
    claim_id = wiring.ledger.start_claim(draft.model_dump(mode="json"), at=wiring.now())
    decision = about(wiring, LATE, "1").decision

    first = ClaimJournal(wiring, claim_id)
    copies = first.begin(decision, [check_file(photo)])
    first.keep("order, before", b"png", "https://store.example", wiring.now())
    left = first.declined(draft, NotSent("You chose not to send."))
    wiring.ledger.start_claim(draft.model_dump(mode="json"), at=wiring.now())
    second = ClaimJournal(wiring, claim_id)
    second.begin(decision, [check_file(copies[0])])  # taken up again with the kept copy
    second.keep("the form, filled", b"png", "https://store.example", wiring.now())
    again = second.declined(draft, NotSent("You chose not to send."))

    assert [one.title for one in left.evidence] == ["letter.pdf", "order, before"]
    assert [one.title for one in again.evidence] == ["letter.pdf", "the form, filled"]


def test_a_claim_taken_up_again_may_be_meant_for_this_order_too(tmp_path: Path) -> None:
    wiring = a_machine(tmp_path)
    wiring.ledger.start_claim(a_claim(LATE).model_dump(mode="json"), at=wiring.now())

    assert resume(wiring, None, None, again=True).again
    assert not resume(wiring, LATE, None).again
