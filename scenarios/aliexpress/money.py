"""Prices as the store prints them → exact money of the facts.

Both styles of one account are read ("R$126,59" in the list, "R$61.25" among the returns); a range,
a price of two meanings or an unknown currency is refused: it comes back as it was printed, and so
shows up as unreadable.
"""

import re
from decimal import Decimal
from functools import cache

from babel.numbers import is_currency

from autoclaim.model.money import minor_digits

from . import words
from .repeated import kept
from .shapes import Json, text

Printed = dict[str, str] | str

# What stands between thousands, and what makes an amount negative or a range.
_BETWEEN = ".,'\N{RIGHT SINGLE QUOTATION MARK}\\s"
_MINUS = "[-\N{EN DASH}\N{MINUS SIGN}]"
_NUMBER = re.compile(rf"\d+(?:[{_BETWEEN}]\d+)*")
_NEGATIVE = re.compile(rf"^\s*{_MINUS}|{_MINUS}\s*\d|\d\s*{_MINUS}\s*$|\(.*\d.*\)")
_NO_DIGIT = re.compile(r"\D")
_CODE = re.compile(r"\b[A-Z]{3}\b")
_LONGEST_NUMBER = 18  # digits of a sum in minor units; more is none
_THOUSAND = 3
_PARTS = re.compile(r"(?P<shown>[^|]*)\|(?P<whole>\d+)\|(?P<minor>\d*)(?:\|.*)?")


def price(printed: str | None, currency: str | None = None) -> Printed | None:
    """A printed price as `{"amount", "currency"}`; `currency` is the store's own code beside it.

    None for no text; the text itself for what is no single price in a known currency.
    """
    if not printed or not printed.strip():
        return None
    code = _currency(printed, currency)
    amount = _amount(printed, code) if code else None
    return {"amount": amount, "currency": code} if amount and code else " ".join(printed.split())


def price_of(value: Json, shown: str) -> Printed | None:
    """The price in one of the store's objects: `formatPriceInfo` first, else the text `shown`.

    `formatPriceInfo` ("R$132,74|132|74") gives whole and minor part apart, so nothing is read
    from separators. Where it contradicts itself or the text, neither is believed.
    """
    code, printed = text(value, "currencyCode"), text(value, shown)
    parts = _PARTS.fullmatch(text(value, "formatPriceInfo") or "")
    found = _currency(parts["shown"], code) if parts else None
    if parts is None or found is None or len(parts["minor"]) > minor_digits(found):
        return price(printed or (parts["shown"] if parts else None), code)
    amount = parts["whole"] + (f".{parts['minor']}" if parts["minor"] else "")
    split = {"amount": amount, "currency": found}
    told = price(printed, code)
    if not _is_split_of(parts) or (isinstance(told, dict) and told != split):
        return printed or parts["shown"]
    return split


def _is_split_of(parts: re.Match[str]) -> bool:
    """Whether whole and minor part are the one price, not below zero, that is shown with them."""
    shown = parts["shown"]
    digits = _NO_DIGIT.sub("", shown)
    return not _NEGATIVE.search(shown) and digits in ("", parts["whole"] + parts["minor"])


def cents(value: Json) -> Printed | None:
    """The price in an object of the returns: `cent` in minor units, else `formatMoney`."""
    code, minor = text(value, "currency"), text(value, "cent")
    if code and _is_code(code) and minor and _is_count(minor):
        digits = minor_digits(code)
        amount = Decimal(int(minor)).scaleb(-digits)
        return {"amount": f"{amount:.{digits}f}", "currency": code}
    return price(text(value, "formatMoney"), code)


def _is_count(digits: str) -> bool:
    return digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER


def is_free(printed: str | None) -> bool:
    """Whether the text is one of the store's words for nothing to pay."""
    return bool(printed) and words.plain(printed or "") in words.label_set("free")


def decimal(printed: Printed | None) -> Decimal | None:
    """The amount to reckon with; None for what could not be read."""
    return Decimal(printed["amount"]) if isinstance(printed, dict) else None


def _currency(printed: str, code: str | None) -> str | None:
    """The currency by code and sign; None when none of them tells, or when they contradict."""
    around = _NUMBER.sub(" ", printed).replace("\xa0", " ")
    told = {*_told_by(around), *([code] if code and _is_code(code) else [])}
    return next(iter(told)) if len(told) == 1 else None


@kept
def _told_by(around: str) -> frozenset[str]:
    """The currencies that the signs and codes around a number stand for."""
    told = set()
    for sign, currency in _glyphs():
        if sign in around:
            told.add(currency)
            around = around.replace(sign, " ")
    return frozenset(told.union(filter(_names_currency, _CODE.findall(around))))


@cache
def _names_currency(word: str) -> bool:
    return is_currency(word)


def _is_code(code: str) -> bool:
    return _CODE.fullmatch(code) is not None


@cache
def _glyphs() -> tuple[tuple[str, str], ...]:
    """Signs of one currency only, the longest first: "AU $" before "US $" before "$"."""
    signs = {sign: code for sign, code in words.table("glyphs").items() if sign != "seen"}
    return tuple(sorted(signs.items(), key=lambda pair: -len(pair[0])))


def _amount(printed: str, currency: str) -> str | None:
    """The number in the text as `digits[.digits]`; None unless there is one, of one meaning."""
    numbers = _NUMBER.findall(printed)
    if len(numbers) != 1 or _NEGATIVE.search(printed):
        return None
    digits = minor_digits(currency)
    found = _style(digits).fullmatch(numbers[0])
    if found is None or (found["point"] and found["point"] == found["sep"]):
        return None
    if digits == _THOUSAND and bool(found["sep"]) != bool(found["point"]):
        return None  # 1.234 in a currency with three digits: thousands, or thousandths?
    whole = _NO_DIGIT.sub("", found["whole"])
    return f"{whole}.{found['minor']}" if found["minor"] else whole


@cache
def _style(digits: int) -> re.Pattern[str]:
    """A number with or without thousands apart, and with `digits` digits of the minor unit."""
    whole = rf"\d{{1,3}}(?:(?P<sep>[{_BETWEEN}])\d{{3}})(?:(?P=sep)\d{{3}})*|\d+"
    minor = (
        rf"(?:(?P<point>[.,])(?P<minor>\d{{{digits}}}))?"
        if digits
        else "(?P<point>x)?(?P<minor>x)?"
    )
    return re.compile(f"(?P<whole>{whole}){minor}")
