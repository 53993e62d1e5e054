"""Whole claims as the buyer sees them: what is loaded, what is told, what goes back."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.claiming_here import Here, first_document
from tests.journeys.test_claims import KILLED_AT, claim_events
from tests.local_store import CANCEL_REASON, REASON

DISPUTES = (
    {"form_steps": "several", "reason_control": "menu", "received_question": "dialog"},
    {"form_steps": "one", "reason_control": "select", "received_question": "page"},
    {"form_steps": "one", "reason_control": "radio", "received_question": "absent"},
)
# Each flow in each style of its form; FINAL is the one request that sends it, and what it holds.
STYLES = [
    ("cancel", {"cancel_reasons": "radio"}),
    ("cancel", {"cancel_reasons": "menu"}),
    *(("dispute", style) for style in DISPUTES),
    ("answer", {"answer_form": "dialog"}),
    ("answer", {"answer_form": "page"}),
    ("return_parcel", {"parcel_form": "page"}),
    ("return_parcel", {"parcel_form": "dialog"}),
]
IDS = ["-".join((flow, *map(str, style.values()))) for flow, style in STYLES]
FINAL: dict[str, tuple[str, dict[str, object]]] = {
    "cancel": ("order.operation", {"operation": "CANCEL"}),
    "dispute": ("reverse.submit", {"solution": "refund_only"}),
    "answer": ("reverse.addevidence", {"description": "The label.", "files": []}),
    "return_parcel": ("reverse.sendback", {"trackingNumber": "RR123456789ES"}),
}
STEPS = ("reverse.nextstep", "/newlogin/")


def test_a_claim_loads_the_pages_it_needs_and_a_reread_one(here: Here) -> None:
    begun: list[list[str]] = []

    with here.a_hand(lambda _: begun.append(here.store.pages)):
        code, said = here.claim("--json")
    at_the_end = len(here.store.pages)
    followed, told = here.run("follow-up", "--json")

    assert (code, followed) == (0, 0), said + told
    # The list proves that the session counts; the form needs the order's page and its own.
    assert begun == [["order_list", "order_detail", "return_start"]]
    # The store's own page goes on to the case once it was sent; the reread needs list and case.
    assert sorted(here.store.pages[3:at_the_end]) == ["case", "case", "returns_list"]
    assert here.store.pages[at_the_end:] == ["order_list", "case"]


def test_what_changes_before_the_press_is_shouted_in_the_receipt(here: Here) -> None:
    once = "autoclaim-panel[data-state=yours]"
    here.store.behave(late_change={"field": "amount", "value": "1.00", "once": once})

    def reads_the_alarm(page: Page) -> None:
        page.locator("autoclaim-panel .alarm").filter(has_text="changed after").wait_for()
        page.wait_for_timeout(1_100)

    with here.a_hand(reads_the_alarm):
        code, said = here.claim()

    assert code in {0, 5}, said
    assert "CHANGED between filling in and your press: amount" in said
    assert len(here.sent()) == 1


def test_the_number_of_the_return_parcel_is_told_once_and_followed(here: Here) -> None:
    words = ["claim", *the_words(here, "return_parcel"), "--headless", "--wait", "15"]
    with here.a_hand():
        code, said = here.run(*words)
    again, because = here.run(*words)
    followed, told = here.run("follow-up", "--json")

    assert code == 0, said
    assert "tracking number" in said
    assert again == 2, because
    assert followed == 0, told
    assert first_document(told)["claims"][0]["kind"] == "return_parcel"


def test_a_refused_cancellation_is_told_as_refused(here: Here) -> None:
    here.store.behave(cancel_outcome="refused")
    order = here.store.heroes["cancel"]
    words = ["--cancel", "--reason", CANCEL_REASON, "--headless", "--wait", "15"]

    with here.a_hand():
        code, said = here.run("claim", order, *words)
    _, told = here.run("follow-up", "--json")

    assert code == 0, said
    assert said.startswith("REFUSED")
    assert said.count(f"  order        {order}") == 1
    claim = first_document(told)["claims"][0]
    assert (claim["stage"], claim["state"]) == ("not_cancelled", "verified")
    assert claim["answer"] == "refused"
    assert "nothing comes back for that" in claim["next_step"]


def the_words(here: Here, flow: str) -> list[str]:
    """What the buyer types for that flow, with an order for which the store takes it."""
    if flow == "dispute":
        return [here.order, "--dispute", "--reason", REASON]
    if flow == "cancel":
        return [here.store.heroes["cancel"], "--cancel", "--reason", CANCEL_REASON]
    order = here.store.heroes["disputed"]
    if flow == "answer":
        here.store.behave(happens=[{"order": order, "event": "evidence_asked"}])
        return [order, "--answer", "--text", "The label."]
    here.store.behave(happens=[{"order": order, "event": "return_agreed"}])
    orders = here.store.truth()["orders"]
    here.wiring.ledger.see_orders(orders, at=here.wiring.now(), account="mine")
    return [order, "--parcel", "RR123456789ES"]


@pytest.mark.parametrize(("flow", "style"), STYLES, ids=IDS)
def test_every_flow_is_sent_once_by_the_buyer_in_whatever_form_it_comes(
    here: Here, flow: str, style: dict[str, object]
) -> None:
    here.store.behave(**style)
    words = the_words(here, flow)
    final, held = FINAL[flow]
    before: list[tuple[datetime, list[str]]] = []

    def looks(_: Page) -> None:
        before.append((datetime.now(UTC), written(here)))

    with here.a_hand(looks):
        receipt = here.told("claim", *words, "--headless", "--wait", "15")

    # What: only this, and as it was planned.
    [sent] = [one for one in here.store.journal if final in one["path"].lower()]
    assert written(here) == [sent["path"]]
    assert held.items() <= sent["fields"].items()
    assert {words[0], receipt["line_id"]} & set(map(str, sent["fields"].values()))
    assert [one for one in receipt["fields"] if one["planned"] != one["found"]] == []
    assert receipt["result"] == "verified"
    # By whom, and when: nothing before the buyer's hand, and the receipt tells that moment.
    [(pressed_after, sent_before)] = before
    assert sent_before == []
    sent_at = datetime.fromisoformat(receipt["sent_at"])
    arrived_at = datetime.fromisoformat(sent["at"]) + timedelta(milliseconds=1)
    assert pressed_after < sent_at < arrived_at
    assert list(dict.fromkeys(claim_events(here.wiring.places.ledger))) == list(KILLED_AT)


def written(here: Here) -> list[str]:
    """What reached the store and is neither a step of a form nor the sign-in."""
    paths = [one["path"] for one in here.store.journal]
    return [one for one in paths if not any(step in one.lower() for step in STEPS)]


def test_a_form_without_an_amount_is_told_as_one_that_does_not_show_it(here: Here) -> None:
    here.store.behave(amount_field=False)

    receipt = here.claimed()

    [differing] = [one for one in receipt["fields"] if one["planned"] != one["found"]]
    assert (differing["name"], differing["found"]) == ("amount", None)
    assert receipt["result"] == "verified"


def test_a_claim_that_was_left_is_taken_up_again_as_it_was(here: Here, tmp_path: Path) -> None:
    letter = tmp_path / "label.png"
    shutil.copy(Path(__file__).parent / "label.png", letter)
    with here.a_hand(answer="close"):
        left, _ = here.claim("--text", "In my words.", "--file", str(letter))
    letter.unlink()

    with here.a_hand():
        code, said = here.run("claim", "--resume", "--headless", "--wait", "15", "--json")

    assert (left, code) == (7, 0), said
    fields = {one["name"]: one["found"] for one in first_document(said)["fields"]}
    assert fields["text"] == "In my words."
    assert fields["reason"] == REASON
    assert fields["files"] == "1"
    assert len(here.sent()) == 1


def test_nothing_left_is_nothing_to_take_up(here: Here) -> None:
    code, said = here.run("claim", "--resume", "--headless")

    assert code == 2
    assert "left before it was sent" in said


def test_the_stores_request_is_answered_and_the_case_waits_for_the_store(here: Here) -> None:
    here.claimed()
    here.happens("evidence_asked")
    asked = here.followed()
    words = ["claim", here.order, "--answer", "--text", "The label.", "--headless"]

    with here.a_hand():
        answered = here.told(*words, "--wait", "15")

    assert (asked["stage"], asked["turn"]) == ("answered", "yours")
    assert (answered["kind"], answered["result"]) == ("answer", "verified")
    sent = [one["fields"] for one in here.store.journal if "addevidence" in one["path"].lower()]
    assert [one["description"] for one in sent] == ["The label."]


def test_an_offer_is_never_taken_and_money_is_followed_until_it_is_there(here: Here) -> None:
    here.claimed()
    here.happens("offered", percent=20)
    _, offered = here.run("follow-up")
    here.happens("agreed")
    due = here.followed()
    here.happens("refunded")

    there = here.followed()

    assert "(20 %)" in offered
    assert "If you accept: Accepting is final" in offered
    assert (due["stage"], due["turn"]) == ("refund_due", "theirs")
    assert due["until"]
    assert there["stage"] == "refunded"
    endings = ("reverse.accept", "reverse.withdraw")
    assert not [one for one in here.store.journal if any(end in one["path"] for end in endings)]


def test_the_stores_own_pages_are_kept_as_evidence_and_counted(here: Here) -> None:
    code, said = here.run("evidence", "add", here.order, "--from-store")

    assert code == 0, said
    kept = here.told("evidence", "list", here.order)
    assert {one["shows"] for one in kept["files"]} == {"order", "tracking", "as_sold"}
    assert all(one["address"].startswith(here.store.origin) for one in kept["files"])
    assert next(one for one in kept["checklist"] if one["name"] == "tracking")["shown_by"]
    assert here.store.journal == []
