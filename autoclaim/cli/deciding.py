"""`decide`, `schema`, `list` and `explain`: what can be done, and why."""

import json
import sys
from pathlib import Path

import click


@click.command("decide")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--now", metavar="MOMENT", help="Decide as of this moment or day.")
@click.option("--policy", metavar="EDITION", help="Judge by this edition alone.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def decide_command(file: Path, now: str | None, policy: str | None, as_json: bool) -> None:
    """Decide about a facts document (FILE, or - for standard input). Nothing is stored.

    \b
    Examples:
      autoclaim decide facts.json
      autoclaim read orders.html --json | autoclaim decide - --json
      autoclaim decide facts.json --now 2026-04-25 --policy seed-2021
    """
    from autoclaim.runner.decide_document import decide_facts, read_facts
    from autoclaim.runner.settings import Settings

    clock = Settings.from_environment().clock()
    decisions = decide_facts(read_facts(_content(file), now=now, policy=policy), clock)
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


def print_json(document: object) -> None:
    """One JSON document on standard output and nothing else."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def _content(file: Path) -> bytes:
    from autoclaim.errors import WrongInput

    if str(file) == "-":
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as fault:
        raise WrongInput(f"{file} cannot be read: {fault.strerror}.", "Nothing was done.") from None
