"""Where messages go: the desktop, the buyer's own command, and Apprise's services (an extra).

Every channel raises `MachineFault` when it did not take a message; the next run tries again with
what is due then, so nothing has to be kept meanwhile.
"""

import html
import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from autoclaim.errors import MachineFault
from autoclaim.model.reminder import Message

if TYPE_CHECKING:
    from apprise import Apprise

PATIENCE = 60.0  # seconds a notification may take
_DESKTOP_TEXT = 400  # characters; desktops cut longer texts by themselves, and less well

# JXA and PowerShell read the message from standard input: a text from a store never becomes code.
_MAC_SCRIPT = """
ObjC.import('Foundation');
const said = JSON.parse($.NSString.alloc.initWithDataEncoding(
  $.NSFileHandle.fileHandleWithStandardInput.readDataToEndOfFile, 4).js);
const app = Application.currentApplication();
app.includeStandardAdditions = true;
app.displayNotification(said.text, {withTitle: said.title});
"""
_WINDOWS_SCRIPT = """
$said = [Console]::In.ReadToEnd() | ConvertFrom-Json
[Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications,
 ContentType = WindowsRuntime] | Out-Null
$kind = [Windows.UI.Notifications.ToastTemplateType]::ToastText02
$xml = [Windows.UI.Notifications.ToastNotificationManager]::GetTemplateContent($kind)
$texts = $xml.GetElementsByTagName('text')
$texts.Item(0).AppendChild($xml.CreateTextNode($said.title)) | Out-Null
$texts.Item(1).AppendChild($xml.CreateTextNode($said.text)) | Out-Null
$toast = [Windows.UI.Notifications.ToastNotification]::new($xml)
[Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier('autoclaim').Show($toast)
"""


class Channel(Protocol):
    """A way to the buyer; `name` is stable, the ledger keeps by it what was told."""

    @property
    def name(self) -> str:
        """`desktop`, `command`, `apprise:<name>` or `output`."""
        ...

    def send(self, message: Message) -> None:
        """Give the message to the channel. Raises `MachineFault` when it was not taken."""
        ...


class Output:
    """The program's own output, where there is no other channel (cron mails it to the buyer)."""

    name = "output"

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say

    def send(self, message: Message) -> None:
        """Print title and text, line by line."""
        for line in [message.title, *message.text.splitlines()]:
            self._say(line)


class Desktop:
    """A notification on the desktop of the person who is signed in."""

    name = "desktop"

    def send(self, message: Message) -> None:
        """Show title and text. Raises `MachineFault` where there is no desktop."""
        words, typed = _desktop_call(_shortened(message))
        _call(self.name, words, typed, _with_session_bus())


class Command:
    """The buyer's own program: the text on its standard input, the title in AUTOCLAIM_TITLE."""

    name = "command"

    def __init__(self, words: Sequence[str]) -> None:
        self._words = [str(Path(words[0]).expanduser()), *words[1:]]

    def send(self, message: Message) -> None:
        """Run it. Raises `MachineFault` when it is not there, takes too long, or ends badly."""
        # The program is a stranger's: it is told nothing about the vault.
        kept = {name: value for name, value in os.environ.items() if "PASSPHRASE" not in name}
        _call(self.name, self._words, message.text, {**kept, "AUTOCLAIM_TITLE": message.title})


class AppriseService:
    """One Apprise address (mail, telephone, chat …); it holds a token and is never shown."""

    def __init__(self, name: str, address: Callable[[], str]) -> None:
        self.name = f"apprise:{name}"
        self._address = address  # asked when a message is sent: the keychain may be locked now

    def send(self, message: Message) -> None:
        """Send it. Raises `MachineFault` without the extra, or when it was not taken."""
        service = _apprise()
        # Apprise tells the log of its failures, with addresses in them.
        logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
        if not service.add(self._address()):
            raise MachineFault(
                f"{self.name} is no address that Apprise knows.",
                "Give it again: `autoclaim notify add NAME` (https://appriseit.com lists them).",
            )
        if not service.notify(title=message.title, body=message.text):
            raise MachineFault(
                f"{self.name} did not take the message.",
                "Check the address and the network: `autoclaim notify test`.",
            )


def has_desktop() -> bool:
    """Whether there is a program that shows notifications, and somebody to see them."""
    if sys.platform in {"darwin", "win32"}:
        return True
    return shutil.which("notify-send") is not None and "DBUS_SESSION_BUS_ADDRESS" in (
        _with_session_bus()
    )


def _apprise() -> "Apprise":
    try:
        from apprise import Apprise
    except ImportError:
        raise MachineFault(
            "Apprise is not installed.", "Say: pip install 'autoclaim[notify]'"
        ) from None
    return Apprise()


def _shortened(message: Message) -> Message:
    text = message.text.strip()
    return message._replace(
        text=text if len(text) <= _DESKTOP_TEXT else f"{text[:_DESKTOP_TEXT]}…"
    )


def _desktop_call(message: Message) -> tuple[list[str], str]:
    """The program with its arguments, and what it reads on its standard input."""
    if sys.platform == "darwin":
        return ["osascript", "-l", "JavaScript", "-e", _MAC_SCRIPT], json.dumps(message._asdict())
    if sys.platform == "win32":
        words = ["powershell", "-NoProfile", "-NonInteractive", "-Command", _WINDOWS_SCRIPT]
        return words, json.dumps(message._asdict())
    # Desktops read the text as markup (freedesktop.org's notification specification).
    text = html.escape(message.text, quote=False)
    return ["notify-send", "--app-name=autoclaim", "--", message.title, text], ""


def _with_session_bus() -> dict[str, str]:
    """The environment with the buyer's session bus, which a timer does not inherit."""
    environment = dict(os.environ)
    if os.name == "posix" and "DBUS_SESSION_BUS_ADDRESS" not in environment:
        bus = Path(f"/run/user/{os.getuid()}/bus")
        if bus.exists():
            environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={bus}"
    return environment


def _call(name: str, words: Sequence[str], typed: str, environment: dict[str, str]) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - the buyer's own program, or the desktop's
            words,
            input=typed,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE,
            env=environment,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired, ValueError) as reason:
        raise MachineFault(
            f"The channel {name} could not be used: {words[0]} ({type(reason).__name__}).",
            "Correct [notify] in config.toml, then `autoclaim notify test`.",
        ) from None
    if done.returncode:
        raise MachineFault(
            f"The channel {name} failed: {words[0]} ended with code {done.returncode}.",
            "Correct [notify] in config.toml, then `autoclaim notify test`.",
        )
