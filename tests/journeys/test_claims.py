"""Claims of a program that ends in the middle, and what was sent elsewhere by hand."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, nullcontext, suppress
from pathlib import Path
from subprocess import TimeoutExpired
from typing import Any

import pytest

from tests.at_the_window import a_buyer
from tests.journeys.test_the_whole_journey import CANCEL, DISPUTE, an_order
from tests.local_store import Store, a_buyer_at
from tests.terminal import Machine

SUBMIT = "reverse.submit"
NUMBER = "RR123456789ES"
Flow = Callable[[Machine, Store], list[str]]


def claimed(machine: Machine, order: str, *more: str) -> dict[str, Any]:
    """The receipt of a claim that the buyer sent."""
    with a_buyer():
        ended = machine.run("claim", order, *DISPUTE, "--json", *more)
    assert ended.code == 0, ended.err
    receipt: dict[str, Any] = ended.json()
    return receipt


def followed(machine: Machine) -> dict[str, Any]:
    ended = machine.run("follow-up", "--json")
    assert ended.code == 0, ended.err
    [claim] = ended.json()["claims"]
    return dict(claim)


def test_what_was_sent_with_a_pack_is_found_by_itself(read: Machine, tmp_path: Path) -> None:
    order = an_order(read, "dispute", "not_received")
    said = ["claim", order, "--dispute", "--received", "no"]
    packed = read.run(*said, DISPLAY="", WAYLAND_DISPLAY="")
    by_hand = Machine(tmp_path / "elsewhere", dict(read.environment))
    shutil.copytree(read.home, by_hand.home)
    claimed(by_hand, order, "--again")

    found = followed(read)

    assert packed.code == 7
    assert found["state"] == "verified"
    assert found["stage"] == "sent"


# What a claim records, from its draft on, and how much may have been sent by then.
KILLED_AT = {
    "drafted": 0,
    "decided": 0,
    "handed_over": 1,
    "sent_seen": 1,
    "receipt_written": 1,
    "verified": 1,
}


def events(machine: Machine) -> list[str]:
    return claim_events(machine.home / "data" / "ledger.sqlite3")


def claim_events(ledger: Path) -> list[str]:
    """The steps of claims that the ledger has recorded, in order."""
    with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as opened:
        rows = opened.execute("SELECT kind FROM events WHERE claim_id IS NOT NULL ORDER BY id")
        return [kind for (kind,) in rows]


def killed_once(machine: Machine, step: str, *words: str) -> None:
    """Start a claim, and end it without warning as soon as the ledger has the step."""
    with machine.start(*words) as running:
        while step not in events(machine) and running.poll() is None:
            with suppress(TimeoutExpired):
                running.wait(0.05)
        running.kill()
        assert step in events(machine), running.communicate()


def the_disputed(machine: Machine) -> str:
    """The order with a running case."""
    orders = machine.run("list", "--json").json()["orders"]
    lines = ((one["order_id"], line) for one in orders for line in one["lines"])
    return next(
        str(order) for order, line in lines if (line.get("dispute") or {}).get("state") == "open"
    )


def dispute(machine: Machine, _: Store) -> list[str]:
    return [an_order(machine, "dispute", "not_received"), *DISPUTE]


def parcel(machine: Machine, store: Store) -> list[str]:
    order = the_disputed(machine)
    store.behave(happens=[{"order": order, "event": "return_agreed"}])
    return [order, "--parcel", NUMBER, "--headless", "--wait", "60"]


def cancel(machine: Machine, _: Store) -> list[str]:
    return [an_order(machine, "cancel"), *CANCEL]


def answer(machine: Machine, store: Store) -> list[str]:
    order = the_disputed(machine)
    store.behave(happens=[{"order": order, "event": "evidence_asked"}])
    return [order, "--answer", "--text", "The label.", "--headless", "--wait", "60"]


# What sends each claim. A form of several steps and a form of one are killed at every step; of the
# others, which record the same, what differs is killed: before and after the press.
FINAL = {dispute: SUBMIT, parcel: "sendback", cancel: "order.operation", answer: "addevidence"}
KILLED = [(flow, step) for flow in (dispute, parcel) for step in KILLED_AT]
KILLED += [(flow, step) for flow in (cancel, answer) for step in ("handed_over", "sent_seen")]


@pytest.mark.parametrize(("flow", "step"), KILLED)
def test_killed_at_any_step_nothing_is_lost_and_nothing_sent_twice(
    read: Machine, store: Store, tmp_path: Path, flow: Flow, step: str
) -> None:
    words, sent_at_most = ["claim", *flow(read, store)], KILLED_AT[step]
    files = ["label.png"] if flow in (dispute, answer) else []
    for name in files:
        shutil.copy(Path(__file__).parent / name, tmp_path)
        words += ["--file", str(tmp_path / name)]
    with a_buyer_at(read, "submit") if sent_at_most else nullcontext():
        killed_once(read, step, *words)
    before = store.written(FINAL[flow])

    kept = read.run("evidence", "list", words[1])
    with nullcontext() if sent_at_most else a_buyer():
        again = read.run(*words)
    read.run("follow-up")

    assert step in events(read)
    assert len(before) <= sent_at_most
    assert "NO LONGER" not in kept.out
    assert step == "drafted" or all(name in kept.out for name in files)
    assert again.code in ({0} if sent_at_most == 0 else {2, 5}), again.err
    # It is the ledger that refuses, before the store is asked.
    assert sent_at_most == 0 or "claim c1" in again.err.lower()
    assert len(store.written(FINAL[flow])) <= 1
