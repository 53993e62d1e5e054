"""What a Playwright trace may hold before it comes to rest, and how many stay."""

import io
import json
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from autoclaim.edge.anonymising import Anonymiser
from autoclaim.edge.logs import redactor
from autoclaim.edge.traces import KEPT, keep_trace
from autoclaim.errors import MachineFault
from tests.edge.builders import NOON

SECRET = "un-secreto-de-verdad-7"
HEADERS = {"cookie": SECRET, "authorization": SECRET}


def a_trace(*events: dict[str, object]) -> bytes:
    """As Playwright writes it, with one of everything that must not be kept."""
    written = io.BytesIO()
    with ZipFile(written, "w") as pack:
        pack.writestr("trace.trace", "".join(f"{json.dumps(one)}\n" for one in events))
        pack.writestr("trace.network", json.dumps({"type": "resource-snapshot", **HEADERS}))
        pack.writestr("trace.stacks", json.dumps({"files": [SECRET]}))
        pack.writestr("resources/page.html", SECRET)
    return written.getvalue()


def before(**params: object) -> dict[str, object]:
    return {"type": "before", "callId": "1", "class": "Frame", "method": "x", "params": params}


def test_steps_stay_and_whatever_could_tell_of_the_buyer_goes(tmp_path: Path) -> None:
    raw = a_trace(
        {"type": "context-options", "version": 10, "options": {"httpCredentials": SECRET}},
        before(selector="#name", value=SECRET, html=SECRET, expression=SECRET, arg=SECRET),
        before(url=f"https://me:{SECRET}@store.example/list?token={SECRET}#{SECRET}"),
        {"type": "log", "message": SECRET},
        {"type": "console", "text": SECRET},
        {"type": "event", "params": {"message": SECRET}},
        {"type": "frame-snapshot", "snapshot": SECRET},
        {"type": "after", "callId": "1", "result": SECRET, "error": {"message": SECRET}},
    )

    file = keep_trace(raw, tmp_path, Anonymiser(), NOON)

    with ZipFile(file) as pack:
        assert pack.namelist() == ["trace.trace", "trace.network"]
        text = pack.read("trace.trace").decode()
    assert SECRET not in text
    kept = [json.loads(line) for line in text.splitlines()]
    assert [one["type"] for one in kept] == ["context-options", "before", "before", "after"]
    assert [one.get("params") for one in kept[1:3]] == [
        {"selector": "#name"},
        {"url": "https://store.example/list"},
    ]
    assert file.stat().st_mode & 0o777 == 0o600


def test_names_e_mails_numbers_telephones_and_known_secrets_in_a_locator_go(
    tmp_path: Path,
) -> None:
    told = ("Ana Muestra", "ana@buyer.example", "8200000000150011", "+1 202 555 0142", SECRET)
    redactor.learn(SECRET)
    raw = a_trace(
        before(selector=f"text='{' '.join(told)}'"), before(url=f"http://s.example/{SECRET}")
    )

    file = keep_trace(raw, tmp_path, Anonymiser(["Ana Muestra"]), NOON)

    with ZipFile(file) as pack:
        text = pack.read("trace.trace").decode()
    assert [one for one in told if one in text] == []


def test_only_the_newest_stay(tmp_path: Path) -> None:
    made = [
        keep_trace(a_trace(), tmp_path, Anonymiser(), NOON + timedelta(minutes=minute))
        for minute in range(KEPT + 2)
    ]
    at_once = keep_trace(a_trace(), tmp_path, Anonymiser(), NOON + timedelta(minutes=KEPT + 1))

    assert set(tmp_path.iterdir()) == {*made[1 - KEPT :], at_once}


def test_what_is_no_trace_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(MachineFault, match="not kept"):
        keep_trace(SECRET.encode(), tmp_path, Anonymiser(), NOON)

    assert list(tmp_path.iterdir()) == []
