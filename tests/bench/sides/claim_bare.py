"""The bare side of bench/claiming.py: the same pages in the same browser, without autoclaim.

Reads the session and the addresses as JSON; writes the moments to the file NOTES names.
"""

import json
import os
import sys
import time

from playwright.sync_api import sync_playwright

# What is shown on the list, the order and the form once a person can use them.
SIGNS = (".order-item", "button:has-text('Returns/refunds')", "textarea")


def main() -> None:
    asked = json.load(sys.stdin)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=asked["browser"], chromium_sandbox=os.geteuid() != 0
        )
        context = browser.new_context(
            storage_state=asked["session"],
            viewport={"width": 1440, "height": 900},
            service_workers="block",
        )
        note("")
        page = context.new_page()
        for address, sign in zip(asked["pages"], SIGNS, strict=True):
            if sign == SIGNS[-1]:
                page = context.new_page()
            page.goto(address, wait_until="domcontentloaded")
            page.locator(sign).first.wait_for()
        note(page.url)
        browser.close()


def note(address: str) -> None:
    os.write(int(os.environ["NOTES"]), f"{time.monotonic()} {address}\n".encode())


if __name__ == "__main__":
    main()
