"""A hostile page sends another claim when the buyer presses: it is stopped, told and recorded."""

from typing import Any

import pytest
from playwright.sync_api import Page

from autoclaim.runner import catalogue
from tests.claiming_here import Here, first_document
from tests.journeys.test_claims_here import the_words, written

REVERSE = "mtop.aliexpress.buyer.reverse"
OPERATION = "mtop.aliexpress.trade.buyer.order.operation"
ANOTHER = "8212345678901234"
# The flow, what its last button calls, and what the page sends in its place.
OF_ANOTHER_KIND: list[tuple[str, str, dict[str, Any]]] = [
    ("return_parcel", "sendBack", {"api": f"{REVERSE}.withdraw"}),
    ("answer", "addEvidence", {"api": f"{REVERSE}.accept"}),
    ("dispute", "submit", {"api": OPERATION, "data": {"operation": "CANCEL"}}),
    ("cancel", "operation", {"api": OPERATION, "data": {"operation": "CONFIRM_GOODS"}}),
]
ABOUT_ANOTHER: list[tuple[str, str, dict[str, Any]]] = [
    ("return_parcel", "sendBack", {"tradeOrderLineId": ANOTHER}),
    ("answer", "addEvidence", {"tradeOrderId": ANOTHER}),
    ("dispute", "submit", {"tradeOrderLineId": ANOTHER}),
    ("cancel", "operation", {"tradeOrderId": ANOTHER}),
]


def presses_and_reads(page: Page) -> None:
    """Press what sends, and read that it did not."""
    hand = catalogue.fixture("aliexpress", "scripted_buyer")
    hand._answer(page, "submit", hand.time.monotonic() + 30)
    alarm = page.locator("autoclaim-panel .alarm")
    alarm.filter(has_text="something other than this claim").wait_for()


@pytest.mark.parametrize(
    ("flow", "button", "instead"), OF_ANOTHER_KIND, ids=[one[0] for one in OF_ANOTHER_KIND]
)
def test_under_the_buyers_press_nothing_of_another_kind_is_sent(
    here: Here, flow: str, button: str, instead: dict[str, Any]
) -> None:
    is_stopped(here, flow, {button: instead}, f"POST /h5/{instead['api'].lower()}/1.0/")


@pytest.mark.parametrize(
    ("flow", "button", "data"), ABOUT_ANOTHER, ids=[one[0] for one in ABOUT_ANOTHER]
)
def test_under_the_buyers_press_nothing_about_another_order_is_sent(
    here: Here, flow: str, button: str, data: dict[str, Any]
) -> None:
    api = OPERATION if flow == "cancel" else f"{REVERSE}.{button}"

    is_stopped(here, flow, {button: {"data": data}}, f"POST /h5/{api.lower()}/1.0/")


def is_stopped(here: Here, flow: str, instead: dict[str, Any], line: str) -> None:
    words = the_words(here, flow)
    here.store.behave(instead=instead)

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


def test_a_cancellation_is_of_the_whole_order_and_may_name_each_of_its_lines(here: Here) -> None:
    words = the_words(here, "cancel")
    [line, *_] = here.wiring.ledger.order(here.store.heroes["cancel"]).facts["lines"]
    here.store.behave(instead={"operation": {"data": {"tradeOrderLineIds": [ANOTHER]}}})

    with here.a_hand():
        receipt = here.told(
            "claim", *words, "--line", line["line_id"], "--headless", "--wait", "30"
        )

    assert (receipt["result"], receipt["stopped"]) == ("verified", [])
