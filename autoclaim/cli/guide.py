"""`guide`: how to end something, step by step."""

import click

from autoclaim.cli.options import JSON


@click.group("guide")
def guide_command() -> None:
    """List, show or open a guide.

    \b
    Examples:
      autoclaim guide list letter
      autoclaim guide show generic/notice-by-letter
      autoclaim guide open app-stores/apple
    """


@guide_command.command("list")
@click.argument("words", nargs=-1)
@JSON
def list_guides(words: tuple[str, ...], as_json: bool) -> None:
    """All guides, or those that have all of WORDS, and when each was checked.

    \b
    Examples:
      autoclaim guide list
      autoclaim guide list free trial
    """
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.guide_papers import guide_table
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.guides import search_guides

    found = search_guides(" ".join(words))
    if as_json:
        print_json({"guides": [one.as_json() for one in found]})
    else:
        guide_table(found, wired(Terminal()).now().date())


@guide_command.command("show")
@click.argument("guide")
@click.option("--language", metavar="xx", help="Of the letter; the guide's first by default.")
@JSON
def show(guide: str, language: str | None, as_json: bool) -> None:
    """The steps of GUIDE, its letter, and where each is written.

    \b
    Examples:
      autoclaim guide show open-dispute
      autoclaim guide show notice-by-letter --language de
    """
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.guide_papers import print_guide, print_letter
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.guides import blank_letter, find_guide

    found = find_guide(guide)
    letter = blank_letter(found, language)
    if as_json:
        print_json(found.as_json())
        return
    print_guide(found, wired(Terminal()).now().date())
    if letter:
        print_letter(letter)


@guide_command.command("open")
@click.argument("guide")
def open_guide(guide: str) -> None:
    """Open the page of GUIDE in your own browser; autoclaim presses nothing there.

    \b
    Example:
      autoclaim guide open app-stores/google-play
    """
    import webbrowser

    from autoclaim.cli.terminal import Terminal
    from autoclaim.errors import MachineFault, WrongInput
    from autoclaim.runner.guides import find_guide

    found = find_guide(guide)
    address = found.guide.address
    if address is None:
        raise WrongInput(
            f"The guide {found.id} has no page of its own.",
            f"`autoclaim guide show {found.id}` tells the steps.",
        )
    if not webbrowser.open(address):
        raise MachineFault("No browser could be opened.", f"The page is {address}")
    Terminal().say(f"Opened in your browser: {address}")
