"""The bare side of bench/claiming.py: the same pages in the same browser, without autoclaim.

Reads the session and the addresses as JSON; writes the moments to the file NOTES names.
"""

import json
import os
import sys
import time

from playwright.sync_api import sync_playwright

# What is there on the list, the order and the form once a person can use them. Playwright's own
# waiting for an element looks twice a second after a while; asked so, the page tells at once.
SIGNS = (
    "document.querySelector('.order-item')",
    "[...document.querySelectorAll('button')].some((one) => one.innerText === 'Returns/refunds')",
    "document.querySelector('textarea')",
)


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
            page.wait_for_function(sign)
        note(page.url)
        browser.close()


def note(address: str) -> None:
    os.write(int(os.environ["NOTES"]), f"{time.monotonic()} {address}\n".encode())


if __name__ == "__main__":
    main()
