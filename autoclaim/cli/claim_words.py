"""A claim before it is filled in: what it says, and the pack where there is no window."""

from typing import TYPE_CHECKING, NoReturn

import click

from autoclaim.errors import NotSent

if TYPE_CHECKING:
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.claim import Drafted, Packed


def say_statement(told: "Terminal", drafted: "Drafted") -> None:
    """The text that will stand in the form, and each fact that the buyer thereby asserts."""
    if not drafted.claim.statement:
        return
    told.say(f"The text: {drafted.claim.statement}")
    for one in drafted.asserts:
        value = f": {one.value}" if one.value else ""
        whose = "you say" if one.source == "you" else f"{one.source} says"
        told.say(f"  you assert {one.name.replace('_', ' ')}{value} ({whose} so)")
    for file in drafted.claim.files:
        told.say(f"  with the file {file.name}")


def print_pack(packed: "Packed", *, as_json: bool) -> NoReturn:
    """The pack's text on standard output; where the pack is, and that nothing was sent, as 7.

    Raises:
        NotSent: always.
    """
    from autoclaim.cli.deciding import print_json
    from autoclaim.edge.hostile_text import clean_text

    if as_json:
        print_json(packed.receipt.model_dump(mode="json"))
    else:
        for number, step in enumerate(packed.steps, 1):
            click.echo(f"{number}. {clean_text(step)}")
        if packed.statement:
            click.echo(f"\n{clean_text(packed.statement)}")
    raise NotSent(
        "There is no display for a window; nothing was sent.",
        f"The text, the files and the steps are in {packed.path}",
        "no display",
    )
