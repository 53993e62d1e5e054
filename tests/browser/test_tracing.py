"""Playwright's own recording lies where only the buyer can read it, and never outlives its use."""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from glob import glob
from pathlib import Path

import pytest

from autoclaim.browser.tracing import forget_raw_traces, traced
from tests.browser.small_store import SmallStore
from tests.browser.visiting import a_visit

LOOKS = 1_000  # of the folders; with 150 the fault that this holds off came eight times of eight
OURS = "playwright-artifacts-*/autoclaim-trace-{pid}-*"


def of_this_process() -> list[Path]:
    temporary = tempfile.gettempdir()
    found = glob(OURS.format(pid=os.getpid()), root_dir=temporary)  # noqa: PTH207 - as it does
    return [Path(temporary, file) for file in found]


def test_what_is_raw_is_private_while_it_is_recorded_and_gone_afterwards(
    small_store: SmallStore,
) -> None:
    kept: list[bytes | None] = []

    with a_visit(small_store.site()) as visit:
        with traced(visit, kept.append):
            visit.page.locator("body").inner_text()
            forget_raw_traces()  # another visit begins beside this one
            raw = of_this_process()
            modes = {file.parent.stat().st_mode & 0o777 for file in raw}
        left = of_this_process()

    assert kept[0]
    assert [file.suffix for file in raw if file.suffix == ".trace"] == [".trace"]
    assert modes == {0o700}
    assert left == []


def test_what_a_machine_that_went_down_left_is_removed_at_the_next_visit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    playwrights = tmp_path / "playwright-artifacts-x"
    zipped = tmp_path / f"autoclaim-trace-{gone.pid}-ab12-tmp"
    for folder in (playwrights, zipped):
        folder.mkdir()
    (zipped / "raw.zip").touch()
    (playwrights / f"autoclaim-trace-{gone.pid}-ab12.trace").touch()
    stay = {playwrights / name for name in (f"autoclaim-trace-{os.getpid()}-c.trace", "a.trace")}
    for file in stay:
        file.touch()

    forget_raw_traces()

    assert {file for file in tmp_path.rglob("*") if file.is_file()} == stay
    assert not zipped.exists()


def test_browsers_of_other_programs_come_and_go_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def come_and_go() -> None:
        for number in range(LOOKS):
            with tempfile.TemporaryDirectory(prefix=f"playwright-artifacts-{number}"):
                pass

    with ThreadPoolExecutor(1) as elsewhere:
        others = elsewhere.submit(come_and_go)
        while not others.done():
            forget_raw_traces()

    assert list(tmp_path.iterdir()) == []
