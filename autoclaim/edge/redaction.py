"""Takes secrets and personal data out of what goes into a log, before it is written.

Three nets, one behind the other: names that say what a value is, patterns of what secrets look
like, and the very secrets this run knows, wherever they turn up.
"""

import re
from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any
from urllib.parse import quote, quote_plus

HIDDEN = "[hidden]"
_LONGEST = 20_000  # characters; a log line is no place for a page
_SHORTEST_SECRET = 4  # characters; a shorter one would blank out half the log

# A key is compared without case, hyphens and underscores.
_SECRET_KEYS = re.compile(
    r"pass(word|phrase|wd)|secret|token|cookie|authorization|credential|storagestate"
    r"|^(sign|key|sid|session|sessionid|apikey)$"
    r"|street|postcode|zipcode|^zip$|phone|mobile|recipient|receiver|contactperson"
    r"|(delivery|detail|full|postal|shipping|home)address"
)
# The widths are bounded, so that no text, however made, keeps the patterns busy.
_NAMED = (
    r"(?:pass(?:word|phrase|wd)|secret|sign|sid|api_?key"
    r"|\w{0,30}token\w{0,30}|_m_h5_\w{1,30}|x5sec\w{0,30})"
)
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    # Header lines: everything after the name, to the end of the line.
    (re.compile(r"(?i)((?:set-)?cookie|authorization)(\"?\s*[:=]\s*)[^\n]+"), rf"\1\2{HIDDEN}"),
    # name=value in an address, a form or a program's own words.
    (re.compile(rf"(?i)(\b{_NAMED}['\"]?\s*[:=]\s*['\"]?)[^\s'\"&;,}}]+"), rf"\1{HIDDEN}"),
    (re.compile(r"(?<![\w.+-])([\w+-])[\w.+-]{0,63}@(\w[\w-]*(?:\.[\w-]+)+)"), r"\1***@\2"),
    (re.compile(r"(?<!\w)\+\d[\d ()/-]{6,18}\d(?!\w)"), HIDDEN),
    (re.compile(r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"), HIDDEN),
    # Keys, tokens and hashes: long, with letters and digits mixed. Order numbers are digits only.
    (
        re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{24,}={0,2}"),
        HIDDEN,
    ),
    (
        re.compile(
            r"(?<![\w+/-])(?=[\w+/-]*\d)(?=[\w+/-]*[a-z])(?=[\w+/-]*[A-Z])[\w+/-]{40,}={0,2}"
        ),
        HIDDEN,
    ),
)


def without_secrets(text: str) -> str:
    """The text, however long, without what looks like a secret, an e-mail or a telephone."""
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text


class Redactor:
    """Cleans texts, and whole log events as a structlog processor."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._known: set[str] = set()
        for secret in known:
            self.learn(secret)

    def learn(self, secret: str) -> None:
        """Hides this very text from now on, also as an address or JSON would write it."""
        if len(secret) >= _SHORTEST_SECRET:
            escaped = secret.replace("\\", "\\\\").replace('"', '\\"')
            self._known |= {secret, quote(secret, safe=""), quote_plus(secret), escaped}

    def __call__(
        self, _logger: object, _method: str, event: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        """The event with every value cleaned; the structlog way to call it."""
        return {str(key): self._value(str(key), value) for key, value in event.items()}

    def clean(self, text: str) -> str:
        """The text without what must not be written down."""
        for secret in sorted(self._known, key=len, reverse=True):
            text = text.replace(secret, HIDDEN)
        if len(text) > _LONGEST:
            text = f"{text[:_LONGEST]}… ({len(text)} characters)"
        return without_secrets(text)

    def _value(self, key: str, value: object) -> object:
        if value is None or isinstance(value, bool | int | float):
            return value
        if _SECRET_KEYS.search(re.sub(r"[^a-z0-9]", "", key.lower())):
            return HIDDEN
        if isinstance(value, Mapping):
            return {str(name): self._value(str(name), one) for name, one in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self._value("", one) for one in value]
        # Bytes and objects too: what their text would show must be clean as well.
        return self.clean(str(value))
