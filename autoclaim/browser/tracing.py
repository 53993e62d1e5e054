"""What a visit did, step by step, as Playwright records it: no picture, no page, no answer.

Playwright writes what it records, typed text too, into a folder of its own for temporary things
(mode 0700) and takes the folder away when the browser ends, also when our program is killed. What
is there all the same after the whole machine went down is found by its name at the next visit.
"""

import os
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from glob import glob
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError

from autoclaim.browser.visit import Visit

_MARK = "autoclaim-trace"  # with the number of the process behind it
_A_DAY = 24 * 60 * 60.0  # seconds


@contextmanager
def traced(visit: Visit, keep: Callable[[bytes | None], None]) -> Iterator[None]:
    """Record the block; `keep` gets the raw zip, or None where the browser ended before.

    What is raw lies in private folders and goes with the block, whatever fails in it.
    """
    name = f"{_MARK}-{os.getpid()}-{secrets.token_hex(4)}"
    tracing = visit.page.context.tracing
    tracing.start(name=name, screenshots=False, snapshots=False, sources=False)
    try:
        yield
    finally:
        with tempfile.TemporaryDirectory(prefix=f"{name}-") as folder:  # made with mode 0700
            raw = Path(folder) / "raw.zip"
            with suppress(PlaywrightError):  # the buyer closed the window: nothing to stop
                tracing.stop(path=raw)
            keep(raw.read_bytes() if raw.is_file() else None)
        for file in _raw(name):
            _remove(file)


def forget_raw_traces() -> None:
    """Remove what is left of a recording whose program is no more."""
    for file in _raw(_MARK):
        if not _may_be_running(file):
            _remove(file)


def _raw(name: str) -> list[Path]:
    """Playwright's own files of recordings whose name begins so, and the folders of raw zips."""
    temporary = tempfile.gettempdir()
    patterns = (f"playwright-artifacts-*/{name}*", f"{name}*")
    # Not by Path.glob: other browsers come and go there, and what vanishes under it is a fault.
    found = (glob(pattern, root_dir=temporary) for pattern in patterns)  # noqa: PTH207
    return [Path(temporary, file) for files in found for file in files]


def _may_be_running(file: Path) -> bool:
    pid = file.name.removeprefix(f"{_MARK}-").partition("-")[0]
    try:
        if sys.platform == "win32":  # to ask for a process by a signal would end it there
            return time.time() - file.stat().st_mtime < _A_DAY
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError, FileNotFoundError):
        return False
    except OSError:  # somebody else's
        return True
    return True


def _remove(file: Path) -> None:
    with suppress(OSError):
        shutil.rmtree(file) if file.is_dir() else file.unlink()
