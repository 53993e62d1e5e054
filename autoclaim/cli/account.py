"""`account` and `sign-in`: whose orders are read."""

import click

from autoclaim.cli.options import ACCOUNT, JSON, ask_secret

LEVEL = click.option("--level", type=click.Choice(["silver", "gold", "platinum", "diamond"]))
COUNTRY = click.option(
    "--country", metavar="CC", help="Your country, two letters: some rights depend on it."
)
TIME_ZONE = click.option(
    "--time-zone", metavar="ZONE", help="Your time zone; this machine's by default."
)
PROFILE_COSTS = (
    "Keep a real browser profile instead of the sealed session: the store asks for fewer captchas "
    "and codes. What it costs: Chrome keeps its cookies itself, so whoever can read your files "
    "is signed in as you, until `account remove`."
)


@click.group("account")
def account_command() -> None:
    """Add, change, list, check or remove an account.

    \b
    Examples:
      autoclaim account add STORE --email you@mail.example
      autoclaim account list
    """


@account_command.command("add")
@click.argument("store")
@click.option("--email", required=True, metavar="E", help="The e-mail you sign in with.")
@click.option(
    "--name", metavar="N", help="What you call the account; the store's name by default."
)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option(
    "--no-password", is_flag=True, help="Store none: you type it in the window each time."
)
@LEVEL
@COUNTRY
@TIME_ZONE
@click.option("--profile", is_flag=True, help=PROFILE_COSTS)
def add(
    store: str,
    email: str,
    name: str | None,
    password_stdin: bool,
    no_password: bool,
    level: str | None,
    country: str | None,
    time_zone: str | None,
    profile: bool,
) -> None:
    """Add an account of STORE; the password goes into the keychain and nowhere else.

    `autoclaim doctor` names the stores there are.

    \b
    Examples:
      autoclaim account add STORE --email you@mail.example --country ES
      pass show shop | autoclaim account add STORE --email you@mail.example --password-stdin
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.accounts import add_account, new_account

    wiring = wired(Terminal())
    account = new_account(
        wiring, store, email, name, level=level, country=country, time_zone=time_zone
    )
    password = None if no_password else _password(password_stdin)
    add_account(wiring, account.model_copy(update={"profile": profile}), password)
    click.echo(f"Added {account.name} ({account.store}, {account.email}).", err=True)
    if profile:
        click.echo(PROFILE_COSTS, err=True)
    click.echo(f"Next: autoclaim scan --account {account.name}", err=True)


@account_command.command("edit")
@click.argument("name")
@LEVEL
@COUNTRY
@TIME_ZONE
@click.option("--profile/--no-profile", default=None, help=PROFILE_COSTS)
def edit(
    name: str,
    level: str | None,
    country: str | None,
    time_zone: str | None,
    profile: bool | None,
) -> None:
    """Change what is known of an account; the password stays.

    \b
    Examples:
      autoclaim account edit mine --country ES
      autoclaim account edit mine --profile
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.accounts import edited_account

    told = Terminal()
    wiring = wired(told)
    account = edited_account(
        wiring, name, level=level, country=country, time_zone=time_zone, profile=profile
    )
    if account.profile:
        told.say(f"The browser of {account.name} keeps a profile in {wiring.places.profiles}.")
        told.say(PROFILE_COSTS)
        told.say(f"Next: autoclaim sign-in --account {account.name}")
    else:
        told.say(f"Changed {account.name}; its session is kept sealed, without a profile.")


@account_command.command("list")
@JSON
def list_accounts(as_json: bool) -> None:
    """The accounts, when each was last read, how old its session is, and what to do in time.

    \b
    Example:
      autoclaim account list
    """
    from autoclaim.cli.deciding import print_json
    from autoclaim.cli.here import wired
    from autoclaim.cli.tables import account_table
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.accounts import account_states

    states = account_states(wired(Terminal()))
    if as_json:
        print_json({"accounts": [state.as_json() for state in states]})
    else:
        account_table(states)


@account_command.command("check")
@click.argument("name", required=False)
def check(name: str | None) -> None:
    """Ask the store whether the kept session still counts; nothing is typed.

    \b
    Example:
      autoclaim account check
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.sign_in import check_session

    told = Terminal()
    check_session(wired(told), name)
    told.say("The session counts: the store answered as for a signed-in buyer.")


@account_command.command("remove")
@click.argument("name")
def remove(name: str) -> None:
    """Forget the password and the session of an account; what was read stays in the ledger.

    \b
    Example:
      autoclaim account remove mine
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.accounts import remove_account

    told = Terminal()
    remove_account(wired(told), name)
    told.say(f"Removed {name}: its password and session are gone from this machine.")
    told.say(f"To undo: autoclaim account add STORE --name {name} --email E")


@click.command("sign-in")
@ACCOUNT
def sign_in_command(name: str | None) -> None:
    """Sign in and keep the sealed session. With a window you may type everything yourself.

    \b
    Example:
      autoclaim sign-in
    """
    from autoclaim.cli.here import wired
    from autoclaim.cli.terminal import Terminal
    from autoclaim.runner.sign_in import sign_in

    told = Terminal()
    account = sign_in(wired(told), name)
    told.say(f"Signed in as {account.email}. The session is kept sealed. Next: autoclaim scan")


def _password(from_stdin: bool) -> str:
    from autoclaim.errors import WrongInput

    instead = "Say --password-stdin and give it on standard input, or --no-password."
    question = "Password (kept in the keychain)"
    password = ask_secret(question, from_stdin=from_stdin, else_say=instead)
    if not password:
        raise WrongInput("No password was given.", "Type one, or say --no-password.")
    return password
