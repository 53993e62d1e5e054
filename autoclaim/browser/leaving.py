"""A request on its way out, as the submit guard sees it; its body is looked at, and never kept."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import SplitResult, parse_qs, unquote, unquote_plus, urlsplit

from autoclaim.browser.addresses import origin_of

_HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})
_API_CALL = re.compile(r"/h5/(?P<api>[^/]+)", re.IGNORECASE)
# Ways to write a path that a server may read otherwise than we do.
_AMBIGUOUS = re.compile(r"%|\\|//|/\.\.?(?:/|$)|;")
# One long number or several after a name, in JSON, in JSON within JSON, in a query or in a form.
_NUMBERS = r"""(?:\[\d*\])?["'\\\s:=\[]+(\d{10,}(?:["'\\\s,]+\d{10,})*)\b"""
_LONGEST_LINE = 200


@dataclass(frozen=True)
class Leaving:
    """One request: `method` in capitals, `address` in full, `body` as far as it is text."""

    method: str
    address: str
    body: str = field(default="", repr=False)

    @cached_property
    def origin(self) -> str | None:
        """The origin it goes to, None when it has none."""
        return origin_of(self.address)

    @cached_property
    def _parts(self) -> SplitResult:
        try:
            return urlsplit(self.address)
        except ValueError:
            # Not an address we can read, so no list entry fits it.
            return SplitResult("", "", "", "", "")

    @cached_property
    def path(self) -> str:
        """The path as written."""
        return self._parts.path or "/"

    @cached_property
    def path_and_query(self) -> str:
        """Path and query as written."""
        return f"{self.path}?{self._parts.query}" if self._parts.query else self.path

    @cached_property
    def plain_path(self) -> str:
        """The path as a lenient server may read it: unescaped, slashes single, no parameters."""
        unescaped = unquote(unquote(self.path)).replace("\\", "/")
        return re.sub(r"/+", "/", re.sub(r";[^/]*", "", unescaped))

    @cached_property
    def told(self) -> str:
        """The plain path, "?", and all that the query and the body say, unescaped, in one line."""
        said = unquote_plus(unquote_plus(f"{self._parts.query}&{self.body}"))
        return " ".join(f"{self.plain_path}?{said}".splitlines())

    @cached_property
    def api(self) -> str | None:
        """The API it calls by its path (`/h5/<api>/…`), None when it calls none."""
        call = _API_CALL.search(self.plain_path)
        return call["api"] if call else None

    @property
    def changes_something(self) -> bool:
        """Whether it changes something as far as method and path tell; an API call may always."""
        return self.method not in _HARMLESS or self.api is not None

    @property
    def ambiguous(self) -> bool:
        """Whether a server may read its path otherwise than it is written, or call another API."""
        if _AMBIGUOUS.search(self.path):
            return True
        named = parse_qs(self._parts.query).get("api", [])
        return self.api is not None and any(name.lower() != self.api.lower() for name in named)

    def fits(self, patterns: tuple[re.Pattern[str], ...]) -> bool:
        """Whether one of the patterns fits the whole path, or the whole path and query."""
        return any(
            pattern.fullmatch(self.path) or pattern.fullmatch(self.path_and_query)
            for pattern in patterns
        )

    def may_fit(self, patterns: tuple[re.Pattern[str], ...]) -> bool:
        """Whether one of the patterns fits it in any reading a server may have."""
        return self.fits(patterns) or any(
            pattern.fullmatch(self.plain_path) or pattern.fullmatch(self.told)
            for pattern in patterns
        )

    def numbers_under(self, names: Iterable[str]) -> set[str]:
        """The long numbers told under one of the names, or under its plural.

        >>> sent = '{"orderIds": ["8200000000000001", "8200000000000002"], "tip": 5}'
        >>> sorted(Leaving("POST", "/submit", sent).numbers_under(["orderId"]))
        ['8200000000000001', '8200000000000002']
        """
        named = "|".join(map(re.escape, names)) or r"(?!)"  # without a name, nothing
        lists = re.findall(rf"(?i)\b(?:{named})s?{_NUMBERS}", self.told)
        return set(re.findall(r"\d+", " ".join(lists)))

    def line(self, *, with_origin: bool) -> str:
        """Give "METHOD path" for the records: no query, no fragment, no body."""
        place = f"{self.origin or ''}{self.path}" if with_origin else self.path
        return f"{self.method} {place}"[:_LONGEST_LINE]
