"""What a visit did, step by step, as Playwright records it: no picture, no page, no answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Error as PlaywrightError

from autoclaim.browser.visit import Visit


@contextmanager
def traced(visit: Visit, keep: Callable[[bytes | None], None]) -> Iterator[None]:
    """Record the block; `keep` gets the raw zip, or None where the browser ended before.

    The raw zip lies in a private folder that goes with the block, whatever fails in it.
    """
    tracing = visit.page.context.tracing
    tracing.start(screenshots=False, snapshots=False, sources=False)
    try:
        yield
    finally:
        with TemporaryDirectory(prefix="autoclaim-trace-") as folder:  # made with mode 0700
            raw = Path(folder) / "raw.zip"
            with suppress(PlaywrightError):  # the buyer closed the window: nothing to stop
                tracing.stop(path=raw)
            keep(raw.read_bytes() if raw.is_file() else None)
