"""The visit: opening, listening, tabs, pictures, the person at the window, and the session."""

from datetime import UTC, datetime

import pytest

from autoclaim.errors import Challenged, MachineFault, PageChanged, StoreUnreachable
from tests.browser.small_store import SmallStore
from tests.browser.visiting import FORM, Form, Terminal, a_visit

ORDERS = "fetch('/h5/store.orders/1.0/').then(() => document.body.dataset.done = '1')"


def test_an_address_is_filled_and_its_values_are_escaped(small_store: SmallStore) -> None:
    with a_visit(small_store.site()) as visit:
        page = visit.open("page", which="1/2?x")

        assert page.url == f"{small_store.origin}/page/1%2F2%3Fx"


def test_another_host_collapses_onto_the_stores_origin(small_store: SmallStore) -> None:
    site = small_store.site(addresses={"list": "https://m.store.example/p/list?tab=all"})
    with a_visit(site) as visit:
        assert visit.open("list").url == f"{small_store.origin}/p/list?tab=all"


def test_a_page_that_is_not_there_is_the_scenarios_to_judge(small_store: SmallStore) -> None:
    small_store.page("/form", "gone", status=404)
    with a_visit(small_store.site()) as visit:
        visit.open("form")

        assert visit.status == 404


def test_a_server_error_is_tried_again_and_then_said(small_store: SmallStore) -> None:
    small_store.page("/form", "Sorry", status=503)
    with (
        a_visit(small_store.site()) as visit,
        pytest.raises(StoreUnreachable, match="status 503"),
    ):
        visit.open("form")

    assert small_store.got("GET /form") == 3


def test_a_store_that_does_not_answer_is_unreachable(small_store: SmallStore) -> None:
    nobody = "http://127.0.0.1:9"  # the discard port: nobody listens
    site = small_store.site(origins=(nobody,))
    with a_visit(site) as visit, pytest.raises(StoreUnreachable, match="net::ERR_") as caught:
        visit.open("form")

    assert caught.value.next_step


def test_what_the_page_receives_is_heard_though_the_page_goes_on(small_store: SmallStore) -> None:
    small_store.page("/form", f"<body><script>{ORDERS}</script>")
    small_store.page("/h5/store.orders/1.0/", '{"title": "ñandú"}', kind="application/json")
    with a_visit(small_store.site()) as visit:
        hearing = visit.hear(r"/h5/store\.orders/")
        for _ in range(3):
            visit.open("form")
            visit.page.wait_for_selector("[data-done]")

        assert hearing.wait(3, seconds=5)
        assert [heard.text for heard in hearing.heard()] == ['{"title": "ñandú"}'] * 3
        assert hearing.lost == []


def test_listening_covers_all_tabs_and_nothing_else(small_store: SmallStore) -> None:
    small_store.page("/form", '<a target="_blank" href="/page/new">new</a>')
    small_store.page("/page/new", f"<body><script>{ORDERS}</script>")
    with a_visit(small_store.site()) as visit:
        hearing = visit.hear(r"/h5/store\.orders/")
        visit.open("form")
        visit.through_new_tab(lambda: visit.page.click("a"))

        assert hearing.wait(1, seconds=5)
        assert [heard.address for heard in hearing.heard()] == [
            f"{small_store.origin}/h5/store.orders/1.0/"
        ]


def test_waiting_for_what_does_not_come_ends(small_store: SmallStore) -> None:
    with a_visit(small_store.site()) as visit:
        assert not visit.hear("/never").wait(1, seconds=0.2)


def test_after_stop_nothing_more_is_heard(small_store: SmallStore) -> None:
    with a_visit(small_store.site()) as visit:
        hearing = visit.hear("/form")
        hearing.stop()
        visit.open("form")

        assert hearing.heard() == []


def test_what_was_heard_does_not_print_itself(small_store: SmallStore) -> None:
    small_store.page("/form", "a private address")
    with a_visit(small_store.site()) as visit:
        hearing = visit.hear("/form")
        visit.open("form")
        hearing.wait(1, seconds=5)

        assert "private" not in repr(hearing.heard())


def test_the_new_tab_comes_to_the_front(small_store: SmallStore) -> None:
    small_store.page("/form", '<a target="_blank" href="/page/new">new</a>')
    with a_visit(small_store.site()) as visit:
        visit.open("form")

        page = visit.through_new_tab(lambda: visit.page.click("a"))

        assert page.url.endswith("/page/new")
        assert visit.page is page


def test_a_tab_that_does_not_open_is_a_changed_page(
    small_store: SmallStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autoclaim.browser.visit._NEW_TAB_WITHIN", 200)
    with a_visit(small_store.site()) as visit:
        visit.open("form")

        with pytest.raises(PageChanged, match="new tab"):
            visit.through_new_tab(lambda: None)


def test_a_picture_comes_with_its_address_and_moment(small_store: SmallStore) -> None:
    terminal = Terminal()
    moment = datetime(2026, 4, 1, 12, tzinfo=UTC)
    with a_visit(small_store.site(), terminal, now=lambda: moment) as visit:
        visit.open("form")
        visit.keep_evidence("The order")

    title, picture, address, taken_at = terminal.kept[0]
    assert (title, address, taken_at) == ("The order", f"{small_store.origin}/form", moment)
    assert picture.startswith(b"\xff\xd8\xff")


def test_without_a_window_nobody_can_answer_a_challenge(small_store: SmallStore) -> None:
    with a_visit(small_store.site()) as visit, pytest.raises(Challenged) as caught:
        visit.wait_for_person("The store asks for a code.", lambda: False)

    assert "autoclaim sign-in" in caught.value.next_step


def test_the_session_of_one_visit_opens_the_next(small_store: SmallStore) -> None:
    cookie = (("Set-Cookie", "signed=yes; Max-Age=600; HttpOnly"),)
    small_store.page("/form", "in", headers=cookie)
    with a_visit(small_store.site()) as first:
        first.open("form")
        session = first.session()

    with a_visit(small_store.site(), session=lambda: session) as second:
        cookies = {cookie["name"]: cookie["value"] for cookie in second.session()["cookies"]}

        assert cookies == {"signed": "yes"}


def test_what_a_step_waits_for_in_vain_is_a_changed_page(small_store: SmallStore) -> None:
    def wait_in_vain() -> None:
        with a_visit(small_store.site()) as visit:
            visit.open("form")
            visit.page.set_default_timeout(200)
            visit.page.locator("#not-there").fill("a secret text")

    with pytest.raises(PageChanged, match="#not-there") as caught:
        wait_in_vain()

    assert "secret" not in str(caught.value)


def test_a_window_closed_in_the_middle_is_said_plainly(small_store: SmallStore) -> None:
    def close_and_go_on() -> None:
        with a_visit(small_store.site()) as visit:
            visit.open("form")
            visit.page.close()
            visit.page.title()

    with pytest.raises(MachineFault, match="window was closed"):
        close_and_go_on()


def test_a_stopped_request_leaves_the_page_as_it_stands(small_store: SmallStore) -> None:
    small_store.page("/form", FORM.replace('onsubmit="return false"', 'method="post"'))
    with a_visit(small_store.site()) as visit, visit.doing("filling"):
        visit.open("form")
        visit.page.evaluate("document.forms[0].submit()")
        visit.page.wait_for_timeout(300)

        assert Form(visit.page).fields()["amount"] == "24.99"
        assert visit.stopped == ("POST /form",)


def test_what_a_visit_does_ends_with_the_block(small_store: SmallStore) -> None:
    with a_visit(small_store.site()) as visit:
        with visit.doing("filling"):
            assert visit.guard.state == "filling"

        assert visit.guard.state == "reading"
