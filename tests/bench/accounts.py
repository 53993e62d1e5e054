"""What a run over four accounts costs beside a run over one of them.

    python tests/bench/accounts.py [--orders 25] [--accounts 4] [--rounds 3] [--latency-ms 200]

Both are `autoclaim run` as a process, on a local store in a process of its own that has a buyer
for each account. The first run reads everything, the second has nothing new to read.

Each answer takes so many milliseconds, as one from far away does. With 0 nothing is waited for,
and the ratio only tells how many of the machine's cores were idle.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.local_store import Store, a_store
from tests.terminal import Machine, a_machine


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--orders", type=int, default=25)
    asked.add_argument("--accounts", type=int, default=4)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--latency-ms", type=int, default=200)
    options = asked.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        a_store(orders=options.orders, buyers=options.accounts) as store,
    ):
        store.behave(latency_ms=options.latency_ms)
        kept: dict[str, list[float]] = {"first run": [], "nothing new": []}
        for number in range(options.rounds):
            one = two_runs(store, 1, Path(folder) / f"one-{number}")
            all_of_them = two_runs(store, options.accounts, Path(folder) / f"all-{number}")
            for name, alone, together in zip(kept, one, all_of_them, strict=True):
                kept[name].append(together / alone)
                print(
                    f"{name}: 1 account {alone:5.2f} s, "
                    f"{options.accounts} accounts {together:5.2f} s, ratio {together / alone:.2f}"
                )
    for name, ratios in kept.items():
        print(f"{name}: median ratio {statistics.median(ratios):.2f}")


def two_runs(store: Store, accounts: int, folder: Path) -> list[float]:
    """Seconds of the first run and of the one after it."""
    folder.mkdir()
    machine = a_machine(folder, store.origin)
    for number, buyer in enumerate(store.buyers[:accounts], start=1):
        add = ["account", "add", "aliexpress", "--email", buyer["email"], "--name", f"n{number}"]
        added = machine.run(*add, "--password-stdin", typed=f"{buyer['password']}\n")
        assert added.code == 0, added.err
    seconds = [timed(machine, accounts) for _ in range(2)]
    shutil.rmtree(folder)
    return seconds


def timed(machine: Machine, accounts: int) -> float:
    began = time.perf_counter()
    ran = machine.run("run", "--json", alone=True)
    took = time.perf_counter() - began
    assert [one["exit_code"] for one in ran.json()["accounts"]] == [0] * accounts, ran.out
    return took


if __name__ == "__main__":
    main()
