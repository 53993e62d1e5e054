"""`subscription`: what renews by itself, until when to cancel it, and how."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from autoclaim.cli.options import JSON
from autoclaim.cli.subscription_options import FORGETTABLE, facts_of, facts_options

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group("subscription")
def subscription_command() -> None:
    """Add, list, edit, cancel, remove or import subscriptions.

    \b
    Examples:
      autoclaim subscription add "Example Gym" --price 29.90 --currency EUR --every "1 month"
      autoclaim subscription list
      autoclaim subscription cancel "Example Gym"
    """


@subscription_command.command("add")
@click.argument("name")
@click.option("--price", required=True, metavar="A", help="What one period costs, like 9.99.")
@click.option("--currency", required=True, metavar="C", help="Three capitals, like EUR.")
@click.option("--every", required=True, metavar='"1 month"', help="The period that is charged.")
@facts_options
def add(name: str, currency: str, **said: Any) -> None:  # noqa: ANN401 - click's values
    """Add the subscription NAME, and see until when to cancel it.

    \b
    Examples:
      autoclaim subscription add "Example TV" --price 9.99 --currency EUR --every "1 month"
                --trial-ends 2026-12-15
      autoclaim subscription add "Example Gym" --price 29.90 --currency EUR --every "1 month"
                --started 2025-01-31 --minimum-term "24 months" --renews-for "12 months"
                --notice "3 months" --channel letter --country DE
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.subscription_papers import print_subscription
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.subscriptions import add_subscription

    told = Terminal()
    judged = add_subscription(wired(told), {"name": name, **facts_of(said, currency)})
    told.say(f"Added {judged.subscription.name}.")
    print_subscription(judged)


@subscription_command.command("list")
@click.option("--all", "everything", is_flag=True, help="Also what is cancelled and settled.")
@click.option(
    "--in",
    "currency",
    metavar="C",
    help="The totals in one currency; that of [report] in config.toml by default.",
)
@JSON
def list_subscriptions(everything: bool, currency: str | None, as_json: bool) -> None:
    """All subscriptions, most urgent first, and what they cost. Asks nobody.

    \b
    Examples:
      autoclaim subscription list
      autoclaim subscription list --in EUR
      autoclaim subscription list --json
    """
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.here import wired
    from autoclaim.cli.subscription_papers import print_totals, subscription_table
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.config import read_config
    from autoclaim.runner.subscription_totals import total_costs
    from autoclaim.runner.subscriptions import is_settled, judged_subscriptions

    wiring = wired(Terminal())
    judged = judged_subscriptions(wiring)
    wanted = currency or read_config(wiring.places.config).report.currency
    totals = total_costs(wiring, judged, wanted and wanted.upper())
    shown = [one for one in judged if everything or not is_settled(one)]
    if as_json:
        entries = [one.as_json() for one in (judged if everything else shown)]
        print_json({"subscriptions": entries, "totals": totals.as_json()})
        return
    subscription_table(shown, left_out=len(judged) - len(shown))
    print_totals(totals)


@subscription_command.command("edit")
@click.argument("name")
@click.option("--name", "new_name", metavar="NAME", help="Call it otherwise from now on.")
@click.option("--price", metavar="A", help="What one period costs.")
@click.option("--currency", metavar="C", help="Three capitals; needed with another currency.")
@click.option("--every", metavar='"1 month"', help="The period that is charged.")
@click.option(
    "--forget", multiple=True, type=click.Choice(FORGETTABLE), help="Back to “not known”."
)
@facts_options
def edit(
    name: str,
    new_name: str | None,
    currency: str | None,
    forget: tuple[str, ...],
    **said: Any,  # noqa: ANN401 - click's
) -> None:
    """Change what is known of the subscription NAME.

    \b
    Examples:
      autoclaim subscription edit "Example TV" --price 11.99
      autoclaim subscription edit "Example TV" --name "Example Films" --keep
      autoclaim subscription edit "Example Gym" --renews 2027-01-31 --forget notice
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.subscription_papers import print_subscription
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.subscriptions import edit_subscription, judged_subscription

    told = Terminal()
    wiring = wired(told)
    before = judged_subscription(wiring, name).subscription.price
    if currency and said.get("price") is None:
        said["price"] = before.written
    changes = facts_of({"name": new_name, **said}, currency or before.currency)
    if not changes and not forget:
        raise click.UsageError("Say what to change, like --price 11.99.")
    judged = edit_subscription(wiring, name, changes, forget)
    told.say(f"Changed {judged.subscription.name}.")
    print_subscription(judged)


@subscription_command.command("remove")
@click.argument("name")
@click.option("--undo", is_flag=True, help="Put a removed one back.")
def remove(name: str, undo: bool) -> None:
    """Take the subscription NAME off the list. Nothing is cancelled by this.

    \b
    Examples:
      autoclaim subscription remove "Example TV"
      autoclaim subscription remove "Example TV" --undo
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.subscription_papers import quoted
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.subscriptions import remove_subscription, restore_subscription

    told = Terminal()
    wiring = wired(told)
    if undo:
        told.say(f"{restore_subscription(wiring, name).subscription.name} is back on the list.")
        return
    removed = remove_subscription(wiring, name)
    told.say(f"Removed {removed} from the list; the subscription itself goes on.")
    told.say(f"To undo: autoclaim subscription remove {quoted(removed)} --undo")


@subscription_command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_file(file: Path) -> None:
    """Add or change the subscriptions of a CSV file: all of its rows, or none.

    The header names the columns as the options are named: name, price, currency, every, started,
    renews, trial-ends, minimum-term, notice, notice-to, channel, margin, note, link, guide …

    \b
    Example:
      autoclaim subscription import subscriptions.csv
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.subscription_import import import_subscriptions

    told = Terminal()
    kept = import_subscriptions(wired(told), file)
    told.say(f"{kept.new} added, {kept.changed} changed, {kept.unchanged} as before.")
    told.say("Next: autoclaim subscription list")


@subscription_command.command("cancel")
@click.argument("name")
@click.option("--done", is_flag=True, help="You cancelled it: keep that.")
@click.option("--on", type=DAY, metavar="DAY", help="The day you cancelled; today by default.")
@click.option("--effective", type=DAY, metavar="DAY", help="The last day, as it was confirmed.")
@click.option("--reference", metavar="TEXT", help="What proves it: a number, a mail's subject.")
@click.option("--charged", type=click.Choice(["yes", "no"]), help="Was anything charged since?")
@click.option("--undo", is_flag=True, help="It is not cancelled after all.")
@click.option("--as", "buyer", metavar="TEXT", help="Your name, for the letter.")
@click.option("--address", metavar="TEXT", help="Your address, for the letter; ; begins a line.")
@click.option("--email", metavar="E", help="Your e-mail at the provider, for the letter.")
@click.option("--language", metavar="xx", help="Of the letter: en, de, es, fr.")
@click.option("--template", type=click.Path(path_type=Path), help="Your own letter (Jinja).")
@click.option("--output", type=click.Path(path_type=Path), help="Write the letter to a file.")
@click.option("--open/--no-open", "opening", default=None, help="Open the page in your browser.")
@JSON
def cancel(name: str, as_json: bool, **said: Any) -> None:  # noqa: ANN401 - click's values
    """Show how to cancel NAME, prepare the letter, open the page; you send. Then --done.

    \b
    Examples:
      autoclaim subscription cancel "Example Gym" --as "Ana Buyer" --output notice.txt
      autoclaim subscription cancel "Example Gym" --done --reference "K-77" --effective 2027-01-30
      autoclaim subscription cancel "Example Gym" --charged no
    """
    from autoclaim.cli.subscription_cancelling import prepare, record

    if sum(map(bool, (said["done"], said["charged"], said["undo"]))) > 1:
        raise click.UsageError("Say only one of --done, --charged and --undo.")
    if not said["done"] and any(said[one] for one in ("on", "effective", "reference")):
        raise click.UsageError("--on, --effective and --reference go with --done.")
    if said["done"] or said["charged"] or said["undo"]:
        record(
            name, {**said, "on": _day(said["on"]), "effective": _day(said["effective"])}, as_json
        )
    else:
        prepare(name, said, as_json)


def _day(moment: datetime | None) -> Any:  # noqa: ANN401 - a date, or None as it came
    return moment and moment.date()
