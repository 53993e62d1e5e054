"""`sign-in`, `account check|edit|remove`, and a scan that is bounded, broken off and taken up."""

import signal
import sqlite3
from collections.abc import Sequence
from contextlib import closing

import pytest

from tests.local_store import Store
from tests.terminal import Machine, until

FOLDER = {"profile": "profiles", "sealed": "sessions"}


@pytest.mark.parametrize("kept", FOLDER)
def test_a_session_is_kept_is_checked_ends_and_is_forgotten(
    machine: Machine, store: Store, kept: str
) -> None:
    other = machine.home / "data" / FOLDER["sealed" if kept == "profile" else "profile"]
    mine = machine.home / "data" / FOLDER[kept]
    machine.run("account", "edit", "aliexpress", f"--{'no-' * (kept == 'sealed')}profile")

    signed_in = machine.run("sign-in")
    typed = len(store.journal())
    checked = machine.run("account", "check")
    state = machine.run("account", "list", "--json").json()["accounts"][0]
    store.behave(end_sessions=True)
    ended = machine.run("account", "check")
    files = [len(list(folder.glob("*"))) for folder in (mine, other)]
    removed = machine.run("account", "remove", "aliexpress")

    assert (signed_in.code, checked.code, ended.code, removed.code) == (0, 0, 3, 0), ended.err
    assert typed == len(store.journal())
    assert "sign-in --account aliexpress" in ended.err
    assert (state["session_age_days"], state["profile"]) == (0, kept == "profile")
    assert files == [1, 0]
    assert list(mine.glob("*")) == []


def test_without_a_password_and_a_display_a_sign_in_is_refused_at_once(
    machine: Machine, store: Store
) -> None:
    words = ["account", "add", "aliexpress", "--email", "b@buyer.example", "--name", "second"]

    added = machine.run(*words, "--no-password")
    ended = machine.run("sign-in", "--account", "second", DISPLAY="", WAYLAND_DISPLAY="")

    assert added.code == 0
    assert ended.code == 3
    assert "no password is stored" in ended.err
    assert store.journal() == []


def test_a_scan_goes_no_further_than_it_is_told(machine: Machine) -> None:
    one = machine.run("scan", "--max-orders", "1", "--json").json()["orders"]
    day = str(one[0]["placed_at"])[:10]

    since = machine.run("scan", "--since", day, "--json").json()["orders"]

    assert len(one) == 1
    assert since
    assert all(str(order["placed_at"])[:10] >= day for order in since)
    assert len(since) < 10


def order_ids(machine: Machine) -> Sequence[str]:
    ledger = machine.home / "data" / "ledger.sqlite3"
    with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT DISTINCT order_id FROM events WHERE kind = 'order_seen'")
        return [row[0] for row in rows]


def test_a_scan_holds_its_account_and_ctrl_c_keeps_what_was_read(
    machine: Machine, store: Store
) -> None:
    store.behave(detail_delay_ms=600)
    with machine.start("scan") as first:
        until(lambda: len(order_ids(machine)) >= 2, first)
        second = machine.run("scan")
        first.send_signal(signal.SIGINT)
        said = first.communicate(timeout=30)[1]
    kept = set(order_ids(machine))

    assert second.code == 6
    assert "Another autoclaim is at work on the account" in second.err
    assert first.returncode != 0
    assert "Traceback" not in said
    listed = {one["order_id"] for one in machine.run("list", "--json").json()["orders"]}
    assert len(listed) >= 2
    assert listed == kept


def test_a_renamed_class_is_named_and_what_was_read_is_kept(
    machine: Machine, store: Store
) -> None:
    names = ("order_item_store_name", "order-item-store-name")
    store.behave(transport="opaque", rename={name: f"new-{name}" for name in names})

    ended = machine.run("scan", "--max-orders", "1")

    assert ended.code == 4, ended.err
    assert "the page changed, or is not whole: the seller of " in ended.err
    assert "1 orders read: 1 new" in ended.err
    assert len(order_ids(machine)) == 1
    assert "the seller of " in machine.run("doctor", COLUMNS="300").out
