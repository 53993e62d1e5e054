"""What journeys and faults have in common: a local store, and a buyer's machine."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from autoclaim.browser.finding import find_browser
from autoclaim.browser.sharing import Browsers, shared_browsers
from autoclaim.runner import catalogue
from tests.at_the_window import leave
from tests.claiming_here import Here, a_machine_here, a_store_here
from tests.local_store import Store, a_store
from tests.quick_browser import use_the_quick_browser
from tests.quick_vault import keys_made_once
from tests.scenarios.stay import Store as StoreHere
from tests.terminal import Machine, a_free_port, a_machine

WITH_A_BROWSER = {"browser", "faults", "journeys", "scenarios"}
# Minutes each on half a core: begun late, one of them would be all that still runs.
LONGEST = {"test_bad_claims.py", "test_claims.py", "test_filling.py", "test_renamed_forms.py"}


def pytest_configure() -> None:
    use_the_quick_browser()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first: the quick tests fill what is left of a worker's time."""
    items.sort(
        key=lambda item: (
            item.path.parent.name not in WITH_A_BROWSER,
            item.path.name not in LONGEST,
        )
    )


def pytest_collection_finish() -> None:
    """Modules and thousands of tests stay until the end: the collector need not walk over them."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def browsers() -> Iterator[Browsers]:
    """The visits of all tests of a worker share a driver and browsers, which start when needed."""
    with shared_browsers() as shared:
        yield shared
    leave()


@pytest.fixture(scope="session", autouse=True)
def quick_vault() -> Iterator[None]:
    """The vaults of all tests of a worker; what is tested of a key is not how slow it is made."""
    with keys_made_once():
        yield


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A browser for pages of ours, without a visit."""
    with playwright.chromium.launch(executable_path=find_browser(), chromium_sandbox=False) as one:
        yield one


@pytest.fixture(scope="session")
def playwright(browsers: Browsers) -> Playwright:
    """That driver; pytest-playwright would start another, and a thread has room for one."""
    return browsers.playwright


@pytest.fixture(scope="session")
def running_store() -> Iterator[Store]:
    """One store for all tests of a worker: each begins on an ordinary day (`store`)."""
    with a_store() as running:
        yield running


@pytest.fixture(scope="session")
def added_once(running_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a machine that has its account, and has not been at the store yet."""
    folder = tmp_path_factory.mktemp("added-once")
    add_account(a_machine(folder, running_store.origin), running_store)
    return folder


@pytest.fixture(scope="session")
def read_once(
    running_store: Store, added_once: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder of a machine that has its account and has read every order."""
    running_store.behave(reset=True, afresh=True)
    folder = tmp_path_factory.mktemp("read-once")
    shutil.copytree(added_once, folder, dirs_exist_ok=True)
    scanned = a_machine(folder, running_store.origin).run("scan")
    assert scanned.code == 0, scanned.err
    return folder


@pytest.fixture
def store(running_store: Store) -> Store:
    """The store on an ordinary day: nothing sent yet, nobody signed in."""
    running_store.behave(reset=True, afresh=True, forget_journal=True)
    return running_store


@pytest.fixture
def machine(store: Store, added_once: Path, tmp_path: Path) -> Machine:
    """A buyer's machine with the account added and a port on which a test plays the buyer."""
    return a_copy(added_once, store, tmp_path)


@pytest.fixture
def read(store: Store, read_once: Path, tmp_path: Path) -> Machine:
    """The same machine after its first scan."""
    return a_copy(read_once, store, tmp_path)


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


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever does not come within two seconds will not come in this test."""
    for part, wait in (("waiting", "PATIENCE"), ("evidence_files", "UPLOAD_WITHIN")):
        monkeypatch.setattr(catalogue.flow("aliexpress", part), wait, 2.0)


def a_copy(of: Path, store: Store, folder: Path) -> Machine:
    shutil.copytree(of, folder, dirs_exist_ok=True)
    made = a_machine(folder, store.origin)
    made.environment["AUTOCLAIM_TEST_CDP_PORT"] = str(a_free_port())
    return made


def add_account(machine: Machine, store: Store) -> None:
    words = ["account", "add", "aliexpress", "--email", store.email, "--password-stdin"]
    added = machine.run(*words, typed=f"{store.password}\n")
    assert added.code == 0, added.err
