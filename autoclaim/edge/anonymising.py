"""Takes whom and what a page is about out of its text, and leaves how the page is made.

The same thing gets the same stand-in wherever it stands, and numbers of orders keep their distance
from each other, so that a reader reads the text as before. What is known to be personal is looked
for again afterwards: a text that still holds any of it is not given out.
"""

import json
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from urllib.parse import quote, quote_plus

from autoclaim.edge.redaction import without_secrets
from autoclaim.errors import MachineFault

_EMAIL = re.compile(r"[\w.+-]{1,64}(?:@|%40)[\w-]+(?:\.[\w-]+)+")
_INVENTED = re.compile(r"person\d+@buyer\.example")
_NUMBER = re.compile(r"(?<!\d)\d{14,19}(?!\d)")
_PARCEL = re.compile(r"(?<![\w-])(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{9,30}(?![\w-])")
_MANY_DIGITS = re.compile(r"(?<![\w.])\+?\d[\d ()/-]{7,16}\d(?![\w.])")
_MOMENT = re.compile(r"1\d{12}|1\d{9}|\d{4}-\d\d-\d\d[\d :-]*")
_AT = "\x00"  # stands for the sign in invented addresses, which no net shall catch
_SHORTEST = 3  # letters of a word of a name; a shorter one stands in too many other words
# Keys under which a store keeps what belongs to a person; compared without case and separators.
_PERSONAL_KEY = re.compile(
    r"(contact|receiver|recipient|consignee|buyer|customer|user|member|full|first|last|nick)name$"
    r"|^nick|phone|mobile|address|street|postcode|zipcode|^zip$|^city$|province|^region|email"
    r"|identity|passport|taxnumber|^cpf$|birth"
)


class Anonymiser:
    """Gives texts without what is personal in them; `names` and `things` are known before."""

    def __init__(self, names: Iterable[str] = (), things: Iterable[str] = ()) -> None:
        self._stand_ins: dict[str, str] = {}
        self._met_before: dict[str, str] = {}
        self._shift = secrets.randbelow(10**12)
        self._counts: Mapping[str, count[int]] = {
            kind: count(1) for kind in ("person", "place", "thing", "parcel", "number")
        }
        for name in names:
            self.learn(name)
        for thing in things:
            self._learn_whole(thing, "thing", "Article")

    def learn(self, name: str) -> None:
        """A name of a person: it and each of its words are replaced wherever they stand."""
        whole = " ".join(name.split())
        for word in (whole, *whole.split(" ")):
            if len(word) >= _SHORTEST and not word.isdigit():
                self._learn_whole(word, "person", "Person")

    def learn_values(self, value: object, key: str = "") -> None:
        """Everything in JSON values that stands under a key for personal things."""
        if isinstance(value, dict):
            for name, below in value.items():
                self.learn_values(below, key if _is_personal(key) else str(name))
        elif isinstance(value, list):
            for below in value:
                self.learn_values(below, key)
        elif isinstance(value, str | int) and _is_personal(key) and not isinstance(value, bool):
            self._learn_personal(str(value), key)

    def learn_text(self, text: str) -> None:
        """A text of which all is personal: an address as a page shows it, line by line."""
        for line in text.splitlines():
            self._learn_whole(" ".join(line.split()), "place", "Place")

    def clean(self, text: str) -> str:
        """The text without what was learnt, numbers, e-mails, telephones, parcels and tokens."""
        for known in _standing_in(text, self._stand_ins):
            text = _whole(known).sub(self._stand_ins[known], text)
        for pattern, instead in (
            (_EMAIL, self._email),
            (_NUMBER, self._number),
            (_PARCEL, self._parcel),
            (_MANY_DIGITS, self._digits),
        ):
            text = pattern.sub(instead, text)
        return without_secrets(text).replace(_AT, "@")

    def must_be_clean(self, text: str) -> None:
        """Look for everything personal that was met; MachineFault when any of it is there."""
        known = _standing_in(text, (*self._stand_ins, *self._met_before))
        left = {one for one in known if _whole(one).search(text)}
        foreign = [one for one in _EMAIL.findall(text) if not _INVENTED.fullmatch(one)]
        if left or foreign:
            raise MachineFault(
                f"The report would still hold {len(left) + len(foreign)} personal things; "
                "it was not written.",
                "Please say so in an issue, without the page.",
            )

    def _learn_personal(self, value: str, key: str) -> None:
        if re.search(r"name|^nick", _plain(key)):
            self.learn(value)
        else:
            self._learn_whole(value, "place", "Place")

    def _learn_whole(self, value: str, kind: str, word: str) -> None:
        """A number becomes as many equal digits, which keeps its length; a text a word."""
        if len(value) < _SHORTEST or value in self._stand_ins:
            return
        stand_in = f"{word} {next(self._counts[kind])}"
        if re.fullmatch(r"[\d +()-]+", value):
            zeros, ones = (re.sub(r"\d", digit, value) for digit in "01")
            stand_in = ones if value == zeros else zeros
        self._stand_ins[value] = stand_in

    def _email(self, found: re.Match[str]) -> str:
        return self._met(
            found[0], lambda: f"person{next(self._counts['person'])}{_AT}buyer.example"
        )

    def _number(self, found: re.Match[str]) -> str:
        """Shifted by one secret distance: lines of an order keep theirs, and so do its digits."""
        smallest = 10 ** (len(found[0]) - 1)
        shifted = smallest + (int(found[0]) - smallest + self._shift) % (9 * smallest)
        return self._met(found[0], lambda: str(shifted))

    def _parcel(self, found: re.Match[str]) -> str:
        return self._met(found[0], lambda: f"XX{next(self._counts['parcel']):09d}XX")

    def _digits(self, found: re.Match[str]) -> str:
        """Telephone numbers; moments in seconds or milliseconds and days stay."""
        if _MOMENT.fullmatch(found[0].strip()) or _NUMBER.search(found[0]):
            return found[0]  # a number stands in it, and has its stand-in already
        return self._met(found[0], lambda: re.sub(r"\d", "0", found[0]))

    def _met(self, value: str, make: Callable[[], str]) -> str:
        if value not in self._met_before:
            self._met_before[value] = make()
        return self._met_before[value]


def _is_personal(key: str) -> bool:
    return _PERSONAL_KEY.search(_plain(key)) is not None


def _plain(key: str) -> str:
    return re.sub(r"[^a-z]", "", key.lower())


def _standing_in(text: str, values: Iterable[str]) -> list[str]:
    """The values of which a spelling stands anywhere in the text, the longest first.

    A history has thousands of titles, and a page a handful: only these are worth a pattern.
    """
    lowered = text.casefold()
    found = {one for one in values if any(way.casefold() in lowered for way in _spelled(one))}
    return sorted(found, key=len, reverse=True)


def _spelled(value: str) -> set[str]:
    """The value as it is, and as an address or JSON writes it."""
    return {value, quote(value, safe=""), quote_plus(value), json.dumps(value)[1:-1]}


def _whole(value: str) -> re.Pattern[str]:
    """Finds the value as a word of its own, however it is spelled."""
    either = "|".join(re.escape(one) for one in sorted(_spelled(value), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)
