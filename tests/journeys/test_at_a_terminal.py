"""At a terminal: a bar while it works, tables that fit, and colour only where it is wanted."""

import re

import pexpect
import pytest

from tests.terminal import PROGRAM, Machine

# A colour of ECMA-48's Select Graphic Rendition: 30-38, 40-48, 90-97, 100-107.
COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:[34]\d|9\d|10\d)(?:;\d+)*m")
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")


def received(machine: Machine, *words: str, columns: int = 80, **more: str) -> str:
    """All that a terminal of that width got from the command."""
    started = pexpect.spawn(
        PROGRAM[0],
        [*PROGRAM[1:], *words],
        env=machine.variables(TERM="xterm-256color", **more),
        encoding="utf-8",
        timeout=60,
        dimensions=(40, columns),
    )
    started.expect(pexpect.EOF)
    started.close()
    assert started.exitstatus == 0, started.before
    return str(started.before)


@pytest.mark.parametrize("columns", [80, 120])
def test_a_table_fits_the_terminal_and_cuts_no_order_number(read: Machine, columns: int) -> None:
    orders = {one["order_id"] for one in read.run("list", "--json").json()["orders"]}

    shown = CONTROL.sub("", received(read, "list", columns=columns))

    assert max(map(len, shown.splitlines())) <= columns
    assert set(re.findall(r"\b\d{16}\b", shown)) == orders


def test_work_shows_a_bar_and_colour_is_left_out_when_asked(machine: Machine) -> None:
    plain = received(machine, "scan", NO_COLOR="1")
    coloured = received(machine, "list")

    assert "━" in plain
    assert re.search(r"\d+/14", plain)
    assert not COLOUR.search(plain)
    assert COLOUR.search(coloured)
