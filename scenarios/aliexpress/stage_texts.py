"""What a stage of a form says at one moment, piece by piece, and the amounts among the pieces.

Half a piece is never a value: "38.99" does not stand in "138.99".
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from playwright.sync_api import Page

from . import money

_STAGE = "[class*='reverse-stage--']"
_ITEM = "[class*='reverse-item--']"
# All in one question: what is asked later may show another moment. A piece is the text that stands
# in a shown element itself, not in those within it; what is typed counts.
_LOOK = """({signs, stage, item}) => {
  const shows = (one) => one.checkVisibility({visibilityProperty: true});
  const here = (sign) => [...document.querySelectorAll(sign)].filter((one) => {
    const box = one.getBoundingClientRect();
    return shows(one) && box.width > 0 && box.height > 0;
  });
  const own = (one) => one.matches('input, textarea') ? one.value : [...one.childNodes]
    .filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join(' ');
  const all = document.querySelector(stage) ?? document.body;
  const pieces = [all, ...all.querySelectorAll('*')].filter(shows);
  return {
    texts: Object.fromEntries(Object.entries(signs).map(
      ([name, sign]) => [name, here(sign).map((one) => one.innerText)])),
    pieces: pieces.filter((one) => !one.closest(item)).map(own),
    all: pieces.map(own),
  };
}"""
_SIGN = r"(?:[^\W\d_]{1,4}\s?)?[^\w\s.,;:!?()/|-]?"  # "US $", "€", "zł", "CHF"
_ONLY_AN_AMOUNT = re.compile(rf"{_SIGN}\s?\d+(?:[.,'\s]\d+)*\s?{_SIGN}")
# Among other words a number is an amount when it has a minor unit; its sign says of what currency.
_WITH_CENTS = re.compile(
    rf"{_SIGN}\s?(?<![\d.,'])\d+(?:[.,']\d{{3}})*[.,]\d{{2,3}}(?![\d.,']*\d)(?:\s?{_SIGN})"
)


@dataclass(frozen=True, slots=True)
class StageSeen:
    """What the stage showed: the texts at each sign, and its pieces, each in one line.

    `pieces` leave the product's own box out: its title may hold any words and numbers.
    """

    texts: Mapping[str, list[str]]
    pieces: list[str]
    all_pieces: list[str]

    def text(self, name: str) -> str | None:
        """What the first element that is shown at that sign says; None where there is none."""
        return next(iter(self.texts[name]), None)


def look_at_stage(page: Page, signs: Mapping[str, str]) -> StageSeen:
    """Look once at the stage in front, and at what is shown at each of the `signs` (selectors)."""
    seen = page.evaluate(_LOOK, {"signs": dict(signs), "stage": _STAGE, "item": _ITEM})
    texts = {name: [_one_line(text) for text in found] for name, found in seen["texts"].items()}
    pieces, every = (list(filter(None, map(_one_line, seen[one]))) for one in ("pieces", "all"))
    return StageSeen(texts, pieces, every)


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


def _one_line(text: str) -> str:
    return " ".join(text.split())
