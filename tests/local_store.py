"""A local store in a process of its own, and the buyer a test plays."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.terminal import PROGRAM, Machine

ROOT = Path(__file__).parents[1]
# Reasons that the local store offers: for a late parcel, and for cancelling.
REASON = "Package still on the way"
CANCEL_REASON = "I don't want this order anymore"
SCRIPTED_BUYER = ROOT / "fixtures" / "aliexpress" / "scripted_buyer.py"


@dataclass(frozen=True)
class Store:
    """A running local store, spoken to as contracts.md 5 says."""

    origin: str
    email: str
    password: str
    buyers: Sequence[Mapping[str, str]] = ()  # e-mail and password of each, where they are several

    def journal(self) -> list[dict[str, Any]]:
        """Every state-changing request the store received, in order."""
        with urllib.request.urlopen(f"{self.origin}/__journal", timeout=10) as answer:
            entries: list[dict[str, Any]] = json.load(answer)
        return entries

    def written(self, *parts: str) -> list[str]:
        """The paths in the journal that hold one of the parts."""
        paths = [entry["path"] for entry in self.journal()]
        return [path for path in paths if any(part in path for part in parts)]

    def behave(self, **switches: object) -> None:
        """Make the store misbehave."""
        request = urllib.request.Request(
            f"{self.origin}/__behave",
            data=json.dumps(switches).encode(),
            headers={"Content-Type": "application/json"},
            method="POST",
        )
        urllib.request.urlopen(request, timeout=10).close()


@contextmanager
def a_store(*, orders: int = 14, seed: int = 1, buyers: int = 1) -> Iterator[Store]:
    words = ["demo", "--serve", "--orders", str(orders), "--seed", str(seed)]
    words += ["--buyers", str(buyers)]
    environment = {name: value for name, value in os.environ.items() if "AUTOCLAIM" not in name}
    with subprocess.Popen(
        [*PROGRAM, *words], stdout=subprocess.PIPE, text=True, env=environment
    ) as serving:
        assert serving.stdout is not None
        try:
            yield Store(**json.loads(serving.stdout.readline()))
        finally:
            serving.terminate()


@contextmanager
def a_buyer_at(machine: Machine, answer: str) -> Iterator["subprocess.Popen[str]"]:
    """The scripted buyer at a program that is a process; it waits for the form and answers it."""
    port = machine.environment["AUTOCLAIM_TEST_CDP_PORT"]
    words = [sys.executable, str(SCRIPTED_BUYER), "--cdp-port", port, "--answer", answer]
    with subprocess.Popen(words, text=True) as buyer:
        try:
            yield buyer
        finally:
            buyer.terminate()
