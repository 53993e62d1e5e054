"""What a claim costs, from the command to the window being the buyer's, beside the page loads.

    sh .ci/keychain python tests/bench/claiming.py --keychain [--rounds 7] [--delay-ms 250]
    python tests/bench/claiming.py [--rounds 7] [--delay-ms 250]

autoclaim: `python -m autoclaim claim ORDER --dispute --headless` as a process, on the local store,
with a sealed session. Its key is in a real keychain, as it is for most buyers, or in the encrypted
vault of a machine without one, whose own key takes a quarter of a second of a processor to make.
It ends the moment the guard is lifted and the panel
says that the form is the buyer's: all is filled, reviewed and reread, the pictures are kept and
the ledger has it. It then stops as by Ctrl-C, so that the next round begins where this one did.

bare: a Python script as a process that starts the same browser in the same way with the same
cookies, and opens the same three pages by their addresses: the list (which proves that the session
counts) until its cards are shown, the order until its "Returns/refunds" is, and the form, in a new
tab, until its text box is. It presses, fills, reads and keeps nothing, and knows no guard.
Autoclaim goes on when the list's answer has come, before its cards are drawn.

Both are counted twice: from the start of the process (with Python, Playwright's driver and the
browser), and from the moment the browser has a first context, which is the narrower question.
Rounds alternate, and begin now with the one, now with the other. `--delay-ms` is how long the
store's pages take to draw themselves after their scripts ran: 250 is the local store's usual, so
that tests are quick; the real one takes seconds (site-facts, 8.4). A
claim writes its ledger to the disk at each step: where others keep the disk busy, TMPDIR on a
memory disk takes that out of the figures.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from autoclaim.browser.finding import find_browser
from autoclaim.runner import catalogue
from autoclaim.runner.accounts import add_account, new_account
from autoclaim.runner.settings import Settings
from autoclaim.runner.wiring import Wiring
from tests.local_store import REASON
from tests.runner.claiming import Buyer
from tests.scenarios.stay import Store, a_session
from tests.terminal import a_machine

STORE = "aliexpress"


class Took(NamedTuple):
    """Seconds until the form was ready: of the whole process, and since the browser was open."""

    whole: float
    opened: float


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=7)
    asked.add_argument("--delay-ms", type=int, default=250)
    asked.add_argument("--keychain", action="store_true")
    options = asked.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        catalogue.fixture(STORE).serve(orders=10) as store,
    ):
        store.behave(list_delay_ms=options.delay_ms, detail_delay_ms=options.delay_ms)
        sides = Sides(store, Path(folder), in_keychain=options.keychain)
        pairs = [sides.both(number) for number in range(options.rounds)]
    for name in Took._fields:
        tell(name, [(getattr(ours, name), getattr(floor, name)) for ours, floor in pairs])


class Sides:
    """A machine that is signed in and has read its orders, and the pages its claim needs."""

    def __init__(self, store: Store, folder: Path, *, in_keychain: bool) -> None:
        machine = a_machine(folder, store.origin)
        self._variables = machine.variables()
        self._variables.pop("PYTHONDONTWRITEBYTECODE", None)  # a buyer's Python keeps its own
        passphrase = Path(self._variables["AUTOCLAIM_PASSPHRASE_FILE"])
        if in_keychain:
            del self._variables["AUTOCLAIM_PASSPHRASE_FILE"]
        vault = None if in_keychain else passphrase
        wiring = Wiring(Settings(machine.home, store.origin, vault), Buyer())
        account = new_account(wiring, STORE, store.email, None)
        add_account(wiring, account, store.password)
        now, session = wiring.now(), a_session(store)
        wiring.sessions.seal(account, session, at=now)
        wiring.ledger.see_orders(store.truth()["orders"], at=now, account=account.name)
        order = store.heroes["late"]
        self._words = ["claim", order, "--dispute", "--reason", REASON, "--headless"]
        first, form = self._timed("claim_noted.py", self._words)
        print(f"a first round, which is not counted: {first.whole:.2f} s")
        named = wiring.site(STORE).addresses
        pages = [named["orders"], named["order"].format(order_id=order), form]
        bare = {"browser": str(find_browser()), "session": session, "pages": pages}
        self._bare = json.dumps(bare)

    def both(self, number: int) -> tuple[Took, Took]:
        """Autoclaim and bare, in the one order or the other."""
        if number % 2:
            bare = self._timed("claim_bare.py", said=self._bare)[0]
            return self._timed("claim_noted.py", self._words)[0], bare
        ours = self._timed("claim_noted.py", self._words)[0]
        return ours, self._timed("claim_bare.py", said=self._bare)[0]

    def _timed(self, side: str, words: Sequence[str] = (), said: str = "") -> tuple[Took, str]:
        """How long it took, and the address of the page that was ready."""
        noting, noted = os.pipe()
        began = time.monotonic()
        with subprocess.Popen(
            [sys.executable, str(Path(__file__).parent / "sides" / side), *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**self._variables, "NOTES": str(noted)},
            pass_fds=[noted],
        ) as process:
            os.close(noted)
            _, fault = process.communicate(said.encode(), timeout=120)
        with os.fdopen(noting) as notes:
            lines = notes.read().splitlines()
        assert len(lines) == 2, fault.decode()
        (opened, _), (ready, address) = (line.split(" ") for line in lines)
        return Took(float(ready) - began, float(ready) - float(opened)), address


def tell(name: str, pairs: list[tuple[float, float]]) -> None:
    for ours, floor in pairs:
        print(f"{name:6}  claim {ours:5.2f} s   bare {floor:5.2f} s   ratio {ours / floor:.2f}")
    print(f"{name:6}  median ratio {statistics.median(ours / floor for ours, floor in pairs):.2f}")


if __name__ == "__main__":
    main()
