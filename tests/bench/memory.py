"""Whether memory is flat: the most a first scan takes, of 500 orders and of 2,000.

    python tests/bench/memory.py [--orders 500 2000]

Each scan runs in a process of its own, as the command does, against a local store in another one.
Looked at, twice a second, is what the process itself and everything it started (driver, browser)
hold of their own (Linux): the text of programs, which whatever else runs here shares, is left out.
Aim: of autoclaim and of its driver the most for the last number of orders is at most 1.10 times
that for the first. The tab grows with the store's own page, which shows all orders in the end:
beside it stands what a bare Playwright script needs that presses "View orders" as often, and
does nothing else.
"""

import argparse
import json
import os
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from autoclaim.browser.addresses import store_address
from autoclaim.runner.scan import scan
from autoclaim.runner.wiring import Wiring
from tests.bench.rescan import a_buyer
from tests.bench.sides.list_bare import press_to_the_end
from tests.bench.sides.processes import below

AIM = 1.10
OURS, THE_STORES = ("autoclaim", "driver"), ("tabs", "browser")
ITS_OWN = ("Pss_Anon:", "Pss_Shmem:")
KINDS = {"playwright/driver": "driver", "--type=renderer": "tabs", "chrom": "browser"}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--orders", type=int, nargs="+", default=[500, 2000])
    asked.add_argument("--one", choices=SIDES, help="one side, in this process")
    options = asked.parse_args()
    if options.one:
        print(json.dumps(most_of_one(SIDES[options.one], options.orders[0])))
        return
    scans, bares = (told_of(side, options.orders) for side in ("scan", "bare"))
    for kind in OURS:
        print(f"{kind}: {growth(scans, kind):.2f} times (aim {AIM:.2f})")
    for kind in THE_STORES:
        print(f"{kind}: {growth(scans, kind):.2f} times (bare {growth(bares, kind):.2f})")
        ratios = [scans[place][kind] / bares[place][kind] for place in range(len(scans))]
        print(f"{kind}: beside bare", "  ".join(f"{ratio:.2f}" for ratio in ratios))


def told_of(side: str, numbers: list[int]) -> list[dict[str, float]]:
    told = []
    for orders in numbers:
        told.append(most := in_another_process(side, orders))
        held = "  ".join(f"{kind} {mb:.0f} MB" for kind, mb in most.items())
        print(f"{side} of {orders:5} orders: {held}", flush=True)
    return told


def growth(told: list[dict[str, float]], kind: str) -> float:
    return told[-1][kind] / told[0][kind]


def in_another_process(side: str, orders: int) -> dict[str, float]:
    words = [sys.executable, __file__, "--one", side, "--orders", str(orders)]
    told = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
    most: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return most


def scanning(wiring: Wiring, orders: int) -> Callable[[], object]:
    def work() -> None:
        assert len(scan(wiring, None).orders) == orders

    return work


def pressing(wiring: Wiring, orders: int) -> Callable[[], object]:
    """Signed in by autoclaim, which is gone before the bare side begins."""
    account = wiring.account(None)
    with wiring.visit(account, headed=False) as visit:
        session = visit.session()
    address = store_address(wiring.site(account.store), "orders", {})
    return partial(press_to_the_end, session, address, orders)


SIDES = {"scan": scanning, "bare": pressing}


def most_of_one(
    side: Callable[[Wiring, int], Callable[[], object]], orders: int
) -> dict[str, float]:
    """The most that each kind of process held at once, and all together, in megabytes."""
    most: defaultdict[str, float] = defaultdict(float)
    over = threading.Event()
    watcher = threading.Thread(target=lambda: watch(most, over))
    with a_buyer(orders) as wiring:
        work = side(wiring, orders)
        watcher.start()
        try:
            work()
        finally:
            over.set()
            watcher.join()
    return dict(most)


def watch(most: dict[str, float], over: threading.Event) -> None:
    while not over.wait(0.5):
        now: defaultdict[str, float] = defaultdict(float)
        for kind, held in held_now():
            now[kind] += held
            now["all together"] += held
        for kind, held in now.items():
            most[kind] = max(most[kind], round(held, 1))


def held_now() -> Iterator[tuple[str, float]]:
    """The kind of each process of this one's tree, without the store, and what it holds."""
    yield "autoclaim", held_by("self")
    for pid in below(os.getpid()):
        words = words_of(pid)
        if "--serve" not in words:
            kind = next((kind for part, kind in KINDS.items() if part in words), "other")
            yield kind, held_by(pid)


def words_of(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def held_by(pid: str) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith(ITS_OWN))


if __name__ == "__main__":
    main()
