"""What the report of a long history costs: to write, to open, and on the disk.

    python tests/bench/report.py [--orders 5000] [--rounds 3]

Writing is `autoclaim report` as a process less one that has nothing to report; opening is from
the address to the end of the first layout, in the browser that autoclaim would use.
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from playwright.sync_api import sync_playwright

from autoclaim.browser.finding import find_browser
from tests.edge.test_report import a_home
from tests.runner.deadlines import NOON
from tests.terminal import Machine, a_machine


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--orders", type=int, default=5000)
    asked.add_argument("--rounds", type=int, default=3)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "empty").mkdir()
        empty, full = a_machine(Path(folder) / "empty"), a_machine(Path(folder))
        page = a_home(full.home, options.orders)
        rounds = range(options.rounds)
        nothing = statistics.median(written(empty) for _ in rounds)
        everything = statistics.median(written(full) for _ in rounds)
        print(f"{options.orders} orders: {page.stat().st_size / 1e6:.2f} MB")
        print(
            f"to write {everything - nothing:.2f} s (and {nothing:.2f} s for one without orders)"
        )
        print(f"to open  {statistics.median(opened(page) for _ in rounds):.2f} s")


def written(machine: Machine) -> float:
    began = time.perf_counter()
    assert machine.run("report", alone=True, AUTOCLAIM_NOW=NOON.isoformat()).code == 0
    return time.perf_counter() - began


def opened(page: Path) -> float:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser())
        tab = browser.new_page()
        tab.goto("about:blank")
        began = time.perf_counter()
        tab.goto(page.as_uri(), wait_until="load")
        tab.evaluate("document.body.offsetHeight")
        took = time.perf_counter() - began
        browser.close()
    return took


if __name__ == "__main__":
    main()
