"""`schedule`: let the machine look every day."""

import sys
from typing import TYPE_CHECKING

import click

from autoclaim.cli.options import JSON

if TYPE_CHECKING:
    from autoclaim.runner.schedule import Plan


@click.group("schedule")
def schedule_command() -> None:
    """Let the machine's own timer run autoclaim every day. Nothing stays in memory.

    \b
    Examples:
      autoclaim schedule install --at 09:00
      autoclaim schedule show
      autoclaim schedule remove
    """


@schedule_command.command("install")
@click.option("--at", default="09:00", metavar="TIME", help="Local time of day; 09:00 by default.")
@click.option(
    "--with",
    "timer",
    type=click.Choice(["systemd", "cron", "launchd", "windows"]),
    help="Which timer; the machine's own by default.",
)
@click.option("--yes", is_flag=True, help="Write it without asking (for scripts).")
def install(at: str, timer: str | None, yes: bool) -> None:
    """Show the entry, ask, write it, and check that the timer has it.

    \b
    Examples:
      autoclaim schedule install
      autoclaim schedule install --at 07:30 --with cron --yes
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.schedule import install, plan, state

    told = Terminal()
    wiring = wired(told)
    planned = plan(wiring, at, timer)
    _show(planned)
    if not yes:
        _ask()
    install(planned)
    following = state(wiring).next_run
    when = f" It runs next on {following.astimezone():%Y-%m-%d %H:%M}." if following else ""
    told.say(f"Installed and checked: {planned.timer.name}.{when} Next: autoclaim schedule show")


@schedule_command.command("show")
@JSON
def show(as_json: bool) -> None:
    """When it ran last, how that ended, and when it runs next.

    \b
    Example:
      autoclaim schedule show
    """
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.schedule import state

    told = Terminal()
    found = state(wired(told))
    if as_json:
        print_json(found.as_json())
        return
    last = found.last_run
    click.echo(f"timer:    {found.timer or 'none'}")
    click.echo(f"last run: {f'{last.at.astimezone():%Y-%m-%d %H:%M}' if last else 'never'}")
    if last:
        click.echo(f"ended:    {'well' if not last.exit_code else f'with code {last.exit_code}'}")
        for line in last.lines:
            told.say(f"          {line}")
    following = found.next_run
    click.echo(f"next run: {f'{following.astimezone():%Y-%m-%d %H:%M}' if following else 'none'}")
    told.say("Next: autoclaim run" if found.timer else "Next: autoclaim schedule install")


@schedule_command.command("remove")
def remove() -> None:
    """Take the entry out of the timer again; the ledger and everything read stays.

    \b
    Example:
      autoclaim schedule remove
    """
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.schedule import remove

    told = Terminal()
    names = remove()
    told.say(f"Removed from {', '.join(names)}." if names else "There was no entry.")


def _show(planned: "Plan") -> None:
    for piece in planned.pieces:
        click.echo(f"── {piece.where}", err=True)
        click.echo(piece.text, err=True)


def _ask() -> None:
    from autoclaim.errors import NotSent

    if not sys.stdin.isatty():
        raise NotSent("Nobody is there to agree; nothing was written.", "Say --yes.")
    if not click.confirm("Write this?", err=True):
        raise NotSent("Nothing was written.", "autoclaim run works by hand too.")
