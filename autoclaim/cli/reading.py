"""`scan`, `read` and `import`: where facts come from."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autoclaim.cli.account import ACCOUNT

if TYPE_CHECKING:
    from autoclaim.cli.terminal import Terminal

FILES = click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True)
)
MOST_UNREAD_SHOWN = 5


@click.command("scan")
@ACCOUNT
@click.option("--full", is_flag=True, help="Read every order again, also settled ones.")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="Not before this day."
)
@click.option(
    "--max-orders", type=click.IntRange(min=1), metavar="N", help="At most so many orders."
)
@click.option("--json", "as_json", is_flag=True, help="Print the facts document.")
def scan_command(
    name: str | None, full: bool, since: datetime | None, max_orders: int | None, as_json: bool
) -> None:
    """Read the orders of an account from the store. Ctrl-C keeps what was read.

    \b
    Examples:
      autoclaim scan
      autoclaim scan --since 2026-01-01 --max-orders 200
    """
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.scan import scan

    told = Terminal()
    wiring = wired(told)
    day = since.date() if since else None
    scanned = scan(wiring, name, full=full, since=day, most=max_orders)
    told.close()
    told.say(f"{len(scanned.orders)} orders read: {scanned.new} new, {scanned.changed} changed.")
    _say_unread(told, list(scanned.unread))
    if as_json:
        orders = [order.as_facts() for order in scanned.orders]
        buyer = scanned.account.buyer()
        print_json({"format": 1, **({"buyer": buyer} if buyer else {}), "orders": orders})
    else:
        told.say("Next: autoclaim list")


@click.command("read")
@FILES
@click.option("--json", "as_json", is_flag=True, help="Print the facts document.")
def read_command(files: tuple[Path, ...], as_json: bool) -> None:
    """Read saved pages or JSON (FILES, folders, or -) and print the facts; nothing is stored.

    \b
    Examples:
      autoclaim read orders.html
      autoclaim read saved-pages/ --json | autoclaim decide -
    """
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.tables import facts_table
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.saved import read_files
    from autoclaim.runner.unread import unread_paths

    told = Terminal()
    saved = read_files(files)
    orders = saved.orders
    _say_skipped(told, saved.skipped)
    _say_unread(told, [path for order in orders for path in unread_paths(order)])
    if as_json:
        print_json({"format": 1, "orders": [order.as_facts() for order in orders]})
    else:
        facts_table(orders)


@click.command("import")
@FILES
@ACCOUNT
def import_command(files: tuple[Path, ...], name: str | None) -> None:
    """Read saved pages, JSON or facts documents into the ledger. Nothing is signed in to.

    \b
    Examples:
      autoclaim import orders.html
      autoclaim import saved-pages/ --account mine
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.saved import import_files

    told = Terminal()
    new, changed, saved = import_files(wired(told), files, name)
    _say_skipped(told, saved.skipped)
    told.say(f"{len(saved.orders)} orders read: {new} new, {changed} changed.")
    told.say("Next: autoclaim list")


def _say_skipped(told: "Terminal", files: list[Path]) -> None:
    if files:
        shown = ", ".join(file.name for file in files[:MOST_UNREAD_SHOWN])
        told.say(f"{len(files)} files are no pages of a store and were passed over: {shown}")


def _say_unread(told: "Terminal", paths: list[str]) -> None:
    if not paths:
        return
    told.say(f"{len(paths)} values could not be read and count as not known:")
    for path in paths[:MOST_UNREAD_SHOWN]:
        told.say(f"  {path}")
    if len(paths) > MOST_UNREAD_SHOWN:
        told.say(f"  … and {len(paths) - MOST_UNREAD_SHOWN} more (--json shows the raw values)")
