"""`run` and `notify`: looking without being asked, and saying so."""

import click

from autoclaim.cli.options import ACCOUNT, JSON, ask_secret


@click.command("run")
@ACCOUNT
@click.option("--if-due", is_flag=True, help="Do nothing if there was a run in the last 20 hours.")
@JSON
def run_command(name: str | None, if_due: bool, as_json: bool) -> int:
    """Look at every account once, without a window: read, decide, follow up, remind.

    Writes report and calendar, and sums up in three lines. It never fills a form. The exit code
    is the worst that happened: 3 you are needed, 4 a page has changed (what could be read of it
    was), 1 something failed.

    \b
    Examples:
      autoclaim run
      autoclaim run --account mine --json
    """
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.run import run

    told = Terminal()
    ran = run(wired(told), name, if_due=if_due)
    told.close()
    if ran is None:
        told.say("There was a run in the last 20 hours; nothing was done.")
        return 0
    if as_json:
        print_json(ran.as_json())
    else:
        click.echo("\n".join(ran.lines))
    return ran.exit_code


@click.group("notify")
def notify_command() -> None:
    """Where warnings go: the desktop, a command of yours, or any service Apprise knows.

    config.toml names them (autoclaim notify list tells where it is).

    \b
    Examples:
      autoclaim notify test
      autoclaim notify add telephone
    """


@notify_command.command("test")
@JSON
def test(as_json: bool) -> int:
    """Send one message over every channel, and say which took it.

    \b
    Example:
      autoclaim notify test
    """
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.notify import try_channels

    told = Terminal()
    sent = try_channels(wired(told))
    if as_json:
        print_json({"channels": [one.as_json() for one in sent]})
    else:
        for one in sent:
            told.say(f"{one.channel}: {one.fault or 'took the message'} {one.next_step}".strip())
    return 0 if all(one.well for one in sent) else 1


@notify_command.command("list")
@JSON
def list_channels(as_json: bool) -> None:
    """The channels a message would take, and the file that names them.

    \b
    Example:
      autoclaim notify list
    """
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.notify import channel_names, config_file

    told = Terminal()
    wiring = wired(told)
    names, file = channel_names(wiring), str(config_file(wiring))
    if as_json:
        print_json({"channels": names, "config": file})
    else:
        click.echo("\n".join(names))
        told.say(f"Named in {file} ([notify]). Next: autoclaim notify test")


@notify_command.command("add")
@click.argument("name")
@click.option("--address-stdin", is_flag=True, help="Read the address from standard input.")
def add(name: str, address_stdin: bool) -> None:
    """Keep an Apprise address (mailto://…, ntfy://…, tgram://…) in the keychain under NAME.

    The address holds a token: it is asked for, never given on the command line.

    \b
    Examples:
      autoclaim notify add telephone
      pass show ntfy | autoclaim notify add telephone --address-stdin
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.notify import add_address

    told = Terminal()
    address = ask_secret(
        "Apprise address", from_stdin=address_stdin, else_say="Say --address-stdin."
    )
    for line in add_address(wired(told), name, address.strip()):
        told.say(line)
    told.say("Kept in the keychain. Next: autoclaim notify test")


@notify_command.command("remove")
@click.argument("name")
def remove(name: str) -> None:
    """Forget the address kept under NAME.

    \b
    Example:
      autoclaim notify remove telephone
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.notify import remove_address

    told = Terminal()
    remove_address(wired(told), name)
    told.say(f"Forgotten: {name}. Take it out of [notify] in config.toml too.")
