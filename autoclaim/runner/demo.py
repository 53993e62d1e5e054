"""The whole journey against a local store: what a stranger sees first."""

import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

from autoclaim.edge.places import find_places
from autoclaim.edge.private_files import make_private_folder, write_privately
from autoclaim.errors import WrongInput
from autoclaim.model import Receipt
from autoclaim.ports import Told
from autoclaim.runner import catalogue
from autoclaim.runner.accounts import add_account, new_account
from autoclaim.runner.claim import draft, fill_and_hand_over
from autoclaim.runner.claim_request import ClaimRequest
from autoclaim.runner.listing import Filter, Judged, judged_orders
from autoclaim.runner.problem import say_problem
from autoclaim.runner.scan import Scanned, scan
from autoclaim.runner.settings import Settings
from autoclaim.runner.wiring import Wiring

SCRIPT_WAITS = 60.0


@dataclass(frozen=True, slots=True)
class Stage:
    """A local store, a home of its own that nothing else uses, and who plays the buyer."""

    wiring: Wiring
    store: str
    email: str
    password: str
    attended: bool


@contextmanager
def set_up(told: Told, settings: Settings, *, attended: bool, orders: int) -> Iterator[Stage]:
    """Start the local store and make a fresh home for the demo; the store ends with the block."""
    store = catalogue.stores()[0]
    home = _fresh_home(settings)
    passphrase = home / "passphrase"
    write_privately(passphrase, secrets.token_urlsafe(24).encode())
    with catalogue.fixture(store).serve(orders=orders) as served:
        played = replace(
            settings,
            home=home,
            store_origin=served.origin,
            passphrase_file=passphrase,
            debugging_port=settings.debugging_port or (None if attended else _free_port()),
        )
        yield Stage(Wiring(played, told), store, served.email, served.password, attended)


def _fresh_home(settings: Settings) -> Path:
    home = find_places(settings.home).data / "demo"
    shutil.rmtree(home, ignore_errors=True)
    make_private_folder(home)
    return home


def sign_in_and_read(stage: Stage) -> Scanned:
    """Add the account as a buyer would, sign in, and read every order."""
    wiring = stage.wiring
    account = new_account(wiring, stage.store, stage.email, None)
    add_account(wiring, account, stage.password)
    return scan(wiring, None)


def late_order(stage: Stage) -> Judged:
    """The order the demo claims: late, not here, its window open; the most urgent of them."""
    judged = judged_orders(stage.wiring, Filter(only_open=True))
    late = [
        one
        for one in judged
        if len(one.decisions) == 1
        and one.decisions[0].action == "dispute"
        and one.decisions[0].reason == "not_received"
    ]
    if not late:
        raise WrongInput("The local store has no late order today.", "Say --orders 40 or more.")
    return min(late, key=lambda one: (one.decisions[0].last_on is None, one.decisions[0].last_on))


def claim_it(stage: Stage, judged: Judged) -> Receipt:
    """Say what is wrong, fill the form, and hand it over to the person or the scripted buyer."""
    order_id = judged.order.order_id
    say_problem(stage.wiring, order_id, None, "not_received", None)
    reason = None if stage.attended else _scripts(stage.store).REASON
    wanted = ClaimRequest(order_id, kind="dispute", store_reason=reason)
    drafted = draft(stage.wiring, wanted, None)
    if stage.attended:
        return fill_and_hand_over(stage.wiring, drafted, headed=True)
    with _scripted_buyer(stage):
        return fill_and_hand_over(stage.wiring, drafted, headed=False, wait_seconds=SCRIPT_WAITS)


@contextmanager
def _scripted_buyer(stage: Stage) -> Iterator[None]:
    """A stand-in for the person, in a process of its own, that lives with the fixtures."""
    script = str(_scripts(stage.store).__file__)
    port = str(stage.wiring.settings.debugging_port)
    words: Sequence[str] = [sys.executable, script, "--cdp-port", port, "--answer", "submit"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as buyer:  # noqa: S603 - our own file
        try:
            yield
        finally:
            buyer.terminate()


def _scripts(store: str) -> ModuleType:
    return catalogue.fixture(store, "scripted_buyer")


def _free_port() -> int:
    import socket

    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port
