"""A document of a million orders through `decide -`: time, and memory against the count.

    python tests/bench/batch.py [--orders 1000000] [--jobs 2]

Peak memory is that of the largest single process, as the system counts it, for a tenth of the
orders and for all of them; their ratio is printed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ORDER = {
    "store": "aliexpress",
    "status": "awaiting_delivery",
    "paid_at": "2026-01-02T10:00:00-08:00",
    "total": {"amount": "26.00", "currency": "USD"},
    "shipments": [{"shipment_id": "p1", "shipped_at": "2026-01-05", "promised_by": "2026-03-01"}],
    "lines": [
        {
            "line_id": "1",
            "shipment_id": "p1",
            "paid": {"amount": "26.00", "currency": "USD"},
            "problem": {"kind": "not_received"},
        }
    ],
}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--orders", type=int, default=1_000_000)
    asked.add_argument("--jobs", type=int, default=2)
    options = asked.parse_args()
    few, many = options.orders // 10, options.orders
    peaks = [measured(count, options.jobs) for count in (few, many)]
    print(f"memory for ten times the orders: {peaks[1] / peaks[0]:.2f} x")


def measured(count: int, jobs: int) -> int:
    with tempfile.NamedTemporaryFile("rb", suffix=".json") as document:
        write(document.name, count)  # the file behind `document`, which stands at its start
        words = [sys.executable, "-c", REPORTING, "decide", "-", "--json"]
        began = time.perf_counter()
        done = subprocess.run(
            [*words, "--jobs", str(jobs)],
            stdin=document,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=True,
        )
        seconds = time.perf_counter() - began
    peak = int(done.stderr.split()[-1])
    print(f"{count:>9} orders  {seconds:7.1f} s  {count / seconds:7.0f} a second  {peak} KiB")
    return peak


REPORTING = """
import atexit, resource, sys
def report():
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    print(max(resource.getrusage(kind).ru_maxrss for kind in kinds), file=sys.stderr)
atexit.register(report)
from autoclaim.cli import main
main()
"""


def write(path: str, count: int) -> None:
    with Path(path).open("w", encoding="utf-8") as out:
        out.write('{"now": "2026-03-08", "policy": "seed-2021", "orders": [')
        for number in range(count):
            out.write("," if number else "")
            json.dump({**ORDER, "order_id": f"82{number:014}"}, out)
        out.write("]}")


if __name__ == "__main__":
    main()
