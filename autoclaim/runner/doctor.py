"""Is everything here that autoclaim needs, and does what has to be refused still get refused?"""

import platform
from collections.abc import Callable, Iterator
from functools import partial

from autoclaim import __version__
from autoclaim.errors import MachineFault, PageChanged, WrongInput
from autoclaim.runner import catalogue
from autoclaim.runner.findings import Finding, looked
from autoclaim.runner.network_home import network_home
from autoclaim.runner.shipped_policies import policies
from autoclaim.runner.wiring import Wiring

NO_PAGE = b"<html><body><h1>Hello</h1></body></html>"


def examine(wiring: Wiring, *, install: bool, browser_only: bool) -> Iterator[Finding]:
    """Look at the machine, one finding at a time; `install` gets a browser where none is."""
    yield looked("browser", lambda: _browser(wiring, install=install))
    if browser_only:
        return
    yield Finding("autoclaim", f"{__version__} on Python {platform.python_version()}")
    yield looked("folders", lambda: _folders(wiring))
    yield looked("ledger", lambda: f"{sum(1 for _ in wiring.ledger.orders())} orders")
    yield looked("keychain", wiring.secrets.describe)
    yield looked("stores", lambda: ", ".join(catalogue.stores(wiring.mended)))
    yield looked("policies", lambda: f"{len(policies().editions)} editions")
    yield looked("display", _display)
    yield from _must_fail(wiring)
    yield from _drift(wiring)


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


def _folders(wiring: Wiring) -> str:
    note = network_home(wiring)
    return note.what_happened if note else str(wiring.places.data)


def _display() -> str:
    from autoclaim.browser.launching import has_display

    if not has_display():
        raise MachineFault(
            "There is none: a filled form cannot be shown on this machine.",
            "Reading, deciding and warning work; hand claims over where there is a display.",
        )
    return "yes"


def _must_fail(wiring: Wiring) -> Iterator[Finding]:
    """What has to be refused: a check that cannot fail proves nothing."""
    for store in catalogue.stores(wiring.mended):
        yield looked("refusals", partial(_foreign_page, wiring, store))
        yield looked("refusals", partial(_submit, wiring, store))
    yield looked("refusals", _broken_seal)


def _foreign_page(wiring: Wiring, store: str) -> str:
    payloads = wiring.flow(store, "payloads")
    return _refused(
        lambda: payloads.glimpses_in("a page", NO_PAGE), f"a page that is not {store}'s is refused"
    )


def _submit(wiring: Wiring, store: str) -> str:
    from autoclaim.browser.submit_guard import SubmitGuard

    guard = SubmitGuard(wiring.site(store))
    address = f"{wiring.site(store).origins[0]}/anything/that/writes"
    if guard.judge("POST", address) != "stopped":
        raise MachineFault(f"What writes to {store} while reading would not be stopped.")
    return f"what writes to {store} while reading is stopped"


def _broken_seal() -> str:
    from autoclaim.edge.sealing import SealBroken, new_key, seal, unseal

    key = new_key()
    sealed = bytearray(seal(key, b"session", b"account"))
    sealed[-1] ^= 1
    try:
        unseal(key, bytes(sealed), b"account")
    except SealBroken:
        return "a session that was tampered with is refused"
    raise MachineFault("A session that was tampered with would be used.")


def _refused(attempt: Callable[[], object], told: str) -> str:
    try:
        attempt()
    except WrongInput:
        return told
    raise MachineFault(f"It does not hold that {told}.")


def _drift(wiring: Wiring) -> Iterator[Finding]:
    """What the last reading of each account no longer found, or saw for the first time."""
    for account in wiring.ledger.accounts():
        last = wiring.ledger.last("scan_finished", account.name)
        body = last.body if last else {}
        lost, untold, unseen = (_texts(body.get(name)) for name in ("lost", "untold", "unseen"))
        if lost or untold:
            what = (
                f"{account.name}: not told where it always stood: {'; '.join([*lost, *untold])}."
            )
            step = "`autoclaim doctor --live` looks page by page."
            yield Finding("pages", what, step, well=False, exit_code=PageChanged.exit_code)
        if unseen:
            yield Finding("pages", f"{account.name}: never seen before: {'; '.join(unseen)}")


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
