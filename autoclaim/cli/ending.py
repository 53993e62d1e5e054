"""How a command ends: the exit code, one sentence on standard error, and the next step."""

import io
import sys

import click

from autoclaim.errors import AutoclaimError

WRONG_COMMAND_LINE = 2
STOPPED = 7  # contracts.md 3: the buyer declined; nothing was sent


def run_to_the_end(command: click.Command, arguments: list[str]) -> int:
    """Run `command` and return its exit code; every failure ends in a sentence and a next step."""
    for stream in (sys.stdout, sys.stderr):
        # Half of a surrogate pair, as a hostile title may hold it, is written as JSON escapes it.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return _run(command, arguments)
    except AutoclaimError as error:
        _tell(str(error), error.next_step)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        _tell("Stopped by you.", "Nothing was sent; what was read is kept.")
        return STOPPED
    except Exception as fault:  # noqa: BLE001 - the last line of defence: log it and say where
        return _fault_of_ours(fault)


def _run(command: click.Command, arguments: list[str]) -> int:
    try:
        code = command.main(arguments, prog_name="autoclaim", standalone_mode=False)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as wrong:
        wrong.show(sys.stderr)
        return WRONG_COMMAND_LINE
    except SystemExit:
        # click's answer to a reader (head, less) that has gone: no fault of anybody's.
        return 0
    return code if isinstance(code, int) else 0


def _fault_of_ours(fault: Exception) -> int:
    from autoclaim.runner.wiring import log_fault

    where = log_fault(fault)
    _tell(
        f"autoclaim failed ({type(fault).__name__}); this is a fault of ours or of the machine.",
        f"Nothing was sent. The log is {where}." if where else "Nothing was sent.",
    )
    return 1


def _tell(what_happened: str, next_step: str) -> None:
    from autoclaim.edge.hostile_text import clean_text

    click.echo(clean_text(what_happened), err=True)
    if next_step:
        click.echo(clean_text(next_step), err=True)
