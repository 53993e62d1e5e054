"""Claims with store, machine and buyer in this process: what a test with a browser costs least."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from autoclaim.cli.ending import run_to_the_end
from autoclaim.cli.table_of_commands import autoclaim
from autoclaim.runner import catalogue
from autoclaim.runner.settings import Settings
from autoclaim.runner.wiring import Wiring
from tests import local_store
from tests.at_the_window import a_buyer, the_windows_port
from tests.local_store import REASON
from tests.runner.claiming import Buyer
from tests.scenarios.stay import Store, a_session
from tests.terminal import a_machine

SUBMIT = "reverse.submit"


@contextmanager
def a_store_here() -> Iterator[Store]:
    """The local store in this process, with its first page of orders."""
    with catalogue.fixture("aliexpress").serve(orders=10) as store:
        yield store


def first_document(said: str) -> Any:  # noqa: ANN401 - a JSON document is anything
    """The JSON document that stands first in what a command said."""
    return json.JSONDecoder().raw_decode(said)[0]


@dataclass
class Here:
    """A buyer's machine in this process: account, session and orders are there already."""

    store: Store
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

    def told(self, *words: str) -> Any:  # noqa: ANN401 - a JSON document is anything
        """What a command that ends well prints as JSON."""
        code, said = self.run(*words, "--json")
        assert code == 0, said
        return first_document(said)

    def claimed(self, *more: str) -> dict[str, Any]:
        """The receipt of a claim that the buyer sent."""
        with self.a_hand():
            code, said = self.claim("--json", *more)
        assert code == 0, said
        receipt: dict[str, Any] = first_document(said)
        return receipt

    def followed(self) -> dict[str, Any]:
        """The only claim under way, as `follow-up` tells it."""
        [claim] = self.told("follow-up")["claims"]
        return dict(claim)

    def happens(self, event: str, **more: object) -> None:
        """Something happens to the claimed order, or its case, at the store."""
        self.store.behave(happens=[{"order": self.order, "event": event, **more}])

    def a_hand(
        self, before: Callable[[Page], object] = lambda _: None, answer: str = "submit"
    ) -> AbstractContextManager[None]:
        """The buyer at the window, who does something before pressing the store's buttons."""
        return a_buyer(answer, before)


def a_machine_here(
    store: Store,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    heard: pytest.CaptureFixture[str],
) -> Here:
    """A machine whose account is signed in and whose orders are read, at a store begun anew."""
    asked = local_store.Store(store.origin, store.email, store.password)
    asked.behave(reset=True, afresh=True, forget_journal=True)
    store.state.pages.clear()
    store.behave(list_delay_ms=20, detail_delay_ms=20, cancel_button_delay_ms=50)
    machine = a_machine(folder, store.origin)
    machine.environment["AUTOCLAIM_TEST_CDP_PORT"] = str(the_windows_port())
    for name, value in machine.variables().items():
        monkeypatch.setenv(name, value)
    wiring = Wiring(Settings.from_environment(), Buyer())
    now = datetime.now(UTC)
    wiring.ledger.add_account("mine", store="aliexpress", email=store.email, at=now, buyer={})
    wiring.sessions.seal(wiring.account("mine"), a_session(store), at=now)
    wiring.ledger.see_orders(store.truth()["orders"], at=now, account="mine")
    return Here(store, wiring, heard)
