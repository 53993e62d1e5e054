"""The store's answers, unwrapped: JSON or JSONP text → which answer it is, and what it holds."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from urllib.parse import parse_qs, unquote, urlsplit

from . import words
from .shapes import Json, child, text

_JSONP = re.compile(r"\s*[\w$.]+\s*\((?P<json>.*)\)\s*;?\s*", re.DOTALL)
_DEEPEST = 60
_MILLISECONDS = 13  # digits of a moment of this era (2001 to 2286)


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: `kind` is list, detail, tracking, returns, case or form; `asked` its request.

    `given_at` is when it was given, where the archive it comes from tells.
    """

    kind: str
    result: str
    asked: Json
    holds: Json
    given_at: datetime | None = None

    @property
    def at(self) -> datetime | None:
        """When the store gave it (aware), by its own clock or the archive's; None: not known."""
        stamp = text(child(self.holds, "global"), "curTime") or ""
        if stamp.isascii() and stamp.isdigit() and len(stamp) == _MILLISECONDS:
            return datetime.fromtimestamp(int(stamp) / 1000, UTC)
        return self.given_at

    @property
    def succeeded(self) -> bool:
        """Whether the store answered what was asked."""
        return self.result.startswith("SUCCESS")

    @property
    def signed_out(self) -> bool:
        """Whether the store refused because nobody is signed in."""
        return any(code in self.result for code in words.table("replies")["signed_out"])

    @property
    def challenged(self) -> bool:
        """Whether the store wants to see a person first."""
        return any(code in self.result for code in words.table("replies")["challenged"])


def parse(content: str) -> object:
    """JSON or JSONP text as plain values; None for anything else, too deep nesting included."""
    wrapped = _JSONP.fullmatch(content)
    try:
        value: object = json.loads(wrapped["json"] if wrapped else content)
    except (ValueError, RecursionError):
        return None
    return value if _is_shallow(value) else None


def reply(value: object, address: str = "") -> Reply | None:
    """The answer in parsed JSON; `address` is that of its request, when it was heard.

    None when it is not one of the answers named in store.toml [replies].
    """
    if not isinstance(value, dict):
        return None
    name = (text(value, "api") or _api_in(address)).lower()
    kind = _kinds().get(name)
    if kind is None:
        return None
    results = value.get("ret")
    result = results[0] if isinstance(results, list) and results else ""
    holds = child(value, "data")
    return Reply(kind, result if isinstance(result, str) else "", _asked(address), holds)


def never_came(address: str, why: str) -> Reply | None:
    """The answer to a request of that address, of which nothing can be read: `why`."""
    kind = _kinds().get(_api_in(address).lower())
    return Reply(kind, why, _asked(address), {}) if kind else None


def blocks(holds: Json, tag: str) -> list[Json]:
    """The `fields` of all blocks whose tag begins with `tag`, in the order they are displayed.

    The keys of the blocks come shuffled; only `hierarchy.structure` tells the order.
    """
    found = child(holds, "data")
    ordered = dict.fromkeys(key for key in _displayed(holds) if key in found)
    return [
        child(found, key, "fields")
        for key in (*ordered, *(key for key in found if key not in ordered))
        if (text(child(found, key), "tag") or key).startswith(tag)
    ]


def embedded(script: str) -> Iterator[object]:
    """The JSON values assigned in a script of a saved page that look like answers."""
    decoder = json.JSONDecoder()
    for start in re.finditer(r'\{\s*"(?:api|ret|data|module)"', script):
        try:
            value, _ = decoder.raw_decode(script, start.start())
        except (ValueError, RecursionError):
            continue
        if _is_shallow(value):
            yield value


def _displayed(holds: Json) -> Iterator[str]:
    """Block keys from the root of the hierarchy downwards, each after its parent."""
    hierarchy = child(holds, "hierarchy")
    structure = child(hierarchy, "structure")
    waiting, seen = [text(hierarchy, "root") or ""], set()
    while waiting:
        key = waiting.pop(0)
        below = structure.get(key)
        if key in seen:
            continue
        seen.add(key)
        yield key
        if isinstance(below, list):
            waiting[:0] = [part for part in below if isinstance(part, str)]
    for below in structure.values():
        yield from (
            (part for part in below if isinstance(part, str)) if isinstance(below, list) else ()
        )


@cache
def _kinds() -> dict[str, str]:
    named = words.table("replies")
    return {name: kind for kind, name in named.items() if isinstance(name, str)}


def _api_in(address: str) -> str:
    found = re.search(r"/h5/([\w.]+)/", address)
    return found[1] if found else ""


def _asked(address: str) -> Json:
    """The `data` of the request, as far as its address tells."""
    query = parse_qs(urlsplit(address).query).get("data", [""])[0]
    value = parse(query) or parse(unquote(query))
    return value if isinstance(value, dict) else {}


def _is_shallow(value: object, depth: int = 0) -> bool:
    if depth > _DEEPEST:
        return False
    if isinstance(value, dict):
        return all(_is_shallow(part, depth + 1) for part in value.values())
    if isinstance(value, list):
        return all(_is_shallow(part, depth + 1) for part in value)
    return True
