"""A Playwright trace without the buyer in it: only what is known to be harmless is taken over.

Taken over are the steps: what was done to which locator or address, when, and whether in time.
What was typed, page text, answers, headers and the console are never looked at, so they cannot
be missed.
"""

import io
import json
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from autoclaim.edge.anonymising import Anonymiser
from autoclaim.edge.logs import redactor
from autoclaim.edge.private_files import make_private_folder, write_privately
from autoclaim.errors import MachineFault

KEPT = 20  # traces; older ones go. A run over several accounts makes one for each
_FIELDS = {
    "context-options": {
        "type", "version", "origin", "browserName", "playwrightVersion", "platform",
        "wallTime", "monotonicTime", "sdkLanguage", "testIdAttributeName",
    },
    "before": {"type", "callId", "startTime", "class", "method", "pageId", "parentId"},
    "input": {"type", "callId", "box", "point"},
    "after": {"type", "callId", "endTime", "point"},
}  # fmt: skip
_PARAMS = {"selector", "timeout", "waitUntil", "state", "strict"}
_TIMED_OUT = "TimeoutError"


def keep_trace(raw: bytes, folder: Path, anonymiser: Anonymiser, at: datetime) -> Path:
    """Write the clean trace into `folder`, readable by the buyer alone; the oldest ones go.

    Raises:
        MachineFault: it cannot be read or written, or something personal would still be in it;
            nothing was written.
    """
    content = _clean(raw, anonymiser)
    make_private_folder(folder)
    # Accounts are visited side by side: no two of them may take the same name.
    file = folder / f"trace-{at:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}.zip"
    write_privately(file, content)
    for old in sorted(folder.glob("trace-*.zip"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return file


def _clean(raw: bytes, anonymiser: Anonymiser) -> bytes:
    try:
        with ZipFile(io.BytesIO(raw)) as pack:
            lines = pack.read("trace.trace").decode("utf-8").splitlines()
        # First the very secrets this run knows, then whom and what the page is about.
        clean = _after(redactor.clean, anonymiser.clean)
        steps = "".join(f"{line}\n" for line in _steps(lines, clean))
    except (BadZipFile, KeyError, ValueError) as fault:
        raise MachineFault(
            "The browser's trace cannot be read; it is not kept.", "Run it without --trace."
        ) from fault
    anonymiser.must_be_clean(steps)
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as pack:
        pack.writestr("trace.trace", steps)
        pack.writestr("trace.network", "")  # the viewer wants it; answers are never recorded
    return written.getvalue()


def _after(first: Callable[[str], str], second: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: second(first(text))


def _steps(lines: list[str], clean: Callable[[str], str]) -> Iterator[str]:
    for line in lines:
        event = json.loads(line)
        fields = _FIELDS.get(event.get("type"))
        if not fields:
            continue
        step = {name: value for name, value in event.items() if name in fields}
        if event["type"] == "context-options":
            step["options"] = {}
        if event["type"] == "before":
            step["params"] = _params(event.get("params") or {}, clean)
        if event.get("error"):
            step["error"] = _error(event["error"])
        yield json.dumps(step)


def _params(params: dict[str, Any], clean: Callable[[str], str]) -> dict[str, Any]:
    """Which locator and address; an address without its query, where a token may stand."""
    kept = {name: params[name] for name in _PARAMS & params.keys()}
    if "selector" in kept:
        kept["selector"] = clean(str(kept["selector"]))
    if "url" in params:
        parts = urlsplit(str(params["url"]))
        kept["url"] = clean(f"{parts.scheme}://{parts.hostname or ''}{parts.path}")
    return kept


def _error(error: dict[str, Any]) -> dict[str, str]:
    """That it failed; the words of any other fault may be the page's."""
    timed_out = error.get("name") == _TIMED_OUT
    name = _TIMED_OUT if timed_out else "Error"
    return {"name": name, "message": "not in time" if timed_out else "failed"}
