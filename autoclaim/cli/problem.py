"""`problem`: the buyer says what is wrong."""

from typing import get_args

import click

from autoclaim.model.words import ProblemKind


@click.command("problem")
@click.argument("order")
@click.option("--line", "line_id", metavar="L", help="Which order line; all by default.")
@click.option("--kind", type=click.Choice(get_args(ProblemKind)), help="What is wrong.")
@click.option("--note", metavar="TEXT", help="In your words; it goes into the statement.")
@click.option("--clear", is_flag=True, help="Take back what was said.")
def problem_command(
    order: str, line_id: str | None, kind: str | None, note: str | None, clear: bool
) -> None:
    """Say what is wrong with an ORDER, or with one line of it. Nothing is sent.

    \b
    Examples:
      autoclaim problem 8200000000000001 --kind not_received
      autoclaim problem 8200000000000001 --line 2 --kind damaged --note "The glass is cracked"
      autoclaim problem 8200000000000001 --clear
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.problem import clear_problem, say_problem

    if clear == bool(kind):
        raise click.UsageError("Say either --kind KIND or --clear.")
    told = Terminal()
    wiring = wired(told)
    if kind:
        found = say_problem(wiring, order, line_id, kind, note)
        told.say(f"Noted for order {found.order_id}: {kind.replace('_', ' ')}.")
        told.say(f"Next: autoclaim explain {found.order_id}")
    else:
        found = clear_problem(wiring, order, line_id)
        told.say(f"Taken back for order {found.order_id}.")
