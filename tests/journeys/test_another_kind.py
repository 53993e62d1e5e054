"""A hostile page sends something else when the buyer presses: it is stopped, told and recorded."""

from typing import Any

import pytest
from playwright.sync_api import Page

from autoclaim.runner import catalogue
from tests.claiming_here import Here, first_document
from tests.journeys.test_claims_here import the_words, written

REVERSE = "mtop.aliexpress.buyer.reverse"
OPERATION = "mtop.aliexpress.trade.buyer.order.operation"
# The flow, what its last button calls, and what the page sends in its place.
SENT_INSTEAD: list[tuple[str, str, dict[str, Any]]] = [
    ("return_parcel", "sendBack", {"api": f"{REVERSE}.withdraw"}),
    ("answer", "addEvidence", {"api": f"{REVERSE}.accept"}),
    ("dispute", "submit", {"api": OPERATION, "data": {"operation": "CANCEL"}}),
    ("cancel", "operation", {"api": OPERATION, "data": {"operation": "CONFIRM_GOODS"}}),
]


def presses_and_reads(page: Page) -> None:
    """Press what sends, and read that it did not."""
    hand = catalogue.fixture("aliexpress", "scripted_buyer")
    hand._answer(page, "submit", hand.time.monotonic() + 30)
    alarm = page.locator("autoclaim-panel .alarm")
    alarm.filter(has_text="something other than this claim").wait_for()


@pytest.mark.parametrize(
    ("flow", "button", "instead"), SENT_INSTEAD, ids=[one[0] for one in SENT_INSTEAD]
)
def test_under_the_buyers_press_nothing_of_another_kind_is_sent(
    here: Here, flow: str, button: str, instead: dict[str, Any]
) -> None:
    words = the_words(here, flow)
    here.store.behave(instead={button: instead})
    line = f"POST /h5/{instead['api'].lower()}/1.0/"

    with here.a_hand(presses_and_reads, answer="decline"):
        code, said = here.run("claim", *words, "--headless", "--wait", "60", "--json")

    receipt = first_document(said)
    assert (code, receipt["result"]) == (7, "not_sent"), said
    assert written(here) == []
    assert receipt["stopped"] == [line]
    assert said.count(f"tried to send something other than this claim ({line})") == 1
    assert "in your own browser" in said
    [declined] = here.wiring.ledger.events("declined")
    assert declined.body["stopped"] == [line]
