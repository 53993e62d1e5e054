"""What the log says of a visit, and that it takes nothing away from it."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autoclaim.edge.logs import log_file
from autoclaim.model import Account
from autoclaim.runner.settings import Settings
from autoclaim.runner.visit_log import logged
from autoclaim.runner.wiring import Wiring
from tests.browser.small_store import SmallStore, a_small_store
from tests.browser.visiting import a_visit
from tests.runner.claiming import Buyer

ACCOUNT = Account(
    name="ana",
    store="aliexpress",
    email="ana@mail.example",
    added_at=datetime(2026, 4, 1, tzinfo=UTC),
)


@pytest.fixture
def small_store() -> Iterator[SmallStore]:
    with a_small_store() as store:
        yield store


@pytest.fixture
def wiring(tmp_path: Path) -> Wiring:
    return Wiring(Settings(tmp_path / "home"), Buyer())


def test_it_says_that_the_visit_opened_and_what_left_it(
    wiring: Wiring, small_store: SmallStore
) -> None:
    with a_visit(small_store.site()) as visit, logged(wiring, visit, ACCOUNT):
        visit.open("form").evaluate("fetch('/elsewhere', {method: 'POST'}).catch(() => 0)")

    opened, ended = map(json.loads, log_file(wiring.places.logs).read_text().splitlines())
    assert (opened["event"], opened["account"], opened["headed"]) == ("visit_opened", "ana", False)
    assert (ended["event"], ended["let_through"]) == ("visit_ended", [])
    assert ended["stopped"] == ["POST /elsewhere"]


def test_a_log_that_cannot_be_written_takes_nothing_away(
    wiring: Wiring, small_store: SmallStore
) -> None:
    logs = wiring.places.logs
    shutil.rmtree(logs)
    logs.touch()

    with a_visit(small_store.site()) as visit, logged(wiring, visit, ACCOUNT):
        visit.open("form")

    assert visit.status == 200
