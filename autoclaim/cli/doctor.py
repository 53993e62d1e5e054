"""`doctor`: is everything here?"""

import click


@click.command("doctor")
@click.option("--install", is_flag=True, help="Get a browser where there is none.")
@click.option("--browser-only", is_flag=True, help="Look for the browser and nothing else.")
def doctor_command(install: bool, browser_only: bool) -> int:
    """Check this machine: browser, folders, ledger, keychain, stores and policies.

    \b
    Examples:
      autoclaim doctor
      autoclaim doctor --install
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal, output, shown
    from autoclaim.runner.doctor import examine

    console, well = output(), True
    for finding in examine(wired(Terminal()), install=install, browser_only=browser_only):
        well = well and finding.well
        mark, style = ("ok", "green") if finding.well else ("!!", "bold red")
        console.print(shown(f"{mark}  {finding.name:<10}", style=style), shown(finding.found))
        if finding.next_step:
            console.print(shown(f"    {finding.next_step}"))
    return 0 if well else 1
