"""A launchd agent (macOS): runs when the machine wakes, if it slept at the time."""

import os
import plistlib
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path

from autoclaim.edge.private_files import as_machine_fault, write_privately
from autoclaim.edge.schedule import Piece, Task, call, must, next_daily, not_there

LABEL = "autoclaim.run"


class LaunchdTimer:
    """The agent `autoclaim.run` of the signed-in user."""

    name = "launchd"

    def __init__(self) -> None:
        self._file = Path.home() / "Library" / "LaunchAgents" / f"{LABEL}.plist"

    def pieces(self, task: Task) -> Sequence[Piece]:
        """The property list."""
        return [Piece(str(self._file), plistlib.dumps(_agent(task)).decode("utf-8"))]

    def install(self, task: Task) -> None:
        """Write the property list and hand it to launchd."""
        with as_machine_fault(self._file):
            self._file.parent.mkdir(parents=True, exist_ok=True)
        [piece] = self.pieces(task)
        write_privately(self._file, piece.text.encode("utf-8"))
        call(["launchctl", "bootout", f"{_domain()}/{LABEL}"])
        must(["launchctl", "bootstrap", _domain(), str(self._file)])
        if not self.installed():
            raise not_there(self.name)

    def installed(self) -> bool:
        """Whether launchd knows the agent."""
        return call(["launchctl", "print", f"{_domain()}/{LABEL}"]).returncode == 0

    def next_run(self, now: datetime) -> datetime | None:
        """The next day's time, as the property list has it."""
        if not self._file.exists():
            return None
        at = plistlib.loads(self._file.read_bytes())["StartCalendarInterval"]
        return next_daily(time(at["Hour"], at["Minute"]), now)

    def remove(self) -> bool:
        """Take the agent from launchd, and the property list away."""
        if not self._file.exists():
            return False
        call(["launchctl", "bootout", f"{_domain()}/{LABEL}"])
        with as_machine_fault(self._file):
            self._file.unlink()
        return True


def _agent(task: Task) -> dict[str, object]:
    return {
        "Label": LABEL,
        "ProgramArguments": list(task.words),
        "EnvironmentVariables": task.all_variables(),
        "StartCalendarInterval": {"Hour": task.at.hour, "Minute": task.at.minute},
        "ProcessType": "Background",
    }


def _domain() -> str:
    return f"gui/{os.getuid()}"
