"""Which browser: the one named, else Playwright's own, else Chrome, Edge or Chromium."""

import os
import platform
import shutil
from collections.abc import Iterator
from pathlib import Path

import playwright

from autoclaim.browser.sharing import shared_browsers
from autoclaim.errors import MachineFault

_NAMES = (
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "chromium",
    "chromium-browser",
)
_LINUX = (
    "/opt/google/chrome/chrome",
    "/opt/microsoft/msedge/msedge",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/snap/bin/chromium",
    "/var/lib/flatpak/exports/bin/org.chromium.Chromium",
)
_MACOS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "Chromium.app/Contents/MacOS/Chromium",
)
_WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
    r"Chromium\Application\chrome.exe",
)
_WINDOWS_ROOTS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")


def find_browser(*, chrome_first: bool = False) -> Path | None:
    """Give the executable of the browser to use, None when the machine has none.

    `chrome_first`: an installed Chrome or Edge before Playwright's own Chromium.

    Raises:
        MachineFault: AUTOCLAIM_BROWSER names something that cannot be run.
    """
    named = os.environ.get("AUTOCLAIM_BROWSER")
    if named:
        return _named(Path(named).expanduser())
    installed = _usual_places() if chrome_first else ()
    return next((path for path in (*installed, *_candidates()) if _runs(path)), None)


def _named(path: Path) -> Path:
    if not path.exists():
        problem = "does not exist"
    elif not path.is_file():
        problem = "is not a file"
    elif not _runs(path):
        problem = "cannot be run by you"
    else:
        return path
    raise MachineFault(
        f"AUTOCLAIM_BROWSER names {path}, which {problem}.",
        "Give the path of Chrome, Edge or Chromium, or unset AUTOCLAIM_BROWSER.",
    )


def _candidates() -> Iterator[Path]:
    if any(_playwrights_folder().glob("chromium-*")):
        yield playwrights_own()
    yield from _usual_places()
    yield from (Path(found) for found in map(shutil.which, _NAMES) if found)


def playwrights_own() -> Path:
    """Give the place of Playwright's Chromium, whether or not it is there.

    Only Playwright knows it, and takes a moment to say: it is asked where its folder holds one.
    """
    with shared_browsers() as browsers:
        return Path(browsers.playwright.chromium.executable_path)


def _playwrights_folder() -> Path:
    """Give the folder of Playwright's browsers (playwright.dev/python/docs/browsers)."""
    named = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if named == "0":
        return Path(playwright.__file__).parent / "driver" / "package" / ".local-browsers"
    if named:
        return Path(named)
    caches = {"Darwin": "Library/Caches", "Windows": "AppData/Local"}
    return Path.home() / caches.get(platform.system(), ".cache") / "ms-playwright"


def _usual_places() -> Iterator[Path]:
    if platform.system() == "Darwin":
        for root in (Path("/Applications"), Path.home() / "Applications"):
            yield from (root / name for name in _MACOS)
    elif platform.system() == "Windows":
        for variable in filter(os.environ.get, _WINDOWS_ROOTS):
            yield from (Path(os.environ[variable]) / name for name in _WINDOWS)
    else:
        yield from map(Path, _LINUX)


def _runs(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)
