"""The panel for everybody: axe looks into it, in every state, in light and in dark."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from autoclaim.browser.panel import Panel
from autoclaim.model.claim import FieldCheck
from tests.browser.visiting import FORM

PANEL = "autoclaim-panel"
CHECKS = (
    FieldCheck(name="reason", planned="Never arrived", found="Never arrived"),
    FieldCheck(name="amount", planned="24.99 USD", found="2.49 USD"),
    FieldCheck(name="text", planned=None, found="Something the page wrote"),
)


@pytest.fixture(params=["light", "dark"])
def tab(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(color_scheme=request.param)
    tab = context.new_page()
    tab.set_content(f'<html lang="en"><title>A store</title><main>{FORM}</main></html>')
    yield tab
    context.close()


def violations(tab: Page) -> list[str]:
    assert tab.locator(f"{PANEL} button").count() >= 1  # axe can look in only where we can
    found = Axe().run(tab, context=PANEL)
    return [one["id"] for one in found.response["violations"]]


def test_axe_finds_nothing_in_the_panel_while_the_form_is_the_buyers(tab: Page) -> None:
    Panel(tab.context).yours(CHECKS, "Submit")

    assert violations(tab) == []


def test_axe_finds_nothing_in_the_panel_after_it_was_sent(tab: Page) -> None:
    Panel(tab.context).sent()

    assert violations(tab) == []


def test_axe_finds_what_is_wrong_in_it(tab: Page) -> None:
    Panel(tab.context).yours(CHECKS, "Submit")
    tab.locator(f"{PANEL} button").first.evaluate(
        "one => { one.textContent = ''; one.removeAttribute('aria-label'); one.title = ''; }"
    )

    assert violations(tab) == ["button-name"]
