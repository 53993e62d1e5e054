"""Subscriptions and guides as a buyer uses them: one process a command."""

import sys
from pathlib import Path

import pytest

from tests.terminal import Machine, a_machine

TODAY = "2026-11-25T12:00:00+00:00"
GYM = [
    "Example Gym",
    "--price=29.90",
    "--currency=EUR",
    "--every=1 month",
    "--started=2025-01-31",
    "--minimum-term=24 months",
    "--renews-for=12 months",
    "--notice=1 month",
    "--channel=letter",
    "--country=DE",
]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = a_machine(tmp_path)
    made.environment["AUTOCLAIM_NOW"] = TODAY
    made.environment["TZ"] = "Europe/Berlin"
    return made


def add(machine: Machine, *words: str) -> None:
    added = machine.run("subscription", "add", *words)
    assert added.code == 0, added.err


def test_from_adding_to_the_answer_about_the_charge(machine: Machine, tmp_path: Path) -> None:
    add(machine, *GYM)
    letter = tmp_path / "notice.txt"

    listed = machine.run("subscription", "list", "--json").json()["subscriptions"]
    prepared = machine.run(
        "subscription", "cancel", "example gym", "--as", "Ana Buyer", "--output", str(letter)
    )
    done = machine.run(
        "subscription", "cancel", "Example Gym", "--done", "--reference", "K-77", "--json"
    ).json()
    later = machine.run("subscription", "list", AUTOCLAIM_NOW="2027-02-01T12:00:00+00:00")
    answered = machine.run("subscription", "cancel", "Example Gym", "--charged", "no")

    [gym] = listed
    assert (gym["name"], gym["action"], gym["renews_on"]) == (
        "Example Gym",
        "cancel",
        "2027-01-31",
    )
    assert (gym["last_on"], gym["safe_on"], gym["basis"]) == ("2026-12-23", "2026-12-22", "rule")
    assert gym["arrive_by"] == "2026-12-30"
    assert "Post the letter" in gym["why"]
    assert "Nothing was sent" in prepared.err
    assert "generic/notice-by-letter" in prepared.out
    assert "Ana Buyer" in letter.read_text(encoding="utf-8")
    assert "January 30, 2027" in letter.read_text(encoding="utf-8")
    assert done["cancelled"] == {
        "cancelled_on": "2026-11-25",
        "effective_on": "2027-01-30",
        "reference": "K-77",
        "charged": None,
    }
    assert "was it charged?" in later.out
    assert answered.code == 0
    assert "nothing more was charged" in " ".join(answered.out.split())


def test_what_was_removed_or_cancelled_by_mistake_comes_back(machine: Machine) -> None:
    add(machine, *GYM)
    before = machine.run("subscription", "list", "--json").out

    removed = machine.run("subscription", "remove", "Example Gym")
    gone = machine.run("subscription", "list", "--json").json()["subscriptions"]
    machine.run("subscription", "remove", "Example Gym", "--undo")
    machine.run("subscription", "cancel", "Example Gym", "--done")
    machine.run("subscription", "cancel", "Example Gym", "--undo")

    assert "--undo" in removed.err
    assert gone == []
    assert machine.run("subscription", "list", "--json").out == before


def test_totals_stand_in_one_currency_with_the_rate_and_its_day(machine: Machine) -> None:
    add(machine, *GYM)
    add(machine, "Cloud", "--price=120", "--currency=USD", "--every=1 year", "--renews=2027-03-01")

    seen = machine.run("subscription", "list", "--in", "eur")
    (machine.home / "config" / "config.toml").write_text('[report]\ncurrency = "EUR"\n')
    totals = machine.run("subscription", "list", "--json").json()["totals"]

    assert totals["by_currency"]["EUR"]["per_month"]["amount"] == "29.90"
    assert totals["together"]["per_month"]["currency"] == "EUR"
    [rate] = totals["together"]["rates"]
    assert f"1 USD = {rate['rate']} EUR on {rate['on']}" in seen.out


def test_a_subscription_is_explained_like_an_order(machine: Machine) -> None:
    add(machine, *GYM)

    explained = machine.run("explain", "example gym", "--if", "notice=3 months")

    assert explained.code == 0, explained.err
    assert "too late to stop the renewal on 2027-01-31" in " ".join(explained.out.split())


@pytest.mark.parametrize("command", [("calendar",), ("export", "--format", "json"), ("run",)])
def test_what_works_for_orders_works_for_subscriptions(
    machine: Machine, command: tuple[str, ...], tmp_path: Path
) -> None:
    add(machine, *GYM)
    file = tmp_path / "written"

    done = machine.run(*command, *(["--output", str(file)] if "run" not in command else []))

    assert done.code == 0, done.err
    written = file.read_text(encoding="utf-8") if file.exists() else done.out + done.err
    assert "Example Gym" in written


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_date_is_ever_cut_and_no_row_is_broken(machine: Machine, width: int) -> None:
    name = "A very long name of a subscription that fits no table"
    add(machine, name, *GYM[1:])

    listed = machine.run("subscription", "list", COLUMNS=str(width))

    rows = [line for line in listed.out.splitlines() if "A very" in line]
    assert len(rows) == 1
    assert "2026-12-22" in rows[0]
    assert all(len(line) <= width for line in listed.out.splitlines())


def test_a_name_cannot_forge_the_terminal_or_a_second_line(machine: Machine) -> None:
    hostile = "TV\x1b[2J\x1b]0;gone\x07"
    add(machine, hostile, *GYM[1:])

    seen = machine.run("subscription", "list")
    shown = machine.run("subscription", "cancel", hostile)

    assert "\x1b" not in seen.out + seen.err + shown.out + shown.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["subscription", "add", "X", "--price=1,5", "--currency=EUR", "--every=1 month"], "9.99"),
        (["subscription", "cancel", "Nobody"], "There is no subscription"),
        (["subscription", "cancel", "X", "--done", "--undo"], "only one"),
        (["subscription", "cancel", "X", "--reference", "K"], "--done"),
        (["subscription", "edit", "Nobody", "--keep"], "There is no subscription"),
        (["subscription", "import", "nothing.csv"], "cannot be read"),
        (["guide", "show", "free-trail"], "generic/free-trial"),
        (["guide", "open", "generic/free-trial"], "no page of its own"),
    ],
)
def test_a_wrong_command_line_is_answered_and_ends_in_two(
    machine: Machine, words: list[str], said: str
) -> None:
    ended = machine.run(*words)

    assert ended.code == 2
    assert said in ended.err
    assert ended.out == ""


def test_a_guide_is_listed_shown_and_opened_in_the_buyers_own_browser(
    machine: Machine, tmp_path: Path
) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser.py"
    browser.write_text(f"import sys; open({str(opened)!r}, 'w').write(sys.argv[1])")

    listed = machine.run("guide", "list", "letter", "--json").json()["guides"]
    shown = machine.run("guide", "show", "notice-by-letter", "--language", "de")
    done = machine.run("guide", "open", "google-play", BROWSER=f"{sys.executable} {browser} %s")

    assert "generic/notice-by-letter" in {one["id"] for one in listed}
    assert "hiermit kündige ich" in shown.out
    assert "Not compared with its sources' pages" in " ".join(shown.out.split())
    assert "nothing yet" in machine.run("guide", "list", "letter").out
    assert "[your name]" in shown.out
    assert done.code == 0, done.err
    assert opened.read_text() == "https://play.google.com/store/account/subscriptions"


def test_an_old_guide_is_said(machine: Machine) -> None:
    shown = machine.run("guide", "show", "cancel-order", AUTOCLAIM_NOW="2028-01-01T12:00:00Z")
    listed = machine.run("guide", "list", "cancel", AUTOCLAIM_NOW="2028-01-01T12:00:00Z")

    assert "look whether it still fits" in " ".join(shown.out.split())
    assert "(old)" in listed.out
