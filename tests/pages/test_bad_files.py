"""Whatever file is given: the orders in it, or one sentence; never a traceback, never half."""

import base64
import gzip
import json
import time
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autoclaim.errors import WrongInput
from autoclaim.runner import catalogue
from autoclaim.runner.saved import read_files

payloads = catalogue.flow("aliexpress", "payloads")
SAVED = Path(__file__).with_name("saved")
LIST = (SAVED / "list_shuffled.json").read_bytes()
DETAIL = (SAVED / "detail_completed.json").read_bytes()
SIGNED_OUT = {
    "api": "mtop.aliexpress.trade.buyer.order.list",
    "ret": ["FAIL_SYS_SESSION_EXPIRED::SESSION EXPIRED"],
    "data": {},
}
CHALLENGED = {**SIGNED_OUT, "ret": ["FAIL_SYS_USER_VALIDATE", "RGV587_ERROR::SM"]}
SKELETON = {**SIGNED_OUT, "ret": ["SUCCESS"], "data": {"data": {}, "hierarchy": {}}}
RUSSIAN = '<div data-testid="orderNumber">№ 8200000000000001</div>'


def a_har(*bodies: str | None, encoding: str | None = None) -> dict[str, Any]:
    content = [{"text": body, "encoding": encoding} for body in bodies]
    address = "https://acs.aliexpress.com/h5/mtop.aliexpress.trade.buyer.order.list/1.0/"
    entries = [{"request": {"url": address}, "response": {"content": one}} for one in content]
    return {"log": {"version": "1.2", "entries": entries}}


def orders(name: str, content: bytes) -> list[dict[str, Any]]:
    return [order.as_facts() for order in payloads.read_saved(name, content)]


@pytest.mark.parametrize(
    ("content", "because"),
    [
        (b"", "not a page of aliexpress"),
        (b"\x00\x01\x02\xff\xfe\xfd", "not text in UTF-8"),
        (LIST[: len(LIST) // 2], "not a page of aliexpress"),
        (gzip.compress(LIST, mtime=0), "is compressed"),
        (b"<html><body>Hello</body></html>", "not a page of aliexpress"),
        (RUSSIAN.encode(), "not a page of aliexpress"),
        (b"{}", "holds no answer of aliexpress"),
        (b"[]", "holds no answer of aliexpress"),
        (b"null", "not a page of aliexpress"),
        (b"[" * 100_000, "not a page of aliexpress"),
        (b'{"a":' * 100_000, "not a page of aliexpress"),
        (b"[" * 100 + b"]" * 100, "not a page of aliexpress"),
        (b'{"format": 1, "orders": []}', "holds no answer of aliexpress"),
        (json.dumps(SIGNED_OUT).encode(), "not signed in"),
        (json.dumps(CHALLENGED).encode(), "not signed in"),
        (json.dumps(SKELETON).encode(), "tells of no order"),
        (json.dumps(a_har(None)).encode(), "holds no answer of aliexpress"),
        (json.dumps(a_har("not json")).encode(), "holds no answer of aliexpress"),
        (b"x" * (64 * 1024 * 1024 + 1), "too large"),
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value[:16]),
)
def test_a_file_that_tells_nothing_is_refused_in_one_sentence(
    content: bytes, because: str
) -> None:
    with pytest.raises(WrongInput, match=because) as refused:
        payloads.read_saved("file", content)

    assert refused.value.next_step
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "content",
    [
        LIST,
        b"\xef\xbb\xbf" + LIST,
        LIST.decode().encode("utf-16"),
        b"mtopjsonp12(" + LIST + b");",
        b"[" + LIST + b"," + LIST + b"]",
        json.dumps(a_har(LIST.decode())).encode(),
        json.dumps(a_har(base64.b64encode(LIST).decode(), encoding="base64")).encode(),
        json.dumps(a_har(None, LIST.decode(), "{}")).encode(),
        b"<html><body><div class=order-main></div><script>var a = " + LIST + b";</script></html>",
    ],
    ids=["plain", "mark", "utf-16", "jsonp", "twice", "har", "har64", "har-some", "embedded"],
)
def test_the_same_answer_in_another_wrapping_tells_the_same(content: bytes) -> None:
    assert orders("saved", content) == orders("list.json", LIST)


def test_a_page_saved_as_mhtml_tells_what_its_html_tells() -> None:
    html = f"<html><body><div class='order-main'></div><script>a={LIST.decode()}</script></html>"
    message = EmailMessage()
    message["MIME-Version"] = "1.0"
    message.set_content(html, subtype="html", cte="quoted-printable")
    message["Content-Location"] = "https://www.aliexpress.com/p/order/index.html"
    message.make_related()

    assert orders("page.mhtml", message.as_bytes()) == orders("list.json", LIST)


def test_a_tracking_answer_takes_its_order_from_the_name() -> None:
    content = (SAVED / "tracking_8200000000150011_two_parcels.json").read_bytes()

    [order] = payloads.read_saved("track 8200000000999911.json", content)

    assert order.order_id == "8200000000999911"


NESTED = 3_000


def test_cards_within_cards_are_one_order_and_each_is_looked_at_once() -> None:
    number, inner = "8200000000150011", "8200000000150012"
    link = "<a href='/p/order/detail.html?orderId={}'>Details</a>"
    card = "<div class='order-item'>"
    html = (
        f"<html><body>{card}{link.format(number)}{card * NESTED}{link.format(inner)}"
        f"{'</div>' * (NESTED + 1)}{card}{link.format(inner)}</div></body></html>"
    )
    began = time.process_time()

    found = orders("list.html", html.encode())

    assert [order["order_id"] for order in found] == [number, inner]
    assert time.process_time() - began < 2


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_orders_or_one_sentence(content: bytes) -> None:
    try:
        found = payloads.read_saved("file", content)
    except WrongInput:
        return
    assert found


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


def places(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value."""
    parts = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value if isinstance(value, list) else ())
    )
    return [path, *(place for key, part in parts for place in places(part, (*path, key)))]


@pytest.mark.parametrize("saved", [LIST, DETAIL], ids=["list", "detail"])
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_any_value_in_any_place_of_an_answer_breaks_nothing(
    saved: bytes, data: st.DataObject
) -> None:
    value = json.loads(saved)
    *way, last = data.draw(st.sampled_from(places(value)[1:]))
    target = value
    for key in way:
        target = target[key]
    target[last] = data.draw(json_values)

    try:
        found = payloads.read_saved("file", json.dumps(value).encode())
    except WrongInput:
        return
    assert found


def a_visit(failed: dict[str, Any], *, asked_again: bool = False) -> bytes:
    """A HAR of a visit: the list came, and of its second page what `failed` says."""
    address = "https://acs.aliexpress.com/h5/mtop.aliexpress.trade.buyer.order.list/1.0/"
    second = {"method": "POST", "url": address, "postData": {"text": 'data={"params":"page 2"}'}}
    content = {"content": {"text": LIST.decode()}, "status": 200}
    entries = [
        {"request": {"method": "OPTIONS", "url": address}, "response": {"status": 204}},
        {"request": {"method": "GET", "url": f"{address}?data={{}}"}, "response": content},
        {"request": second, "response": failed},
        *([{"request": second, "response": content}] if asked_again else []),
    ]
    return json.dumps({"log": {"entries": entries}}).encode()


FAILED = {
    "HTTP 500": {"status": 500, "content": {"text": "<html>Error</html>"}},
    "FAIL_SYS_TRAFFIC_LIMIT": {
        "status": 200,
        "content": {"text": json.dumps({**SIGNED_OUT, "ret": ["FAIL_SYS_TRAFFIC_LIMIT::busy"]})},
    },
    "its content is not whole": {"status": 200, "content": {"text": LIST.decode()[:-20]}},
    "its content was not kept": {"status": 200, "content": {"size": 9}},
    "HTTP 0": {"status": 0, "content": {}},
}


@pytest.mark.parametrize("because", FAILED)
def test_a_visit_of_which_one_answer_failed_is_not_read_as_a_whole_one(
    tmp_path: Path, because: str
) -> None:
    visit = tmp_path / "visit.har"
    visit.write_bytes(a_visit(FAILED[because]))
    again = tmp_path / "again.har"
    again.write_bytes(a_visit(FAILED[because], asked_again=True))

    saved, whole = read_files([visit]), read_files([again])

    assert [order.as_facts() for order in saved.orders] == orders("list.json", LIST)
    failed = f"one answer of the list page, which failed ({because}), on the list page of "
    assert len([one for one in saved.untold if one.startswith(failed)]) == 1
    assert not any("failed" in one for one in whole.untold)


def test_a_visit_of_which_every_answer_failed_says_why() -> None:
    failed = json.loads(FAILED["FAIL_SYS_TRAFFIC_LIMIT"]["content"]["text"])

    with pytest.raises(WrongInput, match=r"can read \(list: FAIL_SYS_TRAFFIC_LIMIT\)"):
        orders("answers.json", json.dumps([failed, failed]).encode())
