"""`run`: one pass without anybody asking, against the local store."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.claiming_here import Here
from tests.local_store import Store, a_store
from tests.terminal import Machine, a_machine, until

# What sends a claim, or takes a step in a form.
FORMS = ("reverse", "order.operation", "order.cancel", "upload")
FORM_PAGES = {"return_start"}  # as the local store names the pages it gave


@pytest.fixture
def store(running_store: Store) -> Store:
    """The store on an ordinary day, with the first orders only: nothing here asks for more."""
    running_store.behave(reset=True, afresh={"orders": 8}, forget_journal=True)
    return running_store


@pytest.fixture
def heard(tmp_path: Path) -> Path:
    """The file into which the buyer's own command writes every message."""
    file = tmp_path / "heard.txt"
    command = ["sh", "-c", f'echo "$AUTOCLAIM_TITLE" >> "{file}"; cat >> "{file}"']
    configure(tmp_path / "home", f"[notify]\ndesktop = false\ncommand = {json.dumps(command)}\n")
    return file


def configure(home: Path, text: str) -> None:
    folder = home / "config"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(text)


def test_a_run_reads_warns_writes_report_and_calendar_and_sums_up_in_three_lines(
    machine: Machine, store: Store, heard: Path
) -> None:
    ran = machine.run("run")

    assert ran.code == 0, ran.err
    lines = ran.out.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["Read", "Open", "Told"]
    assert "1 account, 8 orders looked at, 8 new" in lines[0]
    assert "Told: command." in lines[2]
    message = heard.read_text()
    assert message.startswith("autoclaim: ")
    assert message.rstrip().splitlines()[-1].startswith("Next: autoclaim ")
    assert "As read from the store: aliexpress" in message
    assert "<!doctype html>" in (machine.home / "data" / "report.html").read_text()
    assert "BEGIN:VEVENT" in (machine.home / "data" / "windows.ics").read_text()
    assert store.written(*FORMS) == []


def test_a_second_run_says_nothing_twice_and_signs_in_no_second_time(
    machine: Machine, store: Store, heard: Path
) -> None:
    machine.run("run")
    message, signed_in = heard.read_text(), len(store.journal())

    again = machine.run("run", "--json")
    not_due = machine.run("run", "--if-due")

    assert (not_due.code, not_due.out) == (0, "")
    assert "nothing was done" in not_due.err
    assert again.code == 0, again.err
    assert again.json()["told"] == []
    assert heard.read_text() == message
    assert len(store.journal()) == signed_in
    assert again.json()["accounts"][0]["new"] == 0


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("switches", "code", "step"),
    [
        pytest.param(
            {"captcha": "slider"}, 3, "autoclaim sign-in --account aliexpress", id="a captcha"
        ),
        pytest.param(
            {"email_code": True}, 3, "autoclaim sign-in --account aliexpress", id="a code"
        ),
        pytest.param(
            {"redirect": {"/p/order/index.html": "/about"}},
            4,
            "autoclaim scan --account aliexpress",
            id="a changed page",
        ),
        pytest.param({"fail": {"/p/order/index.html": 500}}, 1, "Try again later", id="no answer"),
    ],
)
def test_what_a_run_cannot_do_becomes_its_exit_code_and_what_to_type(
    machine: Machine, store: Store, heard: Path, switches: dict[str, Any], code: int, step: str
) -> None:
    store.behave(**switches)

    ran = machine.run("run")

    assert ran.code == code, ran.err
    assert "Not read: aliexpress" in ran.out
    assert len(ran.out.splitlines()) == 3
    told = heard.read_text() if heard.exists() else ""
    assert (step in told) == (code != 1)  # no answer mends itself: the alarm tells if it does not
    assert step.lower() in (ran.out + ran.err).lower()


def test_trouble_is_told_once_and_not_every_day(
    machine: Machine, store: Store, heard: Path
) -> None:
    store.behave(captcha="slider")
    machine.run("run")
    once = heard.read_text()

    machine.run("run", AUTOCLAIM_NOW="2026-11-27T09:00:00+00:00")

    assert once.count("you are needed") == 1
    assert heard.read_text().count("you are needed") == 1


def test_of_four_accounts_side_by_side_each_reads_its_own_orders_and_fails_alone(
    tmp_path: Path, heard: Path
) -> None:
    with a_store(orders=2, buyers=4) as store:
        store.behave(list_delay_ms=0, detail_delay_ms=0, cancel_button_delay_ms=0)
        machine = a_machine(tmp_path, store.origin)
        for name, buyer in zip(("one", "two", "three", "four"), store.buyers, strict=True):
            words = ["account", "add", "aliexpress", "--email", buyer["email"], "--name", name]
            password = "wrong" if name == "three" else buyer["password"]
            machine.run(*words, "--password-stdin", typed=f"{password}\n")
        ran = machine.run("run", "--json")
        written = store.written(*FORMS)

    accounts = {one["account"]: (one["exit_code"], one["new"]) for one in ran.json()["accounts"]}
    assert accounts == {"one": (0, 2), "two": (0, 2), "three": (3, 0), "four": (0, 2)}, ran.err
    assert ran.code == 3
    assert "three could not be read" in heard.read_text()
    numbers = {one["order_id"] for one in machine.run("list", "--json").json()["orders"]}
    assert len(numbers) == 6
    assert written == []


def test_one_account_under_two_names_is_read_in_turn_and_not_at_once(
    machine: Machine, store: Store, heard: Path
) -> None:
    words = ["account", "add", "aliexpress", "--email", store.email.upper(), "--name", "again"]
    machine.run(*words, "--password-stdin", typed=f"{store.password}\n")

    ran = machine.run("run", "--json")

    assert [one["exit_code"] for one in ran.json()["accounts"]] == [0, 0], ran.err
    assert heard.exists()


def test_a_mistyped_word_in_the_config_is_named_with_the_nearest_right_one(
    machine: Machine, store: Store
) -> None:
    configure(machine.home, "[reminders]\nlead_day = [3]\n")

    ran = machine.run("run")

    assert ran.code == 2
    assert "there is no reminders.lead_day" in ran.err
    assert "Did you mean lead_days?" in ran.err
    assert store.journal() == []


def test_of_two_runs_at_once_the_second_does_nothing(machine: Machine, store: Store) -> None:
    store.behave(latency_ms=400)
    with machine.start("run") as first:
        until(lambda: store.journal() != [], first)  # it has reached the store: it holds the run
        second = machine.run("run")
        first.send_signal(signal.SIGINT)
        first.wait(timeout=60)

    assert second.code == 6
    assert "Another autoclaim is at work" in second.err


def test_a_run_without_an_account_judges_what_was_imported(
    machine: Machine, heard: Path, tmp_path: Path
) -> None:
    machine.run("account", "remove", "aliexpress")
    facts = {
        "format": 1,
        "orders": [
            {
                "store": "aliexpress",
                "order_id": "8200000000000077",
                "status": "awaiting_delivery",
                "placed_at": "2026-03-01",
                "paid_at": "2026-03-01",
                "shipments": [
                    {"shipment_id": "p1", "shipped_at": "2026-03-04", "promised_by": "2026-04-10"}
                ],
            }
        ],
    }
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(facts))
    machine.run("import", str(file))

    ran = machine.run("run", AUTOCLAIM_NOW="2026-04-20T12:00:00+00:00")

    assert ran.code == 0, ran.err
    assert "no account" in ran.out
    assert "order 8200000000000077" in heard.read_text()
    assert "From what you imported or entered yourself." in heard.read_text()


def test_a_damaged_ledger_is_kept_aside_mended_from_its_copy_and_said(
    machine: Machine, heard: Path
) -> None:
    machine.run("run")
    ledger = machine.home / "data" / "ledger.sqlite3"
    content = bytearray(ledger.read_bytes())
    content[200:4000] = b"\xff" * 3800  # the header still says whose it is
    ledger.write_bytes(content)

    listed = machine.run("list")
    ran = machine.run("run", "--json")

    assert listed.code == 1
    assert "`autoclaim run`" in listed.err
    assert ran.code == 0, ran.err
    assert ran.json()["accounts"][0]["new"] == 0  # every order is known still
    assert "the ledger was damaged and is mended" in heard.read_text()
    assert "The ledger was damaged." in ran.err
    [kept] = ledger.parent.glob("ledger.sqlite3.damaged-*")
    assert kept.read_bytes() == content


def test_a_run_opens_no_form_follows_claims_up_and_says_when_its_session_is_old(
    here: Here,
) -> None:
    pages = here.store.state.pages
    code, said = here.run("run")
    loads = len(pages)
    again, _ = here.run("run")
    nothing_new, by_runs = len(pages) - loads, set(pages)
    here.claimed()
    by_a_claim = set(pages)
    followed = here.told("run")["accounts"][0]["claims"]
    here.store.behave(end_sessions=True)
    old, to_type = here.run("run")

    assert (code, again) == (0, 0)
    assert here.order in said
    assert nothing_new <= 3
    assert by_runs & FORM_PAGES == set()
    assert by_a_claim & FORM_PAGES == FORM_PAGES
    assert len(here.sent()) == 1  # the buyer's
    assert [one["state"] for one in followed] == ["verified"]
    assert old == 3
    assert "autoclaim sign-in --account mine" in to_type


MEMORY = """
import resource, sys
sys.argv = ["autoclaim", "run"]
from autoclaim.cli import main
try:
    main()
except SystemExit:
    pass
unit = 1024 * 1024 if sys.platform == "darwin" else 1024
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit)
"""

# A process begins with the peak of the one that started it, so a small one starts it.
SMALL = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"


def test_a_run_stays_small(machine: Machine, heard: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SMALL, MEMORY],
        capture_output=True,
        text=True,
        env=machine.variables(),
        check=False,
    )

    assert done.stdout.startswith("Read: 1 account"), done.stderr
    assert int(done.stdout.split()[-1]) < 150  # MB, the browser not counted
    assert heard.exists()
