"""What the runner needs of the terminal, the browser and the rest of the outside world."""

from collections.abc import Sequence
from typing import Protocol

from autoclaim.model.claim import FieldCheck


class Told(Protocol):
    """Who is told what goes on: the terminal, or nobody."""

    def say(self, text: str) -> None:
        """One plain sentence for the buyer."""

    def progress(self, done: int, total: int | None, what: str) -> None:
        """`done` of `total` (None: not known) of `what` ("orders") are through."""

    def choose(self, question: str, options: Sequence[str]) -> str | None:
        """The buyer's pick among `options`; None when nobody is there to ask."""

    def fields(self, checks: Sequence[FieldCheck]) -> None:
        """What the form holds beside what was planned: at the hand-over, and when it changed."""
