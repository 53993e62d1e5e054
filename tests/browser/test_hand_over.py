"""The hand-over, with a person at the window who presses by hand."""

import signal
import threading
from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page

from autoclaim.browser import HandOver, Visit
from autoclaim.errors import MachineFault, NotSent
from tests.browser.small_store import SmallStore
from tests.browser.visiting import FORM, PLAN, Form, Terminal, a_buyer, a_free_port, a_visit

SUBMIT = "#send"
DO_NOT_SEND = 'autoclaim-panel [data-answer="no"]'


def handed_over(
    store: SmallStore,
    buyer: Callable[[Page], object],
    *,
    terminal: Terminal | None = None,
    plan: dict[str, str] = PLAN,
    form: str = FORM,
    before: Callable[[Visit], object] = lambda _: None,
    **differing: object,
) -> HandOver:
    store.page("/form", form)
    port = a_free_port()
    with a_visit(store.site(), terminal, debugging_port=port, **differing) as visit:
        visit.open("form")
        with visit.doing("filling"), a_buyer(port, buyer):
            before(visit)
            return visit.hand_over(Form(visit.page), plan)


def test_the_buyers_own_press_is_seen_and_told(small_store: SmallStore) -> None:
    over = handed_over(small_store, lambda page: page.click(SUBMIT))

    assert small_store.got("POST /submit") == 1
    assert over.answered_status == 200
    assert over.let_through == ("POST /submit",)
    assert all(check.agrees for check in over.checks)
    assert over.changed == ()
    assert over.sent_at.tzinfo is not None


def test_until_the_buyer_presses_nothing_is_sent(small_store: SmallStore) -> None:
    def too_early(visit: Visit) -> None:
        visit.page.click(SUBMIT)
        visit.page.wait_for_timeout(300)
        assert small_store.got("POST /submit") == 0
        assert visit.stopped == ("POST /submit",)

    over = handed_over(small_store, lambda page: page.click(SUBMIT), before=too_early)

    assert small_store.got("POST /submit") == 1
    assert over.stopped == ("POST /submit",)


def test_the_form_is_read_from_the_page_and_a_difference_is_shown(small_store: SmallStore) -> None:
    terminal = Terminal()

    over = handed_over(
        small_store,
        lambda page: page.click(SUBMIT),
        terminal=terminal,
        plan={"reason": "Never arrived", "amount": "30.00"},
    )

    shown = {check.name: check.agrees for check in terminal.shown[0]}
    assert shown == {"reason": True, "amount": False}
    assert over.checks == terminal.shown[0]


def test_a_field_nobody_planned_is_a_difference(small_store: SmallStore) -> None:
    over = handed_over(
        small_store, lambda page: page.click(SUBMIT), plan={"reason": "Never arrived"}
    )

    extra = over.checks[-1]
    assert (extra.name, extra.planned, extra.found) == ("amount", None, "24.99")
    assert not extra.agrees


def test_do_not_send_sends_nothing(small_store: SmallStore) -> None:
    with pytest.raises(NotSent) as caught:
        handed_over(small_store, lambda page: page.click(DO_NOT_SEND))

    assert caught.value.reason == "declined"
    assert small_store.got("POST /submit") == 0


def test_do_not_send_is_reached_and_pressed_by_keyboard_alone(small_store: SmallStore) -> None:
    def by_keyboard(page: Page) -> None:
        page.bring_to_front()
        reached = "document.activeElement?.shadowRoot?.activeElement?.dataset.answer === 'no'"
        while not page.evaluate(reached):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")

    with pytest.raises(NotSent) as caught:
        handed_over(small_store, by_keyboard)

    assert caught.value.reason == "declined"


def test_a_closed_window_sends_nothing(small_store: SmallStore) -> None:
    with pytest.raises(NotSent) as caught:
        handed_over(small_store, lambda page: page.close())

    assert caught.value.reason == "closed"


def test_a_browser_that_dies_sends_nothing(small_store: SmallStore) -> None:
    def kill(page: Page) -> None:
        page.context.browser.new_browser_cdp_session().send("Browser.close")  # type: ignore[union-attr]

    with pytest.raises(NotSent) as caught:
        handed_over(small_store, kill)

    assert caught.value.reason == "closed"


def test_nobody_there_means_no(small_store: SmallStore) -> None:
    with pytest.raises(NotSent) as caught:
        handed_over(small_store, lambda _: None, wait_seconds=1)

    assert caught.value.reason == "timed out"
    assert small_store.got("POST /submit") == 0


def test_after_the_end_the_guard_is_back(small_store: SmallStore) -> None:
    small_store.page("/form", FORM)
    with a_visit(small_store.site(), wait_seconds=0.3) as visit:
        visit.open("form")
        with pytest.raises(NotSent):
            visit.hand_over(Form(visit.page), PLAN)

        visit.page.click(SUBMIT)
        visit.page.wait_for_timeout(300)

        assert small_store.got("POST /submit") == 0


def test_a_double_click_sends_once(small_store: SmallStore) -> None:
    over = handed_over(small_store, lambda page: page.dblclick(SUBMIT))

    assert small_store.got("POST /submit") == 1
    assert over.stopped == ("POST /submit",)


def test_a_question_of_the_stores_own_is_the_buyers_too(small_store: SmallStore) -> None:
    asking = FORM.replace(
        "fetch(", "fetch('/draft', {method: 'POST'}); confirm('Sure?') && fetch("
    )

    def think_and_confirm(page: Page) -> None:
        def think(dialog: Dialog) -> None:
            page.wait_for_timeout(500)
            dialog.accept()

        page.on("dialog", think)
        page.click(SUBMIT)

    over = handed_over(small_store, think_and_confirm, form=asking)

    assert small_store.got("POST /submit") == 1
    assert over.let_through == ("POST /draft", "POST /submit")


def test_a_form_that_navigates_away_when_sent_is_seen(small_store: SmallStore) -> None:
    leaving = FORM.replace('onsubmit="return false"', 'method="post" action="/submit"').replace(
        " onclick=", " data-was="
    )

    over = handed_over(small_store, lambda page: page.click(SUBMIT), form=leaving)

    assert small_store.got("POST /submit") == 1
    assert over.answered_status == 200
    assert over.changed == ()


@pytest.mark.parametrize(("status", "told"), [(500, 500), (302, 200)])
def test_whatever_the_store_answers_in_the_end_is_told_and_nothing_repeated(
    small_store: SmallStore, status: int, told: int
) -> None:
    small_store.page("/submit", "", status=status, headers=(("Location", "/form"),))

    over = handed_over(small_store, lambda page: page.click(SUBMIT))

    assert over.answered_status == told
    assert small_store.got("POST /submit") == 1


def test_a_change_after_showing_is_shouted_and_recorded(small_store: SmallStore) -> None:
    terminal = Terminal()
    sly = FORM.replace("fetch(", "document.getElementById('amount').value = '1.00'; fetch(")

    over = handed_over(small_store, lambda page: page.click(SUBMIT), terminal=terminal, form=sly)

    assert over.changed == ("amount",)
    assert {check.name: check.found for check in over.checks}["amount"] == "1.00"
    assert terminal.said == ["The form changed after it was shown to you: amount."]


def test_who_writes_it_down_is_told_before_the_submit_leaves(small_store: SmallStore) -> None:
    received: list[int] = []

    handed_over(
        small_store,
        lambda page: page.click(SUBMIT),
        on_sending=lambda _: received.append(small_store.got("POST /submit")),
    )

    assert received == [0]


def test_what_cannot_be_written_down_is_not_sent(small_store: SmallStore) -> None:
    def full(_: HandOver) -> None:
        raise MachineFault("The disk is full.")

    with pytest.raises(MachineFault, match="disk is full"):
        handed_over(small_store, lambda page: page.click(SUBMIT), on_sending=full)

    assert small_store.got("POST /submit") == 0


def test_ctrl_c_while_waiting_ends_with_nothing_sent(small_store: SmallStore) -> None:
    small_store.page("/form", FORM)
    terminal = Terminal()

    with a_visit(small_store.site(), terminal) as visit:
        visit.open("form")
        threading.Timer(1, signal.raise_signal, [signal.SIGINT]).start()
        with pytest.raises(KeyboardInterrupt):
            visit.hand_over(Form(visit.page), PLAN)

    assert terminal.shown
    assert small_store.got("POST /submit") == 0
