"""A task of the Windows Task Scheduler: catches up when the machine is on again."""

import subprocess
import tempfile
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from xml.sax.saxutils import escape

from autoclaim.edge.schedule import Piece, Task, call, must, next_daily, not_there

NAME = "autoclaim"
# A task has no environment of its own: the program sets it, then becomes autoclaim.
_START = (
    "import os,runpy,sys;os.environ.update({variables!r});sys.argv={words!r};"
    "runpy.run_module('autoclaim',run_name='__main__')"
)
_XML = """\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>autoclaim: look at every account, warn in time</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2026-01-01T{at:%H:%M}:00</StartBoundary>
      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <StartWhenAvailable>true</StartWhenAvailable>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT1H</ExecutionTimeLimit>
  </Settings>
  <Actions>
    <Exec><Command>{program}</Command><Arguments>{arguments}</Arguments></Exec>
  </Actions>
</Task>
"""


class WindowsTimer:
    """The task `autoclaim` of the signed-in user."""

    name = "windows"

    def pieces(self, task: Task) -> Sequence[Piece]:
        """The task as XML."""
        return [Piece(f"the task {NAME}", _xml(task))]

    def install(self, task: Task) -> None:
        """Hand the XML to the Task Scheduler in place of an older task."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "task.xml"
            file.write_text(_xml(task), encoding="utf-16")
            must(["schtasks", "/Create", "/TN", NAME, "/XML", str(file), "/F"])
        if not self.installed():
            raise not_there(self.name)

    def installed(self) -> bool:
        """Whether the Task Scheduler has the task."""
        return call(["schtasks", "/Query", "/TN", NAME]).returncode == 0

    def next_run(self, now: datetime) -> datetime | None:
        """The next day's time, as the task has it; its own listing is in the user's language."""
        shown = call(["schtasks", "/Query", "/TN", NAME, "/XML"]).stdout
        _, found, rest = shown.partition("<StartBoundary>")
        return next_daily(time.fromisoformat(rest[11:16]), now) if found else None

    def remove(self) -> bool:
        """Delete the task."""
        if not self.installed():
            return False
        must(["schtasks", "/Delete", "/TN", NAME, "/F"])
        return True


def _xml(task: Task) -> str:
    program, *rest = task.words
    # Of `-P -m autoclaim run` only what follows the module's name is autoclaim's own.
    own = rest[rest.index("autoclaim") :]
    start = _START.format(variables=task.all_variables(), words=own)
    arguments = subprocess.list2cmdline(["-P", "-c", start])
    return _XML.format(at=task.at, program=escape(program), arguments=escape(arguments))
