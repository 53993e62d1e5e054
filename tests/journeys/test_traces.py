"""`--trace` keeps the steps of a visit after sign-in, only when asked, and nobody in them."""

import json
import tempfile
from pathlib import Path
from zipfile import ZipFile

from tests.artefacts import pieces, shapes
from tests.at_the_window import a_buyer
from tests.journeys.test_the_whole_journey import (
    ADDRESS,
    DISPUTE,
    FINAL,
    an_order,
    cookies_of,
)
from tests.local_store import Store
from tests.terminal import Machine


def traces(machine: Machine) -> list[Path]:
    return sorted((machine.home / "logs").rglob("*.zip"))


def steps(trace: Path) -> list[dict[str, object]]:
    with ZipFile(trace) as pack:
        assert set(pack.namelist()) == {"trace.trace", "trace.network"}
        assert pack.read("trace.network") == b""
        return [json.loads(line) for line in pack.read("trace.trace").splitlines()]


def test_a_trace_is_there_only_when_asked_and_begins_after_sign_in(
    read: Machine,
) -> None:
    (read.home / "data" / "sessions").rename(read.home / "away")  # the password will be typed

    plain = read.run("scan")
    none = traces(read)
    (read.home / "data" / "sessions").rename(read.home / "gone")
    traced = read.run("--trace", "scan")

    assert (plain.code, traced.code) == (0, 0), traced.err
    assert none == []
    (trace,) = traces(read)
    assert trace.stat().st_mode & 0o777 == 0o600
    assert str(trace) in traced.err
    assert "playwright show-trace" in traced.err
    found = steps(trace)
    assert found[0]["type"] == "context-options"
    assert any(one.get("method") == "goto" for one in found)
    assert not any(one.get("method") in {"fill", "type"} for one in found)


def test_a_traced_claim_is_sent_by_the_buyer_alone_and_its_trace_names_nobody(
    read: Machine, store: Store
) -> None:
    order = an_order(read, "dispute", "not_received")

    with a_buyer():
        claimed = read.run("--trace", "claim", order, *DISPUTE, "--json")

    assert claimed.code == 0, claimed.err
    assert claimed.json()["result"] == "verified"
    assert len(store.written(*FINAL)) == 1
    (trace,) = traces(read)
    assert any(one.get("method") in {"fill", "click"} for one in steps(trace))
    secrets = {store.password, store.email, order, *ADDRESS, *cookies_of(read)}
    for secret in secrets:
        held = [
            name
            for name, one in pieces(trace.parent)
            if any(part in one for part in shapes(secret))
        ]
        assert held == [], secret


def test_a_page_that_cannot_be_read_leaves_its_trace_and_its_own_exit_code(
    read: Machine, store: Store
) -> None:
    store.behave(rename={"orderCreatTime": "bornOn"}, detail_delay_ms=0)

    ended = read.run("--trace", "scan", "--full")

    assert ended.code == 4, ended.err
    assert len(traces(read)) == 1
    assert list(Path(tempfile.gettempdir()).glob("autoclaim-trace-*")) == []
