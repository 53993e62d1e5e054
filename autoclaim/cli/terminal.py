"""The buyer's terminal: width, colour, progress, and text from the store made harmless."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import StringIO
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.text import Text

from autoclaim.edge.hostile_text import clean_text
from autoclaim.model.claim import FieldCheck

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PLAIN_WIDTH = 120  # where the output is no terminal and COLUMNS is not set


def output() -> Console:
    """Standard output, for what the buyer asked for."""
    return _console(stderr=False)


def messages() -> Console:
    """Standard error, for everything else."""
    return _console(stderr=True)


def shown(text: str | None, *, style: str = "") -> Text:
    """Text from a store as a terminal may see it: no control characters, no markup."""
    return Text(clean_text(text or ""), style=style)


class Terminal:
    """Tells the buyer what goes on (ports.Told): a bar on a terminal, plain lines elsewhere."""

    def __init__(self) -> None:
        self._console = messages()
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._last_line = ""

    def say(self, text: str) -> None:
        """One sentence, printed above the bar."""
        self._console.print(shown(text), soft_wrap=True)

    def progress(self, done: int, total: int | None, what: str) -> None:
        """Move the bar; elsewhere than on a terminal one line at the end of each kind of work."""
        if self._console.is_terminal:
            self._move_bar(done, total, what)
        elif total is not None and done >= total:
            self._line(f"{what}: {done} of {total}")

    def choose(self, question: str, options: Sequence[str]) -> str | None:
        """Ask with numbers; None where the input is no terminal. Ctrl-C picks nothing and ends."""
        if not (sys.stdin.isatty() and self._console.is_terminal):
            return None
        self.close()
        self.say(question)
        for number, option in enumerate(options, 1):
            self.say(f"  {number}. {option}")
        picked: int = click.prompt(
            "Which one", type=click.IntRange(1, len(options)), err=True, show_choices=False
        )
        return options[picked - 1]

    def fields(self, checks: Sequence[FieldCheck]) -> None:
        """The table of what was planned and what the page holds."""
        from autoclaim.cli.tables import field_table

        self.close()
        self._console.print(field_table(checks))

    def get_ready(self) -> None:
        """Draw such a table where nobody sees it: the first one takes a moment."""
        from autoclaim.cli.tables import field_table

        check = FieldCheck(name="text", planned="…", found="…")
        Console(file=StringIO(), width=PLAIN_WIDTH).print(field_table([check]))

    def close(self) -> None:
        """Put the bar away."""
        if self._bar:
            self._bar.stop()
        self._bar, self._task = None, None

    def _line(self, text: str) -> None:
        if text != self._last_line:
            self._last_line = text
            self.say(text)

    def _move_bar(self, done: int, total: int | None, what: str) -> None:
        if self._bar is None:
            # Not before there is a bar: most commands have none, and it takes a moment.
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                console=self._console,
                transient=True,
            )
            self._bar.start()
            self._task = self._bar.add_task(what, total=total)
        if self._task is not None:
            self._bar.update(self._task, completed=done, total=total, description=what)


def _console(*, stderr: bool) -> Console:
    return Console(stderr=stderr, width=_width(), highlight=False)


def _width() -> int | None:
    """COLUMNS, else the terminal's width also when one of the outputs goes into a pipe."""
    if "COLUMNS" in os.environ:
        return None
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        with suppress(OSError, ValueError):
            # A terminal that was never told its size says 0, and nothing would be printed.
            if columns := os.get_terminal_size(stream.fileno()).columns:
                return columns
    return PLAIN_WIDTH
