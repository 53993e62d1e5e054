"""One order, in every language, label set and layout, as every kind of file: the same facts.

It has all that a page can tell: a parcel, a printed promise and a case. Its list, its own page,
its tracking, the returns and the case are read together, as answers in every wrapping, as facts,
as a table, and as the pages that show them. What a kind of file has no place for stands beside it.
"""

import base64
import csv
import io
import json
import sys
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from autoclaim.browser.sharing import Browsers
from autoclaim.model import Order, Time
from autoclaim.runner import catalogue
from autoclaim.runner.csv_columns import COLUMNS
from autoclaim.runner.saved import read_files
from tests.pages.test_languages import HISTORY, answer, without_words
from tests.pages.test_renamed import facts
from tests.scenarios.stay import Stay, Store, a_session, a_stay

detail_json = catalogue.fixture("aliexpress", "detail_json")
list_json = catalogue.fixture("aliexpress", "list_json")
tracking_json = catalogue.fixture("aliexpress", "tracking_json")
cases_json = catalogue.fixture("aliexpress", "cases_json")
state = catalogue.fixture("aliexpress", "state")
LANGUAGES = catalogue.fixture("aliexpress", "words").languages()
ORDER = next(order for order in HISTORY.orders if order.kind == "waiting_for_store")
ONLY = type(HISTORY)(HISTORY.buyer, HISTORY.now, [ORDER])
APIS = {
    "list": "mtop.aliexpress.trade.buyer.order.list",
    "detail": "mtop.aliexpress.trade.buyer.order.detail",
    "tracking": "mtop.ae.ld.querydetail",
    "returns": "mtop.aliexpress.buyer.reverse.queryReverseOrderPageListForBuyer",
    "case": "mtop.aliexpress.buyer.reverse.reverseOrderLineRenderForBuyer",
}
TOLD_BY = {
    "list": list_json.order_list,
    "detail": detail_json.order_detail,
    "tracking": tracking_json.tracking,
    "returns": cases_json.returns_list,
    "case": cases_json.case_render,
}
SHOWN = {
    "list": ("/p/order/index.html", ".order-item"),
    "detail": (f"/p/order/detail.html?orderId={ORDER.order_id}", ".order-price-total"),
    "tracking": (f"/p/tracking/index.html?tradeOrderId={ORDER.order_id}", ".panel"),
    "returns": ("/p/refund-dispute/list.html", ".next-pagination"),
}

Files = dict[str, str | bytes]


def a_store(**switches: object) -> object:
    made = state.StoreState(ONLY)
    made.switches.change(switches)
    return made


def answers(**switches: object) -> dict[str, str]:
    """The answers about the order, by the name of their api."""
    store = a_store(**switches)
    line = ORDER.lines[0].line_id
    asked = {"tradeOrderId": ORDER.order_id, "tradeOrderLineId": line, "_signed_in": True}
    return {
        api: answer(
            api, TOLD_BY[page](store, {} if page in {"list", "returns"} else asked)
        ).decode()
        for page, api in APIS.items()
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


def as_facts(told: dict[str, str], folder: Path) -> Files:
    [order] = read(as_json(told), folder)
    return {"facts.json": json.dumps({"format": 1, "orders": [order.as_facts()]})}


def as_csv(told: dict[str, str], folder: Path) -> Files:
    """The facts as the documented columns: one row, for the order has one line."""
    [order] = read(as_json(told), folder)
    whole: dict[str, Any] = order.as_facts()
    parts = {"order": whole, "line": whole["lines"][0], "shipment": whole["shipments"][0]}
    row = {name: cell(parts, column.path) for name, column in COLUMNS.items()}
    row["currency"] = whole["total"]["currency"]
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


def write(files: Files, folder: Path) -> list[Path]:
    written = []
    for name, content in files.items():
        file = folder / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        written.append(file)
    return written


def read(files: Files, folder: Path) -> list[Order]:
    return read_files(write(files, folder)).orders


Kind = Callable[[dict[str, str], Path], list[Order]]


def in_files(made: Callable[[dict[str, str]], Files]) -> Kind:
    return lambda told, folder: read(made(told), folder)


def in_a_folder(told: dict[str, str], folder: Path) -> list[Order]:
    """Below a folder, twice, beside a picture that is no page."""
    for place in (folder / "saved", folder / "saved" / "again"):
        place.mkdir()
        write({**as_json(told), "lamp.jpg": b"\xff\xd8\xff"}, place)
    return read_files([folder / "saved"]).orders


def on_standard_input(told: dict[str, str], folder: Path) -> list[Order]:
    """The list as a file, the rest as the log of a visit that is piped in."""
    listed = {APIS["list"]: told[APIS["list"]]}
    [har] = write(as_har(told), folder)
    with har.open() as stream, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", stream)
        return read_files([*write(as_json(listed), folder), Path("-")]).orders


KINDS: dict[str, Kind] = {
    "json": in_files(as_json),
    "jsonp": in_files(as_jsonp),
    "utf-16": in_files(as_utf16),
    "har": in_files(as_har),
    "html": in_files(as_html),
    "mhtml": in_files(as_mhtml),
    "facts": lambda told, folder: read(as_facts(told, folder), folder),
    "csv": lambda told, folder: read(as_csv(told, folder), folder),
    "folder": in_a_folder,
    "stdin": on_standard_input,
}
SHOWN_IN = {"shown": "desktop", "shown narrow": "mobile"}
_NOT_SHOWN = {
    ".ship_to_country",
    ".lines[0].dispute.reference",
    ".lines[0].shipment_id",
    ".shipments[0].state",
    ".shipments[0].last_scan_at",
}
NO_PLACE_FOR = {
    "csv": {".site_actions[0]", ".site_actions[1]", ".lines[0].dispute.reference"},
    **dict.fromkeys(SHOWN_IN, _NOT_SHOWN),
}
# Shown are days instead of moments, and a case of the order instead of one of its only line.
SHOWN_AS_DAYS = {".shipments[0].promised_by", ".dispute.opened_at", ".shipments[0].shipped_at"}
OF_THE_LINE, OF_THE_ORDER = ".lines[0].dispute.", ".dispute."


class Window:
    """The pages of the order as a browser shows them, saved as "HTML only"."""

    def __init__(self, shop: Store, stay: Stay) -> None:
        self._shop, self._stay = shop, stay
        self._in_both_layouts: dict[tuple[str, str], Files] = {}

    def read(self, folder: Path, language: str, labels: str, layout: str) -> list[Order]:
        """What the pages tell together; of the layouts there are two of the list alone."""
        self._shop.behave(language=language, labels=labels, layout=layout)
        files = self._in_both_layouts.get((language, labels)) or {
            f"{name}.html": self._saved(*SHOWN[name]) for name in ("detail", "tracking", "returns")
        }
        self._in_both_layouts[language, labels] = files
        return read({"list.html": self._saved(*SHOWN["list"]), **files}, folder)

    def _saved(self, path: str, sign: str) -> str:
        page, address = self._stay.visit.page, self._shop.origin + path
        page.goto(address)
        page.wait_for_selector(sign)
        return f"<!-- saved from url=({len(address):04d}){address} -->\n{page.content()}"


@pytest.fixture(scope="module")
def window(browsers: Browsers) -> Iterator[Window]:
    with (
        catalogue.fixture("aliexpress").serve(history=ONLY) as shop,
        a_stay(browsers, shop, session=a_session(shop)) as stay,
    ):
        shop.behave(list_delay_ms=0, detail_delay_ms=0, cancel_button_delay_ms=0)
        yield Window(shop, stay)


def fields(order: Order) -> dict[str, object]:
    return dict(facts(without_words(order)))


def as_shown(told: dict[str, object]) -> dict[str, object]:
    """The facts as the pages show them: days, and the case as the order's."""
    moved = {path.replace(OF_THE_LINE, OF_THE_ORDER): value for path, value in told.items()}
    times = {path: Time.read(moved[path]) for path in SHOWN_AS_DAYS & moved.keys()}
    return moved | {path: time.day.isoformat() for path, time in times.items() if time}


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    [order] = read(as_json(answers()), tmp_path_factory.mktemp("english"))
    assert order.lines
    assert order.shipments
    assert order.site_dates
    assert order.lines[0].dispute
    return fields(order)


@pytest.mark.parametrize("labels", ["new", "old"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [*KINDS, *SHOWN_IN])
def test_one_order_tells_the_same_in_every_language_layout_and_kind_of_file(
    english: dict[str, object],
    window: Window,
    tmp_path: Path,
    kind: str,
    language: str,
    labels: str,
) -> None:
    if kind in SHOWN_IN:
        [order] = window.read(tmp_path, language, labels, SHOWN_IN[kind])
    else:
        [order] = KINDS[kind](answers(language=language, labels=labels), tmp_path)

    left_out = NO_PLACE_FOR.get(kind, set())
    whole = {path: value for path, value in english.items() if path not in left_out}
    assert left_out <= english.keys()
    if kind in SHOWN_IN:
        assert as_shown(fields(order)) == as_shown(whole)
    else:
        assert fields(order) == whole
