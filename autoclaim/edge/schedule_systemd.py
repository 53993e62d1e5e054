"""A systemd user timer: catches up after the machine was off, and hands the passphrase over."""

import os
import re
import shutil
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from autoclaim.edge.private_files import as_machine_fault, write_privately
from autoclaim.edge.schedule import Piece, Task, call, must, not_there

UNIT = "autoclaim"
_READ_IT = "import os; open(os.path.join(os.environ['CREDENTIALS_DIRECTORY'], 'passphrase'))"
_SERVICE = """\
[Unit]
Description=autoclaim: look at every account and warn in time

[Service]
Type=oneshot
ExecStart={words}
{environment}Nice=10
TimeoutStartSec=1h
"""
_TIMER = """\
[Unit]
Description=autoclaim, every day

[Timer]
OnCalendar=*-*-* {at:%H:%M}:00
Persistent=true
RandomizedDelaySec=10m

[Install]
WantedBy=timers.target
"""


class SystemdTimer:
    """The user manager's timer `autoclaim.timer`."""

    name = "systemd"

    def __init__(self) -> None:
        home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
        self._folder = Path(home) / "systemd" / "user"

    @staticmethod
    def works() -> bool:
        """Whether there is a user manager to talk to."""
        if shutil.which("systemctl") is None:
            return False
        return call(["systemctl", "--user", "show-environment"]).returncode == 0

    def pieces(self, task: Task) -> Sequence[Piece]:
        """The two unit files."""
        service = _SERVICE.format(
            words=" ".join(map(_quoted, task.words)), environment=_environment(task)
        )
        return [
            Piece(str(self._folder / f"{UNIT}.service"), service),
            Piece(str(self._folder / f"{UNIT}.timer"), _TIMER.format(at=task.at)),
        ]

    def install(self, task: Task) -> None:
        """Write both files, let systemd check them, and switch the timer on."""
        with as_machine_fault(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
        for piece in self.pieces(task):
            write_privately(Path(piece.where), piece.text.encode("utf-8"))
        if shutil.which("systemd-analyze"):
            must(["systemd-analyze", "--user", "verify", str(self._folder / f"{UNIT}.timer")])
        must(["systemctl", "--user", "daemon-reload"])
        must(["systemctl", "--user", "enable", "--now", f"{UNIT}.timer"])
        if not self.installed():
            raise not_there(self.name)

    def installed(self) -> bool:
        """Whether the timer is switched on."""
        return call(["systemctl", "--user", "is-enabled", f"{UNIT}.timer"]).returncode == 0

    def next_run(self, now: datetime) -> datetime | None:  # noqa: ARG002 - systemd knows itself
        """When systemd will start it next."""
        shown = call(
            ["systemctl", "--user", "list-timers", "--all", "--output=json", f"{UNIT}.timer"]
        )
        found = re.search(r'"next":(\d+)', shown.stdout)
        return datetime.fromtimestamp(int(found[1]) / 1e6, UTC) if found else None

    def remove(self) -> bool:
        """Switch it off, take both files away, and what systemd remembers of its last time."""
        files = [self._folder / f"{UNIT}.timer", self._folder / f"{UNIT}.service"]
        if not any(file.exists() for file in files):
            return False
        call(["systemctl", "--user", "disable", "--now", f"{UNIT}.timer"])
        call(["systemctl", "--user", "clean", "--what=state", f"{UNIT}.timer"])
        with as_machine_fault(self._folder):
            for file in files:
                file.unlink(missing_ok=True)
        call(["systemctl", "--user", "daemon-reload"])
        return True


def _environment(task: Task) -> str:
    variables, file, lines = dict(task.environment), task.passphrase_file, []
    if file and _hands_over(file):
        lines.append(_credential(file))
        lines.append("Environment=AUTOCLAIM_PASSPHRASE_FILE=%d/passphrase")
    elif file:
        variables["AUTOCLAIM_PASSPHRASE_FILE"] = str(file)
    lines += [f"Environment={_in_quotes(f'{name}={text}')}" for name, text in variables.items()]
    return "".join(f"{line}\n" for line in lines)


def _credential(file: Path) -> str:
    # The service gets a copy only it can see; this path takes no quotes (systemd.exec(5)).
    return f"LoadCredential=passphrase:{str(file).replace('%', '%%')}"


def _hands_over(file: Path) -> bool:
    """Whether this systemd can: it is tried, because neither its age nor its kind tells.

    Systemd before 250 cannot, and in a container root may not see what was handed over.
    """
    words = ["systemd-run", "--user", "--wait", "--quiet", "--collect", "-p", _credential(file)]
    return call([*words, sys.executable, "-c", _READ_IT]).returncode == 0


def _quoted(word: str) -> str:
    """A word of ExecStart: there a dollar would begin a variable (systemd.service(5))."""
    return _in_quotes(word.replace("$", "$$"))


def _in_quotes(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'
