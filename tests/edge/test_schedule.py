"""The machine's own timers: what is written, and that it can be taken away again.

The timers' own programs are small scripts here that keep what they are told; what they are told is
what the real ones read.
"""

import plistlib
import shlex
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from autoclaim.edge.schedule import Task, Timer
from autoclaim.edge.schedule_cron import BEGIN, END, CronTimer
from autoclaim.edge.schedule_launchd import LaunchdTimer
from autoclaim.edge.schedule_systemd import SystemdTimer
from autoclaim.edge.schedule_windows import WindowsTimer
from autoclaim.errors import MachineFault

WORDS = ("/opt/my programs/python 100%", "-P", "-m", "autoclaim", "run")
TASK = Task(
    WORDS,
    time(7, 30),
    {"AUTOCLAIM_HOME": "/home/ana/my claims $1"},
    Path("/home/ana/pass phrase"),
)
NOW = datetime(2026, 4, 20, 12, tzinfo=UTC)
KEEPS_A_CRONTAB = """\
#!/bin/sh
case "$1" in
  -l) [ -f "{file}" ] && cat "{file}" || { echo "no crontab for you" >&2; exit 1; } ;;
  -r) rm -f "{file}" ;;
  -) cat > "{file}" ;;
esac
"""
KEEPS_WORDS = '#!/bin/sh\necho "{name} $*" >> "{file}"\nexit {code}\n'


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of stand-ins that comes first on the PATH, and a home with a space in its name."""
    folder = tmp_path / "programs"
    folder.mkdir()
    home = tmp_path / "my home"
    home.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return folder


def stand_in(programs: Path, name: str, text: str) -> Path:
    """A program of that name; gives the file it keeps things in."""
    kept = programs / f"{name}.kept"
    (programs / name).write_text(text.replace("{file}", str(kept)).replace("{name}", name))
    (programs / name).chmod(0o700)
    return kept


@pytest.fixture
def crontab(programs: Path) -> Path:
    return stand_in(programs, "crontab", KEEPS_A_CRONTAB)


@pytest.fixture
def systemctl(programs: Path) -> Path:
    for name in ("systemd-analyze", "systemd-run"):
        stand_in(programs, name, KEEPS_WORDS.replace("{code}", "0"))
    return stand_in(programs, "systemctl", KEEPS_WORDS.replace("{code}", "0"))


def test_the_crontab_keeps_its_other_lines(crontab: Path) -> None:
    crontab.write_text("0 1 * * * backup\n")

    CronTimer().install(TASK)
    CronTimer().install(TASK._replace(at=time(9, 5)))
    installed = crontab.read_text()
    removed = CronTimer().remove()

    assert installed.startswith(f"0 1 * * * backup\n{BEGIN}\n5 9-23 * * * env ")
    assert installed.count(BEGIN) == installed.count(END) == 1
    assert removed
    assert crontab.read_text() == "0 1 * * * backup\n"


def test_a_crontab_that_held_only_ours_is_removed(crontab: Path) -> None:
    CronTimer().install(TASK)

    assert CronTimer().remove()
    assert not CronTimer().remove()
    assert not crontab.exists()


def test_the_crontabs_command_survives_spaces_dollars_and_per_cent_signs(crontab: Path) -> None:
    CronTimer().install(TASK)

    line = crontab.read_text().splitlines()[1]
    command = line.split(" ", 5)[5]
    assert "%" not in command.replace("\\%", "")
    words = shlex.split(command.replace("\\%", "%"))
    assert words == [
        "env",
        "AUTOCLAIM_HOME=/home/ana/my claims $1",
        "AUTOCLAIM_PASSPHRASE_FILE=/home/ana/pass phrase",
        *WORDS,
        "--if-due",
    ]


def test_cron_tells_the_next_time_of_its_block(crontab: Path) -> None:
    CronTimer().install(TASK)

    following = CronTimer().next_run(NOW)

    assert crontab.exists()
    assert following is not None
    assert following > NOW
    assert (following.hour, following.minute) == (7, 30)


def test_a_crontab_that_does_not_keep_the_block_is_a_fault(programs: Path) -> None:
    stand_in(programs, "crontab", KEEPS_WORDS.replace("{code}", "0"))

    with pytest.raises(MachineFault, match="does not have it"):
        CronTimer().install(TASK)


def test_the_units_hand_the_passphrase_over_and_catch_up(systemctl: Path) -> None:
    service, timer = (piece.text for piece in SystemdTimer().pieces(TASK))

    assert 'ExecStart="/opt/my programs/python 100%%" "-P" "-m" "autoclaim" "run"' in service
    assert "LoadCredential=passphrase:/home/ana/pass phrase\n" in service
    assert "Environment=AUTOCLAIM_PASSPHRASE_FILE=%d/passphrase\n" in service
    assert 'Environment="AUTOCLAIM_HOME=/home/ana/my claims $1"' in service
    assert "OnCalendar=*-*-* 07:30:00" in timer
    assert "Persistent=true" in timer
    assert systemctl.name


def test_where_systemd_cannot_hand_over_the_file_is_named_itself(
    programs: Path, systemctl: Path
) -> None:
    stand_in(programs, "systemd-run", KEEPS_WORDS.replace("{code}", "1"))

    [service, _] = SystemdTimer().pieces(TASK)

    assert 'Environment="AUTOCLAIM_PASSPHRASE_FILE=/home/ana/pass phrase"' in service.text
    assert "LoadCredential" not in service.text
    assert systemctl.name


def test_systemd_is_told_and_asked_and_everything_is_taken_away_again(systemctl: Path) -> None:
    timer = SystemdTimer()

    timer.install(TASK)
    files = [Path(piece.where) for piece in timer.pieces(TASK)]
    written = [file.exists() for file in files]
    removed = timer.remove()

    told = systemctl.read_text()
    assert written == [True, True]
    assert "--user daemon-reload" in told
    assert "--user enable --now autoclaim.timer" in told
    assert "--user is-enabled autoclaim.timer" in told
    assert "--user disable --now autoclaim.timer" in told
    assert removed
    assert not any(file.exists() for file in files)
    assert not timer.remove()


def test_a_unit_that_systemd_refuses_is_a_fault_with_what_it_said(
    programs: Path, systemctl: Path
) -> None:
    stand_in(programs, "systemd-analyze", "#!/bin/sh\necho 'line 3: bad' >&2\nexit 1\n")

    with pytest.raises(MachineFault, match="line 3: bad"):
        SystemdTimer().install(TASK)
    assert not systemctl.exists() or "enable" not in systemctl.read_text().split()


FORGETFUL = [
    pytest.param(SystemdTimer, {"systemctl": '[ "$2" != is-enabled ]'}, id="systemd"),
    pytest.param(LaunchdTimer, {"launchctl": '[ "$1" != print ]'}, id="launchd"),
    pytest.param(WindowsTimer, {"schtasks": '[ "$1" != /Query ]'}, id="windows"),
]


@pytest.mark.parametrize(("timer", "takes"), FORGETFUL)
def test_what_is_not_found_after_it_was_written_is_a_fault(
    programs: Path, timer: Callable[[], Timer], takes: dict[str, str]
) -> None:
    for name in ("systemd-analyze", "systemd-run", *takes):
        stand_in(programs, name, f"#!/bin/sh\n{takes.get(name, ':')}\n")

    with pytest.raises(MachineFault, match="does not have it") as fault:
        timer().install(TASK)

    assert "schedule remove" in fault.value.next_step


@pytest.mark.usefixtures("programs")
def test_the_launchd_agent_is_a_property_list_with_the_very_words() -> None:
    [piece] = LaunchdTimer().pieces(TASK)

    agent = plistlib.loads(piece.text.encode())

    assert agent["ProgramArguments"] == list(WORDS)
    assert agent["StartCalendarInterval"] == {"Hour": 7, "Minute": 30}
    assert agent["EnvironmentVariables"]["AUTOCLAIM_PASSPHRASE_FILE"] == "/home/ana/pass phrase"


def test_launchd_is_given_the_agent_and_gives_it_back(programs: Path) -> None:
    told = stand_in(programs, "launchctl", KEEPS_WORDS.replace("{code}", "0"))
    timer = LaunchdTimer()

    timer.install(TASK)
    following = timer.next_run(NOW)
    removed = timer.remove()

    assert "bootstrap gui/" in told.read_text()
    assert following is not None
    assert (following.hour, following.minute) == (7, 30)
    assert removed
    assert not timer.remove()


def test_the_windows_task_starts_autoclaim_with_its_words_and_variables() -> None:
    [piece] = WindowsTimer().pieces(TASK._replace(words=(sys.executable, *WORDS[1:])))

    root = ET.fromstring(piece.text.partition("?>")[2])  # noqa: S314 - our own text
    names = {one.tag.partition("}")[2]: one.text for one in root.iter()}
    assert names["Command"] == sys.executable
    assert names["StartWhenAvailable"] == "true"
    assert names["StartBoundary"] == "2026-01-01T07:30:00"
    start = str(names["Arguments"]).partition("-c ")[2].strip('"')
    proof = "import autoclaim,os,sys;print(os.environ['AUTOCLAIM_HOME'],sys.argv)"
    code = start.replace("runpy.run_module('autoclaim',run_name='__main__')", proof)
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "/home/ana/my claims $1 ['autoclaim', 'run']"
