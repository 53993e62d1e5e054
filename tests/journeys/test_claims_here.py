"""Whole claims as the buyer sees them: what is loaded, what is told, what goes back."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.claiming_here import Here, a_machine_here, a_store_here
from tests.local_store import CANCEL_REASON
from tests.scenarios.stay import Store


@pytest.fixture(scope="module")
def running() -> Iterator[Store]:
    with a_store_here() as store:
        yield store


@pytest.fixture
def here(
    running: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Here:
    return a_machine_here(running, tmp_path, monkeypatch, capsys)


def test_a_claim_loads_the_pages_it_needs_and_a_reread_one(here: Here) -> None:
    begun: list[list[str]] = []

    with here.a_hand(lambda _: begun.append(here.store.pages)):
        code, said = here.claim("--json")
    at_the_end = len(here.store.pages)
    followed, told = here.run("follow-up", "--json")

    assert (code, followed) == (0, 0), said + told
    # The list proves that the session counts; the form needs the order's page and its own.
    assert begun == [["order_list", "order_detail", "return_start"]]
    # The store's own page goes on to the case once it was sent; the reread needs list and case.
    assert sorted(here.store.pages[3:at_the_end]) == ["case", "case", "returns_list"]
    assert here.store.pages[at_the_end:] == ["order_list", "case"]


def test_what_changes_before_the_press_is_shouted_in_the_receipt(here: Here) -> None:
    change = {"field": "amount", "value": "1.00", "after_ms": 700, "stage": "review"}
    here.store.behave(late_change=change)

    def reads_the_alarm(page: Page) -> None:
        page.locator("autoclaim-panel .alarm").filter(has_text="changed after").wait_for()
        page.wait_for_timeout(1_100)

    with here.a_hand(reads_the_alarm):
        code, said = here.claim()

    assert code in {0, 5}, said
    assert "CHANGED between filling in and your press: amount" in said
    assert len(here.sent()) == 1


def test_the_number_of_the_return_parcel_is_told_and_followed(here: Here) -> None:
    order = here.store.heroes["disputed"]
    here.store.state.history.order(order).cases[0].solution = "return_and_refund"
    here.store.behave(happens=[{"order": order, "event": "agreed"}])
    here.wiring.ledger.see_orders(
        here.store.truth()["orders"], at=here.wiring.now(), account="mine"
    )

    words = ["claim", order, "--parcel", "RR123456789ES", "--headless", "--wait", "15"]
    with here.a_hand():
        code, said = here.run(*words)
    again, because = here.run(*words)
    followed, told = here.run("follow-up", "--json")

    assert code == 0, said
    assert "tracking number" in said
    sent = [one["fields"] for one in here.store.journal if "sendback" in one["path"].lower()]
    assert [one["trackingNumber"] for one in sent] == ["RR123456789ES"]
    assert again == 2, because
    assert followed == 0, told
    assert json.loads(told[: told.rindex("}") + 1])["claims"][0]["kind"] == "return_parcel"


def test_a_refused_cancellation_is_told_as_refused(here: Here) -> None:
    here.store.behave(cancel_outcome="refused")
    order = here.store.heroes["cancel"]
    words = ["--cancel", "--reason", CANCEL_REASON, "--headless", "--wait", "15"]

    with here.a_hand():
        code, said = here.run("claim", order, *words)
    _, told = here.run("follow-up", "--json")

    assert code == 0, said
    assert said.startswith("REFUSED")
    assert said.count(f"  order        {order}") == 1
    claim = json.loads(told[: told.rindex("}") + 1])["claims"][0]
    assert (claim["stage"], claim["state"]) == ("not_cancelled", "verified")
    assert "nothing comes back for that" in claim["next_step"]
