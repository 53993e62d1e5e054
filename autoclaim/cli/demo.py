"""`demo`: the whole journey, and the local store on its own."""

import json
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.demo import Stage

DAY = 86_400  # seconds


@click.command("demo")
@click.option("--unattended", is_flag=True, help="A scripted buyer presses; no window is shown.")
@click.option("--serve", is_flag=True, help="Only serve the local store, until interrupted.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="For --serve; 0 is any free one."
)
@click.option(
    "--orders",
    type=click.IntRange(1, 5000),
    default=40,
    show_default=True,
    help="How many orders the local store has.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="For --serve: which history.")
@click.option(
    "--buyers",
    type=click.IntRange(1, 4),
    default=1,
    show_default=True,
    help="For --serve: how many accounts, each with orders of its own.",
)
def demo_command(
    unattended: bool, serve: bool, port: int, orders: int, seed: int, buyers: int
) -> int | None:
    """Watch autoclaim do its job against a local store: no account, no network.

    With a display a window opens, and you press the store's own Submit.

    \b
    Examples:
      autoclaim demo
      autoclaim demo --unattended
      autoclaim demo --serve --port 8321 --orders 200
    """
    if serve:
        _serve(port=port, orders=orders, seed=seed, buyers=buyers)
        return None
    from autoclaim.browser.launching import has_display
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.demo import set_up
    from autoclaim.runner.settings import Settings

    told = Terminal()
    attended = has_display() and not unattended
    began = time.monotonic()
    with set_up(told, Settings.from_environment(), attended=attended, orders=orders) as stage:
        code = _journey(told, stage)
    told.say(f"\nThe whole journey took {time.monotonic() - began:.0f} seconds.")
    return code


def _journey(told: "Terminal", stage: "Stage") -> int:
    from autoclaim.cli.papers import EXIT_CODES, receipt_lines
    from autoclaim.cli.tables import decision_table
    from autoclaim.cli.terminal import output
    from autoclaim.runner.demo import claim_it, late_order, sign_in_and_read
    from autoclaim.runner.listing import Filter, judged_orders, rows_of

    _step(told, 1, f"Sign in to the local store as {stage.email} and read the orders")
    scanned = sign_in_and_read(stage)
    told.close()
    told.say(f"{len(scanned.orders)} orders read.")

    _step(told, 2, "Decide: what can be done, and until when")
    judged = judged_orders(stage.wiring, Filter(only_open=True))
    decision_table(*rows_of(judged))

    late = late_order(stage)
    _step(told, 3, f"Fill in the dispute form for order {late.order.order_id}, which never came")
    told.say(late.decisions[0].why)
    if stage.attended:
        told.say(
            "Read the form in the window. You press the store's own Submit; autoclaim cannot."
        )
    receipt = claim_it(stage, late)

    _step(told, 4, "The store's answer, reread")
    click.echo("\n".join(receipt_lines(receipt, output().width)))
    _what_next(told, stage)
    return EXIT_CODES[receipt.result]


def _what_next(told: "Terminal", stage: "Stage") -> None:
    told.say(f"\nScreenshots and the receipt: {stage.wiring.places.evidence}")
    told.say("For your own account:")
    told.say(f"  autoclaim account add {stage.store} --email you@mail.example")
    told.say("  autoclaim scan")
    told.say("  autoclaim list --open")


def _step(told: "Terminal", number: int, text: str) -> None:
    told.close()
    told.say(f"\n{number}. {text}")


def _serve(*, port: int, orders: int, seed: int, buyers: int) -> None:
    from autoclaim.runner import catalogue

    store = catalogue.stores()[0]
    # A store of one buyer knows no such argument, and needs none.
    several = {"buyers": buyers} if buyers > 1 else {}
    local = catalogue.fixture(store).serve(port=port, orders=orders, seed=seed, **several)
    with local as served:
        printed = {"origin": served.origin, "email": served.email, "password": served.password}
        if several:
            keys = [{"email": one.email, "password": one.password} for one in served.buyers]
            printed["buyers"] = keys
        click.echo(json.dumps(printed))
        while True:
            time.sleep(DAY)
