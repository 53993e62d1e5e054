"""What left is never told as "nothing was sent", and what did not leave is never told as sent."""

import json
import signal
from typing import Any

from tests.at_the_window import a_buyer
from tests.journeys.test_the_whole_journey import DISPUTE, an_order
from tests.local_store import Store
from tests.terminal import Machine


def test_a_submit_under_a_name_nobody_knows_is_reread(read: Machine, store: Store) -> None:
    order = an_order(read, "dispute", "not_received")
    store.behave(rename={"submit": "lodge"})

    with a_buyer():
        claimed = read.run("claim", order, *DISPUTE, "--json")

    assert len(store.written("reverse.submit", "reverse.lodge")) == 1
    assert claimed.code in {0, 5}, claimed.err
    assert "nothing was sent" not in claimed.err.lower()


def test_ctrl_c_leaves_a_claim_that_can_be_filled_in_again(read: Machine, store: Store) -> None:
    order = an_order(read, "dispute", "not_received")

    ended = interrupted(read, order)
    with a_buyer():
        again = read.run("claim", order, *DISPUTE, "--json")

    assert ended["result"] == "not_sent"
    assert again.code == 0, again.err
    assert len(store.written("reverse.submit")) == 1


def interrupted(machine: Machine, order: str) -> Any:  # noqa: ANN401 - a JSON document
    with machine.start("claim", order, *DISPUTE, "--json") as running:
        assert running.stderr is not None
        assert running.stdout is not None
        for line in running.stderr:
            if "What the form holds" in line:
                running.send_signal(signal.SIGINT)
                break
        running.stderr.read()
        receipt = running.stdout.read()
        assert running.wait(timeout=30) == 7
    return json.loads(receipt)
