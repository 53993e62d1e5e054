"""Options that many commands share, and the one way in which a secret is asked for."""

import sys

import click

ACCOUNT = click.option(
    "--account", "name", metavar="N", help="Which account; needless with only one."
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


def ask_secret(question: str, *, from_stdin: bool, else_say: str) -> str:
    """What is typed without being shown, or the first line of standard input.

    Raises:
        WrongInput: there is no terminal to ask at; `else_say` tells what to do instead.
    """
    from autoclaim.errors import WrongInput

    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise WrongInput("There is no terminal to ask at.", else_say)
    typed: str = click.prompt(question, hide_input=True, err=True)
    return typed
