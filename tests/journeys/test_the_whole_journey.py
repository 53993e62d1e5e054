"""Sign in, read, decide, fill, hand over, verify: as a buyer at a terminal would."""

import json
from pathlib import Path
from typing import Any

import pytest

from autoclaim.runner.settings import Settings
from autoclaim.runner.wiring import Wiring
from tests.artefacts import pieces, shapes
from tests.at_the_window import a_buyer
from tests.local_store import CANCEL_REASON, REASON, Store
from tests.runner.claiming import Buyer
from tests.terminal import Machine

# What a form may do to the store before the buyer presses: upload a file, take a step.
FINAL = ("reverse.submit", "order.operation")
CANCEL = ("--cancel", "--reason", CANCEL_REASON, "--headless", "--wait", "60")
PLAIN_COOKIES = {"aep_usuc_f", "intl_locale"}  # language and currency
ADDRESS = ("Calle de la Muestra 7", "202 555 0142")  # of the local store's first buyer
DISPUTE = ("--dispute", "--reason", REASON, "--headless", "--wait", "60")


def decisions(machine: Machine) -> list[dict[str, Any]]:
    listed = machine.run("list", "--json")
    decided = machine.run("decide", "-", "--json", typed=listed.out)
    found: list[dict[str, Any]] = decided.json()["decisions"]
    return found


def an_order(machine: Machine, action: str, reason: str | None = None) -> str:
    """An order of one line for which the rules say `action`."""
    every = decisions(machine)
    ids = [one["order_id"] for one in every]
    for one in every:
        fits = one["action"] == action and reason in (None, one["reason"])
        if fits and ids.count(one["order_id"]) == 1:
            return str(one["order_id"])
    raise AssertionError(f"the local store has no order to {action}")


def test_a_dispute_is_filled_handed_over_sent_by_the_buyer_and_verified(
    read: Machine, store: Store
) -> None:
    order = an_order(read, "dispute", "not_received")
    read.run("problem", order, "--kind", "not_received")
    before = len(store.journal())

    with a_buyer():
        claimed = read.run("claim", order, *DISPUTE, "--json")

    assert claimed.code == 0, claimed.err
    receipt = claimed.json()
    assert receipt["result"] == "verified"
    assert receipt["order_id"] == order
    assert receipt["reference"]
    assert all(field["planned"] == field["found"] for field in receipt["fields"])
    assert {"reason", "amount"} <= {field["name"] for field in receipt["fields"]}
    since = [entry["path"] for entry in store.journal()[before:]]
    assert [path for path in since if any(part in path for part in FINAL)] == since[-1:]
    assert all(Path(one["file"]).read_bytes() for one in receipt["evidence"])


def test_a_cancellation_is_filled_handed_over_sent_by_the_buyer_and_verified(
    read: Machine, store: Store
) -> None:
    order = an_order(read, "cancel")

    with a_buyer():
        claimed = read.run("claim", order, *CANCEL, "--json")

    assert claimed.code == 0, claimed.err
    assert claimed.json()["kind"] == "cancel"
    assert claimed.json()["result"] == "verified"
    assert len(store.written(*FINAL)) == 1


@pytest.mark.parametrize("answer", ["decline", "close"])
def test_when_the_buyer_does_not_send_nothing_is_sent_and_the_draft_is_kept(
    read: Machine, store: Store, answer: str
) -> None:
    order = an_order(read, "dispute", "not_received")

    with a_buyer(answer):
        ended = read.run("claim", order, *DISPUTE, "--json")

    assert ended.code == 7, ended.err
    assert ended.json()["result"] == "not_sent"
    assert "nothing was sent" in ended.err.lower()
    assert store.written(*FINAL) == []
    with a_buyer():
        again = read.run("claim", order, *DISPUTE, "--json")
    assert again.code == 0, again.err


def test_when_nobody_comes_nothing_is_sent(read: Machine, store: Store) -> None:
    order = an_order(read, "dispute", "not_received")

    ended = read.run("claim", order, *DISPUTE, "--wait", "2")

    assert ended.code == 7
    assert store.written(*FINAL) == []


def test_the_same_claim_is_not_filled_in_twice(read: Machine, store: Store) -> None:
    order = an_order(read, "dispute", "not_received")
    with a_buyer():
        read.run("claim", order, *DISPUTE)

    again = read.run("claim", order, *DISPUTE)

    assert again.code == 2
    assert "already claimed" in again.err
    assert len(store.written(*FINAL)) == 1


def test_follow_up_rereads_the_case(read: Machine) -> None:
    order = an_order(read, "dispute", "not_received")
    with a_buyer():
        claimed = read.run("claim", order, *DISPUTE, "--json")

    followed = read.run("follow-up", "--json")

    assert followed.code == 0, followed.err
    [case] = followed.json()["claims"]
    assert case["state"] == "verified"
    assert case["reference"] == claimed.json()["reference"]


def test_looking_at_the_form_fills_nothing(read: Machine, store: Store) -> None:
    order = an_order(read, "dispute", "not_received")
    before = store.journal()

    looked = read.run("claim", order, "--dispute", "--look", "--headless", "--json")

    assert looked.code == 0, looked.err
    assert looked.json()["reasons"]
    assert store.written(*FINAL) == []
    assert [entry for entry in store.journal()[len(before) :] if "upload" in entry["path"]] == []


def test_a_second_scan_signs_in_with_the_sealed_session(read: Machine, store: Store) -> None:
    read.run("scan")
    before = len(store.journal())

    again = read.run("scan")

    assert again.code == 0, again.err
    assert store.journal()[before:] == []


def cookies_of(machine: Machine) -> set[str]:
    """The values that the sealed session keeps: who has them is signed in."""
    passphrase = Path(machine.environment["AUTOCLAIM_PASSPHRASE_FILE"])
    origin = machine.environment["AUTOCLAIM_STORE_ORIGIN"]
    wiring = Wiring(Settings(machine.home, origin, passphrase), Buyer())
    session = wiring.sessions.open_session(wiring.account(None))
    wiring.ledger.close()
    assert session is not None
    return {one["value"] for one in session["cookies"] if one["name"] not in PLAIN_COOKIES}


def test_nothing_that_is_left_behind_holds_a_secret(read: Machine, store: Store) -> None:
    heard = json.dumps(["tee", "-a", str(read.home / "heard.txt")])
    (read.home / "config" / "config.toml").write_text(f"[notify]\ncommand = {heard}\n")
    order = an_order(read, "dispute", "not_received")
    ran = read.run("-vv", "run")
    with a_buyer():
        claimed = read.run("-vv", "claim", order, *DISPUTE)
    read.run("evidence", "pack", order)
    read.run("export", "--format", "csv", "--output", str(read.home / "windows.csv"))
    cookies = cookies_of(read)
    store.behave(captcha="slider", end_sessions=True)
    stopped = read.run("-vv", "follow-up")

    assert (ran.code, claimed.code, stopped.code) == (0, 0, 3)
    found = dict(pieces(read.home))
    for kind in (
        "ledger.sqlite3",
        "report.html",
        ".ics",
        ".csv",
        ".log",
        ".zip/",
        ".jpg (",
        "heard",
    ):
        assert any(kind in name for name in found), kind
    found["the terminal"] = f"{ran.err}{claimed.err}{stopped.err}{ran.out}".encode()
    passphrase = Path(read.environment["AUTOCLAIM_PASSPHRASE_FILE"]).read_text().strip()
    assert len(cookies) > 2
    for secret in {store.password, passphrase, *cookies, *ADDRESS}:
        held = [name for name, one in found.items() if any(part in one for part in shapes(secret))]
        assert held == [], secret
    outside = [one for name, one in found.items() if "ledger" not in name]
    assert not any(store.email.encode() in one for one in outside)
