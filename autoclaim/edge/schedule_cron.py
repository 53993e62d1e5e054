"""A block in the buyer's crontab. Cron does not catch up, so it asks every hour: is a run due?"""

import re
import shlex
import shutil
from collections.abc import Sequence
from datetime import datetime, time

from autoclaim.edge.schedule import Piece, Task, call, must, next_daily, not_there

BEGIN, END = "# >>> autoclaim", "# <<< autoclaim"
_BLOCK = re.compile(rf"^{re.escape(BEGIN)}$.*?^{re.escape(END)}$\n?", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"^(\d+) (\d+)-23 ", re.MULTILINE)


class CronTimer:
    """Our marked block in the crontab of whoever runs this; other lines stay as they are."""

    name = "cron"

    @staticmethod
    def works() -> bool:
        """Whether there is a crontab to write to."""
        return shutil.which("crontab") is not None

    def pieces(self, task: Task) -> Sequence[Piece]:
        """The block."""
        return [Piece("your crontab", _block(task))]

    def install(self, task: Task) -> None:
        """Put the block in place of an older one, and read it back."""
        rest = _BLOCK.sub("", _crontab())
        gap = "" if not rest or rest.endswith("\n") else "\n"
        must(["crontab", "-"], f"{rest}{gap}{_block(task)}")
        if _block(task) not in _crontab():
            raise not_there(self.name)

    def installed(self) -> bool:
        """Whether the block is there."""
        return _BLOCK.search(_crontab()) is not None

    def next_run(self, now: datetime) -> datetime | None:
        """The next day's time in the block; the hours after it only catch up."""
        line = _LINE.search("".join(_BLOCK.findall(_crontab())))
        return next_daily(time(int(line[2]), int(line[1])), now) if line else None

    def remove(self) -> bool:
        """Take the block out; an empty crontab is removed."""
        before = _crontab()
        after = _BLOCK.sub("", before)
        if after == before:
            return False
        must(["crontab", "-"], after) if after.strip() else must(["crontab", "-r"])
        return True


def _crontab() -> str:
    # "no crontab for …" ends with 1: there is none yet.
    return call(["crontab", "-l"]).stdout


def _block(task: Task) -> str:
    variables = [f"{name}={shlex.quote(text)}" for name, text in task.all_variables().items()]
    words = [shlex.quote(word) for word in (*task.words, "--if-due")]
    # In a crontab a per cent sign would end the command (crontab(5)).
    command = " ".join(["env", *variables, *words]).replace("%", "\\%")
    return f"{BEGIN}\n{task.at.minute} {task.at.hour}-23 * * * {command}\n{END}\n"
