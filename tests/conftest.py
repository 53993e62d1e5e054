"""What journeys and faults have in common: a local store, and a buyer's machine."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.claiming_here import Here, a_machine_here, a_store_here
from tests.local_store import Store, a_store
from tests.quick_browser import use_the_quick_browser
from tests.scenarios.stay import Store as StoreHere
from tests.terminal import Machine, a_free_port, a_machine


def pytest_configure() -> None:
    use_the_quick_browser()


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """A driver for one file of tests; pytest-playwright's own would stay until the very end, and
    a thread has room for one: no test that starts autoclaim's own browser could come after it.
    """
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def running_store() -> Iterator[Store]:
    """One store for all tests of a worker: each begins on an ordinary day (`store`)."""
    with a_store() as running:
        yield running


@pytest.fixture(scope="session")
def read_once(running_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a machine that has its account and has read every order."""
    running_store.behave(reset=True, afresh=True)
    folder = tmp_path_factory.mktemp("read-once")
    machine = a_machine(folder, running_store.origin)
    add_account(machine, running_store)
    scanned = machine.run("scan")
    assert scanned.code == 0, scanned.err
    return folder


@pytest.fixture
def store(running_store: Store) -> Store:
    """The store on an ordinary day: nothing sent yet, nobody signed in."""
    running_store.behave(reset=True, afresh=True, forget_journal=True)
    return running_store


@pytest.fixture
def machine(store: Store, tmp_path: Path) -> Machine:
    """A buyer's machine with the account added and a port on which a test plays the buyer."""
    made = a_machine(tmp_path, store.origin)
    made.environment["AUTOCLAIM_TEST_CDP_PORT"] = str(a_free_port())
    add_account(made, store)
    return made


@pytest.fixture
def read(store: Store, read_once: Path, tmp_path: Path) -> Machine:
    """The same machine after its first scan."""
    shutil.copytree(read_once, tmp_path, dirs_exist_ok=True)
    made = a_machine(tmp_path, store.origin)
    made.environment["AUTOCLAIM_TEST_CDP_PORT"] = str(a_free_port())
    return made


@pytest.fixture(scope="module")
def store_here() -> Iterator[StoreHere]:
    """A store in this process, for a whole file of tests."""
    with a_store_here() as running:
        yield running


@pytest.fixture
def here(
    store_here: StoreHere,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Here:
    """A machine in this process that has read the orders of that store."""
    return a_machine_here(store_here, tmp_path, monkeypatch, capsys)


def add_account(machine: Machine, store: Store) -> None:
    words = ["account", "add", "aliexpress", "--email", store.email, "--password-stdin"]
    added = machine.run(*words, typed=f"{store.password}\n")
    assert added.code == 0, added.err
