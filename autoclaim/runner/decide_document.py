"""Decide about a facts document that somebody hands in, without the ledger."""

import json
from datetime import datetime

from autoclaim.errors import WrongInput
from autoclaim.model import Decision, Facts
from autoclaim.rules import decide
from autoclaim.runner.shipped_policies import policies


def read_facts(text: bytes | str, *, now: str | None = None, policy: str | None = None) -> Facts:
    """Parse a facts document (contracts.md 1); `now` and `policy`, if given, replace its own.

    Raises:
        WrongInput: no JSON.
        FactsRefused: a document that is refused, with the path of the fault.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as fault:  # ValueError covers bad UTF-8 too
        raise WrongInput(f"The facts are not JSON: {fault}.", "Nothing was done.") from None
    if isinstance(document, dict):
        document |= {"now": now} if now else {}
        document |= {"policy": policy} if policy else {}
    if policy and not policies().has(policy):
        names = ", ".join(edition.edition for edition in policies().editions)
        raise WrongInput(f"No edition is called {policy}.", f"There are: {names}.")
    return Facts.model_validate(document)


def is_facts(content: bytes) -> bool:
    """Whether the content means to be a facts document: a JSON object with a list of orders."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(document, dict) and isinstance(document.get("orders"), list)


def decide_facts(facts: Facts, clock: datetime) -> list[Decision]:
    """One decision per order line, in input order; `clock` counts when the facts have no `now`."""
    return decide(facts, policies(), clock)
