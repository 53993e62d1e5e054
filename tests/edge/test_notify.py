"""Channels: what they are given, and what they say when it was not taken."""

import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from autoclaim.edge.notify import AppriseService, Command, Desktop, Output
from autoclaim.errors import MachineFault
from autoclaim.model.reminder import Message

MESSAGE = Message("autoclaim: one day left", "Lamp <b>& co</b>\n\nNext: autoclaim list\n")


# Apprise still imports a module that Python 3.13 has dropped.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


class _Service(BaseHTTPRequestHandler):
    heard: list[dict[str, object]] = []  # noqa: RUF012 - one server at a time

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append(json.loads(body))
        self.send_response(500 if self.path == "/down" else 200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def service() -> Iterator[str]:
    _Service.heard.clear()
    with HTTPServer(("127.0.0.1", 0), _Service) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"json://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for the desktop's own program, which writes down what it is given."""
    program, heard = tmp_path / "notify-send", tmp_path / "heard"
    program.write_text(
        f'#!/bin/sh\nfor word in "$@"; do printf "%s\\n" "$word"; done > "{heard}"\n'
    )
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(sys, "platform", "linux")
    return heard


def test_the_buyers_command_gets_the_text_and_the_title(tmp_path: Path) -> None:
    heard = tmp_path / "heard"

    Command(["sh", "-c", f'echo "$AUTOCLAIM_TITLE" > "{heard}"; cat >> "{heard}"']).send(MESSAGE)

    assert heard.read_text() == f"{MESSAGE.title}\n{MESSAGE.text}"


def test_the_buyers_command_is_told_nothing_of_the_vault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTOCLAIM_PASSPHRASE_FILE", "/somewhere")
    heard = tmp_path / "heard"

    Command(["sh", "-c", f'env > "{heard}"']).send(MESSAGE)

    assert "PASSPHRASE" not in heard.read_text()


@pytest.mark.parametrize("words", [["/not/there"], ["sh", "-c", "exit 3"]])
def test_a_command_that_fails_is_told_with_the_next_step(words: list[str]) -> None:
    with pytest.raises(MachineFault) as fault:
        Command(words).send(MESSAGE)

    assert words[0] in str(fault.value)
    assert "autoclaim notify test" in fault.value.next_step


def test_text_from_a_store_is_no_markup_for_the_desktop(desktop: Path) -> None:
    Desktop().send(MESSAGE)

    assert desktop.read_text().splitlines()[:4] == [
        "--app-name=autoclaim",
        "--",
        MESSAGE.title,
        "Lamp &lt;b&gt;&amp; co&lt;/b&gt;",
    ]


def test_a_long_text_is_cut_for_the_desktop(desktop: Path) -> None:
    Desktop().send(MESSAGE._replace(text="x" * 5000))

    assert len(desktop.read_text()) < 600


def test_a_service_that_apprise_knows_takes_title_and_text(service: str) -> None:
    AppriseService("telephone", lambda: service).send(MESSAGE)

    [heard] = _Service.heard
    assert heard["title"] == MESSAGE.title
    assert "Next: autoclaim list" in str(heard["message"])


def test_a_service_that_is_down_is_told_without_its_address(
    service: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(MachineFault) as fault:
        AppriseService("telephone", lambda: f"{service}/down").send(MESSAGE)

    shown = capfd.readouterr()
    assert "apprise:telephone" in str(fault.value)
    assert "127.0.0.1" not in f"{fault.value}{shown.out}{shown.err}"


def test_an_address_that_is_none_is_told() -> None:
    with pytest.raises(MachineFault, match="no address that Apprise knows"):
        AppriseService("telephone", lambda: "nonsense").send(MESSAGE)


def test_without_any_channel_the_message_is_printed() -> None:
    heard: list[str] = []

    Output(heard.append).send(MESSAGE)

    assert heard == [MESSAGE.title, "Lamp <b>& co</b>", "", "Next: autoclaim list"]
