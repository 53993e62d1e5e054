"""The machine's own timer: what is to be run, and what every kind of timer can do.

    systemd   Linux with a user manager; catches up after the machine was off
    cron      other Unix machines; asks every hour whether a run is due, which catches up too
    launchd   macOS; catches up when the machine wakes
    windows   the Task Scheduler; catches up when the machine is on again

autoclaim itself never stays in memory.
"""

import subprocess
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple, Protocol

from autoclaim.errors import MachineFault

PATIENCE = 60.0  # seconds a timer's own command may take


class Task(NamedTuple):
    """What is run every day: `words` is the program and its arguments, `at` the local time.

    `environment` are variables it needs, without any secret; `passphrase_file` opens the vault
    where there is one.
    """

    words: tuple[str, ...]
    at: time
    environment: Mapping[str, str]
    passphrase_file: Path | None

    def all_variables(self) -> dict[str, str]:
        """The environment with the passphrase's file by its own path."""
        file = self.passphrase_file
        return {
            **self.environment,
            **({"AUTOCLAIM_PASSPHRASE_FILE": str(file)} if file else {}),
        }


class Piece(NamedTuple):
    """Something that will be written: a file, or a part of one (`where` says which)."""

    where: str
    text: str


class Timer(Protocol):
    """One kind of timer."""

    name: str

    def pieces(self, task: Task) -> Sequence[Piece]:
        """What `install` would write, to be shown before."""
        ...

    def install(self, task: Task) -> None:
        """Write it, switch it on, and prove that it is there. Raises `MachineFault`."""
        ...

    def installed(self) -> bool:
        """Whether autoclaim's entry is there."""
        ...

    def next_run(self, now: datetime) -> datetime | None:
        """When it fires next (aware); None when the timer does not tell."""
        ...

    def remove(self) -> bool:
        """Take everything away again; False when there was nothing."""
        ...


def call(words: Sequence[str], typed: str | None = None) -> "subprocess.CompletedProcess[str]":
    """Run one of the machine's own programs; how it ended is for the caller to judge.

    Raises `MachineFault` when it is not there or does not end.
    """
    try:
        return subprocess.run(  # noqa: S603 - the machine's own timer programs, no shell
            words,
            input=typed,
            stdin=subprocess.DEVNULL if typed is None else None,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as reason:
        raise MachineFault(
            f"The program {words[0]} could not be used ({type(reason).__name__}).",
            "Choose another timer with --with.",
        ) from None


def must(words: Sequence[str], typed: str | None = None) -> str:
    """Run it and give its output. Raises `MachineFault` with what it said when it failed."""
    done = call(words, typed)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise MachineFault(
            f"{' '.join(words[:3])} failed: {said[-1] if said else 'it did not say why'}.",
            "Nothing else was changed. Choose another timer with --with, or mend this one.",
        )
    return done.stdout


def not_there(name: str) -> MachineFault:
    """The fault of an entry that was written but is not found afterwards."""
    return MachineFault(
        f"The entry was written, but {name} does not have it.",
        "Run `autoclaim schedule remove`, then choose another timer with --with.",
    )


def next_daily(at: time, now: datetime) -> datetime:
    """The next moment after `now` with the local time `at` (for timers that do not tell)."""
    here = now.astimezone()
    today = here.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return today if today > here else today + timedelta(days=1)
