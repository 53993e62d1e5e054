"""What the README has people type is there to be typed."""

import re
import shlex
from collections.abc import Iterator

import click
import pytest

from autoclaim.cli.table_of_commands import autoclaim
from tests.local_store import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def typed() -> Iterator[str]:
    """Every command line of the README's blocks and sentences, as far as it names options."""
    blocks = README.replace("\\\n", " ").split("```")
    for line in "\n".join(blocks[1::2]).splitlines():
        if found := re.match(r"\s*(?:\S*[/\\])?autoclaim (\S.*?)(?:\s+#.*)?$", line):
            yield found[1]
    for found in re.finditer(r"`autoclaim ([a-z][^`]*)`", "".join(blocks[::2])):
        yield found[1]


@pytest.mark.parametrize("line", sorted(set(typed())))
def test_a_command_of_the_readme_exists_with_its_options(line: str) -> None:
    words = shlex.split(line.partition(" > ")[0].partition(" | ")[0])
    command: click.Command = autoclaim
    with click.Context(command) as context:
        while isinstance(command, click.Group) and words:
            found = command.get_command(context, words.pop(0))
            assert found is not None, line
            command = found
    options = {name for one in command.params for name in one.opts}
    said = {word.partition("=")[0] for word in words if word.startswith("--")}
    assert said <= options, line


def test_the_first_screen_has_the_two_commands_and_what_it_never_does() -> None:
    first = "\n".join(README.splitlines()[:40])

    assert "make demo" in first
    assert "make test" in first
    assert "What autoclaim never does" in first
