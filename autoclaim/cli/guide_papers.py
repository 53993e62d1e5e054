"""Guides as a buyer sees them: the list, one with its steps, and a letter."""

from collections.abc import Sequence
from datetime import date

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from autoclaim.cli.terminal import output, shown
from autoclaim.model.guide import NamedGuide, Step
from autoclaim.runner.guides import check_words
from autoclaim.runner.subscription_letter import Written

INDENT, DEEPER, GAP = 2, 5, 2


def guide_table(guides: Sequence[NamedGuide], today: date) -> None:
    """Print guides, one a row; an old check date stands out."""
    console = output()
    if not guides:
        console.print("No guide has all of these words. `autoclaim guide list` shows all.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    rows = [(Text(one.id), Text(one.guide.channel), _checked(one, today)) for one in guides]
    room = console.width
    for name, column in zip(("guide", "how", "checked on"), zip(*rows, strict=True), strict=True):
        width = max(len(name), *(cell.cell_len for cell in column))
        table.add_column(name, no_wrap=True, width=width)
        room -= width + GAP
    # An id is typed, so the title alone is cut.
    table.add_column("title", overflow="ellipsis", no_wrap=True, width=max(room, len("title")))
    for one, row in zip(guides, rows, strict=True):
        table.add_row(*row, one.guide.title)
    console.print(table)


def _checked(one: NamedGuide, today: date) -> Text:
    if one.guide.checked_against == "nothing":
        return Text("not yet", "yellow")
    day = f"{one.guide.checked_on}"
    return Text(f"{day} (old)", "yellow") if one.is_old(today) else Text(day)


def print_guide(one: NamedGuide, today: date, *, steps_only: bool = False) -> None:
    """One guide with its steps; `steps_only` leaves out what stands elsewhere already."""
    console, guide = output(), one.guide
    console.print(Text.assemble((guide.title, "bold"), "  ", (one.id, "dim")))
    if not steps_only:
        console.print(Padding(Text(f"Ends {guide.ends}."), (0, 0, 0, INDENT)))
        how = f"How: {guide.channel}, {guide.difficulty}."
        console.print(Padding(Text(how), (0, 0, 0, INDENT)))
    console.print(Padding(Text(guide.conditions), (0, 0, 0, INDENT)))
    for number, step in enumerate(guide.steps, 1):
        _print_step(number, step)
    console.print(Padding(Text(check_words(one, today), "yellow"), (0, 0, 0, INDENT)))
    if not steps_only:
        _print_sources(one)


def _print_step(number: int, step: Step) -> None:
    console = output()
    console.print(Padding(Text(f"{number:>2}. {step.do}"), (0, 0, 0, INDENT - 1)))
    besides = [
        step.note,
        step.address,
        f"see: autoclaim guide show {step.see}" if step.see else None,
    ]
    for text in filter(None, besides):
        console.print(Padding(Text(text, "dim"), (0, 0, 0, DEEPER)))


def _print_sources(one: NamedGuide) -> None:
    console = output()
    console.print(Padding(Text("Where this is written:"), (0, 0, 0, INDENT)))
    for source in one.guide.sources.values():
        clause = f", {source.clause}" if source.clause else ""
        read = f", read on {source.retrieved}" if source.retrieved else ""
        console.print(Padding(Text(f"{source.title}{clause}{read}"), (0, 0, 0, DEEPER)))
        console.print(Padding(Text(source.url, "dim"), (0, 0, 0, DEEPER)))


def print_letter(letter: Written) -> None:
    """A letter between two lines, as it would be sent."""
    console = output()
    console.rule(shown(letter.subject), align="left", style="dim")
    for line in letter.body.splitlines():
        console.print(shown(line), soft_wrap=True)
    console.rule(style="dim")
    if letter.blanks:
        console.print(Text(f"Still to be filled in: {', '.join(letter.blanks)}", "yellow"))
