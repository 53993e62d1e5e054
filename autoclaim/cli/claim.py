"""`claim` and `follow-up`: the filled form, and what became of it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autoclaim.cli.account import ACCOUNT

if TYPE_CHECKING:
    from autoclaim.cli.terminal import Terminal
    from autoclaim.model import ClaimKind, FormOffer, Receipt
    from autoclaim.runner.claim import Drafted

FIFTEEN_MINUTES = 900.0


@click.command("claim")
@click.argument("order")
@ACCOUNT
@click.option("--line", "line_id", metavar="L", help="Which order line; needless with only one.")
@click.option("--cancel", "kind", flag_value="cancel", help="Fill in the cancel form.")
@click.option("--dispute", "kind", flag_value="dispute", help="Fill in the dispute form.")
@click.option("--reason", metavar="TEXT", help="One of the reasons that the form offers.")
@click.option("--received", type=click.Choice(["yes", "no"]), help="Did the parcel arrive?")
@click.option("--amount", metavar="A", help="What to ask for; what was paid by default.")
@click.option("--text", metavar="TEXT", help="Your statement; a short factual one by default.")
@click.option(
    "--file",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="F",
    help="A picture or video; may be said again.",
)
@click.option(
    "--wait",
    "wait_seconds",
    type=click.FloatRange(min=1),
    default=FIFTEEN_MINUTES,
    metavar="SECONDS",
    help="How long to wait for you; 15 minutes by default.",
)
@click.option("--headless", is_flag=True, help="Without a window (for tests).")
@click.option("--look", is_flag=True, help="Print what the form offers, fill nothing, and leave.")
@click.option("--json", "as_json", is_flag=True, help="Print the receipt as JSON.")
def claim_command(
    order: str,
    name: str | None,
    line_id: str | None,
    kind: "ClaimKind | None",
    reason: str | None,
    received: str | None,
    amount: str | None,
    text: str | None,
    files: tuple[Path, ...],
    wait_seconds: float,
    headless: bool,
    look: bool,
    as_json: bool,
) -> int:
    """Open the right form for an ORDER, fill it, stop before Submit, and hand it to you.

    You read it and press the store's own button, or not. autoclaim cannot.

    \b
    Examples:
      autoclaim claim 8200000000000001
      autoclaim claim 8200000000000001 --dispute --line 2 --amount 12.50 --file crack.jpg
      autoclaim claim 8200000000000001 --cancel --look
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.papers import EXIT_CODES
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner import claim as claiming
    from autoclaim.runner.claim_draft import Wish

    told = Terminal()
    wiring = wired(told)
    said = None if received is None else received == "yes"
    wish = Wish(order, line_id, kind, reason, said, amount, text, files)
    drafted = claiming.draft(wiring, wish, name)
    _say_decision(told, drafted)
    if look:
        _print_offer(claiming.look(wiring, drafted), as_json)
        return 0
    headed = claiming.window(headless=headless)
    receipt = claiming.fill_and_hand_over(
        wiring, drafted, headed=headed, wait_seconds=wait_seconds
    )
    _print_receipt(told, receipt, as_json)
    return EXIT_CODES[receipt.result]


@click.command("follow-up")
@ACCOUNT
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def follow_up_command(name: str | None, as_json: bool) -> None:
    """Reread the claims under way from the store. Nothing is sent.

    \b
    Example:
      autoclaim follow-up
    """
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.here import wired
    from autoclaim.cli.tables import claim_table
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.follow_up import follow_up

    told = Terminal()
    followed = follow_up(wired(told), name)
    told.close()
    if as_json:
        print_json({"claims": [one.as_json() for one in followed]})
    else:
        claim_table(followed)


def _say_decision(told: "Terminal", drafted: "Drafted") -> None:
    decision = drafted.decision
    told.say(decision.why)
    if decision.action not in ("cancel", "dispute", "fast_refund", "return_goods"):
        told.say("The rules do not advise this now; the form is opened because you asked for it.")


def _print_offer(offer: "FormOffer", as_json: bool) -> None:
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.papers import offer_lines

    if as_json:
        print_json(offer.model_dump(mode="json"))
    else:
        click.echo("\n".join(offer_lines(offer)))


def _print_receipt(told: "Terminal", receipt: "Receipt", as_json: bool) -> None:
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.papers import receipt_lines

    told.close()
    if as_json:
        print_json(receipt.model_dump(mode="json"))
    else:
        click.echo("\n".join(receipt_lines(receipt)))
    if receipt.result in ("not_seen", "contradicts"):
        told.say("Next: autoclaim follow-up rereads the case. Do not send it a second time.")
