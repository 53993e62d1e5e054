"""Whether memory is flat: the most a first scan takes, of 500 orders and of 2,000.

    python tests/bench/memory.py [--orders 500 2000]

Each scan runs in a process of its own, as the command does, against a local store in another one.
Looked at, twice a second, is what the process itself and everything it started (driver, browser)
hold: proportional set size, so that pages shared between processes count once (Linux).
Aim: the most for the last number of orders is at most 1.10 times that for the first.
"""

import argparse
import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from autoclaim.runner.scan import scan
from tests.bench.rescan import a_buyer
from tests.bench.sides.processes import below

AIM = 1.10
KINDS = {"playwright/driver": "driver", "--type=renderer": "tabs", "chrom": "browser"}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--orders", type=int, nargs="+", default=[500, 2000])
    asked.add_argument("--one", action="store_true", help="scan in this process, and tell")
    options = asked.parse_args()
    if options.one:
        print(json.dumps(most_of_one(options.orders[0])))
        return
    told = {orders: in_another_process(orders) for orders in options.orders}
    for orders, most in told.items():
        print(f"{orders:5} orders:", "  ".join(f"{kind} {mb:.0f} MB" for kind, mb in most.items()))
    first, last = told[options.orders[0]], told[options.orders[-1]]
    for kind in ("autoclaim", "all together"):
        print(f"{kind}: {last[kind] / first[kind]:.2f} times (aim {AIM:.2f})")


def in_another_process(orders: int) -> dict[str, float]:
    words = [sys.executable, __file__, "--one", "--orders", str(orders)]
    told = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
    most: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return most


def most_of_one(orders: int) -> dict[str, float]:
    """The most that each kind of process held at once, and all together, in megabytes."""
    most: Counter[str] = Counter()
    over = threading.Event()
    watcher = threading.Thread(target=lambda: watch(most, over))
    with a_buyer(orders) as wiring:
        watcher.start()
        read = scan(wiring, None)
        over.set()
        watcher.join()
    assert len(read.orders) == orders
    return dict(most)


def watch(most: Counter[str], over: threading.Event) -> None:
    while not over.wait(0.5):
        now: Counter[str] = Counter()
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
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


if __name__ == "__main__":
    main()
