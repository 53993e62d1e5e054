"""All commands at a glance, in the order of the journey; each is imported when it is used."""

from importlib import import_module
from typing import NamedTuple

import click


class Entry(NamedTuple):
    """Where a command lives, and its line in `autoclaim --help` (so that help imports nothing)."""

    module: str
    help: str


SECTIONS: dict[str, dict[str, Entry]] = {
    "Look around": {
        "demo": Entry("demo", "Watch the whole journey against a local store."),
        "doctor": Entry("doctor", "Check this machine and say what is missing."),
    },
    "Your account": {
        "account": Entry("account", "Add, change, list, check or remove an account."),
        "sign-in": Entry("account", "Sign in once, with a window, and keep the sealed session."),
    },
    "Read orders": {
        "scan": Entry("reading", "Read the orders of an account from the store."),
        "read": Entry("reading", "Read saved pages or JSON and print facts; store nothing."),
        "import": Entry("reading", "Read saved pages or JSON into the ledger."),
    },
    "Decide": {
        "list": Entry("deciding", "What can be done, for each order line, most urgent first."),
        "explain": Entry("deciding", "Why, until when, and what would change it."),
        "problem": Entry("problem", "Say what is wrong with an order line."),
        "decide": Entry("deciding", "Decide about a facts document, without the ledger."),
        "policy": Entry("policy", "The policy editions: values, sources, differences, replay."),
        "schema": Entry("deciding", "Print the JSON Schema of facts or decisions."),
    },
    "Claim": {
        "review": Entry("review", "Walk through everything you can do, most urgent first."),
        "evidence": Entry("evidence", "Keep pictures and papers, see what is missing, pack it."),
        "claim": Entry("claim", "Fill the form, stop before Submit, and hand it over to you."),
        "follow-up": Entry("claim", "Reread the claims under way and say what comes next."),
        "refunds": Entry("report", "Money promised and received, and what is overdue."),
    },
    "Subscriptions": {
        "subscription": Entry("subscription", "What renews by itself: the last day to cancel."),
        "guide": Entry("guide", "How to cancel, dispute, return or delete, step by step."),
    },
    "Look without being asked": {
        "run": Entry("running", "Look at every account once: read, decide, follow up, remind."),
        "schedule": Entry("schedule", "Let the machine run it every day; show or remove that."),
        "notify": Entry("running", "Where warnings go, and whether they arrive."),
    },
    "See it all": {
        "report": Entry("report", "One page with everything, for your browser or printer."),
        "calendar": Entry("report", "An .ics file with every open window."),
        "export": Entry("report", "Every order line and its window, as CSV or JSON."),
    },
}
COMMANDS = {name: entry for section in SECTIONS.values() for name, entry in section.items()}

EXAMPLES = """\
Examples:
  autoclaim demo                                  see it work, without an account
  autoclaim account add STORE --email you@mail.example
  autoclaim scan && autoclaim list                read your orders, see your windows
  autoclaim problem 8200000000000001 --kind not_received
  autoclaim claim 8200000000000001 --dispute      the form, filled; you press Submit

autoclaim never presses the button that sends: you do, in the store's own page.
"""


class LateGroup(click.Group):
    """A group that imports a command only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names in the order of the journey."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, imported now; None when there is no such name."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module = import_module(f"autoclaim.cli.{entry.module}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_") + "_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The commands by section, from the table alone."""
        width = max(map(len, COMMANDS))
        for title, entries in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl(
                    [(name.ljust(width), entry.help) for name, entry in entries.items()]
                )

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The examples as they stand, not rewrapped."""
        formatter.write("\n" + EXAMPLES)


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from autoclaim import __version__

        click.echo(f"autoclaim {__version__}")
        ctx.exit()


@click.group(cls=LateGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_version,
    help="Print the version and exit.",
)
@click.option("-v", "--verbose", count=True, help="Tell on standard error what is done; -vv more.")
@click.option("--trace", is_flag=True, help="Keep the steps of the visit after sign-in.")
@click.pass_context
def autoclaim(ctx: click.Context, verbose: int, trace: bool) -> None:
    """Never miss a refund window, and never send a claim you have not read."""
    ctx.obj = {"verbose": verbose, "trace": trace}
