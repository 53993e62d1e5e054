"""`evidence`: what the buyer can show, kept with hash and time; what is missing; the pack."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autoclaim.cli.options import JSON

if TYPE_CHECKING:
    from autoclaim.model import EvidenceFile
    from autoclaim.runner.evidence_checklist import Item

LINE = click.option("--line", "line_id", metavar="L", help="Which order line.")
MARKS = {"needed": "still needed", "helps": "would help"}


@click.group("evidence")
def evidence_command() -> None:
    """Keep pictures, films and papers for an order; see what is missing; pack it all.

    \b
    Examples:
      autoclaim evidence add 8200000000000001 crack.jpg --shows damage
      autoclaim evidence list 8200000000000001
      autoclaim evidence pack 8200000000000001 --output pack.zip
    """


@evidence_command.command("add")
@click.argument("order")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]…")
@LINE
@click.option("--shows", metavar="NAME", help="Which entry of the checklist it shows.")
@click.option("--from", "came_from", metavar="TEXT", help="Where it comes from, in your words.")
@click.option("--from-store", is_flag=True, help="Keep pictures of the store's own pages.")
def add(
    order: str,
    files: tuple[Path, ...],
    from_store: bool,
    line_id: str | None,
    shows: str | None,
    came_from: str | None,
) -> None:
    """Copy files into the folder of an ORDER. Your own files are never changed.

    A picture too large for a form, or one that tells where it was taken, gets a copy for the form.

    \b
    Examples:
      autoclaim evidence add 8200000000000001 crack.jpg --shows damage
      autoclaim evidence add 8200000000000001 letter.pdf --from "the carrier's counter"
      autoclaim evidence add 8200000000000001 --from-store
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.evidence import about, add_evidence
    from autoclaim.runner.evidence_from_store import take_pictures

    if not (files or from_store):
        raise click.UsageError("Name a FILE, or say --from-store.")
    told = Terminal()
    wiring = wired(told)
    subject = about(wiring, order, line_id)
    for kept in add_evidence(wiring, subject, files, shows=shows, came_from=came_from):
        told.say(f"Kept: {kept.file}")
    if from_store:
        told.say(f"Kept {take_pictures(wiring, subject)} pictures of the store's pages.")
    told.say(f"Next: autoclaim evidence list {subject.stored.order_id}")


@evidence_command.command("list")
@click.argument("order")
@LINE
@JSON
def list_(order: str, line_id: str | None, as_json: bool) -> None:
    """What is kept for an ORDER, and what would persuade and is not there yet.

    \b
    Example:
      autoclaim evidence list 8200000000000001
    """
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.evidence import about, kept_evidence
    from autoclaim.runner.evidence_checklist import checklist

    wiring = wired(Terminal())
    subject = about(wiring, order, line_id)
    kept = kept_evidence(wiring, subject)
    items = checklist(subject.kind, kept)
    if as_json:
        print_json(
            {
                "order_id": subject.stored.order_id,
                "line_id": subject.line_id,
                "problem": subject.kind,
                "files": [one.model_dump(mode="json") for one in kept],
                "checklist": [one.as_json() for one in items],
            }
        )
    else:
        _print_files(kept)
        _print_checklist(subject.kind, items)


@evidence_command.command("pack")
@click.argument("order")
@LINE
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where the zip goes; autoclaim's own folder by default.",
)
def pack(order: str, line_id: str | None, output: Path | None) -> None:
    """Put everything about an ORDER into one zip, with an index page that prints well.

    \b
    Example:
      autoclaim evidence pack 8200000000000001 --output pack.zip
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.evidence import about
    from autoclaim.runner.pack import make_pack

    wiring = wired(Terminal())
    click.echo(make_pack(wiring, about(wiring, order, line_id), output))


def _print_files(kept: "list[EvidenceFile]") -> None:
    from autoclaim.edge.evidence import altered
    from autoclaim.edge.hostile_text import clean_text

    if not kept:
        click.echo("No file is kept.")
    for one in kept:
        mark = "   NO LONGER WHAT WAS KEPT: its hash differs" if altered(one) else ""
        shows = f"   shows {one.shows}" if one.shows else ""
        when = f"{one.taken_at:%Y-%m-%d %H:%M}" if one.taken_at else ""
        click.echo(f"{when}  {one.file}  sha256 {one.sha256[:12]}…{shows}{mark}")
        if one.address:
            click.echo(f"    from {clean_text(one.address)}")


def _print_checklist(kind: str | None, items: "list[Item]") -> None:
    if kind is None:
        click.echo("Nobody has said what is wrong: autoclaim problem ORDER --kind KIND")
        return
    click.echo(f"What persuades for {kind.replace('_', ' ')}:")
    for item in items:
        by = ", autoclaim takes it" if item.proof.taken_by == "autoclaim" else ""
        mark = "there" if item.shown_by else MARKS[item.proof.weight] + by
        click.echo(f"  {item.name:<15} {item.proof.words} ({mark})")
