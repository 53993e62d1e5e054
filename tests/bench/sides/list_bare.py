"""The bare side of bench/memory.py: the same list, pressed to its end, without autoclaim."""

import os
from typing import Any

from playwright.sync_api import sync_playwright

from autoclaim.browser.finding import find_browser
from tests.bench.reading import press_on


def press_to_the_end(session: dict[str, Any], address: str, orders: int) -> None:
    """Open the list of orders and press "View orders" until all of them are shown."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), chromium_sandbox=os.geteuid() != 0
        )
        page = browser.new_page(
            storage_state=session,  # type: ignore[arg-type] # as a visit gave it
            viewport={"width": 1440, "height": 900},
            service_workers="block",
        )
        page.goto(address, wait_until="domcontentloaded")
        press_on(page)
        assert page.locator(".order-item").count() == orders
        browser.close()
