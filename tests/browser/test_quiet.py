"""No setting of the environment makes the browser's library print what is typed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.small_store import SmallStore
from tests.local_store import Store
from tests.terminal import Machine

SIGNS_IN = """
import sys
from autoclaim.browser.visit import Visit
from tests.browser.visiting import a_visit
from tests.browser.small_store import SmallStore

store = SmallStore(int(sys.argv[1]))
site = store.site(addresses={"box": "/box"})
with a_visit(site, password=lambda: sys.stdin.readline()) as visit:
    visit.open("box")
    assert visit.type_password(visit.page.locator("#pw"))
print("typed")
"""
# A scenario brings Playwright along before our own browser folder does.
SCENARIO_FIRST = """
from autoclaim.runner import catalogue

catalogue.flow("aliexpress", "sign_in")
"""
SECRET = "correct-horse-22"


@pytest.mark.parametrize("value", ["pw:channel", "*"])
@pytest.mark.parametrize("name", ["DEBUG", "DEBUGP"])
@pytest.mark.parametrize("first", ["", SCENARIO_FIRST], ids=["browser", "scenario first"])
def test_the_password_is_printed_nowhere(
    small_store: SmallStore, tmp_path: Path, name: str, value: str, first: str
) -> None:
    small_store.page("/box", '<input id="pw" type="password">')
    log = tmp_path / "log"

    ended = subprocess.run(
        [sys.executable, "-c", first + SIGNS_IN, str(small_store.port)],
        input=SECRET,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, name: value, "DEBUG_FILE": str(log)},
        check=False,
    )

    assert ended.stdout == "typed\n", ended.stderr[-2000:]
    assert SECRET not in ended.stderr
    assert not log.exists()


def test_signing_in_with_everything_loud_tells_no_password(machine: Machine, store: Store) -> None:
    scanned = machine.run("scan", DEBUG="*", DEBUGP="1", PWDEBUG="console")

    assert scanned.code == 0, "the sign-in failed"
    assert store.password not in scanned.out + scanned.err
