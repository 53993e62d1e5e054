"""The scripted buyer presses the store's own buttons, in a browser as autoclaim starts it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from autoclaim.browser.finding import find_browser
from autoclaim.browser.launching import Launch
from autoclaim.browser.sharing import Browsers
from fixtures.aliexpress import scripted_buyer
from fixtures.aliexpress.server import Store, serve
from tests.terminal import a_free_port

PANEL = """() => {
  const panel = document.createElement("autoclaim-panel");
  panel.dataset.state = "yours";
  panel.attachShadow({mode: "open"}).innerHTML = '<button data-answer="no">Do not send</button>';
  panel.shadowRoot.firstChild.onclick = () => { panel.dataset.state = "declined"; };
  document.body.prepend(panel);
}"""


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with serve() as running:
        running.behave(list_delay_ms=0, detail_delay_ms=0, cancel_button_delay_ms=0)
        yield running


@pytest.fixture(scope="module")
def port() -> int:
    return a_free_port()


@pytest.fixture(scope="module")
def page(browsers: Browsers, store: Store, port: int) -> Iterator[Page]:
    browser = find_browser()
    assert browser
    with browsers.context(Launch(browser, headed=False, debugging_port=port)) as context:
        signed_in = context.new_page()
        signed_in.goto(store.url)
        signed_in.locator("input").last.fill(store.email)
        signed_in.locator("input").last.press("Enter")
        signed_in.locator("#fm-login-password").fill(store.password)
        signed_in.locator("#fm-login-password").press("Enter")
        signed_in.locator(".order-item").first.wait_for()
        yield signed_in


def answer(port: int, told: str) -> "subprocess.Popen[str]":
    words = [sys.executable, str(Path(scripted_buyer.__file__)), "--cdp-port", str(port)]
    return subprocess.Popen([*words, "--answer", told, "--patience", "20"], text=True)


def fill_the_dispute(page: Page, store: Store) -> None:
    page.goto(f"{store.origin}/p/order/detail.html?orderId={store.heroes['late']}")
    page.get_by_role("button", name="Returns/refunds").click()
    with page.expect_popup() as opened:
        page.get_by_role("button", name="No", exact=True).click()
    address = opened.value.url
    opened.value.close()
    page.goto(address)
    page.locator(".comet-v2-select-show-arrow").click()
    page.get_by_text("No tracking information").click()
    page.locator("textarea").fill("It never came.")
    page.get_by_role("button", name="Next step").click()
    page.locator("[data-pl=buyersubmit_btn_submit]").wait_for()


def finals(store: Store) -> list[str]:
    parts = ("reverse.submit", "order.operation")
    return [one["path"] for one in store.journal if any(part in one["path"] for part in parts)]


def test_declined_nothing_is_sent_submitted_one_case_is_opened(
    page: Page, store: Store, port: int
) -> None:
    fill_the_dispute(page, store)
    page.evaluate(PANEL)
    declining = answer(port, "decline")
    page.locator("autoclaim-panel[data-state=declined]").wait_for()
    assert declining.wait(20) == 0
    assert finals(store) == []

    page.evaluate(PANEL)
    sending = answer(port, "submit")
    page.wait_for_url("**/issue/fastissue/Detail.htm?*")

    assert sending.wait(20) == 0
    assert len(finals(store)) == 1
    assert page.locator("[class*=reminder--statusStr]").inner_text() == (
        "Waiting for the seller's response"
    )


def test_the_cancel_dialog_is_answered_with_its_own_button(
    page: Page, store: Store, port: int
) -> None:
    before = len(finals(store))
    page.goto(f"{store.origin}/p/order/detail.html?orderId={store.heroes['cancel']}")
    page.get_by_role("button", name="Cancel", exact=True).click()
    page.get_by_label("I don't want this order anymore").check()
    page.evaluate(PANEL)

    sending = answer(port, "submit")
    page.get_by_text("Your order has been cancelled successfully.").wait_for()

    assert sending.wait(20) == 0
    assert len(finals(store)) == before + 1


def test_closing_closes_the_tab(page: Page, store: Store, port: int) -> None:
    unpaid = store.state.history.orders[1].order_id
    tab = page.context.new_page()
    tab.goto(f"{store.origin}/p/order/detail.html?orderId={unpaid}")
    tab.get_by_role("button", name="Cancel", exact=True).click()
    tab.evaluate(PANEL)

    closing = answer(port, "close")
    tab.wait_for_event("close")

    assert closing.wait(20) == 0
    assert not page.is_closed()
