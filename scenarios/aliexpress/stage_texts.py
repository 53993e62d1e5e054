"""What a part of a page says, piece by piece, and the amounts of money among the pieces.

Half a piece is never a value: "38.99" does not stand in "138.99".
"""

import re
from collections.abc import Iterable
from typing import cast

from playwright.sync_api import Locator

from . import money

# The text that stands in each shown element itself, not in those within it; what is typed counts.
# The product's own box is left out: its title may hold any words and numbers.
_PIECES = """(stage, leftOut) => [stage, ...stage.querySelectorAll('*')]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.closest(leftOut))
  .map((one) => one.matches('input, textarea') ? one.value : [...one.childNodes]
    .filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join(' '))"""
_SIGN = r"(?:[^\W\d_]{1,4}\s?)?[^\w\s.,;:!?()/|-]?"  # "US $", "€", "zł", "CHF"
_ONLY_AN_AMOUNT = re.compile(rf"{_SIGN}\s?\d+(?:[.,'\s]\d+)*\s?{_SIGN}")
# Among other words a number is an amount when it has a minor unit; its sign says of what currency.
_WITH_CENTS = re.compile(
    rf"{_SIGN}\s?(?<![\d.,'])\d+(?:[.,']\d{{3}})*[.,]\d{{2,3}}(?![\d.,']*\d)(?:\s?{_SIGN})"
)


def pieces_in(stage: Locator, left_out: str) -> list[str]:
    """The texts within `stage`, each whole and in one line, without those in `left_out`."""
    found = cast("list[str]", stage.evaluate(_PIECES, left_out))
    return [piece for text in found if (piece := " ".join(text.split()))]


def amounts_in(pieces: Iterable[str], currency: str | None) -> list[str]:
    """The different amounts in the pieces as `38.99 USD`, in their order.

    A piece that is only a number counts, too. What is no single price in `currency` stays as it
    is printed.
    """
    found: dict[str, None] = {}
    for piece in pieces:
        printed = [piece] if _ONLY_AN_AMOUNT.fullmatch(piece) else _WITH_CENTS.findall(piece)
        for one in printed:
            told = money.price(one, currency)
            amount = f"{told['amount']} {told['currency']}" if isinstance(told, dict) else told
            found[amount or one] = None
    return list(found)
