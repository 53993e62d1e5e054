"""The demo as a stranger sees it: the installed program, a clean home, the buyer's own browser.

Run by `.ci/wheel`, which names the program in DEMO_PROGRAM; the attended one needs a display.
"""

import os
import re
import subprocess
import time
from pathlib import Path

import pexpect
import pytest

from tests.local_store import ROOT, a_buyer_at
from tests.quick_browser import the_buyers_browser
from tests.terminal import Machine, a_free_port

PROGRAM = os.environ["DEMO_PROGRAM"]
AT_MOST = 60  # seconds on two cores
README_WAS_WRITTEN = "2026-11-25T12:00:00+00:00"  # its sample is what the demo prints that day


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A home of its own, and the browser that autoclaim finds by itself."""
    port, origin = str(a_free_port()), "http://127.0.0.1:9"  # a port for the person needs both
    named = {"AUTOCLAIM_TEST_CDP_PORT": port, "AUTOCLAIM_STORE_ORIGIN": origin}
    ours = {"AUTOCLAIM_BROWSER": str(the_buyers_browser()), "COLUMNS": "100"}
    return Machine(tmp_path / "home", {**named, **ours, "AUTOCLAIM_NOW": README_WAS_WRITTEN})


def lines_of(text: str) -> set[str]:
    """The lines that are not empty, with every run of spaces one."""
    return {" ".join(line.split()) for line in text.splitlines() if line.strip()}


def assert_it_ended_well(said: str, home: Path) -> None:
    assert re.search(r"order +do +act by +last day", said)
    assert "Verified: the store shows the case as you sent it" in said
    [place] = re.findall(r"Screenshots and the receipt: (.+)", said)
    assert place.strip().startswith(str(home))
    assert list(Path(place.strip()).rglob("*.jpg"))
    assert "autoclaim account add aliexpress --email" in said


def test_unattended_it_ends_with_all_that_a_stranger_needs(machine: Machine) -> None:
    began = time.monotonic()
    ended = subprocess.run(
        [PROGRAM, "demo", "--unattended"],
        env=machine.variables(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    took = time.monotonic() - began

    assert ended.returncode == 0, ended.stdout
    assert took < AT_MOST
    assert_it_ended_well(ended.stdout, machine.home)
    sample = lines_of((ROOT / "README.md").read_text(encoding="utf-8").split("```")[3])
    assert len(sample) == 8
    assert sample <= lines_of(ended.stdout)


def test_attended_the_person_at_the_window_chooses_and_presses(machine: Machine) -> None:
    started = pexpect.spawn(
        PROGRAM, ["demo"], env=machine.variables(), encoding="utf-8", timeout=AT_MOST
    )
    started.setwinsize(50, 100)
    started.expect("Which one")
    asked = started.before
    started.sendline("1")
    with a_buyer_at(machine, "submit"):
        started.expect(pexpect.EOF)
    said = re.sub(r"\r|\x1b\[[0-9;?]*[A-Za-z]", "", asked + started.before)  # what stands there
    started.close()

    assert started.exitstatus == 0, said
    assert "You press the store's own Submit; autoclaim cannot." in said
    assert_it_ended_well(said, machine.home)
