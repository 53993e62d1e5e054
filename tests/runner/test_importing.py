"""Files into the ledger: nothing known is lost, and what contradicts it is kept and said."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from autoclaim.edge.ledger import StoredOrder
from autoclaim.errors import WrongInput
from autoclaim.runner import catalogue
from autoclaim.runner.importing import Imported, import_files
from autoclaim.runner.listing import Filter, judged_orders
from autoclaim.runner.saved import LARGEST, read_files
from autoclaim.runner.settings import Settings
from autoclaim.runner.wiring import Wiring
from tests.bench.reading import Silent

SAVED = Path(__file__).parents[1] / "pages" / "saved"
ORDER = {"store": "aliexpress", "order_id": "8200000000150011"}
Importing = Callable[..., Imported]


@pytest.fixture
def wiring(tmp_path: Path) -> Wiring:
    return Wiring(Settings(tmp_path / "home"), Silent())


@pytest.fixture
def importing(wiring: Wiring, tmp_path: Path) -> Importing:
    """Imports one facts document with one order; `now` is the document's."""

    def importing(now: str | None = None, **facts: object) -> Imported:
        file = tmp_path / "facts.json"
        document = {"orders": [{**ORDER, **facts}], **({"now": now} if now else {})}
        file.write_text(json.dumps(document))
        return import_files(wiring, [file], None)

    return importing


def stored(wiring: Wiring) -> StoredOrder:
    [order] = wiring.ledger.orders()
    return order


def flags(wiring: Wiring) -> list[tuple[str, ...]]:
    return [one.flags for judged in judged_orders(wiring, Filter()) for one in judged.decisions]


def test_a_contradiction_that_nobody_can_date_is_kept_and_said(
    wiring: Wiring, importing: Importing
) -> None:
    importing(paid_at="2026-03-01", status="awaiting_delivery")

    done = importing(paid_at="2026-03-05")
    again = importing(paid_at="2026-03-05")

    assert done.doubtful == again.doubtful == [ORDER["order_id"]]
    assert stored(wiring).facts["paid_at"] == "2026-03-01"
    assert [one.facts["paid_at"] for one in stored(wiring).apart] == ["2026-03-05"]
    assert len(list(wiring.ledger.events("order_differed"))) == 1
    assert all("conflict" in one for one in flags(wiring))


def test_a_contradiction_ends_when_a_later_reading_is_told(
    wiring: Wiring, importing: Importing
) -> None:
    importing(paid_at="2026-03-01", paid_with="visa")
    importing(paid_at="2026-03-05")

    done = importing("2099-01-01", paid_at="2026-03-05")

    assert done.doubtful == []
    assert stored(wiring).facts["paid_at"] == "2026-03-05"
    assert stored(wiring).facts["paid_with"] == "visa"
    assert stored(wiring).apart == ()
    assert not any("conflict" in one for one in flags(wiring))


def test_a_contradiction_ends_when_the_store_is_read_again(
    wiring: Wiring, importing: Importing
) -> None:
    importing(paid_at="2026-03-01")
    importing(paid_at="2026-03-05")

    wiring.ledger.see_orders([{**ORDER, "paid_at": "2026-03-01"}], at=wiring.now(), account="me")

    assert stored(wiring).apart == ()


def test_an_older_page_takes_nothing_from_what_was_read_later(
    wiring: Wiring, importing: Importing
) -> None:
    importing(status="completed", placed_at="2026-03-01")

    done = importing("2026-03-02", status="awaiting_delivery", placed_at="2026-02-28", paid_at="x")

    assert done.doubtful == []
    assert stored(wiring).facts["status"] == "completed"
    assert stored(wiring).facts["placed_at"] == "2026-03-01"
    assert stored(wiring).facts["paid_at"] == "x"


def test_what_several_files_tell_of_one_order_is_one_order_whatever_their_order(
    tmp_path: Path,
) -> None:
    table = tmp_path / "orders.csv"
    table.write_text("order_id,line_id,problem\n8200000000150011,8200000000160011,damaged\n")
    files = [
        table,
        SAVED / "detail_processing_two_lines.json",
        SAVED / "tracking_8200000000150011_two_parcels.json",
        SAVED / "list_shuffled.json",
    ]

    found = {one.order_id: one.as_facts() for one in read_files(files).orders}
    backwards = {one.order_id: one.as_facts() for one in read_files(files[::-1] * 2).orders}

    assert backwards == found
    order = found["8200000000150011"]
    assert [line.get("problem") for line in order["lines"]].count({"kind": "damaged"}) == 1
    assert len(order["shipments"]) == 3


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.har"
    with huge.open("wb") as file:
        file.truncate(200 * 1024 * 1024)

    with pytest.raises(WrongInput, match=f"larger than {LARGEST // 1024**2} MB"):
        read_files([huge])


HAR = {"log": {"version": "1.2", "entries": [{"response": {"content": {"size": 9}}}]}}
TABLE = "order_id,seller\n8200000000150011,Söderberg\n"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.html", b"", "is not a page"),
        ("a.json", b'{"orders": [{"store": "aliexpress", "order', "is not a page"),
        ("a.csv", TABLE.encode("latin-1"), "is not text in UTF-8"),
        ("a.csv", b"\x00\x01\x02", "column"),
        ("a.csv.gz", gzip.compress(TABLE.encode(), mtime=0), "is compressed"),
        ("a.html", b"<html><title>Another shop</title></html>", "is not a page"),
        ("a.html", b"<div data-testid='orderNumber'>8200000000150011</div>", "another shop"),
        ("a.har", json.dumps(HAR).encode(), "holds no answer"),
        ("a.json", b"[" * 200_000, "is not a page"),
        ("a.json", b'{"orders": ' + b"[" * 200_000, "is not a page"),
        ("a.json", b'{"orders": []}', "no order was found"),
    ],
)
def test_a_bad_file_is_one_sentence_with_a_step_and_keeps_nothing(
    wiring: Wiring, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / name
    good.write_text("order_id\n8200000000150011\n")
    bad.write_bytes(content)

    with pytest.raises(WrongInput) as refused:
        import_files(wiring, [good, bad], None)

    assert said in f"{refused.value} {refused.value.next_step}"
    assert "\n" not in str(refused.value)
    assert refused.value.exit_code == 2
    assert list(wiring.ledger.orders()) == []


def test_a_page_of_another_account_is_refused_and_nothing_of_it_kept(
    wiring: Wiring, tmp_path: Path
) -> None:
    for name in ("mine", "ours"):
        email = f"{name}@buyer.example"
        wiring.ledger.add_account(name, store="aliexpress", email=email, at=wiring.now())
    wiring.ledger.see_orders([ORDER], at=wiring.now(), account="mine")
    page = tmp_path / "orders.csv"
    page.write_text(f"order_id,title\n8200000000999999,Lamp\n{ORDER['order_id']},Lamp\n")

    with pytest.raises(WrongInput, match="belongs to the account mine"):
        import_files(wiring, [page], "ours")

    assert [(one.order_id, one.account) for one in wiring.ledger.orders()] == [
        (ORDER["order_id"], "mine")
    ]


def test_a_mended_reader_in_the_buyers_own_folder_is_used(wiring: Wiring, tmp_path: Path) -> None:
    own = wiring.mended[0] / "aliexpress"
    own.mkdir(parents=True)
    shipped = Path(__file__).parents[2] / "scenarios" / "aliexpress" / "store.toml"
    mended = shipped.read_text("utf-8").replace('en = ["Completed"', 'en = ["Well done"')
    page = tmp_path / "detail.json"
    content = (SAVED / "detail_completed.json").read_text("utf-8")
    page.write_text(content.replace('"title": "Completed"', '"title": "Well done"'))

    before = read_files([page]).orders[0].status
    (own / "store.toml").write_text(mended)
    after = read_files([page], mended=wiring.mended).orders[0].status
    catalogue.flow("aliexpress", "payloads")

    assert (before, after) == ("unknown", "completed")
