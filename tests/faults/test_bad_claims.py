"""What can go wrong with a claim, one test for each: the truth is told, nothing is sent twice."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from autoclaim.cli.ending import run_to_the_end
from autoclaim.cli.table_of_commands import autoclaim
from autoclaim.edge.locks import hold_account
from autoclaim.runner import catalogue
from autoclaim.runner.settings import Settings
from autoclaim.runner.wiring import Wiring
from tests.local_store import REASON
from tests.runner.claiming import Buyer
from tests.scenarios.stay import Store, a_session
from tests.terminal import a_free_port, a_machine

SUBMIT = "reverse.submit"
PATIENCE = 30.0  # seconds until the form is the buyer's


@pytest.fixture(scope="module")
def running() -> Iterator[Store]:
    with catalogue.fixture("aliexpress").serve(orders=10) as store:
        yield store


@dataclass
class Here:
    """A buyer's machine in this process: account, session and orders are there already."""

    store: Store
    port: int
    wiring: Wiring
    heard: "pytest.CaptureFixture[str]"

    @property
    def order(self) -> str:
        return self.store.heroes["late"]

    def run(self, *words: str) -> tuple[int, str]:
        """The exit code of a command, and all that it said."""
        code = run_to_the_end(autoclaim, list(words))
        told = self.heard.readouterr()
        return code, told.out + told.err

    def claim(self, *more: str) -> tuple[int, str]:
        words = ["claim", self.order, "--dispute", "--reason", REASON, "--headless"]
        return self.run(*words, "--wait", "15", *more)

    def sent(self) -> list[dict[str, Any]]:
        return [one["fields"] for one in self.store.journal if SUBMIT in one["path"]]

    @contextmanager
    def a_hand(self, before: Callable[[Page], object] = lambda _: None) -> Iterator[None]:
        """The buyer at the window, who does something before pressing the store's buttons."""

        def presses() -> None:
            hand = catalogue.fixture("aliexpress", "scripted_buyer")
            deadline = hand.time.monotonic() + PATIENCE
            with sync_playwright() as playwright:
                browser = hand._attach(playwright, self.port, deadline)
                page = hand._page_with_panel(browser, deadline)
                before(page)
                hand._answer(page, "submit", deadline)

        person = threading.Thread(target=presses)
        person.start()
        try:
            yield
        finally:
            person.join()


@pytest.fixture
def here(
    running: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Here:
    running.behave(reset=True, forget_journal=True)
    running.behave(list_delay_ms=20, detail_delay_ms=20, cancel_button_delay_ms=50)
    for order in running.state.history.orders:
        order.cases = [] if order.order_id == running.heroes["late"] else order.cases
    machine = a_machine(tmp_path, running.origin)
    port = a_free_port()
    machine.environment["AUTOCLAIM_TEST_CDP_PORT"] = str(port)
    for name, value in machine.variables().items():
        monkeypatch.setenv(name, value)
    wiring = Wiring(Settings.from_environment(), Buyer())
    now = datetime.now(UTC)
    wiring.ledger.add_account("mine", store="aliexpress", email=running.email, at=now, buyer={})
    wiring.sessions.seal(wiring.account("mine"), a_session(running), at=now)
    wiring.ledger.see_orders(running.truth()["orders"], at=now, account="mine")
    return Here(running, port, wiring, capsys)


def test_an_account_in_use_is_left_alone(here: Here) -> None:
    with hold_account(here.wiring.places.locks, here.wiring.account("mine")):
        code, said = here.claim()

    assert code == 6, said
    assert here.sent() == []


def test_a_session_that_ends_on_the_third_step_is_said_and_the_draft_kept(here: Here) -> None:
    here.store.behave(end_session_on="reverse.nextstep")

    code, said = here.claim()

    assert code == 3, said
    assert "sign-in" in said
    assert here.sent() == []
    assert here.wiring.ledger.claims()[0].state == "drafted"


def test_a_success_that_no_case_page_knows_is_not_seen_and_never_sent_again(here: Here) -> None:
    here.store.behave(submit="lost")

    with here.a_hand():
        code, said = here.claim()
    again, because = here.claim()

    assert code == 5, said
    assert "the store shows no case yet" in said
    assert again == 5, because
    assert len(here.sent()) == 1


@pytest.mark.parametrize("answer", [500, 0])
def test_a_submit_that_is_answered_500_or_not_at_all_is_reread(here: Here, answer: int) -> None:
    here.store.behave(fail={SUBMIT: {"status": answer, "times": 1}})

    with here.a_hand():
        code, said = here.claim()

    assert code == 5, said
    assert "outcome is not known" in said
    assert len(here.sent()) == 1


def test_an_order_disputed_meanwhile_from_the_phone_contradicts(here: Here) -> None:
    def by_phone(_: Page) -> None:
        line = here.store.state.history.order(here.order).lines[0]
        asked = {"tradeOrderId": here.order, "tradeOrderLineId": line.line_id, "reasonId": "117"}
        said = {"received": "false", "solution": "refund_only", "description": "Not here."}
        form = catalogue.fixture("aliexpress", "returning")
        form.submit(here.store.state, {**asked, **said, "amount": "1.00"})

    with here.a_hand(by_phone):
        code, said = here.claim()

    assert code == 5, said
    assert "something else than the form held" in said
    assert "amount: 1 USD instead of 38.99 USD" in said


@pytest.mark.parametrize("where", ["detail", "return"])
def test_a_page_that_asks_for_the_password_again_does_not_get_it(here: Here, where: str) -> None:
    here.store.behave(sign_in_again=where)

    code, said = here.claim()

    assert code == 3, said
    assert "asks for your password" in said
    assert here.store.journal == []
    assert here.sent() == []
