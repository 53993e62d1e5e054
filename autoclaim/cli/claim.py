"""`claim` and `follow-up`: the filled form, and what became of it."""

from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autoclaim.cli.options import ACCOUNT, JSON

if TYPE_CHECKING:
    from autoclaim.cli.terminal import Terminal
    from autoclaim.edge.ledger import StoredOrder
    from autoclaim.model import Account, ClaimKind, FormOffer, Receipt
    from autoclaim.runner.claim import Drafted
    from autoclaim.runner.wiring import Wiring

KINDS: "tuple[ClaimKind, ...]" = ("cancel", "dispute", "answer")


def _get_ready(context: click.Context) -> "tuple[Terminal, Wiring]":
    """The parts of a claim, and what seals the session opened.

    Imported is only what tells whose browser is to start: while it does there is time for more.
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.ahead import ahead

    told = Terminal()
    wiring = wired(told, context)
    ahead(wiring.secrets.open)
    import_module("autoclaim.runner.claim")
    return told, wiring


@click.command("claim")
@click.argument("order", required=False)
@ACCOUNT
@click.option("--resume", is_flag=True, help="Take up the claim you left before sending it.")
@click.option("--line", "line_id", metavar="L", help="Which order line; needless with only one.")
@click.option("--cancel", is_flag=True, help="Fill in the cancel form.")
@click.option("--dispute", is_flag=True, help="Fill in the dispute form.")
@click.option("--answer", is_flag=True, help="Answer a request for evidence.")
@click.option(
    "--parcel", "tracking_number", metavar="NUMBER", help="Tell the return parcel's number."
)
@click.option(
    "--reason", "store_reason", metavar="TEXT", help="One of the reasons that the form offers."
)
@click.option(
    "--received",
    type=click.Choice(["yes", "no"]),
    callback=lambda _context, _option, said: None if said is None else said == "yes",
    help="Did the parcel arrive?",
)
@click.option("--amount", metavar="A", help="What to ask for; what was paid by default.")
@click.option("--text", metavar="TEXT", help="Your statement; a short factual one by default.")
@click.option("--edit", is_flag=True, help="Edit the statement in $EDITOR first.")
@click.option("--language", metavar="LL", help="Of the statement: en, es, pt, de or fr.")
@click.option("--again", is_flag=True, help="The same text or file as for another order is meant.")
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
    metavar="SECONDS",
    help="How long to wait for you; 15 minutes by default.",
)
@click.option("--headless", is_flag=True, help="Without a window (for tests).")
@click.option("--look", is_flag=True, help="Print what the form offers, fill nothing, and leave.")
@click.option("--json", "as_json", is_flag=True, help="Print the receipt as JSON.")
def claim_command(
    order: str | None,
    name: str | None,
    resume: bool,
    edit: bool,
    wait_seconds: float | None,
    headless: bool,
    look: bool,
    as_json: bool,
    **wished: Any,  # noqa: ANN401 - the other options, the kinds and the fields of ClaimRequest
) -> int:
    """Open the right form for an ORDER, fill it, stop before Submit, and hand it to you.

    You read it and press the store's own button, or not. autoclaim cannot. Without a display you
    get a pack instead: the text, the files, the page's address and the deadline (exit code 7).

    \b
    Examples:
      autoclaim claim 8200000000000001
      autoclaim claim 8200000000000001 --dispute --line 2 --amount 12.50 --file crack.jpg
      autoclaim claim 8200000000000001 --cancel --look
      autoclaim claim 8200000000000001 --edit --language es
      autoclaim claim 8200000000000001 --answer --text "Here is the label" --file label.jpg
      autoclaim claim 8200000000000001 --parcel RR123456789ES
      autoclaim claim --resume
    """
    from autoclaim.runner.ahead import driver_ahead

    kind = _kind(wished)
    if order is None and not resume:
        raise click.UsageError("Say which ORDER, or --resume.")
    if resume and (kind or any(said for option, said in wished.items() if option != "again")):
        raise click.UsageError("--resume takes the claim up as it was; say nothing else of it.")
    get_ready = partial(_get_ready, click.get_current_context())
    with driver_ahead(get_ready, in_a_window=not (headless or look)) as (told, wiring):
        from autoclaim.runner import claim as claiming
        from autoclaim.runner.claim_request import ClaimRequest

        if order is None or resume:
            drafted = claiming.resume(wiring, order, name, again=wished["again"])
        else:
            _begin_browser(wiring, claiming.whose(wiring, order, name), headless, look)
            request = ClaimRequest(order, kind=kind, **wished)
            drafted = claiming.draft(wiring, request, name, only_look=look)
            _say_decision(told, drafted)
        if look:
            _print_offer(claiming.look(wiring, drafted), as_json)
            return 0
        if edit:
            drafted = _edited(drafted)
        receipt = _hand_over(wiring, told, drafted, (headless, wait_seconds, as_json))
        return _exit_code(receipt)


def _exit_code(receipt: "Receipt") -> int:
    from autoclaim.cli.papers import EXIT_CODES

    return EXIT_CODES[receipt.result]


def _begin_browser(wiring: "Wiring", account: "Account", headless: bool, look: bool) -> None:
    """Let the browser start while the order is judged and the claim is drafted."""
    from autoclaim.runner.claim import can_show_a_window

    if look:
        wiring.begin_browser(account, headed=wiring.reads_in_a_window())
    elif headless or can_show_a_window():
        wiring.begin_browser(account, headed=not headless)


def _kind(wished: dict[str, Any]) -> "ClaimKind | None":
    """The one kind of claim that the command line asks for, if it asks for one."""
    kinds: list[ClaimKind] = [kind for kind in KINDS if wished.pop(kind)]
    if wished["tracking_number"] is not None:
        kinds.append("return_parcel")
    if len(kinds) > 1:
        raise click.UsageError("Say one of --cancel, --dispute, --answer and --parcel.")
    return kinds[0] if kinds else None


def claim_once(wiring: "Wiring", told: "Terminal", order: "StoredOrder", line: str | None) -> None:
    """What `claim ORDER --line L` does, for whoever walks through several."""
    from autoclaim.runner.claim import draft
    from autoclaim.runner.claim_request import ClaimRequest

    drafted = draft(wiring, ClaimRequest(order.order_id, line), order.account)
    _hand_over(wiring, told, drafted, (False, None, False))


def _hand_over(
    wiring: "Wiring", told: "Terminal", drafted: "Drafted", how: tuple[bool, float | None, bool]
) -> "Receipt":
    """Show what it says, fill it in, and print the receipt; `how`: headless, seconds, as JSON."""
    from autoclaim.cli.claim_words import print_pack, say_statement
    from autoclaim.runner import claim as claiming
    from autoclaim.runner.ahead import ahead

    headless, wait_seconds, as_json = how
    say_statement(told, drafted)
    if not headless and not claiming.can_show_a_window():
        print_pack(claiming.pack_instead(wiring, drafted), as_json=as_json)
    ahead(told.get_ready)
    waits = {"wait_seconds": wait_seconds} if wait_seconds else {}
    receipt = claiming.fill_and_hand_over(wiring, drafted, headed=not headless, **waits)
    _print_receipt(told, receipt, drafted.account, as_json)
    return receipt


@click.command("follow-up")
@ACCOUNT
@JSON
def follow_up_command(name: str | None, as_json: bool) -> None:
    """Reread the claims under way from the store, and say what comes next. Nothing is sent.

    \b
    Example:
      autoclaim follow-up
    """
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.here import wired
    from autoclaim.cli.papers import life_lines
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
        for one in followed:
            click.echo("\n".join(life_lines(one)))


def _edited(drafted: "Drafted") -> "Drafted":
    """The draft with the statement as the buyer leaves it in $EDITOR; unchanged if unsaved."""
    from autoclaim.errors import NotSent

    text = click.edit(drafted.claim.statement or "")
    if text is None:
        return drafted
    if not text.strip():
        raise NotSent("The text was emptied; nothing was filled in or sent.", "Run it again.")
    return drafted.with_words(text.strip())


def _say_decision(told: "Terminal", drafted: "Drafted") -> None:
    decision = drafted.decision
    told.say(decision.why)
    if drafted.claim.kind not in ("cancel", "dispute"):
        return
    if decision.action not in ("cancel", "dispute", "fast_refund", "return_goods"):
        told.say("The rules do not advise this now; the form is opened because you asked for it.")


def _print_offer(offer: "FormOffer", as_json: bool) -> None:
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.papers import offer_lines

    if as_json:
        print_json(offer.model_dump(mode="json"))
    else:
        click.echo("\n".join(offer_lines(offer)))


def _print_receipt(
    told: "Terminal", receipt: "Receipt", account: "Account", as_json: bool
) -> None:
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.papers import receipt_lines
    from autoclaim.cli.terminal import output
    from autoclaim.model import zone_named

    told.close()
    if as_json:
        print_json(receipt.model_dump(mode="json"))
    else:
        zone = zone_named(account.time_zone) if account.time_zone else None
        click.echo("\n".join(receipt_lines(receipt, output().width, zone)))
    if receipt.result in ("not_seen", "contradicts"):
        told.say("Next: autoclaim follow-up rereads the case. Do not send it a second time.")
