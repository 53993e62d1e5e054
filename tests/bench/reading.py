"""How much reading costs beside bare Playwright that loads the very same pages.

    python tests/bench/reading.py [--orders 200] [--rounds 3]

Both sides use the same kind of browser, the same local store and the same signed-in session; the
bare side has a browser of its own, because the guard stands at the browser: it is guarded by
nobody and listened to by nobody. It opens the addresses that autoclaim opened,
presses "View orders" as often, and waits for the answer each page receives; it reads nothing.
Rounds alternate; the median ratios are printed: of the time on the clock, which counts where
nothing else is at work, and of the processor's seconds of all processes (Linux), which
count anywhere.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from playwright.sync_api import Frame, Page

from autoclaim.browser.finding import find_browser
from autoclaim.browser.visit import Visit
from autoclaim.model.wanted import Wanted
from autoclaim.runner import catalogue
from autoclaim.runner.accounts import add_account, new_account
from autoclaim.runner.settings import Settings
from autoclaim.runner.wiring import Wiring
from tests.bench.sides.processes import below
from tests.terminal import a_machine

STORE = "aliexpress"
Cost = tuple[float, float]  # seconds on the clock, and of the processor
MORE = "[data-pl=order_more] button"
ANSWER = {
    "/p/order/detail.html": "order.detail",
    "/p/tracking/index.html": "ld.querydetail",
    "/p/order/index.html": "order.list",
}


class Silent:
    """Nobody listens."""

    def say(self, text: str) -> None: ...
    def progress(self, done: int, total: int | None, what: str) -> None: ...
    def fields(self, checks: object) -> None: ...
    def choose(self, question: str, options: object) -> str | None: ...


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--orders", type=int, default=200)
    asked.add_argument("--rounds", type=int, default=3)
    options = asked.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        catalogue.fixture(STORE).serve(orders=options.orders) as store,
    ):
        machine = a_machine(Path(folder), store.origin)
        passphrase = Path(machine.environment["AUTOCLAIM_PASSPHRASE_FILE"])
        settings = Settings(machine.home, store.origin, passphrase)
        wiring = Wiring(settings, Silent())
        account = new_account(wiring, STORE, store.email, None)
        add_account(wiring, account, store.password)
        with wiring.visit(account, headed=False) as visit:
            compare(visit, wiring, options.rounds)


def compare(visit: Visit, wiring: Wiring, rounds: int) -> None:
    read_orders = wiring.flow(STORE, "read_orders")
    opened: list[str] = []

    def note(frame: Frame) -> None:
        if noting and frame.parent_frame is None:
            opened.append(frame.url)

    def listen(page: Page) -> None:
        page.on("framenavigated", note)

    noting = True
    listen(visit.page)
    visit.page.context.on("page", listen)  # a long reading changes tabs
    orders = list(read_orders.run(visit, Wanted()))
    noting = False
    visit.page.context.remove_listener("page", listen)
    visit.page.remove_listener("framenavigated", note)
    print(f"{len(orders)} orders, {len(opened)} pages opened")

    browser = visit.page.context.browser
    assert browser is not None
    unguarded = browser.browser_type.launch(
        executable_path=find_browser(), chromium_sandbox=False, args=["--no-first-run"]
    )
    page = unguarded.new_page(
        storage_state=visit.session(), viewport=visit.page.viewport_size, service_workers="block"
    )
    pairs: list[tuple[Cost, Cost]] = [
        (timed(lambda: list(read_orders.run(visit, Wanted()))), timed(lambda: bare(page, opened)))
        for _ in range(rounds)
    ]
    unguarded.close()
    for what, place in (("on the clock", 0), ("processor", 1)):
        ratios = [ours[place] / floor[place] for ours, floor in pairs]
        for ours, floor in pairs:
            print(f"{what:12}  autoclaim {ours[place]:6.2f} s   bare {floor[place]:6.2f} s")
        print(f"{what:12}  median ratio {statistics.median(ratios):.2f}")


def bare(page: Page, addresses: list[str]) -> None:
    for address in addresses:
        answer = next((api for path, api in ANSWER.items() if path in address), None)
        if answer is None:
            page.goto(address, wait_until="domcontentloaded")
            continue
        with page.expect_response(lambda got, api=answer: api in got.url.lower()):
            page.goto(address, wait_until="domcontentloaded")
        if answer == "order.list":
            press_on(page)


def press_on(page: Page) -> None:
    page.wait_for_selector(".order-item")
    while page.locator(MORE).count():
        with page.expect_response(lambda got: "order.list" in got.url.lower()) as got:
            page.locator(MORE).click()
        got.value.finished()
        page.wait_for_timeout(20)


def timed(work: Callable[[], object]) -> Cost:
    began, worked = time.perf_counter(), processor_seconds()
    work()
    return time.perf_counter() - began, processor_seconds() - worked


def processor_seconds() -> float:
    """What this process, its driver and its browsers have used so far, also those that ended."""
    ticks = 0
    for pid in ("self", *below(os.getpid())):
        try:
            after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:  # it ended
            continue
        ticks += sum(map(int, after_name[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
