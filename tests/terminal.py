"""The program as a person runs it: a process, its two outputs and its exit code."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from tests import program_here
from tests.program_here import Streams

# Read while importing: by the interpreter, or by the browser's library.
READ_AT_THE_START = ("PYTHON", "DEBUG", "PWDEBUG")
LONGEST = 600.0  # seconds
PROGRAM = [sys.executable, "-m", "autoclaim"]


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    def json(self) -> Any:  # noqa: ANN401 - a JSON document is anything
        return json.loads(self.out)


@dataclass
class Machine:
    """A buyer's machine: a home of its own, an encrypted vault, and perhaps a local store."""

    home: Path
    environment: dict[str, str] = field(default_factory=dict)

    def variables(self, **more: str) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if "AUTOCLAIM" not in name}
        browser = os.environ.get("AUTOCLAIM_BROWSER")
        return {
            **inherited,
            **({"AUTOCLAIM_BROWSER": browser} if browser else {}),
            "AUTOCLAIM_HOME": str(self.home),
            **self.environment,
            **more,
        }

    def run(self, *words: str, typed: str = "", alone: bool = False, **more: str) -> Ended:
        """Run `autoclaim WORDS` until its end: in this process, or `alone` in one of its own."""
        variables = self.variables(**more)
        named = {**self.environment, **more}
        alone = alone or any(name.startswith(READ_AT_THE_START) for name in named)
        with (
            TemporaryFile("w+", encoding="utf-8") as said,
            TemporaryFile("w+", encoding="utf-8", newline="") as out,
            TemporaryFile("w+", encoding="utf-8", newline="") as err,
        ):
            said.write(typed)
            said.seek(0)
            streams = (said, out, err)
            code = (started if alone else program_here.run)(words, variables, streams)
            out.seek(0)
            err.seek(0)
            return Ended(code, out.read(), err.read())

    @contextmanager
    def start(self, *words: str, **more: str) -> Iterator["subprocess.Popen[str]"]:
        """The program while it runs; with the block it ends, whatever became of it."""
        with subprocess.Popen(
            [*PROGRAM, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=self.variables(**more),
        ) as running:
            try:
                yield running
            finally:
                running.kill()


def started(words: Sequence[str], environment: Mapping[str, str], streams: Streams) -> int:
    """Run the program in a process of its own; gives its exit code."""
    stdin, stdout, stderr = streams
    return subprocess.run(
        [*PROGRAM, *words],
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        timeout=LONGEST,
        env=environment,
        check=False,
    ).returncode


def until(it_is_so: Callable[[], bool], program: "subprocess.Popen[str]") -> None:
    """Look every tenth of a second; the program must not end before."""
    while not it_is_so():
        with suppress(subprocess.TimeoutExpired):
            program.wait(0.1)
        assert program.poll() is None


def a_machine(folder: Path, origin: str | None = None) -> Machine:
    """A machine without a keychain: its secrets are in the vault, opened by a passphrase file."""
    passphrase = folder / "passphrase"
    passphrase.write_text("correct horse battery staple\n")
    passphrase.chmod(0o600)
    machine = Machine(folder / "home", {"AUTOCLAIM_PASSPHRASE_FILE": str(passphrase)})
    if origin:
        machine.environment["AUTOCLAIM_STORE_ORIGIN"] = origin
    return machine


def a_free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
    return port
