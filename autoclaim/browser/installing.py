"""Getting a browser where the machine has none, and saying how where that does not work."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from autoclaim.browser.finding import find_browser
from autoclaim.errors import MachineFault

_WITHIN = 600  # seconds a download may take on a slow line

_BY_HAND = {
    "apt-get": "sudo apt-get install -y chromium",
    "dnf": "sudo dnf install -y chromium",
    "pacman": "sudo pacman -S --noconfirm chromium",
    "zypper": "sudo zypper install -y chromium",
    "brew": "brew install --cask google-chrome",
    "winget": "winget install Google.Chrome",
}


def find_or_install_browser(say: Callable[[str], None]) -> Path:
    """Give the browser to use; where there is none, install one, and tell `say` what is done.

    Raises:
        MachineFault: none could be installed; the next step is the command for this machine.
    """
    for install in (None, _playwrights_own, _debians_own):
        if install is not None:
            install(say)
        if browser := find_browser():
            return browser
    raise MachineFault(
        "There is no Chrome, Edge or Chromium on this machine, and none could be installed.",
        f"Install one with `{command_by_hand()}`, or name one in AUTOCLAIM_BROWSER.",
    )


def command_by_hand() -> str:
    """Give the command that installs a browser on this very system."""
    return next(
        (command for tool, command in _BY_HAND.items() if shutil.which(tool)),
        f"{sys.executable} -m playwright install chromium",
    )


def _playwrights_own(say: Callable[[str], None]) -> None:
    say("No browser was found; downloading Playwright's Chromium (about 170 MB, once).")
    _run([sys.executable, "-m", "playwright", "install", "chromium"], say)


def _debians_own(say: Callable[[str], None]) -> None:
    if platform.system() != "Linux" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    say("Installing the system's own package `chromium`.")
    _run(["apt-get", "install", "-y", "--no-install-recommends", "chromium"], say)


def _run(command: Sequence[str], say: Callable[[str], None]) -> None:
    """Run a command, its progress on standard error; a failure is told, and the next way tried."""
    try:
        # The command is one of the two above; nothing from outside goes into it.
        subprocess.run(command, stdout=sys.stderr, check=True, timeout=_WITHIN)  # noqa: S603
    except subprocess.TimeoutExpired:
        say(f"`{' '.join(command)}` took longer than {_WITHIN // 60} minutes and was ended.")
    except (subprocess.CalledProcessError, OSError) as error:
        say(f"`{' '.join(command)}` did not work: {error}.")
