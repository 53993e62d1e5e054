"""The program in this process, with the browser of the tests, at a tenth of what starting costs.

Arguments, environment, folder, streams and exit code are as in a process of its own. That it runs
in one of its own as well is held by the journeys that start it, interrupt it or kill it, and by
the demo from the wheel.
"""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import pytest

from autoclaim.cli.ending import run_to_the_end
from autoclaim.cli.table_of_commands import autoclaim
from tests.at_the_window import the_windows_port

Streams = Sequence[IO[str]]  # standard input, output and error
NAMES = ("stdin", "stdout", "stderr")


def run(words: Sequence[str], environment: Mapping[str, str], streams: Streams) -> int:
    """Run `autoclaim WORDS` with these three streams; gives its exit code."""
    with ExitStack() as machine, pytest.MonkeyPatch.context() as patch:
        for number, (name, stream) in enumerate(zip(NAMES, streams, strict=True)):
            patch.setattr(sys, name, machine.enter_context(_instead(number, stream)))
        for name in set(os.environ) - set(environment):
            patch.delenv(name)
        for name, value in environment.items():
            patch.setenv(name, value)
        if "AUTOCLAIM_TEST_CDP_PORT" in environment:
            patch.setenv("AUTOCLAIM_TEST_CDP_PORT", str(the_windows_port()))
        patch.chdir(Path.cwd())
        return run_to_the_end(autoclaim, list(words))


@contextmanager
def _instead(number: int, stream: IO[str]) -> Iterator[IO[str]]:
    """The stream of that number, for this process and what it starts, is `stream` meanwhile."""
    before = os.dup(number)
    os.dup2(stream.fileno(), number)
    try:
        mode = "r" if number == 0 else "w"
        with open(number, mode, encoding="utf-8", newline="", closefd=False) as ours:
            yield ours
    finally:
        os.dup2(before, number)
        os.close(before)
