"""Is everything here that autoclaim needs?"""

import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from autoclaim import __version__
from autoclaim.errors import AutoclaimError, MachineFault
from autoclaim.runner import catalogue
from autoclaim.runner.policies import policies
from autoclaim.runner.wiring import Wiring


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what was found, or what is wrong and the next step."""

    name: str
    found: str
    next_step: str = ""
    well: bool = True


def examine(wiring: Wiring, *, install: bool, browser_only: bool) -> Iterator[Finding]:
    """Look at the machine, one finding at a time; `install` gets a browser where none is."""
    yield _looked("browser", lambda: _browser(wiring, install=install))
    if browser_only:
        return
    yield Finding("autoclaim", f"{__version__} on Python {platform.python_version()}")
    yield _looked("folders", lambda: str(wiring.places.data))
    yield _looked("ledger", lambda: f"{sum(1 for _ in wiring.ledger.orders())} orders")
    yield _looked("keychain", wiring.secrets.describe)
    yield _looked("stores", lambda: ", ".join(catalogue.stores()))
    yield _looked("policies", lambda: f"{len(policies().editions)} editions")
    yield _looked("display", _display)


def _looked(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name, look())
    except AutoclaimError as error:
        return Finding(name, str(error), error.next_step, well=False)


def _browser(wiring: Wiring, *, install: bool) -> str:
    from autoclaim.browser.finding import find_browser
    from autoclaim.browser.installing import command_by_hand, find_or_install_browser

    found = find_or_install_browser(wiring.told.say) if install else find_browser()
    if found is None:
        raise MachineFault(
            "There is no Chrome, Edge or Chromium on this machine.",
            f"Say `autoclaim doctor --install`, or `{command_by_hand()}`.",
        )
    return str(found)


def _display() -> str:
    from autoclaim.browser import has_display

    if not has_display():
        raise MachineFault(
            "There is none: a filled form cannot be shown on this machine.",
            "Reading, deciding and warning work; hand claims over where there is a display.",
        )
    return "yes"
