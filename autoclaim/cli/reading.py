"""`scan`, `read` and `import`: where facts come from."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autoclaim.cli.options import ACCOUNT

if TYPE_CHECKING:
    from autoclaim.cli.terminal import Terminal

FILES = click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True)
)
AS_OF = click.option(
    "--as-of", metavar="DAY", help="When the files were saved that do not tell it; or `now`."
)
MOST_UNREAD_SHOWN = 5
NOT_WHOLE = 4  # contracts.md 3: the store's page is not what autoclaim knows


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
) -> int:
    """Read the orders of an account from the store. Ctrl-C keeps what was read.

    An order's own pages are opened when it is new, when the list shows a change, and, while it is
    under way, the sooner the nearer a day of one of its windows is; --full opens all.

    Ends with code 4 when a page no longer told what such a page always told: what was read is
    kept, and what is missing is named.

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
    _say_unread(told, scanned.unread)
    _say_drift(told, scanned.coverage.unseen, scanned.coverage.untold, scanned.lost)
    _say_promised_twice(told, scanned.promised_twice)
    if as_json:
        store, buyer = scanned.account.store, scanned.account.buyer()
        orders = [wiring.ledger.facts_of(store, order_id) for order_id in scanned.orders]
        print_json({"format": 1, **({"buyer": buyer} if buyer else {}), "orders": orders})
    else:
        told.say("Next: autoclaim list")
    return scanned.exit_code


def _print_columns(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from autoclaim.cli.tables import column_table

        column_table()
        context.exit()


@click.command("read")
@FILES
@AS_OF
@click.option("--json", "as_json", is_flag=True, help="Print the facts document.")
@click.option(
    "--columns",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_columns,
    help="Print the columns of a CSV, and end.",
)
def read_command(files: tuple[Path, ...], as_of: str | None, as_json: bool) -> int:
    """Read saved pages or JSON (FILES, folders, or -) and print the facts; nothing is stored.

    FILES are pages saved as HTML or MHTML, a HAR, the store's JSON, a facts document, or a CSV
    whose first line names its columns. Several files about one order are put together; where they
    differ and none tells when it was saved, both are printed.

    \b
    Examples:
      autoclaim read orders.html
      autoclaim read saved-pages/ orders.csv --json | autoclaim decide -
      autoclaim read --columns
    """
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.here import wired
    from autoclaim.cli.tables import facts_table
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.saved import read_files
    from autoclaim.runner.unread import unread_paths

    told = Terminal()
    saved = read_files(files, as_of=_moment(as_of), mended=wired(told).mended)
    orders = saved.orders
    _say_skipped(told, saved.skipped)
    _say_unread(told, [path for order in orders for path in unread_paths(order)])
    _say_drift(told, saved.unseen, saved.untold)
    _say_promised_twice(told, saved.promised_twice)
    if as_json:
        print_json({"format": 1, "orders": [order.as_facts() for order in orders]})
    else:
        facts_table(orders)
    return NOT_WHOLE if saved.untold else 0


@click.command("import")
@FILES
@ACCOUNT
@AS_OF
def import_command(files: tuple[Path, ...], name: str | None, as_of: str | None) -> int:
    """Read saved pages, JSON, CSVs or facts documents into the ledger. Nothing is signed in to.

    What is known already is kept: a later reading replaces an earlier one, and where nobody can
    tell which is later, both are kept until you say it with --as-of. Ends with code 4 when a page
    is not whole: what was read is kept, and what is missing is named.

    \b
    Examples:
      autoclaim import orders.html
      autoclaim import orders.csv --as-of 2026-04-20
      autoclaim import saved-pages/ --account mine
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.importing import import_files
    from autoclaim.runner.unread import unread_paths

    told = Terminal()
    done = import_files(wired(told), files, name, as_of=_moment(as_of))
    _say_skipped(told, done.saved.skipped)
    _say_unread(told, [path for order in done.saved.orders for path in unread_paths(order)])
    _say_drift(told, done.saved.unseen, done.saved.untold)
    _say_promised_twice(told, done.saved.promised_twice)
    told.say(f"{len(done.saved.found)} orders read: {done.new} new, {done.changed} changed.")
    if done.doubtful:
        told.say(
            f"Of {', '.join(done.doubtful[:MOST_UNREAD_SHOWN])} the files tell something else "
            "than is known, and not when they were saved: both are kept, and `autoclaim list` "
            "says `look yourself`. Say when: autoclaim import FILE --as-of 2026-04-20"
        )
    told.say("Next: autoclaim list")
    return NOT_WHOLE if done.saved.untold else 0


def _moment(as_of: str | None) -> datetime | None:
    """The moment said with --as-of: `now`, a day (its first moment on the store's clock)."""
    if as_of is None:
        return None
    from autoclaim.errors import WrongInput
    from autoclaim.model import Time
    from autoclaim.runner.settings import Settings

    if as_of == "now":
        return Settings.from_environment().clock()
    time = Time.read(as_of)
    if time is None:
        raise WrongInput(
            f"{as_of!r} is no day and no moment.", "Write it like 2026-04-20, or say `now`."
        )
    return time.moment


def _say_skipped(told: "Terminal", files: list[Path]) -> None:
    if files:
        shown = ", ".join(file.name for file in files[:MOST_UNREAD_SHOWN])
        told.say(f"{len(files)} files are no pages of a store and were passed over: {shown}")


def _say_drift(
    told: "Terminal", unseen: Sequence[str], untold: Sequence[str], lost: Sequence[str] = ()
) -> None:
    if unseen:
        told.say(f"Never seen before, so nothing was concluded from it: {'; '.join(unseen)}.")
    if untold:
        shown = "; ".join(untold[:MOST_UNREAD_SHOWN])
        told.say(f"Not told where it always stood; the page changed, or is not whole: {shown}.")
    if lost:
        told.say(f"The store's pages have changed. Hardly told any more: {'; '.join(lost)}.")
        told.say("What is not told counts as not known. Next: autoclaim doctor --live")


def _say_promised_twice(told: "Terminal", promises: Sequence[str]) -> None:
    if promises:
        shown = "; ".join(promises[:MOST_UNREAD_SHOWN])
        told.say(f"One promise with two days, of which the earlier counts: {shown}.")


def _say_unread(told: "Terminal", paths: list[str]) -> None:
    if not paths:
        return
    told.say(f"{len(paths)} values could not be read and count as not known:")
    for path in paths[:MOST_UNREAD_SHOWN]:
        told.say(f"  {path}")
    if len(paths) > MOST_UNREAD_SHOWN:
        told.say(f"  … and {len(paths) - MOST_UNREAD_SHOWN} more (--json shows the raw values)")
