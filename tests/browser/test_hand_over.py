"""The hand-over, with a person at the window who presses by hand."""

import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import SimpleNamespace

import pytest
from playwright.sync_api import Dialog, Error, Page

from autoclaim.browser import waiting
from autoclaim.browser.hand_over import HandOver
from autoclaim.browser.visit import Visit
from autoclaim.errors import MachineFault, NotSent
from autoclaim.model.claim import FieldCheck
from tests.at_the_window import the_windows_port
from tests.browser.small_store import SmallStore
from tests.browser.visiting import FORM, PLAN, Form, Terminal, a_buyer, a_visit

SUBMIT = "#send"
DO_NOT_SEND = 'autoclaim-panel [data-answer="no"]'
ALARM = "autoclaim-panel .alarm"


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
    a_stay = a_visit(store.site(), terminal, debugging_port=the_windows_port(), **differing)
    with a_stay as visit, visit.doing("filling"), a_buyer(buyer):
        visit.open("form")
        before(visit)
        return visit.hand_over(Form(visit.page), plan, "Submit")


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
            visit.hand_over(Form(visit.page), PLAN, "Submit")

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


def test_a_change_at_the_press_is_shouted_and_only_the_next_press_sends(
    small_store: SmallStore,
) -> None:
    terminal = Terminal()
    sly = FORM.replace("fetch(", "document.getElementById('amount').value = '1.00'; fetch(")
    panels: list[str] = []

    def press_read_and_press(page: Page) -> None:
        page.click(SUBMIT)
        page.locator(ALARM).filter(has_text="was not sent").wait_for()
        panels.append(page.locator("autoclaim-panel .panel").inner_text())
        assert small_store.got("POST /submit") == 0
        page.wait_for_timeout(1_200)
        page.click(SUBMIT)

    over = handed_over(small_store, press_read_and_press, terminal=terminal, form=sly)

    assert small_store.got("POST /submit") == 1
    assert over.changed == ("amount",)
    assert {check.name: check.found for check in over.checks}["amount"] == "1.00"
    [_, shouted] = terminal.said
    assert shouted == (
        "The form changed after it was shown to you (amount), so it was not sent. "
        "Read it again, then press once more."
    )
    assert [checks[1].found for checks in terminal.shown] == ["24.99", "1.00"]
    assert "1.00" in panels[0]
    assert len(terminal.handed_over) == len(terminal.sending) == 1


def test_a_double_click_on_a_form_that_changes_sends_nothing(
    small_store: SmallStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However slow the machine is, the third click comes before there was time to read.
    monkeypatch.setattr(waiting, "_TIME_TO_READ", 60.0)
    sly = FORM.replace("fetch(", "document.getElementById('amount').value = '1.00'; fetch(")

    def twice(page: Page) -> None:
        page.dblclick(SUBMIT)
        page.locator(ALARM).filter(has_text="was not sent").wait_for()
        page.click(SUBMIT)
        page.wait_for_timeout(500)
        page.click(DO_NOT_SEND)

    with pytest.raises(NotSent):
        handed_over(small_store, twice, form=sly)

    assert small_store.got("POST /submit") == 0


def test_a_form_that_cannot_be_read_at_the_press_is_not_sent_unseen(
    small_store: SmallStore,
) -> None:
    terminal = Terminal()
    hiding = FORM.replace("fetch(", "document.getElementById('amount')?.remove(); fetch(")

    def press_read_and_press(page: Page) -> None:
        page.click(SUBMIT)
        page.locator(ALARM).filter(has_text="could not be read").wait_for()
        assert small_store.got("POST /submit") == 0
        page.wait_for_timeout(1_200)
        page.click(SUBMIT)

    over = handed_over(small_store, press_read_and_press, terminal=terminal, form=hiding)

    assert small_store.got("POST /submit") == 1
    assert [check.found for check in over.checks] == [None, None]
    assert not any(check.agrees for check in over.checks)
    assert over.changed == ("reason", "amount")


def test_what_the_buyer_edits_is_shown_while_waiting_and_goes_with_one_press(
    small_store: SmallStore,
) -> None:
    terminal = Terminal()

    def edit_read_and_press(page: Page) -> None:
        page.fill("#amount", "20.00")
        page.locator("autoclaim-panel td").filter(has_text="20.00").wait_for()
        page.wait_for_timeout(1_200)
        page.click(SUBMIT)

    over = handed_over(small_store, edit_read_and_press, terminal=terminal)

    assert small_store.got("POST /submit") == 1
    assert over.changed == ("amount",)
    assert terminal.said[0].startswith("Nothing has been sent. The window is yours: press the")
    assert terminal.said[1:] == ["The form changed after it was shown to you (amount)."]
    assert terminal.shown[-1] == over.checks
    assert len(terminal.handed_over) == 1


def test_a_page_that_is_busy_for_a_moment_is_not_told_as_changed(small_store: SmallStore) -> None:
    terminal = Terminal()
    busy = """for (let n = 1; n < 4; n++) setTimeout(() => {
      document.title = n; for (const end = Date.now() + 1900; Date.now() < end;); }, 2500 * n)"""
    busy = FORM.replace("</form>", f"</form><script>{busy}</script>")

    def waits_and_presses(page: Page) -> None:
        page.wait_for_function("document.title === '3'")
        page.wait_for_timeout(1_200)
        page.click(SUBMIT)

    over = handed_over(small_store, waits_and_presses, terminal=terminal, form=busy)

    assert over.changed == ()
    assert len(terminal.said) == 1
    assert small_store.got("POST /submit") == 1


@pytest.mark.parametrize("afterwards", [DO_NOT_SEND, None], ids=["done", "closed"])
def test_a_submit_under_another_name_is_never_told_as_not_sent(
    small_store: SmallStore, afterwards: str | None
) -> None:
    terminal = Terminal()
    renamed = FORM.replace("/submit", "/lodge")

    def press_and_go(page: Page) -> None:
        page.click(SUBMIT)
        page.get_by_role("heading", name="something was sent").wait_for()
        page.click(afterwards) if afterwards else page.close()

    over = handed_over(small_store, press_and_go, terminal=terminal, form=renamed)

    assert small_store.got("POST /lodge") == 1
    assert over.let_through == ("POST /lodge",)
    assert terminal.said[1:] == ["POST /lodge left for the store; what it does is not known."]
    assert len(terminal.sending) == 1


def test_nobody_there_after_something_unknown_left_is_not_told_as_not_sent(
    small_store: SmallStore,
) -> None:
    renamed = FORM.replace("/submit", "/lodge")

    over = handed_over(small_store, lambda page: page.click(SUBMIT), form=renamed, wait_seconds=3)

    assert over.answered_status == 200


def test_a_submit_under_another_name_is_read_again_too_and_passes_once(
    small_store: SmallStore,
) -> None:
    sly = FORM.replace(
        "fetch('/submit'", "document.getElementById('amount').value = '1.00'; fetch('/lodge'"
    )

    def press_read_and_press(page: Page) -> None:
        page.click(SUBMIT)
        page.locator(ALARM).filter(has_text="was not sent").wait_for()
        assert small_store.got("POST /lodge") == 0
        page.wait_for_timeout(1_200)
        page.dblclick(SUBMIT)
        page.get_by_role("heading", name="something was sent").wait_for()
        page.click(DO_NOT_SEND)

    over = handed_over(small_store, press_read_and_press, form=sly)

    assert small_store.got("POST /lodge") == 1
    assert over.stopped == ("POST /lodge",)


def test_when_the_store_moves_on_after_an_unknown_submit_the_waiting_ends(
    small_store: SmallStore,
) -> None:
    leaving = FORM.replace('onsubmit="return false"', 'method="post" action="/lodge"').replace(
        " onclick=", " data-was="
    )

    over = handed_over(small_store, lambda page: page.click(SUBMIT), form=leaving)

    assert small_store.got("POST /lodge") == 1
    assert over.answered_status == 200


def test_reading_on_and_taking_a_step_is_not_sending(small_store: SmallStore) -> None:
    going_on = FORM.replace(
        "fetch('/submit', {",
        "new Image().src = '/picture'; fetch('/h5/store.orders/1.0/'); "
        "fetch('THERE/pixel', {method: 'POST', mode: 'no-cors'}); fetch('/upload', {",
    ).replace("THERE", small_store.elsewhere)

    def step_and_decline(page: Page) -> None:
        page.click(SUBMIT)
        page.wait_for_timeout(500)
        page.click(DO_NOT_SEND)

    with pytest.raises(NotSent):
        handed_over(small_store, step_and_decline, form=going_on)

    assert small_store.got("POST /upload") == small_store.got("POST /pixel") == 1


def test_a_form_that_leaves_its_page_is_compared_with_the_last_look_at_it(
    small_store: SmallStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However slow the machine is, the first press comes before there was time to read.
    monkeypatch.setattr(waiting, "_TIME_TO_READ", 4.0)
    leaving = FORM.replace('onsubmit="return false"', 'method="post" action="/submit"').replace(
        " onclick=", " data-was="
    )

    def edit_and_press_at_once(page: Page) -> None:
        page.fill("#amount", "1.00")
        page.locator("autoclaim-panel td").filter(has_text="1.00").wait_for()
        page.click(SUBMIT)
        page.locator(ALARM).filter(has_text="was not sent").wait_for()
        assert small_store.got("POST /submit") == 0
        page.wait_for_timeout(4_200)
        page.click(SUBMIT)

    over = handed_over(small_store, edit_and_press_at_once, form=leaving)

    assert small_store.got("POST /submit") == 1
    assert over.changed == ("amount",)


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


class PressesCtrlC(Terminal):
    """Presses Ctrl-C a moment after what the form holds was shown."""

    def fields(self, checks: Sequence[FieldCheck]) -> None:
        super().fields(checks)
        threading.Timer(0.2, signal.raise_signal, [signal.SIGINT]).start()


def test_ctrl_c_while_waiting_ends_with_nothing_sent(small_store: SmallStore) -> None:
    small_store.page("/form", FORM)
    terminal = PressesCtrlC()

    with a_visit(small_store.site(), terminal) as visit:
        visit.open("form")
        with pytest.raises(KeyboardInterrupt):
            visit.hand_over(Form(visit.page), PLAN, "Submit")

    assert terminal.shown
    assert small_store.got("POST /submit") == 0


def test_a_machine_that_slept_past_the_wait_sends_nothing_by_a_late_press(
    small_store: SmallStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept = [0.0]
    clock = SimpleNamespace(monotonic=lambda: time.monotonic() + slept[0])
    monkeypatch.setattr("autoclaim.browser.waiting.time", clock)

    def wakes_and_presses(page: Page) -> None:
        slept[0] = 8 * 3_600.0
        with suppress(Error):  # the window may be gone by now
            page.wait_for_timeout(500)
            page.click(SUBMIT, timeout=1_000)

    with pytest.raises(NotSent) as caught:
        handed_over(small_store, wakes_and_presses)

    assert caught.value.reason == "timed out"
    assert small_store.got("POST /submit") == 0
