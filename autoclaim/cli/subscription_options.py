"""The options that say what a subscription is; `add` and `edit` share them."""

from collections.abc import Callable, Mapping
from typing import Any

import click

CHANNELS = ("web", "mail", "letter", "call")
NOTICE_TO = ("any", "month-end", "term-end")

# option, the fact it sets, how it is shown, and what it says
_TEXTS = [
    ("--renews-for", "renews_for", '"12 months"', "By how long it goes on; a period by default."),
    ("--started", "started_on", "DAY", "The day it began."),
    ("--renews", "renews_on", "DAY", "The next renewal, as the provider says it."),
    ("--trial-ends", "trial_ends", "DAY", "The first day that costs the full price."),
    ("--minimum-term", "minimum_term", '"12 months"', "How long you are bound at first."),
    ("--notice", "notice", '"14 days"', "The notice period; none if there is none."),
    ("--country", "country", "CC", "Whose holidays count for letters and calls: DE or DE-BY."),
    ("--provider", "provider", "TEXT", "Name and address for the letter; ; begins a line."),
    ("--contract", "contract", "TEXT", "Contract or customer number."),
    ("--note", "note", "TEXT", "Anything you want to remember."),
    ("--link", "link", "ADDRESS", "The page on which it is cancelled."),
    ("--guide", "guide", "ID", "Which guide tells how; see `autoclaim guide list`."),
]
_NUMBERS = [
    ("--letter-days", "letter_days", "Working days a letter is given; 4 by default."),
    ("--margin", "margin_days", "Days to keep clear of the last day; 1 by default."),
]
FORGETTABLE = (*(fact for _, fact, _, _ in _TEXTS), "channel", "trial_price")

Command = Callable[..., Any]


def facts_options(command: Command) -> Command:
    """Add the options that say what a subscription is."""
    options = [
        *(
            click.option(name, fact, metavar=shown, help=text)
            for name, fact, shown, text in _TEXTS
        ),
        *(
            click.option(name, fact, type=int, metavar="N", help=text)
            for name, fact, text in _NUMBERS
        ),
        click.option("--trial-price", metavar="A", help="What the trial costs."),
        click.option("--notice-to", type=click.Choice(NOTICE_TO), help="When notice may end it."),
        click.option("--channel", type=click.Choice(CHANNELS), help="How notice is given."),
        click.option("--keep/--no-keep", default=None, help="You want it: no warnings about it."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def facts_of(said: Mapping[str, Any], currency: str) -> dict[str, Any]:
    """The facts in the options that were given; a price is in `currency`."""
    facts = {name: value for name, value in said.items() if value is not None}
    for name in {"price", "trial_price"} & set(facts):
        facts[name] = {"amount": facts[name], "currency": currency.upper()}
    if "country" in facts:
        facts["country"] = facts["country"].upper()
    return facts
