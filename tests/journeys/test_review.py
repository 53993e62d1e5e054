"""`review` at a terminal, and what `claim` gives where there is no display."""

import json
import os
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.runner.claiming import LAMP, LATE, an_order
from tests.terminal import PROGRAM, Ended, Machine, a_machine

NO_DISPLAY = {"DISPLAY": "", "WAYLAND_DISPLAY": ""}


@pytest.fixture
def two(tmp_path: Path) -> Machine:
    """A machine with two late orders that the buyer spoke of; the lamp's window closes first."""
    machine = a_machine(tmp_path)
    machine.environment["AUTOCLAIM_NOW"] = "2026-11-25T12:00:00-08:00"
    said = {"problem": {"kind": "not_received"}}
    lamp = an_order(LAMP, line=said, parcel={"promised_by": "2026-11-14"})
    orders = [an_order(LATE, line=said), lamp]
    (tmp_path / "facts.json").write_text(json.dumps({"format": 1, "orders": orders}))
    words = ["account", "add", "aliexpress", "--email", "ana@buyer.example", "--password-stdin"]
    assert machine.run(*words, typed="a password\n").code == 0
    assert machine.run("import", str(tmp_path / "facts.json"), "--account", "aliexpress").code == 0
    return machine


def at_a_terminal(machine: Machine, *words: str, typed: str) -> Ended:
    """Run the program with a terminal as its input, on which the keys are typed."""
    keyboard, terminal = os.openpty()
    os.write(keyboard, typed.encode())
    done = subprocess.run(
        [*PROGRAM, *words],
        stdin=terminal,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        env=machine.variables(**NO_DISPLAY),
        check=False,
    )
    os.close(terminal)
    os.close(keyboard)
    return Ended(done.returncode, done.stdout, done.stderr)


def left(machine: Machine) -> list[str]:
    steps = machine.run("review", "--json").json()["steps"]
    return [one["decision"]["order_id"] for one in steps]


def test_one_thing_at_a_time_the_most_urgent_first_with_why(two: Machine) -> None:
    ended = at_a_terminal(two, "review", typed="s\nq\n")

    assert ended.code == 0, ended.err
    first, second = ended.err.split("2 of 2")
    assert LAMP in first
    assert "Why: " in first
    assert LATE in second


def test_later_and_not_a_problem_are_left_out(two: Machine) -> None:
    ended = at_a_terminal(two, "review", typed="l\nn\nq\n")

    assert "That was all." in ended.err
    assert left(two) == []


def test_each_answer_can_be_taken_back_the_last_one_too(two: Machine) -> None:
    ended = at_a_terminal(two, "review", typed="l\nn\nu\nu\nq\n")

    assert ended.err.count("Taken back.") == 2
    assert left(two) == [LAMP, LATE]


def test_without_a_terminal_review_says_so_and_asks_nothing(two: Machine) -> None:
    ended = two.run("review")

    assert ended.code == 3
    assert "--json" in ended.err


def test_do_it_without_a_display_gives_the_pack_and_goes_on(two: Machine) -> None:
    ended = at_a_terminal(two, "review", typed="d\ns\ns\nq\n")

    assert ended.code == 0, ended.err
    pack = next(line for line in ended.err.splitlines() if "are in " in line)
    with ZipFile(pack.split("are in ")[1].strip()) as opened:
        text = opened.read("text-to-paste.txt").decode()
    assert text.startswith("I have not received this item.")
    assert LAMP in text


def test_the_facts_that_the_text_asserts_are_listed(two: Machine) -> None:
    ended = two.run("claim", LATE, **NO_DISPLAY)

    assert ended.code == 7
    assert "you assert promised by: November 20, 2026 (the store says so)" in ended.err
    assert "you assert amount: 24.99 USD (you say so)" in ended.err


def test_the_text_is_in_the_language_asked_for(two: Machine) -> None:
    ended = two.run("claim", LATE, "--language", "es", **NO_DISPLAY)

    assert "No he recibido este artículo." in ended.out


def test_the_text_can_be_edited_first(two: Machine, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "In my own words." > "$1"\n')
    editor.chmod(0o700)

    ended = two.run("claim", LATE, "--edit", **NO_DISPLAY, EDITOR=str(editor), VISUAL="")

    assert ended.code == 7
    assert "In my own words." in ended.out
    assert "I have not received" not in ended.out


def test_a_text_emptied_in_the_editor_ends_it(two: Machine, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\n: > "$1"\n')
    editor.chmod(0o700)

    ended = two.run("claim", LATE, "--edit", **NO_DISPLAY, EDITOR=str(editor), VISUAL="")

    assert ended.code == 7
    assert "nothing was filled in" in ended.err


def test_a_pack_as_json_is_a_receipt_that_says_not_sent(two: Machine) -> None:
    ended = two.run("claim", LATE, "--json", **NO_DISPLAY)

    assert ended.code == 7
    assert ended.json()["result"] == "not_sent"
    assert ended.json()["order_id"] == LATE
