"""`--trace` keeps the steps of a visit after sign-in, only when asked, and nobody in them."""

import json
import tempfile
from pathlib import Path
from zipfile import ZipFile

from tests.artefacts import pieces, shapes
from tests.at_the_window import a_buyer
from tests.claiming_here import Here
from tests.journeys.test_the_whole_journey import (
    ADDRESS,
    DISPUTE,
    FINAL,
    an_order,
    cookies_of,
)
from tests.local_store import REASON, Store, a_store
from tests.terminal import Machine, a_machine


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
    traced = read.run("--trace", "scan", "--full")  # opens more than what sign-in brought

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


def test_of_a_claim_that_was_declined_there_is_a_trace_too(here: Here) -> None:
    with here.a_hand(answer="decline"):
        words = ["claim", here.order, "--dispute", "--reason", REASON, "--headless"]
        code, said = here.run("--trace", *words)

    assert code == 7, said
    assert here.sent() == []
    (trace,) = here.wiring.places.traces.iterdir()
    assert str(trace) in said
    text = json.dumps(steps(trace))
    assert "fill" in text
    assert [one for one in (here.order, here.store.email, *ADDRESS) if one in text] == []


def test_each_account_of_a_run_has_its_trace_with_a_profile_too(tmp_path: Path) -> None:
    with a_store(orders=2, buyers=2) as store:
        machine = a_machine(tmp_path, store.origin)
        for buyer, more in zip(store.buyers, (["--name", "one"], ["--profile"]), strict=True):
            words = ["account", "add", "aliexpress", "--email", buyer["email"], *more]
            machine.run(*words, "--password-stdin", typed=f"{buyer['password']}\n")
        ran = machine.run("--trace", "run", "--json")

    assert [one["exit_code"] for one in ran.json()["accounts"]] == [0, 0], ran.err
    assert len(traces(machine)) == 2
    assert all(str(trace) in ran.err for trace in traces(machine))
    orders = [one["order_id"] for one in machine.run("list", "--json").json()["orders"]]
    secrets = {one[key] for one in store.buyers for key in ("email", "password")}
    assert len(orders) == 4
    for name, content in pieces(machine.home / "logs" / "traces"):
        held = [one for one in {*secrets, *orders} for way in shapes(one) if way in content]
        assert held == [], name


def test_a_page_that_cannot_be_read_leaves_its_trace_and_its_own_exit_code(
    read: Machine, store: Store
) -> None:
    store.behave(rename={"orderCreatTime": "bornOn"}, detail_delay_ms=0)

    ended = read.run("--trace", "scan", "--full")

    assert ended.code == 4, ended.err
    assert len(traces(read)) == 1
    assert list(Path(tempfile.gettempdir()).glob("autoclaim-trace-*")) == []
