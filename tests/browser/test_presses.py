"""A page that would send the form without the buyer: try what it may, the store hears nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from autoclaim.errors import NotSent
from tests.at_the_window import the_windows_port
from tests.browser.small_store import SmallStore, a_small_store
from tests.browser.test_hand_over import ALARM, DO_NOT_SEND, SUBMIT, handed_over
from tests.browser.visiting import FORM, PLAN, Form, Terminal, a_buyer, a_visit

# What a page tries while the form is the buyer's and nobody presses; SENDS sends to its own path.
TRIES = {
    "a_timer": "SENDS",
    "its_own_button": "a_button().click()",
    "a_pretended_click": """a_button().dispatchEvent(
        new PointerEvent('click', {bubbles: true, composed: true}))""",
    "a_pretended_key": """const b = a_button(); b.onkeydown = b.onclick; b.focus();
        b.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}))""",
    "a_form": """const f = Object.assign(document.createElement('form'),
        {method: 'post', action: 'PATH', target: 'inner'});
        const i = document.createElement('iframe'); i.name = 'inner';
        document.body.append(i, f); f.requestSubmit()""",
    "a_form_that_leaves": """const f = Object.assign(document.createElement('form'),
        {method: 'post', action: 'PATH'}); document.body.append(f); f.submit()""",
    "a_frame": """const i = document.createElement('iframe');
        document.body.append(i); i.contentWindow.SENDS""",
    "a_shadow": """const h = document.createElement('p'); document.body.append(h);
        const b = a_button(); h.attachShadow({mode: 'closed'}).append(b); b.click()""",
    "a_beacon": "navigator.sendBeacon('PATH', 'x')",
    "a_worker": """new Worker(URL.createObjectURL(new Blob(
        [`fetch('${location.origin}PATH', {method: 'POST', body: 'x'})`])))""",
    "a_new_tab": "window.open('about:blank').SENDS",
    "our_own_names": """for (const name of ['pressed', 'autoclaimAnswer'])
        try { globalThis[name]('click') } catch {}; SENDS""",
    "another_name": "fetch('/lodge/another_name', {method: 'POST', body: 'x'})",
}
EDITED = "document.getElementById('reason').oninput = () => { TRIES };"
WHEN_YOURS = """const when_yours = setInterval(() => {
  if (!document.querySelector('autoclaim-panel[data-state="yours"]')) return;
  clearInterval(when_yours);
  TRIES
}, 50);"""
ALONE = WHEN_YOURS.replace("TRIES", "fetch('/submit', {method: 'POST', body: 'claim'})")


def with_script(script: str) -> str:
    return FORM.replace("</form>", f"</form><script>{script}</script>")


def a_try(name: str) -> str:
    path = f"/submit/{name}"
    sends = f"fetch('{path}', {{method: 'POST', body: 'x'}})"
    script = TRIES[name].replace("SENDS", sends).replace("PATH", path)
    a_button = f"""const a_button = () => {{ const b = document.createElement('button');
        b.onclick = () => {sends}; document.body.append(b); return b }};"""
    return f"setTimeout(() => {{ {a_button} {script} }}, {100 * list(TRIES).index(name)});"


@dataclass
class Tried:
    received: list[str]
    stopped: tuple[str, ...]


@pytest.fixture(scope="module")
def tried_alone() -> Iterator[Tried]:
    """A hostile page tries everything; the buyer corrects a field, which is no press, and goes."""

    def fills_in_and_goes(page: Page) -> None:
        page.click("#reason")
        page.keyboard.type("!")
        page.locator(ALARM).filter(has_text="by itself").wait_for()
        page.wait_for_timeout(4_000)
        page.click(DO_NOT_SEND)

    with a_small_store() as store:
        store.page("/form", with_script(EDITED.replace("TRIES", "".join(map(a_try, TRIES)))))
        site = store.site(final=("/submit/.*",))
        with a_visit(site, debugging_port=the_windows_port(), wait_seconds=60) as visit:
            with visit.doing("filling"), a_buyer(fills_in_and_goes):
                visit.open("form")
                with pytest.raises(NotSent):
                    visit.hand_over(Form(visit.page), PLAN, "Submit")
            stopped = visit.stopped
        yield Tried(store.received, stopped)


@pytest.mark.parametrize("name", TRIES)
def test_what_a_page_sends_without_the_buyers_press_is_stopped(
    tried_alone: Tried, name: str
) -> None:
    line = next(line for line in tried_alone.stopped if line.endswith(f"/{name}"))

    assert line not in tried_alone.received


def test_that_the_page_tried_alone_is_said_once_and_shown(small_store: SmallStore) -> None:
    terminal = Terminal()
    again = ALONE.replace("clearInterval(when_yours);", "")

    def looks(page: Page) -> None:
        page.locator(ALARM).filter(has_text="tried to send the form by itself").wait_for()
        page.wait_for_timeout(1_500)
        page.click(DO_NOT_SEND)

    with pytest.raises(NotSent):
        handed_over(small_store, looks, terminal=terminal, form=with_script(again))

    [_, said] = terminal.said
    assert "by itself; nobody had pressed" in said
    assert small_store.got("POST /submit") == 0


def test_what_was_pressed_while_filling_is_no_press_of_the_buyers(small_store: SmallStore) -> None:
    sly = with_script(f"document.getElementById('next').onclick = () => {{ {ALONE} }}")
    sly = sly.replace("<button", "<button id=next>Next step</button><button")

    def looks_and_goes(page: Page) -> None:
        page.locator(ALARM).filter(has_text="by itself").wait_for()
        page.click(DO_NOT_SEND)

    with pytest.raises(NotSent):
        handed_over(
            small_store, looks_and_goes, form=sly, before=lambda visit: visit.page.click("#next")
        )

    assert small_store.got("POST /submit") == 0


def test_after_it_tried_alone_the_buyers_own_press_still_sends(small_store: SmallStore) -> None:
    def waits_and_presses(page: Page) -> None:
        page.locator(ALARM).filter(has_text="by itself").wait_for()
        assert small_store.got("POST /submit") == 0
        page.click(SUBMIT)

    over = handed_over(small_store, waits_and_presses, form=with_script(ALONE))

    assert small_store.got("POST /submit") == 1
    assert over.stopped == over.let_through == ("POST /submit",)


def test_a_changed_form_is_not_sent_by_the_page_while_the_buyer_reads_it_again(
    small_store: SmallStore,
) -> None:
    sly = with_script("""document.getElementById('send').onclick = () => {
      document.getElementById('amount').value = '1.00';
      const sends = () => fetch('/submit', {method: 'POST', body: 'claim'}).catch(() => 0);
      sends(); setTimeout(sends, 3_000) }""")

    def presses_once_and_reads(page: Page) -> None:
        page.click(SUBMIT)
        page.locator(ALARM).filter(has_text="was not sent").wait_for()
        page.wait_for_timeout(4_000)
        page.click(DO_NOT_SEND)

    with pytest.raises(NotSent):
        handed_over(small_store, presses_once_and_reads, form=sly)

    assert small_store.got("POST /submit") == 0


@pytest.mark.parametrize("where", ["here", "there"])
def test_a_button_in_a_frame_is_pressed_by_hand_too(small_store: SmallStore, where: str) -> None:
    origin = small_store.elsewhere if where == "there" else small_store.origin
    sends = f"fetch('{small_store.origin}/submit', {{method: 'POST'}})"
    small_store.page("/inner", f'<button onclick="{sends}">Go</button>')
    framed = FORM.replace("</form>", f'</form><iframe src="{origin}/inner"></iframe>')

    over = handed_over(
        small_store,
        lambda page: page.frame_locator("iframe").get_by_role("button").click(),
        form=framed,
    )

    assert over.let_through == ("POST /submit",)
    assert small_store.got("POST /submit") == 1


def test_enter_in_a_box_of_one_line_is_a_press(small_store: SmallStore) -> None:
    def by_keyboard(page: Page) -> None:
        page.focus("#amount")
        page.keyboard.press("Enter")

    handed_over(small_store, by_keyboard)

    assert small_store.got("POST /submit") == 1
