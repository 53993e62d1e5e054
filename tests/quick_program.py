"""The program in a process of its own, without importing everything anew each time.

A server imports the package once; for each run it forks, and what was forked becomes the program,
with its own arguments, environment, folder, streams and exit code. Importing costs more than most
commands do. Where a fork is not to be trusted (macOS, Windows), or where a setting is read while
importing, `tests/terminal.py` starts the program in the usual way.

`python -m tests.quick_program SOCKET` is the server.
"""

import atexit
import json
import os
import pkgutil
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO, Any

Streams = Sequence[IO[str]]  # standard input, output and error

# Read while importing: by the interpreter, or by the browser's library.
READ_AT_THE_START = ("PYTHON", "DEBUG", "PWDEBUG")
NOT_IMPORTED = ("autoclaim.__main__", "autoclaim.scenarios", "autoclaim.fixtures")
LONGEST_REQUEST = 1 << 20  # bytes


def is_read_at_the_start(named: Mapping[str, str]) -> bool:
    """Whether one of these settings only counts for a program that is started with it."""
    return any(name.startswith(READ_AT_THE_START) for name in named)


def is_possible() -> bool:
    """Whether a fork is to be trusted here."""
    return sys.platform == "linux"


def run(
    words: Sequence[str],
    environment: Mapping[str, str],
    streams: Sequence[IO[str]],
    seconds: float,
) -> int:
    """Run `autoclaim WORDS` with these three streams; gives its exit code.

    Raises:
        subprocess.TimeoutExpired: it took longer, and was killed.
    """
    request = {"words": words, "environment": environment, "folder": str(Path.cwd())}
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(_server())
        asked = json.dumps(request).encode()
        socket.send_fds(connection, [asked], [stream.fileno() for stream in streams])
        connection.settimeout(seconds)
        program = int(connection.recv(20))
        connection.send(b"!")
        try:
            return int(connection.recv(20))
        except TimeoutError:
            os.kill(program, signal.SIGKILL)
            raise subprocess.TimeoutExpired(list(words), seconds) from None


@cache
def _server() -> str:
    """The address of a server for this process, with which it ends."""
    address = str(Path(tempfile.mkdtemp(prefix="quick-program-")) / "socket")
    command = [sys.executable, "-m", "tests.quick_program", address]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    atexit.register(_end, server)
    while not Path(address).exists():
        assert server.poll() is None
        time.sleep(0.01)
    return address


def _end(server: "subprocess.Popen[bytes]") -> None:
    assert server.stdin is not None
    server.stdin.close()
    server.wait()


def serve(address: str) -> dict[str, Any]:
    """Fork for each request, until standard input ends; returns the request in what was forked."""
    import_everything()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the wardens
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(f"{address}.new")
        listening.listen()
        Path(f"{address}.new").rename(address)
        while sys.stdin not in select.select([listening, sys.stdin], [], [])[0]:
            connection, _ = listening.accept()
            if os.fork() == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                return warden(connection)
            connection.close()
    sys.exit()


def import_everything() -> None:
    """The package, and what it and the scenarios import late. Not the scenarios themselves:
    which folder they come from is a setting of the buyer's.
    """
    package = import_module("autoclaim")
    for module in pkgutil.walk_packages(package.__path__, "autoclaim."):
        if not module.name.startswith(
            ("autoclaim.__", "autoclaim.scenarios", "autoclaim.fixtures")
        ):
            import_module(module.name)
    for late in ("playwright.sync_api", "selectolax.lexbor", "babel.dates", "rich.progress"):
        import_module(late)


def warden(connection: socket.socket) -> dict[str, Any]:
    """Fork once more, tell the program's number, wait for its end, and tell its exit code."""
    asked, streams, _, _ = socket.recv_fds(connection, LONGEST_REQUEST, 3)
    program = os.fork()
    if program == 0:
        connection.close()
        for place, stream in enumerate(streams):
            os.dup2(stream, place)
            os.close(stream)
        request: dict[str, Any] = json.loads(asked)
        return request
    connection.send(str(program).encode())
    connection.recv(1)
    _, status = os.waitpid(program, 0)
    connection.send(str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def become(request: Mapping[str, Any]) -> None:
    """Be the program that was asked for."""
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["folder"])
    sys.argv = ["autoclaim", *request["words"]]
    import_module("autoclaim.cli").main()


if __name__ == "__main__":
    become(serve(sys.argv[1]))
