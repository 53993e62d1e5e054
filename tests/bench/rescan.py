"""A second scan with nothing new, against the first: page loads, answers of the list, seconds.

    python tests/bench/rescan.py --orders 2000

Both go through `runner/scan.py` as the command does, with a browser and a ledger of their own.
Aim (design.md 5): at most 5 % of the first, and at most 3 page loads.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from playwright.sync_api import Page

from autoclaim.browser import visit
from autoclaim.browser.loading import Loading
from autoclaim.runner.accounts import add_account, new_account
from autoclaim.runner.scan import Scanned, scan
from autoclaim.runner.settings import Settings
from autoclaim.runner.wiring import Wiring
from tests.bench.reading import Silent
from tests.local_store import a_store
from tests.terminal import a_machine

STORE = "aliexpress"


class Counting(Loading):
    """Counts the addresses that are opened."""

    opened = 0

    def load(self, page: Page, address: str) -> None:
        Counting.opened += 1
        super().load(page, address)


@contextmanager
def a_buyer(orders: int) -> Iterator[Wiring]:
    with tempfile.TemporaryDirectory() as folder, a_store(orders=orders) as store:
        store.behave(list_delay_ms=0, detail_delay_ms=0, cancel_button_delay_ms=0)
        machine = a_machine(Path(folder), store.origin)
        passphrase = Path(machine.environment["AUTOCLAIM_PASSPHRASE_FILE"])
        wiring = Wiring(Settings(machine.home, store.origin, passphrase), Silent())
        add_account(wiring, new_account(wiring, STORE, store.email, None), store.password)
        yield wiring


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--orders", type=int, default=200)
    options = asked.parse_args()
    visit.Loading = Counting  # type: ignore[misc]  # counts what the visit opens
    with a_buyer(options.orders) as wiring:
        first, second = measured(wiring), measured(wiring)
    for name, (loads, seconds, scanned) in {"first": first, "second": second}.items():
        print(f"{name:6} {loads:5} page loads  {seconds:6.1f} s  {len(scanned.orders)} orders")
    print(f"loads {second[0] / first[0]:.1%}   seconds {second[1] / first[1]:.1%} of the first")


def measured(wiring: Wiring) -> tuple[int, float, Scanned]:
    Counting.opened, began = 0, time.perf_counter()
    scanned = scan(wiring, None)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory so far {peak} MB, the browser not counted (Linux)")
    return Counting.opened, seconds, scanned


if __name__ == "__main__":
    main()
