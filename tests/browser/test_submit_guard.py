"""What may leave, as a table: state, method, path (or address), verdict."""

import pytest

from autoclaim.browser.submit_guard import State, SubmitGuard
from autoclaim.model.claim import Claim, ClaimKind
from autoclaim.model.site import StoreSite

HOME = "https://www.store.example"
SITE = StoreSite(
    name="store",
    title="Store",
    origins=(HOME, "https://api.store.example"),
    sign_in_origins=("https://login.store.example",),
    addresses={},
    reads=(r"/h5/store\.orders/.*", "/telemetry"),
    steps=("/upload", r"/h5/store\.next\.step/.*"),
    final=("/submit", r"/h5/store\.submit/.*", r"/cancel\.htm\?.*confirm=1.*"),
    sign_in_writes=(r"/login\.do(\?.*)?",),
)

TABLE: list[tuple[State, str, str, str]] = [
    ("reading", "GET", "/orders", "plain"),
    ("reading", "HEAD", "/orders", "plain"),
    ("reading", "OPTIONS", "/submit-less", "plain"),
    ("reading", "GET", "https://cdn.elsewhere.example/a.js", "plain"),
    ("reading", "POST", "/telemetry", "let_through"),
    ("reading", "POST", "/telemetry/more", "stopped"),
    ("reading", "POST", "/upload", "stopped"),
    ("reading", "POST", "/login.do", "stopped"),
    ("reading", "GET", "/h5/store.orders/1.0/", "let_through"),
    ("reading", "GET", "/h5/store.orders.delete/1.0/", "stopped"),
    ("reading", "GET", "/h5/store.confirm/1.0/", "stopped"),
    ("reading", "GET", "/H5/store.confirm/1.0/", "stopped"),
    ("reading", "GET", "/%68%35/store.confirm/1.0/", "stopped"),
    ("reading", "GET", "/a//h5//store.confirm/1.0/", "stopped"),
    ("reading", "GET", "/h5/store.orders/..%2fstore.confirm/1.0/", "stopped"),
    ("reading", "GET", "/h5/store.orders/1.0/?api=store.confirm", "stopped"),
    ("reading", "GET", "/h5/store.orders/1.0/?api=store.orders", "let_through"),
    ("reading", "DELETE", "/orders/1", "stopped"),
    ("reading", "get", "/orders", "plain"),
    ("reading", "POST", "https://elsewhere.example/telemetry", "stopped"),
    ("reading", "POST", "http://www.store.example/telemetry", "stopped"),
    ("reading", "POST", "https://www.store.example.evil.example/telemetry", "stopped"),
    ("reading", "POST", "https://www.store.example@evil.example/telemetry", "stopped"),
    ("signing_in", "POST", "/login.do?x=1", "let_through"),
    ("signing_in", "POST", "https://login.store.example/login.do", "let_through"),
    ("signing_in", "POST", "/upload", "stopped"),
    ("signing_in", "POST", "/submit", "stopped"),
    ("person", "POST", "/captcha/slide", "let_through"),
    ("person", "POST", "https://challenge.example/slide", "let_through"),
    ("person", "GET", "https://elsewhere.example/h5/store.confirm/1.0/", "stopped"),
    ("person", "POST", "/login.do", "let_through"),
    ("person", "GET", "/h5/store.confirm/1.0/", "stopped"),
    ("person", "POST", "/submit", "stopped"),
    ("filling", "POST", "/upload", "let_through"),
    ("filling", "POST", "/h5/store.next.step/1.0/", "let_through"),
    ("filling", "POST", "/telemetry", "let_through"),
    ("filling", "POST", "/submit", "stopped"),
    ("filling", "POST", "/submit/", "stopped"),
    ("filling", "GET", "/submit", "stopped"),
    ("filling", "GET", "/h5/store.submit/1.0/", "stopped"),
    ("filling", "GET", "/cancel.htm?order=1&confirm=1", "stopped"),
    ("filling", "POST", "/login.do", "stopped"),
    ("yours", "POST", "/submit", "final"),
    ("yours", "GET", "/h5/store.submit/1.0/", "final"),
    ("yours", "POST", "/lodge", "unlisted"),
    ("yours", "DELETE", "/orders/1", "unlisted"),
    ("yours", "GET", "/h5/store.lodge/1.0/", "unlisted"),
    ("yours", "POST", "https://api.store.example/lodge", "unlisted"),
    ("yours", "POST", "/upload/..%2flodge", "unlisted"),
    ("yours", "GET", "/form?step=1", "plain"),
    ("yours", "GET", "/h5/store.orders/1.0/", "let_through"),
    ("yours", "POST", "/telemetry", "let_through"),
    ("yours", "POST", "/upload", "let_through"),
    ("yours", "POST", "/h5/store.next.step/1.0/", "let_through"),
    ("yours", "POST", "https://login.store.example/login.do", "let_through"),
    ("yours", "POST", "https://telemetry.example/anything", "let_through"),
    ("yours", "POST", "https://elsewhere.example/submit", "let_through"),
    ("closed", "POST", "/telemetry", "stopped"),
    ("closed", "POST", "/submit", "stopped"),
]


@pytest.mark.parametrize(("state", "method", "path", "verdict"), TABLE, ids=lambda value: value)
def test_the_guard_judges(state: State, method: str, path: str, verdict: str) -> None:
    guard = SubmitGuard(SITE)
    guard.state = state

    assert guard.judge(method, path if "//" in path[:9] else HOME + path) == verdict


KINDS = SITE.model_copy(
    update={
        "final": ("/submit",),
        "final_of": {
            "dispute": ("/dispute",),
            "cancel": ("/order",),
            "never": ("/accept", r"/order\?.*\boperation\W+confirm\w*.*"),
        },
        "names_of": {"order": ("tradeOrderId",), "line": ("tradeOrderLineId",)},
    }
)
ORDER, LINE, ANOTHER = "8200000000000001", "8200000000010001", "8200000000000002"


def a_claim(kind: ClaimKind) -> Claim:
    return Claim(account="ana", store="store", order_id=ORDER, line_id=LINE, kind=kind)


# What is sent on the form of a dispute and of a cancellation, and whether it leaves.
OF_A_KIND: list[tuple[ClaimKind | None, str, str, str]] = [
    ("dispute", "/dispute", "", "final"),
    ("dispute", "/order", "", "stopped"),
    ("dispute", "/accept", "", "stopped"),
    ("dispute", "/%61ccept", "", "stopped"),
    ("dispute", "/submit", "", "final"),
    ("dispute", "/lodge", "", "unlisted"),
    ("cancel", "/dispute", "", "stopped"),
    ("cancel", "/order", "data=%7B%22operation%22%3A%22CANCEL%22%7D", "final"),
    ("cancel", "/order", "data=%7B%22operation%22%3A%22CONFIRM_GOODS%22%7D", "stopped"),
    ("cancel", "/order?operation=confirm", "", "stopped"),
    (None, "/dispute", "", "final"),
    (None, "/accept", "", "stopped"),
]


@pytest.mark.parametrize(("kind", "path", "body", "verdict"), OF_A_KIND)
def test_on_a_form_of_one_kind_nothing_leaves_that_is_known_to_be_of_another(
    kind: ClaimKind | None, path: str, body: str, verdict: str
) -> None:
    guard = SubmitGuard(KINDS)
    guard.begin_hand_over(a_claim(kind) if kind else None)

    assert guard.judge("POST", HOME + path, body) == verdict
    assert guard.others == ([f"POST {path.partition('?')[0]}"] if verdict == "stopped" else [])


# What the request of a dispute says of its order and line, and whether it leaves.
ABOUT = [
    ("/dispute", f"tradeOrderId={ORDER}&tradeOrderLineId={LINE}", "final"),
    ("/dispute", f"tradeOrderId={ANOTHER}&tradeOrderLineId={LINE}", "stopped"),
    ("/dispute", f"tradeOrderId={ORDER}&tradeOrderLineId={ANOTHER}", "stopped"),
    (f"/dispute?TRADEORDERID={ANOTHER}", "", "stopped"),
    ("/dispute", f"data=%7B%22tradeOrderId%22%3A%22{ORDER}%22%7D", "final"),
    ("/dispute", f"data=%7B%22tradeOrderId%22%3A%22{ANOTHER}%22%7D", "stopped"),
    ("/dispute", f"data=%7B%22tradeOrderId%22%3A+{ANOTHER}%7D", "stopped"),
    ("/dispute", f'{{"params": "{{\\"tradeOrderId\\": \\"{ANOTHER}\\"}}"}}', "stopped"),
    ("/dispute", f'{{"tradeOrderLineIds": ["{LINE}", "{ANOTHER}"]}}', "stopped"),
    ("/dispute", f'form-data; name="tradeOrderId"\r\n\r\n{ANOTHER}\r\n--end', "stopped"),
    ("/dispute", f"tradeOrderIds[]={ORDER}&tradeOrderIds[]={ANOTHER}", "stopped"),
    ("/dispute", f"tradeOrderIds[1]={ANOTHER}", "stopped"),
    ("/dispute", f"tradeOrderId={ORDER}&{ANOTHER}=1", "final"),
    ("/dispute", f'{{"tradeOrderId": "", "case": "{ANOTHER}"}}', "final"),
    ("/dispute", f"tradeOrderId={ORDER}&text=as+in+order+{ANOTHER}", "final"),
    ("/dispute", f"parentTradeOrderId={ANOTHER}", "final"),
    ("/lodge", f"tradeOrderId={ORDER}", "unlisted"),
    ("/lodge", f"tradeOrderId={ANOTHER}", "stopped"),
]


@pytest.mark.parametrize(("path", "body", "verdict"), ABOUT)
def test_nothing_leaves_that_names_another_order_or_line(
    path: str, body: str, verdict: str
) -> None:
    guard = SubmitGuard(KINDS)
    guard.begin_hand_over(a_claim("dispute"))

    assert guard.judge("POST", HOME + path, body) == verdict
    assert guard.others == ([f"POST {path.partition('?')[0]}"] if verdict == "stopped" else [])


def test_where_the_store_gives_no_name_nothing_is_about_another() -> None:
    nameless = KINDS.model_copy(update={"names_of": {"order": ()}})
    guard = SubmitGuard(nameless)
    guard.begin_hand_over(a_claim("dispute"))

    assert guard.judge("POST", f"{HOME}/dispute", f"tradeOrderId={ANOTHER}") == "final"


def test_where_the_line_is_not_known_any_line_may_be_named() -> None:
    guard = SubmitGuard(KINDS)
    guard.begin_hand_over(a_claim("dispute").model_copy(update={"line_id": None}))

    assert guard.judge("POST", f"{HOME}/dispute", f"tradeOrderLineId={ANOTHER}") == "final"


def test_what_is_of_another_kind_takes_nothing_from_the_buyers_own_submit() -> None:
    guard = SubmitGuard(KINDS)
    guard.begin_hand_over(a_claim("dispute"))
    guard.judge("POST", f"{HOME}/accept")

    assert guard.judge("POST", f"{HOME}/dispute") == "final"
    assert guard.judge("POST", f"{HOME}/accept") == "stopped"


def test_a_visit_begins_by_reading() -> None:
    assert SubmitGuard(SITE).state == "reading"


def test_a_second_submit_is_stopped_even_when_the_form_is_the_buyers() -> None:
    guard = SubmitGuard(SITE)
    guard.begin_hand_over()

    verdicts = [guard.judge("POST", f"{HOME}/submit") for _ in range(2)]

    assert verdicts == ["final", "stopped"]


def test_what_may_be_the_claim_under_another_name_passes_once() -> None:
    guard = SubmitGuard(SITE)
    guard.begin_hand_over()

    verdicts = [guard.judge("POST", f"{HOME}/lodge") for _ in range(2)]

    assert verdicts == ["unlisted", "stopped"]
    assert guard.unlisted == ("POST /lodge",)


def test_after_the_submit_nothing_of_an_unknown_name_follows() -> None:
    guard = SubmitGuard(SITE)
    guard.begin_hand_over()

    verdicts = [guard.judge("POST", f"{HOME}{path}") for path in ("/draft", "/submit", "/lodge")]

    assert verdicts == ["unlisted", "final", "stopped"]


def test_what_the_page_tried_by_itself_is_not_the_buyers_press() -> None:
    guard = SubmitGuard(SITE)
    guard.state = "filling"
    guard.judge("POST", f"{HOME}/page-counts-visitors")
    guard.judge("POST", f"{HOME}/submit")
    guard.begin_hand_over()

    assert guard.judge("POST", f"{HOME}/page-counts-visitors") == "stopped"
    assert guard.judge("POST", f"{HOME}/submit") == "final"


@pytest.mark.parametrize("path", ["/submit", "/lodge"])
def test_what_was_taken_back_may_be_sent_once_more(path: str) -> None:
    guard = SubmitGuard(SITE)
    guard.begin_hand_over()
    first = guard.judge("POST", HOME + path)
    guard.take_back("POST", HOME + path)

    assert (guard.let_through, guard.stopped) == ([], [f"POST {path}"])
    assert guard.judge("POST", HOME + path) == first
    assert guard.judge("POST", HOME + path) == "stopped"


def test_each_hand_over_may_send_once() -> None:
    guard = SubmitGuard(SITE)
    for _ in range(2):
        guard.begin_hand_over()

        assert guard.judge("POST", f"{HOME}/submit") == "final"


def test_the_records_hold_method_and_path_and_nothing_of_the_query() -> None:
    guard = SubmitGuard(SITE)

    guard.judge("post", f"{HOME}/telemetry?token=secret#here")
    guard.judge("POST", f"{HOME}/submit?token=secret")
    guard.judge("POST", "https://elsewhere.example/pixel?token=secret")
    guard.judge("POST", f"{HOME}/submit?token=other")

    assert guard.let_through == ["POST /telemetry"]
    assert guard.stopped == ["POST /submit", "POST https://elsewhere.example/pixel"]
