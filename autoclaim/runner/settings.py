"""The environment, read once: contracts.md, section 4."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from autoclaim.errors import WrongInput
from autoclaim.model.origin import loopback_origin

FIRST_YEAR, LAST_YEAR = 2000, 2099  # the years that facts may name (rules.md 1.1)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says; None = not said. AUTOCLAIM_BROWSER is browser/finding.py's.

    `now` is an aware moment, or None for the clock. `store_origin` is a loopback `http://` origin.
    """

    home: Path | None = None
    store_origin: str | None = None
    passphrase_file: Path | None = None
    now: datetime | None = None
    debugging_port: int | None = None
    verbosity: int = 0  # of `-v`; this and `trace` are no variables
    trace: bool = False  # of `--trace`

    @classmethod
    def from_environment(
        cls,
        environment: Mapping[str, str] = os.environ,
        *,
        verbosity: int = 0,
        trace: bool = False,
    ) -> "Settings":
        """Read the AUTOCLAIM_* variables; an empty one counts as absent.

        Raises:
            WrongInput: a variable that cannot be read, or a debugging port on a real store.
        """
        said = {name: value for name, value in environment.items() if value.strip()}
        origin = said.get("AUTOCLAIM_STORE_ORIGIN")
        return cls(
            home=_path(said.get("AUTOCLAIM_HOME")),
            store_origin=_loopback(origin) if origin else None,
            passphrase_file=_path(said.get("AUTOCLAIM_PASSPHRASE_FILE")),
            now=_moment(said.get("AUTOCLAIM_NOW")),
            debugging_port=_debugging_port(said.get("AUTOCLAIM_TEST_CDP_PORT"), origin),
            verbosity=verbosity,
            trace=trace,
        )

    def clock(self) -> datetime:
        """The moment that counts as now (aware)."""
        return self.now or datetime.now(UTC)


def _path(text: str | None) -> Path | None:
    return Path(text).expanduser() if text else None


def _loopback(text: str) -> str:
    origin = loopback_origin(text)
    if origin is None:
        raise WrongInput(
            "AUTOCLAIM_STORE_ORIGIN may only name a store on this machine (http://127.0.0.1:PORT).",
            "Unset it to use the real store.",
        )
    return origin


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise WrongInput(
            f"AUTOCLAIM_NOW is not an ISO moment: {text!r}.",
            "Write it like 2026-04-25T23:59:59-07:00, or unset it.",
        ) from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise WrongInput(
            f"AUTOCLAIM_NOW lies outside the years {FIRST_YEAR} to {LAST_YEAR}: {text!r}.",
            "Give a moment of our time, or unset it.",
        )
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _debugging_port(text: str | None, origin: str | None) -> int | None:
    if text is None:
        return None
    if not origin:
        raise WrongInput(
            "AUTOCLAIM_TEST_CDP_PORT is for tests and refused without AUTOCLAIM_STORE_ORIGIN.",
            "Unset it.",
        )
    if not text.isdecimal() or not 0 < int(text) < 65536:  # noqa: PLR2004 - the range of ports
        raise WrongInput(f"AUTOCLAIM_TEST_CDP_PORT is not a port: {text!r}.", "Use 1 to 65535.")
    return int(text)
