"""`report`, `calendar`, `export` and `refunds`: what is known, for eyes and for other programs."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autoclaim.cli.options import JSON

if TYPE_CHECKING:
    from autoclaim.runner.export import ExportFormat

OUTPUT = click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write here."
)


@click.command("report")
@OUTPUT
@click.option("--open", "open_it", is_flag=True, help="Show it in your browser.")
def report_command(output: Path | None, open_it: bool) -> None:
    """Write one HTML page with everything: what to do, all windows, claims, refunds, orders.

    The page loads nothing and sends nothing; it works without a network.

    \b
    Examples:
      autoclaim report --open
      autoclaim report --output windows.html
    """
    import webbrowser

    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.config import read_config
    from autoclaim.runner.report import write_report

    told = Terminal()
    wiring = wired(told)
    path = write_report(wiring, read_config(wiring.places.config), output=output)
    click.echo(path)
    if not open_it:
        told.say("Next: autoclaim report --open")
    elif not webbrowser.open(path.resolve().as_uri()):
        told.say("No browser could be opened here. Next: open the file above in one.")


@click.command("calendar")
@OUTPUT
def calendar_command(output: Path | None) -> None:
    """Write an .ics file with every open window; a closed one is withdrawn from it.

    \b
    Examples:
      autoclaim calendar
      autoclaim calendar --output ~/calendars/autoclaim.ics
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.calendar import write_calendar
    from autoclaim.runner.config import read_config
    from autoclaim.runner.deadlines import all_deadlines, all_judged, open_deadlines

    told = Terminal()
    wiring = wired(told)
    judged = all_judged(wiring)
    every = all_deadlines(wiring, judged)
    still_open = open_deadlines(wiring, every, judged)
    config = read_config(wiring.places.config).reminders
    click.echo(write_calendar(wiring, still_open, config, output))
    told.say("Next: let your calendar program subscribe to this file; each run renews it.")


@click.command("export")
@click.option(
    "--format", "wanted", type=click.Choice(["csv", "json"]), required=True, help="What to write."
)
@OUTPUT
def export_command(wanted: "ExportFormat", output: Path | None) -> None:
    """Every order line and subscription with its window, for a spreadsheet or a program.

    \b
    Examples:
      autoclaim export --format csv --output windows.csv
      autoclaim export --format json
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.edge.export import write_export
    from autoclaim.runner.export import exported

    told = Terminal()
    text = exported(wired(told), wanted)
    if output is None:
        click.echo(text, nl=False)
        return
    write_export(output, text, for_spreadsheets=wanted == "csv")
    told.say(f"Written: {output}")


@click.command("refunds")
@JSON
def refunds_command(as_json: bool) -> None:
    """Money promised and money received, by month, and what is overdue. Asks no store.

    \b
    Example:
      autoclaim refunds
    """
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.here import wired
    from autoclaim.cli.refund_tables import month_table, refund_table
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.deadlines import all_judged
    from autoclaim.runner.refunds import months, refunds

    told = Terminal()
    found = refunds(all_judged(wired(told)))
    by_month = months(found)
    if as_json:
        sums = [one.as_json() for one in by_month]
        print_json({"refunds": [one.as_json() for one in found], "months": sums})
        return
    refund_table([one for one in found if one.state != "received"])
    month_table(by_month)
    late = next((one for one in found if one.state == "overdue"), None)
    told.say(f"Next: autoclaim explain {late.order_id}" if late else "Next: autoclaim run")
