"""Whatever goes wrong ends in one clear sentence, the next step, the right code, nothing sent."""

import json
import signal
import sqlite3
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from autoclaim.cli.ending import run_to_the_end
from autoclaim.cli.table_of_commands import autoclaim
from tests.local_store import REASON, Store
from tests.terminal import PROGRAM, Machine, a_machine

FINAL = ("reverse.submit", "order.operation")
DISPUTE = ("--dispute", "--reason", REASON, "--headless", "--wait", "60")
A_LATE_ORDER = {
    "store": "aliexpress",
    "order_id": "8200000000000001",
    "status": "awaiting_delivery",
    "paid_at": "2026-03-01",
    "total": {"amount": "20.00", "currency": "USD"},
    "lines": [{"line_id": "1", "paid": {"amount": "20.00", "currency": "USD"}}],
}


def a_disputable(machine: Machine) -> str:
    decided = machine.run("decide", "-", "--json", typed=machine.run("list", "--json").out).json()
    ids = [one["order_id"] for one in decided["decisions"]]
    return next(
        one["order_id"]
        for one in decided["decisions"]
        if one["action"] == "dispute" and ids.count(one["order_id"]) == 1
    )


def in_an_hour() -> str:
    return (datetime.now(UTC) + timedelta(hours=1)).isoformat()


# --- the account ---------------------------------------------------------------------------


def add_account(machine: Machine, email: str, password: str) -> None:
    machine.run(
        "account", "add", "aliexpress", "--email", email, "--password-stdin", typed=password
    )


def test_a_wrong_password_is_said_and_not_tried_again(machine: Machine, store: Store) -> None:
    add_account(machine, store.email, "not-the-password\n")

    ended = machine.run("scan")

    assert ended.code == 3
    assert "password" in ended.err
    assert "account add" in ended.err
    assert "not-the-password" not in ended.err
    assert len([entry for entry in store.journal() if "password" in str(entry["fields"])]) <= 1


def test_an_unknown_account_is_said(machine: Machine) -> None:
    add_account(machine, "nobody@buyer.example", "anything\n")

    ended = machine.run("scan")

    assert ended.code == 3
    assert "e-mail" in ended.err


def test_a_store_nobody_knows_is_refused_with_the_known_ones(machine: Machine) -> None:
    ended = machine.run("account", "add", "nostore", "--email", "you@buyer.example")

    assert ended.code == 2
    assert "aliexpress" in ended.err


# --- the store -----------------------------------------------------------------------------


def test_a_store_that_does_not_answer_is_said(machine: Machine) -> None:
    ended = machine.run("scan", AUTOCLAIM_STORE_ORIGIN="http://127.0.0.1:9")

    assert ended.code == 1
    assert "could not be read" in ended.err
    assert "try again" in ended.err


def test_a_store_that_answers_500_is_said(machine: Machine, store: Store) -> None:
    store.behave(fail={"/p/order/index.html": 500})

    ended = machine.run("scan")

    assert ended.code == 1
    assert "500" in ended.err


@pytest.mark.usefixtures("impatient")
def test_a_page_that_is_something_else_is_said_and_nothing_is_guessed(
    machine: Machine, store: Store
) -> None:
    store.behave(redirect={"/p/order/index.html": "/about"})

    ended = machine.run("scan")

    assert ended.code == 4, ended.err
    assert "not what autoclaim knows" in ended.err
    assert machine.run("list", "--json").json()["orders"] == []


def test_a_captcha_without_a_window_stops_and_starts_a_rest(
    machine: Machine, store: Store
) -> None:
    store.behave(captcha="slider")

    ended = machine.run("scan")
    again = machine.run("scan")

    assert ended.code == 3
    assert "sign-in" in ended.err
    assert again.code == 3
    assert "rests until" in again.err


# --- the claim -----------------------------------------------------------------------------


def test_an_order_that_does_not_exist_is_said(read: Machine) -> None:
    for words in (["explain"], ["claim"], ["problem", "--kind", "damaged"]):
        ended = read.run(*words, "9999999999999999")

        assert ended.code == 2
        assert "no order 9999999999999999" in ended.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["claim", "1001", "--cancel", "--dispute"], "one of --cancel"),
        (["claim", "1001", "--dispute", "--answer"], "one of --cancel"),
        (["claim", "1001", "--cancel", "--parcel", "RR1"], "one of --cancel"),
        (["claim", "--resume", "--amount", "5"], "as it was"),
        (["claim"], "which ORDER"),
    ],
)
def test_words_that_contradict_each_other_are_refused(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    code = run_to_the_end(autoclaim, words)

    assert code == 2
    assert said in capsys.readouterr().err


def test_without_a_display_a_claim_is_packed_for_sending_elsewhere(
    read: Machine, store: Store
) -> None:
    order = a_disputable(read)
    before = len(store.journal())

    unasked = read.run("claim", order, "--dispute", DISPLAY="", WAYLAND_DISPLAY="")
    words = ["claim", order, "--dispute", "--received", "no"]
    ended = read.run(*words, DISPLAY="", WAYLAND_DISPLAY="")

    assert unasked.code == 3
    assert f"autoclaim problem {order}" in unasked.err
    assert ended.code == 7
    assert "display" in ended.err
    pack = Path(ended.err.split("are in ")[1].strip())
    assert {"index.html", "text-to-paste.txt"} <= set(ZipFile(pack).namelist())
    assert f"{store.origin}/p/order/detail.html?orderId={order}" in ended.out
    assert "Do it by 20" in ended.out
    assert store.journal()[before:] == []


# --- files ---------------------------------------------------------------------------------


def test_a_misspelt_key_is_named_by_its_path(tmp_path: Path) -> None:
    facts = {"orders": [{**A_LATE_ORDER, "lnes": []}]}

    ended = a_machine(tmp_path).run("decide", "-", "--json", typed=json.dumps(facts))

    assert ended.code == 2
    assert "orders[0].lnes" in ended.err
    assert ended.out == ""


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"orders": 3}', "\x00\xff"])
def test_what_is_no_facts_document_is_refused(tmp_path: Path, content: str) -> None:
    ended = a_machine(tmp_path).run("decide", "-", "--json", typed=content)

    assert ended.code == 2
    assert ended.out == ""
    assert "Traceback" not in ended.err


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    for words in (["decide"], ["read"], ["import"]):
        ended = a_machine(tmp_path).run(*words, str(tmp_path / "nothing.json"))

        assert ended.code == 2
        assert "nothing.json" in ended.err


def test_a_page_without_orders_is_no_empty_history(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body><h1>Hello</h1></body></html>")

    ended = a_machine(tmp_path).run("read", str(page), "--json")

    assert ended.code == 2
    assert "page.html is not a page" in ended.err


@pytest.mark.parametrize("number", ["1; curl x|sh", "=1+1", "$(id)", "8" * 65, "a b", "\x1b[2J"])
def test_a_number_that_could_be_more_than_a_number_is_refused(tmp_path: Path, number: str) -> None:
    machine = a_machine(tmp_path)
    facts = tmp_path / "facts.json"
    for order in (
        {**A_LATE_ORDER, "order_id": number},
        {**A_LATE_ORDER, "lines": [{"line_id": number}]},
    ):
        facts.write_text(json.dumps({"orders": [order]}))

        ended = machine.run("import", str(facts))

        assert ended.code == 2
        assert "\x1b" not in ended.err
    assert machine.run("list", "--json").json()["orders"] == []


def test_half_a_letter_breaks_no_output(tmp_path: Path) -> None:
    machine = a_machine(tmp_path)
    title = "half \ud800 a letter"
    facts = tmp_path / "facts.json"
    order = {**A_LATE_ORDER, "lines": [{"line_id": "1", "title": title}]}
    facts.write_text(json.dumps({"orders": [order]}))
    machine.run("import", str(facts))

    for words in (["list", "--json"], ["list"], ["explain", "8200000000000001"]):
        assert machine.run(*words).code == 0, words
    assert machine.run("list", "--json").json()["orders"][0]["lines"][0]["title"] == title


def test_a_real_store_is_visited_by_the_real_clock(tmp_path: Path) -> None:
    machine = a_machine(tmp_path)
    words = ["account", "add", "aliexpress", "--email", "you@buyer.example", "--no-password"]
    machine.run(*words)

    ended = machine.run("scan", AUTOCLAIM_NOW="2026-04-01T12:00:00Z")

    assert ended.code == 2
    assert "AUTOCLAIM_NOW" in ended.err


# --- the machine ---------------------------------------------------------------------------


def test_a_ledger_from_a_newer_autoclaim_is_left_alone(tmp_path: Path) -> None:
    machine = a_machine(tmp_path)
    machine.run("list")
    ledger = machine.home / "data" / "ledger.sqlite3"
    with sqlite3.connect(ledger) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = ledger.read_bytes()

    ended = machine.run("list")

    assert ended.code == 1
    assert "newer" in ended.err
    assert ledger.read_bytes() == before


def test_a_damaged_ledger_is_named_and_left_alone(tmp_path: Path) -> None:
    machine = a_machine(tmp_path)
    machine.run("list")
    ledger = machine.home / "data" / "ledger.sqlite3"
    ledger.write_bytes(b"not a database, not any more" * 100)

    ended = machine.run("list")

    assert ended.code == 1
    assert "ledger.sqlite3" in ended.err
    assert ledger.read_bytes().startswith(b"not a database")


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    ended = a_machine(tmp_path).run("list", AUTOCLAIM_HOME=str(tmp_path / "file" / "home"))

    assert ended.code == 1
    assert str(tmp_path / "file") in ended.err
    assert "AUTOCLAIM_HOME" in ended.err


def test_a_browser_that_is_not_there_is_named(machine: Machine) -> None:
    ended = machine.run("scan", AUTOCLAIM_BROWSER="/no/such/browser")

    assert ended.code == 1
    assert "/no/such/browser" in ended.err


def test_without_a_keychain_the_vault_is_named(tmp_path: Path) -> None:
    machine = a_machine(tmp_path)
    del machine.environment["AUTOCLAIM_PASSPHRASE_FILE"]

    ended = machine.run(
        "account",
        "add",
        "aliexpress",
        "--email",
        "you@buyer.example",
        "--password-stdin",
        typed="a-secret\n",
        PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring",
    )

    assert ended.code == 1
    assert "AUTOCLAIM_PASSPHRASE_FILE" in ended.err
    assert "a-secret" not in ended.err
    assert machine.run("account", "list", "--json").json()["accounts"] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AUTOCLAIM_STORE_ORIGIN", "https://store.example"),
        ("AUTOCLAIM_STORE_ORIGIN", "http://127.0.0.1.store.example"),
        ("AUTOCLAIM_NOW", "yesterday"),
        ("AUTOCLAIM_TEST_CDP_PORT", "9222"),
    ],
)
def test_a_variable_that_cannot_be_is_refused(tmp_path: Path, name: str, value: str) -> None:
    ended = a_machine(tmp_path).run("list", **{name: value})

    assert ended.code == 2
    assert name in ended.err


# --- Ctrl-C --------------------------------------------------------------------------------


def interrupted_when(machine: Machine, words: list[str], heard: str) -> tuple[int, str]:
    """Start, wait until `heard` stands on standard error, and press Ctrl-C."""
    with machine.start(*words) as running:
        assert running.stderr is not None
        said = ""
        for line in running.stderr:
            said += line
            if heard in line:
                running.send_signal(signal.SIGINT)
                break
        said += running.stderr.read()
        return running.wait(timeout=30), said


def test_ctrl_c_while_the_form_is_the_buyers_sends_nothing_and_keeps_the_draft(
    read: Machine, store: Store
) -> None:
    order = a_disputable(read)

    code, said = interrupted_when(read, ["claim", order, *DISPUTE], "What the form holds")

    assert code == 7, said
    assert "Nothing was sent" in said
    assert store.written(*FINAL) == []
    assert "Traceback" not in said


def test_killed_while_the_form_is_the_buyers_the_claim_is_unknown_and_never_resent(
    read: Machine, store: Store
) -> None:
    order = a_disputable(read)
    words = ["claim", order, *DISPUTE]
    with read.start(*words) as running:
        assert running.stderr is not None
        next(line for line in running.stderr if "What the form holds" in line)
        running.kill()

    again = read.run(*words)
    followed = read.run("follow-up", "--json")

    assert again.code == 5
    assert "follow-up" in again.err
    assert followed.json()["claims"][0]["state"] == "unknown"
    later = read.run("follow-up", "--json", AUTOCLAIM_NOW=in_an_hour())
    assert later.json()["claims"][0]["state"] == "absent"
    assert store.written(*FINAL) == []


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    machine = a_machine(tmp_path)
    facts = {"orders": [{**A_LATE_ORDER, "order_id": f"82{n:014}"} for n in range(500)]}
    with subprocess.Popen(
        [*PROGRAM, "decide", "-", "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=machine.variables(),
    ) as deciding:
        assert deciding.stdin
        assert deciding.stdout
        assert deciding.stderr
        deciding.stdin.write(json.dumps(facts))
        deciding.stdin.close()
        deciding.stdout.read(10)
        deciding.stdout.close()
        said = deciding.stderr.read()

    assert deciding.returncode == 0
    assert said == ""
