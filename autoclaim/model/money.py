"""Exact amounts of money, as written by the store and as asked for (rules.md 1.4)."""

import re
from decimal import ROUND_DOWN, Context, Decimal, localcontext
from functools import cached_property
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, WithJsonSchema, field_serializer

# ISO 4217 minor units; every currency not named here has two digits.
_WITHOUT_MINOR_UNIT = re.compile(
    "BIF|CLP|DJF|GNF|ISK|JPY|KMF|KRW|PYG|RWF|UGX|UYI|VND|VUV|XAF|XOF|XPF"
)
_WITH_THREE_DIGITS = re.compile("BHD|IQD|JOD|KWD|LYD|OMR|TND")

_AMOUNT = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_AS_TEXT = {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?$"}  # never a float


def minor_digits(currency: str) -> int:
    """How many digits an amount in `currency` (ISO 4217) has after the point."""
    if _WITHOUT_MINOR_UNIT.fullmatch(currency):
        return 0
    return 3 if _WITH_THREE_DIGITS.fullmatch(currency) else 2


def is_currency(text: object) -> bool:
    """Whether `text` has the form of an ISO 4217 code: three capitals."""
    return isinstance(text, str) and _CURRENCY.fullmatch(text) is not None


def is_amount(text: object) -> bool:
    """Whether `text` has the only form an amount may have: `digits[.digits]`."""
    return isinstance(text, str) and _AMOUNT.fullmatch(text) is not None


class Money(BaseModel):
    """An exact amount in one currency; `written` keeps the digits as the store wrote them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    amount: Annotated[Decimal, WithJsonSchema(_AS_TEXT)]
    currency: Annotated[str, WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"})]

    @classmethod
    def of(cls, amount: str, currency: str) -> Self:
        """Money from `digits[.digits]`; the digits are kept and passed on as written."""
        money = cls(amount=Decimal(amount), currency=currency)
        money.__dict__["written"] = amount  # beside the fields, before anyone has seen it
        return money

    @field_serializer("amount", when_used="json")
    def _plain(self, amount: Decimal) -> str:
        return format(amount, "f")

    @cached_property
    def written(self) -> str:
        """The amount as `digits[.digits]`, never with an exponent; as written, if it was read."""
        return format(self.amount, "f")

    def as_json(self) -> dict[str, str]:
        """The money of contracts.md: `{"amount": "24.99", "currency": "USD"}`."""
        return {"amount": self.written, "currency": self.currency}

    def share(self, part: int, of: int) -> "Money":
        """`part` of `of` equal pieces, rounded down to the currency's minor unit."""
        digits = minor_digits(self.currency)
        room = len(self.written) + part.bit_length() + of.bit_length() + 10
        with localcontext(Context(prec=room)):
            pieces = self.amount.scaleb(digits) * part // of
            shared = pieces.scaleb(-digits).quantize(Decimal(1).scaleb(-digits), ROUND_DOWN)
        return Money(amount=shared, currency=self.currency)
