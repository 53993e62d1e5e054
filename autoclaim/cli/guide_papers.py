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
NOT_SEEN = (
    "“copy”: compared with a copy of its sources' text, not with their pages. “nothing yet”: "
    "written from what they are known to say. Each step names its source."
)
WIDE = 100  # columns from which there is room for how it is done


def guide_table(guides: Sequence[NamedGuide], today: date) -> None:
    """Print guides, one a row; an old check date stands out."""
    console = output()
    if not guides:
        console.print("No guide has all of these words. `autoclaim guide list` shows all.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    columns = {
        "guide": [Text(one.id) for one in guides],
        "how": [Text(one.guide.channel) for one in guides],
        "compared with": [_checked(one, today) for one in guides],
    }
    if console.width < WIDE:
        del columns["how"]
    room = console.width
    for name, column in columns.items():
        width = max(len(name), *(cell.cell_len for cell in column))
        table.add_column(name, no_wrap=True, width=width)
        room -= width + GAP
    # An id is typed, so the title alone is cut.
    table.add_column("title", overflow="ellipsis", no_wrap=True, width=max(room, len("title")))
    for one, *row in zip(guides, *columns.values(), strict=True):
        table.add_row(*row, one.guide.title)
    console.print(table)
    if any(one.guide.checked_against != "page" for one in guides):
        console.print(Text(NOT_SEEN, "yellow"))


def _checked(one: NamedGuide, today: date) -> Text:
    against = one.guide.checked_against
    if against == "nothing":
        return Text("nothing yet", "yellow")
    words = f"{against} {one.guide.checked_on}"
    return Text(f"{words} (old)", "yellow") if one.is_old(today) else Text(words)


def print_guide(one: NamedGuide, today: date, *, steps_only: bool = False) -> None:
    """One guide with its steps; `steps_only` leaves out what stands elsewhere already."""
    console, guide = output(), one.guide
    console.print(Text.assemble((guide.title, "bold"), "  ", (one.id, "dim")))
    if not steps_only:
        _print(Text(f"Ends {guide.ends}."), INDENT)
        _print(Text(f"How: {guide.channel}, {guide.difficulty}."), INDENT)
    # Before the steps: who reads them must know how far to trust them.
    _print(Text(check_words(one, today), "yellow"), INDENT)
    places = {name: place for place, name in enumerate(guide.sources, 1)}
    _print(_with_source(guide.conditions, places[guide.conditions_source]), INDENT)
    for number, step in enumerate(guide.steps, 1):
        _print_step(number, step, places[step.source])
    if steps_only:
        _print(Text(f"The numbers name sources: autoclaim guide show {one.id}", "dim"), INDENT)
    else:
        _print_sources(one)


def _print_step(number: int, step: Step, source: int) -> None:
    _print(_with_source(f"{number:>2}. {step.do}", source), INDENT - 1)
    besides = [
        step.note,
        step.address,
        f"see: autoclaim guide show {step.see}" if step.see else None,
    ]
    for text in filter(None, besides):
        _print(Text(text, "dim"), DEEPER)


def _print_sources(one: NamedGuide) -> None:
    _print(Text("Where this is written:"), INDENT)
    for place, source in enumerate(one.guide.sources.values(), 1):
        clause = f", {source.clause}" if source.clause else ""
        read = f", read on {source.retrieved}" if source.retrieved else ", not read for this guide"
        _print(Text(f"[{place}] {source.title}{clause}{read}"), INDENT)
        _print(Text(source.url, "dim"), DEEPER + 1)


def _with_source(text: str, place: int) -> Text:
    return Text.assemble(text, (f" [{place}]", "dim"))


def _print(text: Text, indent: int) -> None:
    output().print(Padding(text, (0, 0, 0, indent)))


def print_letter(letter: Written) -> None:
    """A letter between two lines, as it would be sent."""
    console = output()
    console.rule(shown(letter.subject), align="left", style="dim")
    for line in letter.body.splitlines():
        console.print(shown(line), soft_wrap=True)
    console.rule(style="dim")
    if letter.blanks:
        console.print(Text(f"Still to be filled in: {', '.join(letter.blanks)}", "yellow"))
