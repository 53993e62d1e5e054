"""Claims in every form the store has, left and taken up again, and what comes after them."""

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from subprocess import TimeoutExpired
from typing import Any

import pytest

from tests.journeys.test_the_whole_journey import DISPUTE, an_order
from tests.local_store import REASON, Store, a_buyer
from tests.terminal import Machine

SUBMIT = "reverse.submit"
LEFT = ("--headless", "--wait", "60")
STYLES = [
    pytest.param(
        {"form_steps": "several", "reason_control": "menu", "received_question": "dialog"},
        id="several-steps-menu-dialog",
    ),
    pytest.param(
        {"form_steps": "one", "reason_control": "select", "received_question": "page"},
        id="one-step-select-page",
    ),
    pytest.param(
        {"form_steps": "one", "reason_control": "radio", "received_question": "absent"},
        id="one-step-radio-no-question",
    ),
]


def claimed(machine: Machine, order: str, *more: str) -> dict[str, Any]:
    """The receipt of a claim that the buyer sent."""
    with a_buyer(machine, "submit"):
        ended = machine.run("claim", order, *DISPUTE, "--json", *more)
    assert ended.code == 0, ended.err
    receipt: dict[str, Any] = ended.json()
    return receipt


def followed(machine: Machine) -> dict[str, Any]:
    ended = machine.run("follow-up", "--json")
    assert ended.code == 0, ended.err
    [claim] = ended.json()["claims"]
    return dict(claim)


def submits(store: Store) -> list[dict[str, Any]]:
    return [one["fields"] for one in store.journal() if SUBMIT in one["path"]]


@pytest.mark.parametrize("style", STYLES)
def test_the_form_is_filled_in_whatever_form_it_comes(
    read: Machine, store: Store, style: dict[str, object]
) -> None:
    store.behave(**style)
    order = an_order(read, "dispute", "not_received")

    receipt = claimed(read, order)

    assert receipt["result"] == "verified"
    assert [one for one in receipt["fields"] if one["planned"] != one["found"]] == []
    [sent] = submits(store)
    assert order in str(sent)


def test_a_form_without_an_amount_is_told_as_one_that_does_not_show_it(
    read: Machine, store: Store
) -> None:
    store.behave(amount_field=False)

    receipt = claimed(read, an_order(read, "dispute", "not_received"))

    [differing] = [one for one in receipt["fields"] if one["planned"] != one["found"]]
    assert (differing["name"], differing["found"]) == ("amount", None)
    assert receipt["result"] == "verified"


def test_a_claim_that_was_left_is_taken_up_again_as_it_was(
    read: Machine, store: Store, tmp_path: Path
) -> None:
    order = an_order(read, "dispute", "not_received")
    letter = tmp_path / "label.png"
    shutil.copy(Path(__file__).parent / "label.png", letter)
    with a_buyer(read, "close"):
        left = read.run("claim", order, *DISPUTE, "--text", "In my words.", "--file", str(letter))
    letter.unlink()

    with a_buyer(read, "submit"):
        again = read.run("claim", "--resume", *LEFT, "--json")

    assert left.code == 7
    assert again.code == 0, again.err
    fields = {one["name"]: one["found"] for one in again.json()["fields"]}
    assert fields["text"] == "In my words."
    assert fields["reason"] == REASON
    assert fields["files"] == "1"
    assert len(submits(store)) == 1


def test_nothing_left_is_nothing_to_take_up(read: Machine) -> None:
    ended = read.run("claim", "--resume", *LEFT)

    assert ended.code == 2
    assert "left before it was sent" in ended.err


def test_the_stores_request_is_answered_and_the_case_waits_for_the_store(
    read: Machine, store: Store
) -> None:
    order = an_order(read, "dispute", "not_received")
    claimed(read, order)
    store.behave(happens=[{"order": order, "event": "evidence_asked"}])
    asked = followed(read)

    with a_buyer(read, "submit"):
        answered = read.run("claim", order, "--answer", "--text", "The label.", *LEFT, "--json")

    assert (asked["stage"], asked["turn"]) == ("answered", "yours")
    assert answered.code == 0, answered.err
    assert answered.json()["kind"] == "answer"
    assert answered.json()["result"] == "verified"
    [sent] = [one["fields"] for one in store.journal() if "addevidence" in one["path"].lower()]
    assert sent["description"] == "The label."


def test_money_that_was_agreed_on_is_followed_until_it_is_there(
    read: Machine, store: Store
) -> None:
    order = an_order(read, "dispute", "not_received")
    claimed(read, order)
    store.behave(happens=[{"order": order, "event": "agreed"}])
    due = followed(read)
    store.behave(happens=[{"order": order, "event": "refunded"}])

    there = followed(read)

    assert (due["stage"], due["turn"]) == ("refund_due", "theirs")
    assert due["until"]
    assert there["stage"] == "refunded"


def test_an_offer_is_shown_and_never_taken(read: Machine, store: Store) -> None:
    order = an_order(read, "dispute", "not_received")
    claimed(read, order)
    store.behave(happens=[{"order": order, "event": "offered", "percent": 20}])

    told = read.run("follow-up")

    assert "(20 %)" in told.out
    assert "If you accept: Accepting is final" in told.out
    assert store.written("reverse.accept", "reverse.withdraw") == []


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


def events(machine: Machine) -> list[str]:
    ledger = machine.home / "data" / "ledger.sqlite3"
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


@pytest.mark.parametrize(
    ("step", "sent_at_most"),
    [("drafted", 0), ("decided", 0), ("handed_over", 1), ("sent_seen", 1), ("verified", 1)],
)
def test_killed_at_any_step_nothing_is_lost_and_nothing_sent_twice(
    read: Machine, store: Store, tmp_path: Path, step: str, sent_at_most: int
) -> None:
    order = an_order(read, "dispute", "not_received")
    picture = tmp_path / "label.png"
    shutil.copy(Path(__file__).parent / "label.png", picture)
    words = ["claim", order, *DISPUTE, "--file", str(picture)]
    with a_buyer(read, "submit"):
        killed_once(read, step, *words)
    before = len(submits(store))

    kept = read.run("evidence", "list", order)
    with a_buyer(read, "submit") as buyer:
        again = read.run(*words)
        buyer.kill()
    read.run("follow-up")

    assert before <= sent_at_most
    assert "NO LONGER" not in kept.out
    assert step == "drafted" or "label.png" in kept.out
    assert again.code in ({0} if sent_at_most == 0 else {2, 5}), again.err
    assert len(submits(store)) <= 1


def test_the_stores_own_pages_are_kept_as_evidence_and_counted(
    read: Machine, store: Store
) -> None:
    order = an_order(read, "dispute", "not_received")

    added = read.run("evidence", "add", order, "--from-store")

    assert added.code == 0, added.err
    kept = read.run("evidence", "list", order, "--json").json()
    assert {one["shows"] for one in kept["files"]} == {"order", "tracking", "as_sold"}
    assert all(one["address"].startswith(store.origin) for one in kept["files"])
    assert next(one for one in kept["checklist"] if one["name"] == "tracking")["shown_by"]
    assert [one["path"] for one in store.journal() if "/newlogin/" not in one["path"]] == []
