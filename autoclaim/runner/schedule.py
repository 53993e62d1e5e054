"""The daily run in the machine's own timer: planned, shown, installed, proved, removed."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

from autoclaim.edge.ledger import StoredRun
from autoclaim.edge.schedule import Piece, Task, Timer
from autoclaim.edge.schedule_cron import CronTimer
from autoclaim.edge.schedule_launchd import LaunchdTimer
from autoclaim.edge.schedule_systemd import SystemdTimer
from autoclaim.edge.schedule_windows import WindowsTimer
from autoclaim.errors import MachineFault, WrongInput
from autoclaim.runner.wiring import Wiring

TimerName = Literal["systemd", "cron", "launchd", "windows"]
TIMERS: Mapping[str, Callable[[], Timer]] = {
    "systemd": SystemdTimer,
    "cron": CronTimer,
    "launchd": LaunchdTimer,
    "windows": WindowsTimer,
}
# What the run needs of this shell: where things are, no secret.
CARRIED = ("AUTOCLAIM_BROWSER", "PLAYWRIGHT_BROWSERS_PATH")


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be written, by which timer."""

    timer: Timer
    task: Task

    @property
    def pieces(self) -> Sequence[Piece]:
        """To be shown before it is written."""
        return self.timer.pieces(self.task)


@dataclass(frozen=True, slots=True)
class State:
    """Which timer has the entry (None: none), when it fires next, and how the last run ended."""

    timer: str | None
    next_run: datetime | None
    last_run: StoredRun | None

    def as_json(self) -> dict[str, object]:
        """The document of `schedule show --json`; moments in ISO 8601 with offset."""
        last = self.last_run
        return {
            "timer": self.timer,
            "next_run": self.next_run and self.next_run.isoformat(),
            "last_run": last and last.at.isoformat(),
            "last_exit_code": last and last.exit_code,
            "last_lines": list(last.lines) if last else [],
        }


def plan(wiring: Wiring, at: str, wanted: str | None) -> Plan:
    """The entry for this machine; `at` is a local time like 09:00.

    Raises:
        WrongInput: no such time.
        MachineFault: the machine has no timer autoclaim knows.
    """
    settings = wiring.settings
    environment = {name: os.environ[name] for name in CARRIED if os.environ.get(name)}
    if settings.home:
        environment["AUTOCLAIM_HOME"] = str(settings.home.expanduser().absolute())
    if settings.store_origin:
        environment["AUTOCLAIM_STORE_ORIGIN"] = settings.store_origin
    timer = TIMERS[wanted or _this_machines()]()
    if timer.name in {"cron", "launchd"}:  # they begin with next to no PATH
        environment["PATH"] = os.environ.get("PATH", os.defpath)
    file = settings.passphrase_file
    # -P: a folder called autoclaim where the timer starts must not stand in for the program.
    words = (sys.executable, "-P", "-m", "autoclaim", "run")
    return Plan(timer, Task(words, _time(at), environment, file.absolute() if file else None))


def install(planned: Plan) -> None:
    """Write the entry and prove that it is there; an older one of another kind is taken away."""
    for timer in _installed():
        if timer.name != planned.timer.name:
            timer.remove()
    planned.timer.install(planned.task)


def state(wiring: Wiring) -> State:
    """Which timer has the entry, and how the last run ended."""
    timer = next(iter(_installed()), None)
    return State(
        timer.name if timer else None,
        timer.next_run(wiring.now()) if timer else None,
        wiring.ledger.last_run(),
    )


def remove() -> list[str]:
    """Take the entry out of every timer that has one; gives their names."""
    return [timer.name for timer in _candidates() if timer.remove()]


def _installed() -> list[Timer]:
    return [timer for timer in _candidates() if timer.installed()]


def _candidates() -> list[Timer]:
    """The timers this machine could have."""
    if sys.platform == "darwin":
        return [LaunchdTimer()]
    if sys.platform == "win32":
        return [WindowsTimer()]
    found: list[Timer] = [SystemdTimer()] if SystemdTimer.works() else []
    return [*found, CronTimer()] if CronTimer.works() else found


def _this_machines() -> str:
    names = [timer.name for timer in _candidates()]
    if not names:
        raise MachineFault(
            "This machine has neither a systemd user manager nor cron.",
            "Install one (on Debian: apt install cron), or let another timer call autoclaim run.",
        )
    return names[0]


def _time(text: str) -> time:
    try:
        at = time.fromisoformat(text.strip().rjust(len("09:00"), "0"))
    except ValueError:
        raise WrongInput(f"{text!r} is no time of day.", "Write it like 09:00.") from None
    return at.replace(second=0, microsecond=0, tzinfo=None)
