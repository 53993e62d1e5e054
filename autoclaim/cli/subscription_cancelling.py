"""`subscription cancel`: what is prepared for the buyer, and what the buyer did."""

import sys
import webbrowser
from collections.abc import Mapping
from typing import Any

from autoclaim.cli.deciding import print_json
from autoclaim.cli.guide_papers import print_guide, print_letter
from autoclaim.cli.here import wired
from autoclaim.cli.subscription_papers import print_subscription, quoted
from autoclaim.cli.terminal import Terminal
from autoclaim.edge.private_files import write_privately
from autoclaim.runner.subscription_cancel import (
    Sender,
    WayOut,
    answer_charge,
    record_cancelled,
    undo_cancelled,
    way_out,
)
from autoclaim.runner.subscriptions import today_of


def prepare(name: str, said: Mapping[str, Any], as_json: bool) -> None:
    """Show the facts, the guide and the letter, and open the page where a person sits."""
    told = Terminal()
    wiring = wired(told)
    sender = Sender(
        said["buyer"], said["address"], said["email"], said["language"], said["template"]
    )
    way = way_out(wiring, name, sender)
    if way.letter and said["output"]:
        text = f"{way.letter.subject}\n\n{way.letter.body}"
        write_privately(said["output"], text.encode())
        told.say(f"The letter is in {said['output']}.")
    if as_json:
        print_json(way.as_json())
        return
    print_subscription(way.judged)
    command = f"autoclaim subscription cancel {quoted(way.judged.subscription.name)}"
    if way.judged.cancelled:
        told.say(f"It is cancelled already. To undo: {command} --undo")
        told.say(f"Next, once you have looked at your statement: {command} --charged yes|no")
        return
    print_guide(way.guide, today_of(wiring), steps_only=True)
    if way.letter and not said["output"]:
        print_letter(way.letter)
    _open(told, way, said["opening"])
    told.say("Nothing was sent: cancelling is yours.")
    told.say(f"Next, when it is done: {command} --done --reference TEXT --effective DAY")


def record(name: str, said: Mapping[str, Any], as_json: bool) -> None:
    """Keep what the buyer did or found: cancelled, not cancelled after all, charged or not."""
    told = Terminal()
    wiring = wired(told)
    if said["undo"]:
        judged = undo_cancelled(wiring, name)
        words = "It counts as running again."
    elif said["charged"]:
        judged = answer_charge(wiring, name, charged=said["charged"] == "yes")
        words = "Noted."
    else:
        judged = record_cancelled(wiring, name, said["on"], said["effective"], said["reference"])
        quoted_name = quoted(judged.subscription.name)
        words = f"Noted. To undo: autoclaim subscription cancel {quoted_name} --undo"
    if as_json:
        print_json(judged.as_json())
    else:
        print_subscription(judged)
    told.say(words)


def _open(told: Terminal, way: WayOut, opening: bool | None) -> None:
    if way.address is None:
        return
    wanted = _somebody_sees(way) if opening is None else opening
    if wanted and webbrowser.open(way.address):
        told.say(f"Opened in your browser: {way.address}")
    else:
        told.say(f"The page: {way.address}")


def _somebody_sees(way: WayOut) -> bool:
    from autoclaim.browser.launching import has_display

    return way.guide.guide.channel == "web" and sys.stdin.isatty() and has_display()
