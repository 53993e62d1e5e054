"""The buyer's channels: which there are, giving each a message, and trying them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from autoclaim.edge.notify import AppriseService, Channel, Command, Desktop, Output, has_desktop
from autoclaim.errors import AutoclaimError, MachineFault, WrongInput
from autoclaim.model.config import NotifyConfig
from autoclaim.model.reminder import Message
from autoclaim.runner.config import CONFIG_NAME, read_config
from autoclaim.runner.wiring import Wiring


@dataclass(frozen=True, slots=True)
class Sent:
    """Whether a channel took a message; `fault` and `next_step` say why not."""

    channel: str
    fault: str = ""
    next_step: str = ""

    @property
    def well(self) -> bool:
        """Whether it was taken."""
        return not self.fault

    def as_json(self) -> dict[str, str | None]:
        """One entry of `notify test --json`."""
        return {
            "channel": self.channel,
            "fault": self.fault or None,
            "next_step": self.next_step or None,
        }


def channels(wiring: Wiring, config: NotifyConfig) -> list[Channel]:
    """The channels of config.toml; the program's own output when there is no other."""
    found: list[Channel] = []
    if config.desktop and has_desktop():
        found.append(Desktop())
    if config.command:
        found.append(Command(config.command))
    found += [AppriseService(name, partial(_address, wiring, name)) for name in config.apprise]
    return found or [Output(wiring.told.say)]


def channel_names(wiring: Wiring) -> list[str]:
    """The names of the channels a message would take."""
    return [one.name for one in channels(wiring, read_config(wiring.places.config).notify)]


def config_file(wiring: Wiring) -> Path:
    """Where config.toml is, or would be."""
    return wiring.places.config / CONFIG_NAME


def give(channel: Channel, message: Message) -> Sent:
    """Give a channel a message; a fault is told, not raised, so that the others get theirs."""
    try:
        channel.send(message)
    except AutoclaimError as fault:
        return Sent(channel.name, str(fault), fault.next_step)
    return Sent(channel.name)


def try_channels(wiring: Wiring) -> list[Sent]:
    """Send one message over every channel, as a run would."""
    config = read_config(wiring.places.config)
    message = Message(
        "autoclaim: this is a test",
        "Warnings will reach you here.\n\nNext: autoclaim schedule install\n",
    )
    return [give(channel, message) for channel in channels(wiring, config.notify)]


def add_address(wiring: Wiring, name: str, address: str) -> Sequence[str]:
    """Keep an Apprise address in the keychain; gives the line config.toml needs, if it does."""
    if "://" not in address:
        raise WrongInput(
            "This is no Apprise address.", "They look like mailto://… or ntfy://…: appriseit.com."
        )
    wiring.secrets.set_address(name, address)
    wanted = read_config(wiring.places.config).notify.apprise
    if name in wanted:
        return []
    names = ", ".join(f'"{one}"' for one in [*wanted, name])
    return [
        f"Now name it in {config_file(wiring)}:",
        "[notify]",
        f"apprise = [{names}]",
    ]


def remove_address(wiring: Wiring, name: str) -> None:
    """Forget an Apprise address."""
    wiring.secrets.forget_address(name)


def _address(wiring: Wiring, name: str) -> str:
    from autoclaim.edge.logs import redactor

    address = wiring.secrets.get_address(name)
    if address is None:
        raise MachineFault(
            f"The keychain has no address for the channel {name}.",
            f"Give it: `autoclaim notify add {name}`.",
        )
    redactor.learn(address)
    return address
