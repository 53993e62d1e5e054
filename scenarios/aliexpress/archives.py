"""Files that hold several answers or pages: a HAR of a visit, and a page saved as MHTML."""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from email.headerregistry import DateHeader
from email.parser import BytesHeaderParser
from urllib.parse import parse_qs, unquote

from .envelope import Reply, never_came, parse, reply
from .shapes import Json, child, items, text


def is_har(value: object) -> bool:
    """Whether parsed JSON is a HAR: the log of a browser's requests."""
    return isinstance(child(value, "log").get("entries"), list)


def answers_in_har(value: object) -> Iterator[Reply]:
    """The store's answers among the responses of a HAR, those that did not come whole included."""
    for entry in items(child(value, "log"), "entries"):
        asked = child(entry, "request")
        if text(asked, "method") == "OPTIONS":
            continue  # the browser's own question whether it may ask
        address = text(asked, "url") or ""
        body = _body(child(entry, "response", "content"))
        found = reply(parse(body or ""), address) or never_came(address, _status(entry, body))
        if found:
            posted = {**found.asked, **_posted(asked)}
            yield replace(found, asked=posted, given_at=_moment(text(entry, "startedDateTime")))


def _body(content: Json) -> str | None:
    body = text(content, "text")
    return _unpacked(body or "") if content.get("encoding") == "base64" else body


def _status(entry: Json, body: str | None) -> str:
    """Why there is no answer: its status, or what became of its content."""
    status = text(child(entry, "response"), "status") or ""
    if status not in ("", "200"):
        return f"HTTP {status}"
    return "its content is not whole" if body else "its content was not kept"


def _posted(asked: Json) -> Json:
    """The `data` of a request that was posted."""
    form = child(asked, "postData")
    values = {text(one, "name"): text(one, "value") for one in items(form, "params")}
    written = values.get("data") or parse_qs(text(form, "text") or "").get("data", [""])[0]
    return child({"data": parse(written) or parse(unquote(written))}, "data")


def is_mhtml(content: bytes) -> bool:
    """Whether a file begins like a page saved as MHTML."""
    head = content[:4096].lower()
    return b"mime-version:" in head and b"multipart/related" in head


def pages_in_mhtml(content: bytes) -> Iterator[tuple[str, str]]:
    """Address and HTML of the pages in an MHTML file; what cannot be decoded is left out."""
    message = message_from_bytes(content, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            try:
                html = part.get_content()
            except (LookupError, UnicodeError, ValueError):
                continue
            if isinstance(html, str):
                yield str(part.get("Content-Location", "")), html


def _unpacked(encoded: str) -> str | None:
    try:
        return base64.b64decode(encoded, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None


def saved_at(content: bytes) -> datetime | None:
    """When an MHTML file was saved, by its own head (aware); None when it does not say."""
    date = BytesHeaderParser(policy=policy.default).parsebytes(content)["Date"]
    moment = date.datetime if isinstance(date, DateHeader) else None
    return moment if moment and moment.tzinfo else None


def _moment(written: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None
