"""`schedule`, `notify`, `report`, `calendar`, `export` and `refunds` as a person types them."""

import csv
import io
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.terminal import Machine, a_machine

FACTS = {
    "format": 1,
    "orders": [
        {
            "store": "aliexpress",
            "order_id": "8200000000000001",
            "status": "awaiting_delivery",
            "placed_at": "2026-03-01",
            "paid_at": "2026-03-01",
            "shipments": [
                {"shipment_id": "p1", "shipped_at": "2026-03-04", "promised_by": "2026-04-10"}
            ],
            "lines": [
                {"line_id": "1", "title": "=Lamp", "paid": {"amount": "24.99", "currency": "EUR"}}
            ],
        },
        {
            "store": "aliexpress",
            "order_id": "8200000000000002",
            "status": "cancelled",
            "placed_at": "2026-03-01",
            "paid_at": "2026-03-01",
            "total": {"amount": "10.00", "currency": "EUR"},
            "cancellation": {"accepted_at": "2026-03-05"},
            "refund": {
                "kind": "full",
                "paid": {"amount": "10.00", "currency": "EUR"},
                "paid_at": "2026-04-02",
            },
        },
    ],
}
NOW = datetime(2026, 4, 20, 12, tzinfo=UTC)
HERE, NEXT = NOW.astimezone(), NOW.astimezone() + timedelta(hours=19)  # on this machine's clock
CRONTAB = """\
#!/bin/sh
case "$1" in
  -l) cat "{file}" 2>/dev/null || exit 1 ;;
  -r) rm -f "{file}" ;;
  -) cat > "{file}" ;;
esac
"""


SYSTEMCTL = """\
#!/bin/sh
case "$2" in
  enable) touch "{file}" ;;
  disable) rm -f "{file}" ;;
  is-enabled) [ -f "{file}" ] ;;
  list-timers) [ -f "{file}" ] && echo '[{"next":{next},"left":0,"last":0,"passed":0}]' ;;
esac
"""
LAUNCHCTL = """\
#!/bin/sh
case "$1" in
  bootstrap) cp "$3" "{file}" ;;
  bootout) rm -f "{file}" ;;
  print) [ -f "{file}" ] ;;
esac
"""
SCHTASKS = """\
#!/bin/sh
case "$1 $4" in
  "/Create "*) iconv -f utf-16 -t utf-8 "$5" > "{file}" ;;
  "/Query /XML") cat "{file}" ;;
  "/Query "*) [ -f "{file}" ] ;;
  "/Delete "*) rm "{file}" ;;
esac
"""
DOES_NOTHING = "#!/bin/sh\n"
SYSTEMD = {"systemctl": SYSTEMCTL, "systemd-run": DOES_NOTHING, "systemd-analyze": DOES_NOTHING}
TIMERS = [
    pytest.param("linux", "systemd", SYSTEMD, id="systemd"),
    pytest.param("linux", "cron", {"systemctl": "#!/bin/sh\nexit 1\n"}, id="cron"),
    pytest.param("darwin", "launchd", {"launchctl": LAUNCHCTL}, id="launchd"),
    pytest.param("win32", "windows", {"schtasks": SCHTASKS}, id="windows"),
]


@pytest.fixture
def home(tmp_path: Path) -> Machine:
    """A machine with two imported orders, in April, and a crontab of its own."""
    machine = a_machine(tmp_path)
    machine.environment["AUTOCLAIM_NOW"] = NOW.isoformat()
    (tmp_path / "crontab").write_text(CRONTAB.replace("{file}", str(tmp_path / "kept")))
    (tmp_path / "crontab").chmod(0o700)
    machine.environment["PATH"] = f"{tmp_path}:/usr/bin:/bin"
    (tmp_path / "facts.json").write_text(json.dumps(FACTS))
    assert machine.run("import", str(tmp_path / "facts.json")).code == 0
    return machine


def test_schedule_shows_before_it_writes_and_writes_only_when_told(
    home: Machine, tmp_path: Path
) -> None:
    asked = home.run("schedule", "install", "--with", "cron", "--at", "7:05")
    written_unasked = (tmp_path / "kept").exists()
    installed = home.run("schedule", "install", "--with", "cron", "--at", "07:05", "--yes")
    shown = home.run("schedule", "show", "--json")
    removed = home.run("schedule", "remove")

    assert asked.code == 7
    assert not written_unasked
    assert installed.code == 0, installed.err
    assert "5 7-23 * * * env" in installed.err
    assert "Installed and checked: cron." in installed.err
    assert shown.json()["timer"] == "cron"
    assert shown.json()["next_run"].startswith("2026-04-")
    assert shown.json()["last_run"] is None
    assert "Removed from cron." in removed.err
    assert not (tmp_path / "kept").exists()


def test_schedule_show_tells_how_the_last_run_ended(home: Machine) -> None:
    home.run("run")

    shown = home.run("schedule", "show", "--json").json()

    assert shown["last_run"].startswith("2026-04-20T12:00")
    assert shown["last_exit_code"] == 0
    assert len(shown["last_lines"]) == 3


@pytest.mark.parametrize(("platform", "timer", "programs"), TIMERS)
def test_every_timer_tells_when_it_ran_how_that_ended_and_when_it_runs_next(
    home: Machine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    timer: str,
    programs: dict[str, str],
) -> None:
    its_next = f"{int(NEXT.timestamp())}000000"
    for name, text in programs.items():
        told = text.replace("{file}", str(tmp_path / "entry")).replace("{next}", its_next)
        (tmp_path / name).write_text(told)
        (tmp_path / name).chmod(0o700)
    home.environment["HOME"] = str(tmp_path)
    monkeypatch.setattr(sys, "platform", platform)
    folder = home.home / "config"
    (folder / "config.toml").write_text('[notify]\ndesktop = false\ncommand = ["false"]\n')

    following = f"next run: {NEXT:%Y-%m-%d %H:%M}"

    installed = home.run("schedule", "install", "--at", f"{NEXT:%H:%M}", "--yes")
    before = home.run("schedule", "show")
    home.run("run")
    after = home.run("schedule", "show")
    removed = home.run("schedule", "remove")
    none = home.run("schedule", "show")

    assert (
        f"Installed and checked: {timer}. It runs next on {NEXT:%Y-%m-%d %H:%M}" in installed.err
    )
    assert before.out.splitlines()[1:] == ["last run: never", following]
    assert after.out.splitlines() == [
        f"timer:    {timer}",
        f"last run: {HERE:%Y-%m-%d %H:%M}",
        "ended:    with code 1",
        following,
    ]
    assert "Told: nobody" in after.err
    assert f"Removed from {timer}." in removed.err
    assert none.out.startswith("timer:    none")


def test_notify_test_reaches_the_buyers_command_and_says_what_failed(
    home: Machine, tmp_path: Path
) -> None:
    config = home.home / "config" / "config.toml"
    config.write_text(f'[notify]\ndesktop = false\ncommand = ["tee", "{tmp_path}/heard"]\n')
    well = home.run("notify", "test")
    config.write_text('[notify]\ndesktop = false\ncommand = ["false"]\n')
    badly = home.run("notify", "test", "--json")

    assert well.code == 0, well.err
    assert "Next: autoclaim" in (tmp_path / "heard").read_text()
    assert badly.code == 1
    assert badly.json()["channels"][0]["fault"]


def test_an_apprise_address_is_kept_in_the_vault_and_nowhere_else(home: Machine) -> None:
    address = "json://token-of-mine@host.example"

    added = home.run("notify", "add", "telephone", "--address-stdin", typed=f"{address}\n")

    assert added.code == 0, added.err
    assert 'apprise = ["telephone"]' in added.err
    files = [file for file in home.home.rglob("*") if file.is_file()]
    assert [file for file in files if b"token-of-mine" in file.read_bytes()] == []
    assert home.run("notify", "remove", "telephone").code == 0


def test_report_calendar_and_export_write_where_they_are_told(
    home: Machine, tmp_path: Path
) -> None:
    report = home.run("report", "--output", str(tmp_path / "r.html"))
    calendar = home.run("calendar", "--output", str(tmp_path / "c.ics"))
    table = home.run("export", "--format", "csv")
    document = home.run("export", "--format", "json", "--output", str(tmp_path / "e.json"))

    assert [one.code for one in (report, calendar, table, document)] == [0, 0, 0, 0]
    assert report.out.strip() == str(tmp_path / "r.html")
    assert "8200000000000001" in (tmp_path / "r.html").read_text()
    assert "8200000000000001" in (tmp_path / "c.ics").read_text()
    rows = list(csv.DictReader(io.StringIO(table.out)))
    assert [row["title"] for row in rows] == ["'=Lamp", ""]
    assert rows[0]["safe_on"] == "2026-04-24"
    assert json.loads((tmp_path / "e.json").read_text())["deadlines"][0]["basis"] == "rule"


def test_the_report_is_shown_in_the_buyers_browser_or_said_where_it_is(
    home: Machine, tmp_path: Path
) -> None:
    browser = tmp_path / "browser.py"
    browser.write_text(f"import sys; open({str(tmp_path / 'opened')!r}, 'w').write(sys.argv[1])")

    shown = home.run("report", "--open", BROWSER=f"{sys.executable} {browser} %s", alone=True)
    none = home.run("report", "--open", BROWSER="", PATH=str(tmp_path), alone=True)

    assert (shown.code, none.code) == (0, 0), shown.err
    assert (tmp_path / "opened").read_text() == Path(shown.out.strip()).as_uri()
    assert shown.err == ""
    assert "No browser could be opened here." in none.err


def test_a_folder_of_the_buyers_keeps_its_rights(home: Machine, tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o755)

    for words in (["report"], ["calendar"], ["export", "--format", "csv"]):
        assert home.run(*words, "--output", str(folder / words[0])).code == 0

    assert folder.stat().st_mode & 0o777 == 0o755


def test_refunds_by_month_promised_and_received(home: Machine) -> None:
    found = home.run("refunds", "--json").json()

    assert found["months"] == [
        {"month": "2026-03", "currency": "EUR", "promised": "10.00", "received": "0"},
        {"month": "2026-04", "currency": "EUR", "promised": "0", "received": "10.00"},
    ]
    assert [one["state"] for one in found["refunds"]] == ["received"]


def test_a_report_that_cannot_be_written_is_told(home: Machine, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    written = home.run("report", "--output", str(tmp_path / "file" / "r.html"))

    assert written.code == 1
    assert "cannot write" in written.err


@pytest.mark.parametrize(
    "words",
    [
        ["run"],
        ["schedule", "install"],
        ["notify", "test"],
        ["report"],
        ["calendar"],
        ["export"],
        ["refunds"],
    ],
    ids=" ".join,
)
def test_help_has_an_example(home: Machine, words: list[str]) -> None:
    shown = home.run(*words, "--help")

    assert shown.code == 0
    assert f"autoclaim {words[0]}" in shown.out.partition("Example")[2]
