"""`policy`: the editions, their values and sources, and what another edition would say."""

import click

from autoclaim.cli.options import ACCOUNT, JSON


@click.group("policy")
def policy_command() -> None:
    """The store's policy editions: every number with its source.

    \b
    Examples:
      autoclaim policy list
      autoclaim policy diff ed-2018 seed-2021
    """


@policy_command.command("list")
@JSON
def list_policies(as_json: bool) -> None:
    """All editions, oldest first, then the overlays for single countries.

    \b
    Example:
      autoclaim policy list
    """
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.edition_tables import edition_table
    from autoclaim.rules import listed
    from autoclaim.runner.shipped_policies import policies

    rows = listed(policies())
    if as_json:
        days = [{"from_day": row.from_day and str(row.from_day)} for row in rows]
        editions = [row._asdict() | day for row, day in zip(rows, days, strict=True)]
        print_json({"editions": editions})
    else:
        edition_table(rows)


@policy_command.command("show")
@click.argument("edition")
@JSON
def show_policy(edition: str, as_json: bool) -> None:
    """Every value of an EDITION with its unit, source, quote and how sure it is.

    \b
    Example:
      autoclaim policy show seed-2021
    """
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.edition_tables import print_values
    from autoclaim.rules import shown
    from autoclaim.runner.shipped_policies import policies

    rows = shown(policies(), edition)
    if as_json:
        values = [row._asdict() | {"source": row.source.model_dump(mode="json")} for row in rows]
        print_json({"edition": edition, "values": values})
    else:
        print_values(rows)


@policy_command.command("diff")
@click.argument("before", metavar="EDITION")
@click.argument("after", metavar="EDITION")
@JSON
def diff_policies(before: str, after: str, as_json: bool) -> None:
    """The values that two editions give differently.

    \b
    Example:
      autoclaim policy diff ed-2018 seed-2021
    """
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.edition_tables import difference_table
    from autoclaim.rules import compared
    from autoclaim.runner.shipped_policies import policies

    rows = compared(policies(), before, after)
    if as_json:
        print_json({"differences": [row._asdict() for row in rows]})
    else:
        difference_table(rows, before, after)


@policy_command.command("replay")
@ACCOUNT
@click.option("--edition", metavar="E", help="The edition to try; the newest by default.")
@JSON
def replay_policy(name: str | None, edition: str | None, as_json: bool) -> None:
    """Which stored order lines another edition would decide differently. Nothing is stored.

    \b
    Example:
      autoclaim policy replay --edition ed-2018
    """
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.edition_tables import replay_table
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.replay import replay

    rows = replay(wired(Terminal()), name, edition)
    if as_json:
        pairs = [{"before": one.before.as_json(), "after": one.after.as_json()} for one in rows]
        print_json({"replayed": pairs})
    else:
        replay_table(rows)
