"""`decide`, `schema`, `list` and `explain`: what can be done, and why."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from autoclaim.cli.options import ACCOUNT, JSON

if TYPE_CHECKING:
    from autoclaim.runner.subscriptions import JudgedSubscription


@click.command("decide")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--now", metavar="MOMENT", help="Decide as of this moment or day.")
@click.option("--policy", metavar="EDITION", help="Judge by this edition alone.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="So many processes; pays from some ten thousand orders on.",
)
@JSON
def decide_command(
    file: Path, now: str | None, policy: str | None, jobs: int, as_json: bool
) -> None:
    """Decide about a facts document (FILE, or - for standard input). Nothing is stored.

    A document of any size will do: decisions come in input order, and memory stays flat.

    \b
    Examples:
      autoclaim decide facts.json
      autoclaim read orders.html --json | autoclaim decide - --json
      autoclaim decide facts.json --now 2026-04-25 --policy seed-2021
      autoclaim decide - --json --jobs 2 < a-million-orders.json
    """
    from autoclaim.runner.decide_batch import IN_ONE_GO, open_batch, spooled
    from autoclaim.runner.decide_document import decide_facts, read_facts
    from autoclaim.runner.settings import Settings

    clock = Settings.from_environment().clock()
    with opened(file) as source:
        begun = source.read(IN_ONE_GO)
        if as_json and len(begun) == IN_ONE_GO:
            with spooled(begun, source) as whole:
                batch = open_batch(whole, clock, now=now, policy=policy)
                print_decisions(batch.decisions(jobs))
            return
        facts = read_facts(begun + source.read(), now=now, policy=policy)
    decisions = decide_facts(facts, clock)
    if as_json:
        print_json({"format": 1, "decisions": [one.as_json() for one in decisions]})
        return
    from autoclaim.cli.tables import decision_table

    decision_table(decisions)


@click.command("schema")
@click.argument("of", type=click.Choice(["facts", "decision"]))
def schema_command(of: str) -> None:
    """Print the JSON Schema of the facts document or of the decisions.

    \b
    Example:
      autoclaim schema facts > facts.schema.json
    """
    from autoclaim.model import Facts, WrittenDecisions

    print_json((Facts if of == "facts" else WrittenDecisions).model_json_schema(by_alias=True))


@click.command("list")
@ACCOUNT
@click.option("--open", "only_open", is_flag=True, help="Leave out what is over or needs nothing.")
@click.option("--closing-within", metavar="7d", help="Only what closes within so many days.")
@click.option("--store", metavar="STORE", help="Only orders of this store.")
@click.option("--search", default="", metavar="TEXT", help="Part of an order number or a title.")
@click.option("--json", "as_json", is_flag=True, help="Print the facts document.")
def list_command(
    name: str | None,
    only_open: bool,
    closing_within: str | None,
    store: str | None,
    search: str,
    as_json: bool,
) -> None:
    """What can be done, for each order line, most urgent first. Asks no store.

    \b
    Examples:
      autoclaim list --open
      autoclaim list --closing-within 7d --search charger
      autoclaim list --json | autoclaim decide - --json
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.tables import decision_table
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.listing import Filter, facts_of, judged_orders, rows_of

    wiring = wired(Terminal())
    wanted = Filter.of(name, closing_within, search, only_open=only_open, store=store)
    judged = judged_orders(wiring, wanted)
    if as_json:
        print_json(facts_of(wiring, judged))
    else:
        decision_table(*rows_of(judged))


@click.command("explain")
@click.argument("order")
@click.option("--line", "line_id", metavar="L", help="Which order line; all by default.")
@click.option(
    "--if", "suppose", multiple=True, metavar="FACT=VALUE", help="Decide as if this were so."
)
@click.option("--on", metavar="DAY", help="Decide as of this day.")
@click.option("--json", "as_json", is_flag=True, help="Print the decisions as JSON.")
def explain_command(
    order: str, line_id: str | None, suppose: tuple[str, ...], on: str | None, as_json: bool
) -> None:
    """Why, until when, from which clause, and what would change it. Nothing is stored.

    \b
    Examples:
      autoclaim explain 8200000000000001
      autoclaim explain 8200000000000001 --if problem=damaged --on 2026-04-16
      autoclaim explain "Example Gym" --if notice="1 month"       a subscription, by its name
    """
    from autoclaim.cli.explaining import print_explanation
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.explain import explain
    from autoclaim.runner.subscription_explain import explain_subscription, is_subscription

    wiring = wired(Terminal())
    if line_id is None and is_subscription(wiring, order):
        _print_subscription(explain_subscription(wiring, order, suppose, on), as_json)
        return
    explained = explain(wiring, order, line_id, suppose, on)
    if as_json:
        decisions = [one.explanation.decision.as_json() for one in explained]
        print_json({"format": 1, "decisions": decisions})
    else:
        print_explanation(explained, wiring.now(), supposed=bool(suppose or on))


def _print_subscription(judged: "JudgedSubscription", as_json: bool) -> None:
    from autoclaim.cli.subscription_papers import print_subscription

    if as_json:
        print_json({"format": 1, "subscriptions": [judged.as_json()]})
    else:
        print_subscription(judged)


def print_json(document: object) -> None:
    """One JSON document on standard output and nothing else."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def print_decisions(texts: Iterator[str]) -> None:
    """One JSON document, written as it comes; nothing when the facts are refused."""
    first = next(texts, "")  # a refused document is refused here, before anything is printed
    sys.stdout.write(f'{{"format": 1, "decisions": [\n{first}')
    for text in texts:
        sys.stdout.write(f",\n{text}")
    sys.stdout.write("\n]}\n")


@contextmanager
def opened(file: Path) -> Iterator[BinaryIO]:
    """The file, or standard input for `-`; WrongInput when it cannot be read."""
    from autoclaim.errors import WrongInput

    if str(file) == "-":
        yield sys.stdin.buffer
        return
    try:
        source = file.open("rb")
    except OSError as fault:
        raise WrongInput(
            f"{file} cannot be read: {fault.strerror}.", "Nothing was done."
        ) from None
    with source:
        yield source
