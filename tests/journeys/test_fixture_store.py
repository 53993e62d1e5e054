"""The local store keeps its word (contracts.md 5, fixtures/README.md): spoken to over HTTP."""

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

import pytest

from autoclaim.model import Facts
from autoclaim.rules import decide
from autoclaim.runner.shipped_policies import policies
from fixtures.aliexpress.generate import invent_history, one_of_each
from fixtures.aliexpress.server import Store, serve
from fixtures.aliexpress.switches import Switches

LIST = "mtop.aliexpress.trade.buyer.order.list"
COUNT = "mtop.aliexpress.trade.buyer.order.count"
DETAIL = "mtop.aliexpress.trade.buyer.order.detail"
OPERATION = "mtop.aliexpress.trade.buyer.order.operation"
REVERSE = "mtop.aliexpress.buyer.reverse"
ROOT = Path(__file__).parents[2]
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32


class Answer(NamedTuple):
    status: int
    location: str
    text: str


class Visitor:
    """A browser without a window: cookies, forms and mtop calls, nothing else."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.cookies: dict[str, str] = {}
        parts = urlsplit(store.origin)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)

    def ask(self, method: str, path: str, body: bytes | str = b"", kind: str = "") -> "Answer":
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {"Content-Type": kind or "application/x-www-form-urlencoded"} if body else {}
        self._connection.request(method, path, body or None, headers)
        told = self._connection.getresponse()
        for cookie in told.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: one.value for name, one in SimpleCookie(cookie).items()}
        return Answer(told.status, told.headers["Location"] or "", told.read().decode())

    def close(self) -> None:
        self._connection.close()

    def form(self, path: str, **fields: str) -> dict[str, Any]:
        told = json.loads(self.ask("POST", path, urlencode(fields)).text)
        content: dict[str, Any] = told["content"]
        return content

    def sign_in(self) -> None:
        told = {"loginId": self.store.email, "password": self.store.password}
        assert self.form("/newlogin/login.do", **told)["success"]

    def mtop(self, api: str, method: str = "GET", **data: object) -> dict[str, Any]:
        """One call, asked again when the first only brought the token."""
        query = {"api": api, "v": "1.0"}
        told = {"data": json.dumps(data)}
        path = f"/h5/{api.lower()}/1.0/"
        for _ in range(2):
            if method == "POST":
                answer = self.ask("POST", f"{path}?{urlencode(query)}", urlencode(told))
            else:
                answer = self.ask("GET", f"{path}?{urlencode(query | told)}")
            reply: dict[str, Any] = json.loads(answer.text)
            if "FAIL_SYS_TOKEN" not in reply["ret"][0]:
                return reply
        raise AssertionError("the token was never taken")

    def upload(self, content: bytes) -> dict[str, Any]:
        head = '--cut\r\nContent-Disposition: form-data; name="file"; filename="photo.png"\r\n'
        body = head.encode() + b"Content-Type: image/png\r\n\r\n" + content + b"\r\n--cut--\r\n"
        kind = "multipart/form-data; boundary=cut"
        told: dict[str, Any] = json.loads(
            self.ask("POST", "/p/reverse-pages/upload", body, kind).text
        )
        return told


@pytest.fixture
def store() -> Iterator[Store]:
    with serve(orders=40) as running:
        yield running


@pytest.fixture
def stranger(store: Store) -> Iterator[Visitor]:
    unknown = Visitor(store)
    yield unknown
    unknown.close()


@pytest.fixture
def visitor(stranger: Visitor) -> Visitor:
    stranger.sign_in()
    return stranger


def a_claim(store: Store, **changes: object) -> dict[str, object]:
    order = store.state.history.order(store.heroes["late"])
    assert order
    [line] = order.lines
    claim: dict[str, object] = {
        "tradeOrderId": order.order_id,
        "tradeOrderLineId": line.line_id,
        "received": "false",
        "solution": "refund_only",
        "reasonId": "115",
        "amount": "38.99",
        "description": "It never came.",
    }
    return claim | changes


def orders_in(reply: dict[str, Any]) -> list[str]:
    structure = reply["data"]["hierarchy"]["structure"]
    body = next(key for key in structure if key.startswith("pc_om_list_body"))
    return [name.rpartition("_")[2] for name in structure[body]]


def next_page(reply: dict[str, Any]) -> str:
    """What the page sends for more: each part a JSON string within a JSON string."""
    blocks = reply["data"]["data"]
    body = next(key for key in blocks if key.startswith("pc_om_list_body"))
    blocks[body]["fields"]["pageIndex"] = int(blocks[body]["fields"]["pageIndex"]) + 1
    parts = {
        "data": json.dumps({body: blocks[body]}),
        "linkage": json.dumps(reply["data"]["linkage"]),
        "hierarchy": json.dumps(reply["data"]["hierarchy"]),
        "endpoint": json.dumps(reply["data"]["endpoint"]),
    }
    return json.dumps(parts | {"operator": body})


def test_a_stranger_is_led_to_the_sign_in_page_and_back(stranger: Visitor) -> None:
    page = "/p/order/detail.html?orderId=1"

    led = stranger.ask("GET", page)

    assert led.status == 302
    assert led.location.startswith("/ug-login-page/login?return_url=%2Fp%2Forder")
    assert "nfm-login" not in stranger.ask("GET", led.location).text  # drawn by script
    stranger.sign_in()
    assert stranger.ask("GET", led.location).location == page


def test_signed_out_the_list_says_so_and_the_count_lies(stranger: Visitor) -> None:
    listed = stranger.mtop(LIST, renderType="init")
    counted = stranger.mtop(COUNT)

    assert listed["ret"] == ["FAIL_SYS_SESSION_EXPIRED::SESSION EXPIRED"]
    assert counted["ret"][0].startswith("SUCCESS")
    assert set(counted["data"]["statusTabCount"].values()) == {0}


def test_a_wrong_password_an_unknown_account_and_a_code(store: Store, stranger: Visitor) -> None:
    wrong = stranger.form("/newlogin/login.do", loginId=store.email, password="wrong")
    unknown = stranger.form("/newlogin/account/check.do", loginId="nobody@buyer.example")
    store.behave(email_code=True)
    asked = stranger.form("/newlogin/login.do", loginId=store.email, password=store.password)
    code = stranger.form("/newlogin/code/check.do", code="246810")

    assert wrong["message"] == "Your account name or password is incorrect."
    assert unknown["exists"] is False
    assert asked["needCode"] is True
    assert code["success"] is True
    assert "sign=y" in stranger.cookies["xman_us_t"]


def test_paging_brings_every_order_once_and_in_order(store: Store, visitor: Visitor) -> None:
    reply = visitor.mtop(LIST, renderType="init")
    seen = orders_in(reply)
    for _ in range(3):
        reply = visitor.mtop(LIST, "POST", params=next_page(reply))
        seen += orders_in(reply)

    assert seen == [order.order_id for order in store.state.history.orders]


def test_paging_with_objects_instead_of_strings_brings_an_empty_list(visitor: Visitor) -> None:
    first = visitor.mtop(LIST, renderType="init")
    flat = json.dumps({"data": first["data"]["data"], "operator": "x", "linkage": {}})

    reply = visitor.mtop(LIST, "POST", params=flat)

    assert reply["ret"][0].startswith("SUCCESS")
    assert orders_in(reply) == []


def test_the_detail_wants_the_trade_order_id(store: Store, visitor: Visitor) -> None:
    number = store.heroes["cancel"]

    assert visitor.mtop(DETAIL, orderId=number)["data"]["data"] == {}
    tags = {
        block["tag"]
        for block in visitor.mtop(DETAIL, tradeOrderId=number)["data"]["data"].values()
    }
    assert {"detail_order_status_block", "detail_product_block"} <= tags


def test_the_journal_has_what_was_written_and_no_password(store: Store, visitor: Visitor) -> None:
    visitor.mtop(LIST, renderType="init")
    visitor.mtop(f"{REVERSE}.queryReverseOrderPageListForBuyer", "POST", pageNo=1)
    picture = visitor.upload(PNG)["url"]
    visitor.mtop(f"{REVERSE}.submit", "POST", **a_claim(store, files=[picture]))

    journal = json.loads(visitor.ask("GET", "/__journal").text)

    assert [entry["path"] for entry in journal] == [
        "/newlogin/login.do",
        "/p/reverse-pages/upload",
        f"/h5/{REVERSE}.submit/1.0/",
    ]
    assert journal[0]["fields"] == {"loginId": store.email, "password": "(not kept)"}
    assert [(one["name"], one["size"]) for one in journal[1]["files"]] == [("photo.png", len(PNG))]
    assert journal[2]["fields"]["amount"] == "38.99"
    assert store.password not in json.dumps(journal)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"amount": "39.00"}, "AMOUNT"),
        ({"amount": "0"}, "AMOUNT"),
        ({"amount": "1,00"}, "AMOUNT"),
        ({"reasonId": "120"}, "REASON"),
        ({"solution": "return_and_refund"}, "OTHER"),
        ({"description": " "}, "TEXT"),
        ({"description": "x" * 513}, "TEXT_LONG"),
        ({"files": ["/evidence/nothing"]}, "OTHER"),
        ({"tradeOrderLineId": "1"}, "CLOSED"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_claim_that_does_not_fit_the_form_opens_no_case(
    store: Store, visitor: Visitor, changes: dict[str, object], complaint: str
) -> None:
    reply = visitor.mtop(f"{REVERSE}.submit", "POST", **a_claim(store, **changes))

    assert reply["ret"][0].startswith(f"FAIL_BIZ_REVERSE_{complaint}::")
    assert store.state.history.order(store.heroes["late"]).cases == []  # type: ignore[union-attr]


def test_one_line_has_one_case(store: Store, visitor: Visitor) -> None:
    first = visitor.mtop(f"{REVERSE}.submit", "POST", **a_claim(store))
    second = visitor.mtop(f"{REVERSE}.submit", "POST", **a_claim(store))

    assert first["data"]["module"]["success"] is True
    assert second["ret"][0].startswith("FAIL_BIZ_REVERSE_TWICE::")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"GIF89a" + b"\0" * 9, "This file type is not supported"),
        (PNG + b"\0" * 3_000_000, "The file is too large"),
    ],
    ids=["another type under a picture's name", "too large"],
)
def test_a_file_that_the_form_does_not_take_is_refused(
    visitor: Visitor, content: bytes, said: str
) -> None:
    assert visitor.upload(content) == {"success": False, "message": said}


@pytest.mark.parametrize(
    ("outcome", "status"),
    [("immediate", "cancelled"), ("waiting", "cancelling"), ("refused", "awaiting_shipment")],
)
def test_a_request_to_cancel_ends_in_one_of_three_ways(
    store: Store, visitor: Visitor, outcome: str, status: str
) -> None:
    store.behave(cancel_outcome=outcome)
    number = store.heroes["cancel"]

    asked = {"operation": "CANCEL", "tradeOrderId": number, "reason": "otherReasons"}
    visitor.mtop(OPERATION, "POST", **asked)

    truth = {order["order_id"]: order for order in store.truth()["orders"]}
    assert truth[number]["status"] == status


def test_a_session_ends_in_the_middle_when_told_to(store: Store, visitor: Visitor) -> None:
    store.behave(end_session_on="reverse.submit")

    step = visitor.mtop(f"{REVERSE}.nextStep", "POST", **a_claim(store))
    sent = visitor.mtop(f"{REVERSE}.submit", "POST", **a_claim(store))

    assert step["ret"][0].startswith("SUCCESS")
    assert sent["ret"][0].startswith("FAIL_SYS_SESSION_EXPIRED")


def test_an_answer_fails_as_often_as_told_before_or_after_the_deed(
    store: Store, visitor: Visitor
) -> None:
    store.behave(fail={"reverse.submit": {"status": 500, "times": 1, "after": True}})

    visitor.mtop(LIST)  # brings the token
    body = urlencode({"data": json.dumps(a_claim(store))})
    failed = visitor.ask("POST", f"/h5/{REVERSE}.submit/1.0/?api={REVERSE}.submit", body)
    again = visitor.mtop(f"{REVERSE}.submit", "POST", **a_claim(store))

    assert failed.status == 500
    assert again["ret"][0].startswith("FAIL_BIZ_REVERSE_TWICE::")


def test_an_unknown_switch_is_named_and_nothing_changes(store: Store, stranger: Visitor) -> None:
    told = json.dumps({"language": "de", "no_such_switch": 1})

    answer = stranger.ask("POST", "/__behave", told, "application/json")

    assert answer.status == 400
    assert json.loads(answer.text) == {"error": "unknown switch: no_such_switch"}
    assert store.state.switches.language == "en"


def test_a_redesign_renames_what_is_served_and_still_works(store: Store, visitor: Visitor) -> None:
    store.behave(rename={"orderId": "oid", LIST: "mtop.renamed.list", "es--wrap": "x--wrap"})

    page = visitor.ask("GET", "/p/order/index.html").text
    reply = visitor.mtop("mtop.renamed.list", renderType="init")
    script = visitor.ask("GET", "/static/kit.js").text

    assert '"mtop.renamed.list"' in page
    orders = [block["fields"] for block in reply["data"]["data"].values()]
    assert [fields["oid"] for fields in orders if "oid" in fields]
    assert "x--wrap--1Hlfkoj" in script


def test_after_a_fresh_start_nothing_was_sent(store: Store, visitor: Visitor) -> None:
    visitor.mtop(f"{REVERSE}.submit", "POST", **a_claim(store))
    before = [order.order_id for order in store.state.history.orders]

    visitor.ask("POST", "/__behave", '{"afresh": true, "reset": true}', "application/json")

    assert store.journal == []
    assert [order.order_id for order in store.state.history.orders] == before
    assert store.state.history.order(store.heroes["late"]).cases == []  # type: ignore[union-attr]


def test_another_history_can_be_asked_for(store: Store, visitor: Visitor) -> None:
    visitor.ask("POST", "/__behave", '{"afresh": "one_of_each"}', "application/json")

    kinds = {order.kind for order in store.state.history.orders}
    assert {"lost", "refunded_in_part", "to_be_sent_back", "payment_expired"} <= kinds


def test_every_switch_is_described() -> None:
    described = (ROOT / "fixtures" / "README.md").read_text(encoding="utf-8")

    assert [name for name in Switches.__slots__ if f"`{name}`" not in described] == []


def test_what_sellers_and_carriers_do_shows_in_the_truth(store: Store, visitor: Visitor) -> None:
    visitor.mtop(f"{REVERSE}.submit", "POST", **a_claim(store))
    number = store.heroes["late"]

    store.behave(happens=[{"order": number, "event": "refunded", "percent": 50}])

    truth = {order["order_id"]: order for order in store.truth()["orders"]}
    [line] = truth[number]["lines"]
    assert line["dispute"]["state"] == "finished"
    assert line["refund"]["kind"] == "partial"
    assert line["refund"]["paid"] == {"amount": "19.49", "currency": "USD"}


def test_the_same_seed_gives_the_same_history_and_five_thousand_orders_are_quick() -> None:
    begun = time.process_time()
    history = invent_history(5000, seed=3)
    took = time.process_time() - begun

    again = invent_history(5000, seed=3, now=history.now)
    numbers = [order.order_id for order in history.orders]
    assert took < 2
    assert numbers == [order.order_id for order in again.orders]
    assert len({*numbers}) == 5000
    assert all(len(number) == 16 for number in numbers)


@pytest.mark.parametrize("seed", range(12))
def test_no_order_has_facts_that_cannot_be(seed: int) -> None:
    now = datetime(2026, 10, 20, 3, 7, tzinfo=UTC) + timedelta(hours=37 * seed)
    history = one_of_each(seed, now)
    kinds = {order.order_id: order.kind for order in history.orders}

    decisions = decide(Facts.model_validate(history.truth()), policies(), now)

    impossible = {"contradiction", "future_event"}
    assert [kinds[one.order_id] for one in decisions if impossible & {*one.flags}] == []


def test_one_of_each_has_every_status_a_facts_document_knows() -> None:
    statuses = {order["status"] for order in one_of_each().truth()["orders"]}

    assert statuses == {
        "awaiting_payment",
        "payment_review",
        "awaiting_shipment",
        "partly_shipped",
        "awaiting_delivery",
        "completed",
        "cancelling",
        "cancelled",
        "frozen",
    }


def test_the_scripted_buyer_says_when_there_is_no_browser() -> None:
    script = ROOT / "fixtures" / "aliexpress" / "scripted_buyer.py"
    words = [sys.executable, str(script), "--cdp-port", "1", "--answer", "submit"]

    ended = subprocess.run(
        [*words, "--patience", "0.1"], capture_output=True, text=True, check=False
    )

    assert ended.returncode == 2
    assert "No browser on port 1" in ended.stderr


def test_each_of_several_buyers_sees_only_their_own_orders() -> None:
    with serve(orders=5, buyers=4) as store:
        own = [{order.order_id for order in one.history.orders} for one in store.states]
        seen = []
        for buyer in store.buyers:
            visitor = Visitor(store)
            told = {"loginId": buyer.email, "password": buyer.password}
            assert visitor.form("/newlogin/login.do", **told)["success"]
            seen.append(visitor.mtop(LIST)["data"])
            visitor.close()
        refused = Visitor(store).form(
            "/newlogin/login.do", loginId=store.buyers[1].email, password=store.password
        )

    assert len(set.union(*own)) == 20
    for answer, orders in zip(seen, own, strict=True):
        text = json.dumps(answer)
        assert {number for number in set.union(*own) if number in text} == orders
    assert not refused["success"]
