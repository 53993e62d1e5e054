"""`doctor --live` layer by layer, and a page that cannot be read on its way to being mended."""

import json
import subprocess
import sys
from pathlib import Path

from autoclaim.runner import catalogue
from tests.local_store import ROOT, Store
from tests.terminal import Machine

ADOPT = ROOT / "tests" / "pages" / "adopt.py"


def test_doctor_looks_at_the_store_layer_by_layer(read: Machine, store: Store) -> None:
    store.behave(list_delay_ms=0, detail_delay_ms=0)
    read.run("sign-in")
    before = len(store.journal())

    looked = read.run("doctor", "--live", "--json", DISPLAY=":9")

    found = looked.json()["findings"]
    layers = {one["name"]: one["found"] for one in found}
    assert looked.code == 0, looked.out
    assert [one for one in found if not one["well"]] == []
    assert {"browser", "keychain", "session", "list", "detail", "returns"} <= layers.keys()
    assert "10 orders: " in layers["list"]
    assert "placed_at" in layers["detail"]
    assert layers["stranger"].endswith("not taken for signed in")
    assert layers["no order"].endswith("refused")
    assert [one["found"] for one in found if one["name"] == "refusals"][1].endswith("is stopped")
    assert store.journal()[before:] == []


def test_a_page_that_cannot_be_read_becomes_a_fixture_that_gives_nobody_away(
    read: Machine, store: Store, tmp_path: Path
) -> None:
    store.behave(rename={"orderCreatTime": "bornOn"}, detail_delay_ms=0)
    report, folder = tmp_path / "page.json", tmp_path / "saved"
    folder.mkdir()

    ended = read.run("scan", "--full")
    written = read.run("doctor", "--report", "--output", str(report))
    adopted = subprocess.run(
        [sys.executable, str(ADOPT), str(report), "drifted", "--into", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.code == 4, ended.err
    assert "doctor --report" in ended.err
    assert written.code == 0, written.err
    text = report.read_text(encoding="utf-8")
    kept = (read.home / "data" / "unread-page.json").read_text(encoding="utf-8")
    orders = read.run("list", "--json").json()["orders"]
    assert not [order["order_id"] for order in orders if order["order_id"] in text]
    buyer = catalogue.fixture("aliexpress", "generate").the_buyer()
    parts = (buyer.name, *buyer.name.split(), buyer.street, buyer.phone, buyer.town, buyer.email)
    assert [part for part in parts if part in text + kept] == []
    assert "contactName" in text
    assert adopted.returncode == 0, adopted.stderr
    assert any(folder.glob("drifted*.expected.json"))
    assert json.loads(text)["looked_for"].startswith("the placed_at of order ")
