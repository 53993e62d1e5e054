"""Starting the browser: an ordinary window, with nothing of it hidden from the store."""

import os
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

from playwright.sync_api import Browser, BrowserContext, Playwright, StorageState
from playwright.sync_api import Error as PlaywrightError

from autoclaim.errors import MachineFault

# A narrower window would bring the store's telephone layout.
_WIDE = {"width": 1440, "height": 900}
# Playwright switches off background networking, updates, sync and first-run pages by itself;
# these are named here as well, so that they hold whatever its defaults become.
_QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-domain-reliability",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--disable-shared-workers",
    "--disable-blink-features=WebSocketStream",
)
_NO_SANDBOX_HERE = "No usable sandbox"

Started = TypeVar("Started")
Session = Callable[[], Mapping[str, Any] | None]


def no_session() -> None:
    """For somebody whom the store does not know yet."""


@dataclass(frozen=True)
class Launch:
    """How the browser is to be started.

    `browser` is its executable, `profile` a folder to keep a profile in (None: a fresh one that is
    thrown away), `session` gives what `storage_state` gave at the end of an earlier visit and is
    asked once the browser is there, and `debugging_port` is a port on 127.0.0.1 for a test that
    plays the buyer.
    """

    browser: Path
    headed: bool
    session: Session = no_session
    profile: Path | None = None
    debugging_port: int | None = None


def has_display() -> bool:
    """Whether a window can be shown on this machine, as far as the environment tells."""
    if platform.system() == "Linux":
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return not os.environ.get("SSH_CONNECTION")


def launch(playwright: Playwright, how: Launch) -> Browser:
    """Start the browser, without a profile to keep.

    Raises:
        MachineFault: no display for a window, or the browser does not start.
    """
    return _with_or_without_sandbox(how, playwright.chromium.launch)


def launch_with_profile(playwright: Playwright, how: Launch, profile: Path) -> BrowserContext:
    """Start the browser with the profile kept in that folder; closing the context ends it.

    Raises:
        MachineFault: as for `launch`.
    """
    start = playwright.chromium.launch_persistent_context
    return _with_or_without_sandbox(how, partial(start, profile, **_tabs(how)))


def new_context(browser: Browser, how: Launch) -> BrowserContext:
    """Give a context of its own with the kept session: cookies, storage and cache."""
    return browser.new_context(
        storage_state=cast("StorageState | None", how.session()), **_tabs(how)
    )


def _with_or_without_sandbox(how: Launch, start: Callable[..., Started]) -> Started:
    if how.headed and not has_display():
        raise MachineFault(
            "There is no display here, so no browser window can be shown.",
            "Run it on a desktop, or let autoclaim write the claim pack instead.",
        )
    options = {
        "executable_path": how.browser,
        "headless": not how.headed,
        "args": _arguments(how),
    }
    sandbox = not _is_root_on_linux()
    try:
        return start(**options, chromium_sandbox=sandbox)
    except PlaywrightError as error:
        if not (sandbox and _NO_SANDBOX_HERE in error.message):
            raise _does_not_start(how.browser, error) from None
    # Some systems forbid the sandbox to everyone but their own browser package.
    try:
        return start(**options, chromium_sandbox=False)
    except PlaywrightError as error:
        raise _does_not_start(how.browser, error) from None


def _tabs(how: Launch) -> dict[str, Any]:
    return {
        "accept_downloads": False,
        "service_workers": "block",
        "color_scheme": "null",
        **({"no_viewport": True} if how.headed else {"viewport": _WIDE}),
    }


def _arguments(how: Launch) -> list[str]:
    arguments = list(_QUIET)
    if how.headed:
        arguments.append(f"--window-size={_WIDE['width']},{_WIDE['height'] + 80}")
    if how.debugging_port is not None:
        arguments += [
            f"--remote-debugging-port={how.debugging_port}",
            "--remote-debugging-address=127.0.0.1",
        ]
    return arguments


def _is_root_on_linux() -> bool:
    return platform.system() == "Linux" and os.geteuid() == 0


def _does_not_start(browser: Path, error: PlaywrightError) -> MachineFault:
    reason = error.message.splitlines()[0]
    return MachineFault(
        f"The browser {browser} does not start: {reason}",
        "Run `autoclaim doctor`, or name another browser in AUTOCLAIM_BROWSER.",
    )
