"""`doctor`: is everything here, and is the store still what it was?"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autoclaim.cli.options import JSON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autoclaim.runner.findings import Finding
    from autoclaim.runner.wiring import Wiring

REPORT = Path("autoclaim-page-report.json")


@click.command("doctor")
@click.option("--install", is_flag=True, help="Get a browser where there is none.")
@click.option("--browser-only", is_flag=True, help="Look for the browser and nothing else.")
@click.option("--live", is_flag=True, help="Look at the store's pages too, with each session.")
@click.option(
    "--report", is_flag=True, help="Write the page that could not be read, made anonymous."
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=REPORT,
    show_default=True,
    help="Where --report writes.",
)
@JSON
def doctor_command(
    install: bool, browser_only: bool, live: bool, report: bool, output: Path, as_json: bool
) -> int:
    """Check this machine layer by layer, and what has to be refused; with --live the store too.

    --report writes one file for an issue: order numbers, names, addresses, e-mails and tokens are
    replaced, and nothing is written if any of them could still be found in it.

    \b
    Examples:
      autoclaim doctor
      autoclaim doctor --live
      autoclaim doctor --report --output page.json
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal

    told = Terminal()
    wiring = wired(told)
    if report:
        from autoclaim.runner.page_report import write_page_report

        written = write_page_report(wiring, output)
        told.say(f"Written: {written}. Look at it before you show it to anybody.")
        return 0
    found = _findings(wiring, install=install, browser_only=browser_only, live=live)
    return _as_json(found) if as_json else _as_lines(found)


def _findings(
    wiring: "Wiring", *, install: bool, browser_only: bool, live: bool
) -> "Iterator[Finding]":
    from autoclaim.runner.doctor import examine
    from autoclaim.runner.doctor_live import examine_live

    yield from examine(wiring, install=install, browser_only=browser_only)
    if live:
        yield from examine_live(wiring)


def _as_lines(findings: "Iterator[Finding]") -> int:
    from autoclaim.cli.terminal import output, shown

    console, code = output(), 0
    for finding in findings:
        code = code if finding.well else _worse(code, finding.exit_code)
        mark, style = ("ok", "green") if finding.well else ("!!", "bold red")
        console.print(shown(f"{mark}  {finding.name:<10}", style=style), shown(finding.found))
        if finding.next_step:
            console.print(shown(f"    {finding.next_step}"))
    return code


def _as_json(findings: "Iterator[Finding]") -> int:
    from autoclaim.cli.deciding import print_json

    found, code = list(findings), 0
    for finding in found:
        code = code if finding.well else _worse(code, finding.exit_code)
    print_json(
        {"format": 1, "well": code == 0, "findings": [finding.as_json() for finding in found]}
    )
    return code


def _worse(code: int, other: int) -> int:
    """A changed page (4) says more than a missing display (1)."""
    return max(code, other) if 4 not in {code, other} else 4  # noqa: PLR2004 - contracts.md 3
