"""One order, in every language, under both sets of labels, as every kind of file: the same facts.

Its pages as they are shown, in both layouts, are read in tests/scenarios/test_saved_pages.py.
"""

import base64
import csv
import io
import json
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from autoclaim.model import Order
from autoclaim.runner import catalogue
from autoclaim.runner.csv_columns import COLUMNS
from autoclaim.runner.saved import read_files
from tests.pages.test_languages import HISTORY, a_store, answer, without_words

detail_json = catalogue.fixture("aliexpress", "detail_json")
tracking_json = catalogue.fixture("aliexpress", "tracking_json")
LANGUAGES = catalogue.fixture("aliexpress", "words").languages()
ORDER = next(order for order in HISTORY.orders if order.kind == "in_transit")
DETAIL = "mtop.aliexpress.trade.buyer.order.detail"
TRACKING = "mtop.ae.ld.querydetail"

Files = dict[str, str | bytes]


def answers(**switches: object) -> dict[str, str]:
    """The two answers about the order, by the name of their api."""
    store = a_store(**switches)
    asked = {"tradeOrderId": ORDER.order_id, "_signed_in": True}
    return {
        DETAIL: answer(DETAIL, detail_json.order_detail(store, asked)).decode(),
        TRACKING: answer(TRACKING, tracking_json.tracking(store, asked)).decode(),
    }


def as_json(told: dict[str, str]) -> Files:
    return {f"{ORDER.order_id} {api}.json": text for api, text in told.items()}


def as_jsonp(told: dict[str, str]) -> Files:
    return {name: f" mtopjsonp3({text})" for name, text in as_json(told).items()}


def as_utf16(told: dict[str, str]) -> Files:
    return {name: str(text).encode("utf-16") for name, text in as_json(told).items()}


def as_har(told: dict[str, str]) -> Files:
    asked = json.dumps({"tradeOrderId": ORDER.order_id})
    entries = [
        {
            "startedDateTime": a_store().now().isoformat(),
            "request": {"url": f"https://acs.store.example/h5/{api.lower()}/1.0/?data={asked}"},
            "response": {
                "content": {
                    "text": base64.b64encode(text.encode()).decode(),
                    "encoding": "base64",
                }
            },
        }
        for api, text in told.items()
    ]
    return {"visit.har": json.dumps({"log": {"version": "1.2", "entries": entries}})}


def as_html(told: dict[str, str]) -> Files:
    address = f"https://www.store.example/p/order/detail.html?orderId={ORDER.order_id}"
    saved_from = f"<!-- saved from url=({len(address):04d}){address} -->"
    return {
        f"{api}.html": f"{saved_from}<html><body><div class=order-main></div>"
        f"<script>window.told = {text};</script></body></html>"
        for api, text in told.items()
    }


def as_mhtml(told: dict[str, str]) -> Files:
    files: Files = {}
    for name, html in as_html(told).items():
        message = EmailMessage()
        message["MIME-Version"] = "1.0"
        message["Date"] = format_datetime(a_store().now())
        message.set_content(str(html), subtype="html", cte="quoted-printable")
        message["Content-Location"] = (
            f"https://www.store.example/p/order/detail.html?orderId={ORDER.order_id}"
        )
        message.make_related()
        files[name.replace(".html", ".mhtml")] = message.as_bytes()
    return files


def as_facts(told: dict[str, str], folder: Path | None = None) -> Files:
    assert folder is not None
    [order] = read(as_json(told), folder)
    return {"facts.json": json.dumps({"format": 1, "orders": [order.as_facts()]})}


def as_csv(told: dict[str, str], folder: Path | None = None) -> Files:
    """The facts as the documented columns: one row, for the order has one line."""
    assert folder is not None
    [order] = read(as_json(told), folder)
    facts = order.as_facts()
    parts = {"order": facts, "line": facts["lines"][0], "shipment": facts["shipments"][0]}
    row = {name: cell(parts, column.path) for name, column in COLUMNS.items()}
    row["currency"] = facts["total"]["currency"]
    written = io.StringIO()
    sheet = csv.DictWriter(written, row)
    sheet.writeheader()
    sheet.writerow(row)
    return {"orders.csv": written.getvalue()}


def cell(parts: dict[str, Any], path: tuple[str, ...]) -> str:
    value: Any = parts
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    if isinstance(value, dict):
        value = value["amount"]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def read(files: Files, folder: Path) -> list[Order]:
    written = []
    for name, content in files.items():
        file = folder / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        written.append(file)
    return read_files(written).orders


KINDS: dict[str, Callable[..., Files]] = {
    "json": as_json,
    "jsonp": as_jsonp,
    "utf-16": as_utf16,
    "har": as_har,
    "html": as_html,
    "mhtml": as_mhtml,
    "facts": as_facts,
    "csv": as_csv,
}
NOT_IN_A_TABLE = {"site_actions"}  # which buttons a page shows is no column


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    [order] = read(as_json(answers()), tmp_path_factory.mktemp("english"))
    assert order.lines
    assert order.shipments
    return without_words(order)


@pytest.mark.parametrize("labels", ["new", "old"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_one_order_tells_the_same_in_every_language_and_kind_of_file(
    english: dict[str, object], tmp_path: Path, kind: str, language: str, labels: str
) -> None:
    told = answers(language=language, labels=labels)
    made = KINDS[kind]
    files = made(told, tmp_path) if kind in {"facts", "csv"} else made(told)

    [order] = read(files, tmp_path)

    left_out = NOT_IN_A_TABLE if kind == "csv" else set()
    assert without_words(order) == {
        key: value for key, value in english.items() if key not in left_out
    }
