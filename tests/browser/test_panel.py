"""The panel in the page: what it says, where it stands, and what the page cannot do to it."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from autoclaim.browser.evidence import picture_of
from autoclaim.browser.panel import Panel
from autoclaim.model.claim import FieldCheck
from tests.browser.visiting import FORM

PANEL = "autoclaim-panel"
CHECKS = (
    FieldCheck(name="Reason", planned="Never arrived", found="Never arrived"),
    FieldCheck(name="Amount", planned="24.99", found="<img src=x onerror=alert(1)>"),
)
BAR = '<div style="position:fixed; {side}:0; left:0; right:0; text-align:{align}">{button}</div>'


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    tab = context.new_page()
    tab.set_content(FORM)
    yield tab
    context.close()


def test_it_says_who_presses_and_that_nothing_has_been_sent(tab: Page) -> None:
    Panel(tab.context).yours(CHECKS, "Submit")

    panel = tab.locator(PANEL)
    assert panel.get_attribute("data-state") == "yours"
    assert panel.get_by_role("heading").inner_text() == "autoclaim — nothing has been sent"
    assert (
        "You press the store's own “Submit”. autoclaim cannot."
        in panel.locator(".panel").inner_text()
    )


def test_a_difference_is_marked_and_named_first(tab: Page) -> None:
    Panel(tab.context).yours(CHECKS, "Submit")

    rows = tab.locator(f"{PANEL} tbody tr")
    marks = [row.get_attribute("data-agrees") for row in rows.all()]
    assert marks == ["yes", "no"]
    assert "Look here first" in tab.locator(f"{PANEL} .alarm").inner_text()


@pytest.mark.parametrize("planned", [None, "", "24.99"])
def test_what_was_not_seen_is_never_called_the_same(tab: Page, planned: str | None) -> None:
    unseen = FieldCheck(name="Amount", planned=planned, found=None)

    Panel(tab.context).yours((unseen,), "Submit")

    row = tab.locator(f"{PANEL} tbody tr")
    assert row.get_attribute("data-agrees") == "no"
    assert row.locator(".mark").text_content() == "not seen"
    assert "Look here first" in tab.locator(f"{PANEL} .alarm").inner_text()


def test_once_something_unknown_left_it_no_longer_says_that_nothing_was_sent(tab: Page) -> None:
    Panel(tab.context).yours(CHECKS[:1], "Submit", left=("POST /lodge",))

    panel = tab.locator(PANEL)
    assert panel.get_by_role("heading").inner_text() == "autoclaim — something was sent"
    assert "POST /lodge" in panel.locator(".sentence").inner_text()
    assert panel.get_by_role("button", name="I am done").count() == 1


def test_without_a_difference_there_is_no_alarm(tab: Page) -> None:
    Panel(tab.context).yours(CHECKS[:1], "Submit")

    assert tab.locator(f"{PANEL} .alarm").count() == 0


def test_words_from_the_store_never_become_markup(tab: Page) -> None:
    Panel(tab.context).yours(CHECKS, "<b>Submit</b>")

    assert tab.locator(f"{PANEL} img, {PANEL} b").count() == 0
    assert "<img src=x onerror=alert(1)>" in tab.locator(f"{PANEL} .panel").inner_text()


def test_it_is_named_and_announced_to_a_screen_reader(tab: Page) -> None:
    Panel(tab.context).yours(CHECKS, "Submit")

    panel = tab.locator(PANEL)
    assert panel.get_by_role("region", name="autoclaim — nothing has been sent").count() == 1
    assert panel.get_by_role("button", name="Do not send").count() == 1
    assert panel.get_by_role("row").count() == 3
    status = panel.get_by_role("status")
    status.filter(has_text="Look here first").wait_for(state="attached")
    assert status.get_attribute("aria-live") == "polite"


def test_a_page_cannot_press_for_the_buyer(tab: Page) -> None:
    panel = Panel(tab.context)
    panel.yours(CHECKS, "Submit")

    tab.evaluate(
        "document.querySelector('autoclaim-panel').shadowRoot.querySelector('.decline').click()"
    )
    tab.wait_for_timeout(100)

    assert panel.answer is None


@pytest.mark.parametrize("side", ["top", "bottom"])
@pytest.mark.parametrize("align", ["left", "right"])
@pytest.mark.parametrize("width", [1440, 1000, 500])
def test_it_never_covers_the_stores_button(tab: Page, side: str, align: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    button = '<button id="own" style="width:120px;height:40px">Submit</button>'
    tab.set_content(FORM + BAR.format(side=side, align=align, button=button))
    Panel(tab.context).yours(CHECKS, "Submit")

    tab.locator("#own").click(trial=True, timeout=3_000)
    tab.locator("#send").click(trial=True, timeout=3_000)


def test_a_button_that_comes_up_under_it_makes_it_move(tab: Page) -> None:
    Panel(tab.context).yours(CHECKS, "Submit")
    tab.evaluate(
        """document.body.insertAdjacentHTML('beforeend',
        '<button id="own" style="position:fixed;top:60px;right:40px">Confirm</button>')"""
    )

    tab.locator("#own").click(trial=True, timeout=3_000)


def test_it_can_be_folded_and_shown_again(tab: Page) -> None:
    Panel(tab.context).yours(CHECKS, "Submit")
    panel = tab.locator(PANEL)

    panel.get_by_role("button", name="Fold").click()
    assert panel.get_by_role("button", name="Do not send").count() == 0
    panel.get_by_role("button", name="Show").click()

    assert panel.get_by_role("button", name="Do not send").count() == 1


def test_a_page_that_draws_itself_anew_gets_it_back(tab: Page) -> None:
    Panel(tab.context).yours(CHECKS, "Submit")

    tab.evaluate("document.querySelector('autoclaim-panel').remove()")

    tab.locator(PANEL).wait_for(timeout=3_000)


COVERS = {
    "a_box": "document.documentElement.append(cover)",
    "a_popover": "cover.popover = 'manual'; document.body.append(cover); cover.showPopover()",
    "a_style": "document.querySelector('autoclaim-panel').style.cssText = 'display: none'",
    "hidden": "document.querySelector('autoclaim-panel').hidden = true",
    "inert": "document.querySelector('autoclaim-panel').inert = true",
}


@pytest.mark.parametrize("cover", COVERS)
def test_a_page_cannot_lay_anything_over_it(tab: Page, cover: str) -> None:
    Panel(tab.context).yours(CHECKS, "Submit")

    tab.evaluate(
        f"""() => {{ const cover = document.createElement('div');
        cover.style.cssText = 'position: fixed; inset: 0; width: 100vw; height: 100vh;'
          + 'z-index: 2147483647; background: white'; {COVERS[cover]} }}"""
    )

    tab.locator(f"{PANEL} .decline").click(trial=True, timeout=3_000)


MODALS = """() => {
  const inner = '<button class="own" onclick="document.title += textContent">Confirm</button>';
  for (const name of ['first', 'second']) {
    const dialog = document.createElement('dialog');
    dialog.id = name;
    dialog.style.transform = 'scale(1)';
    dialog.innerHTML = inner;
    // A press beside the dialog closes it, as many stores have it.
    dialog.onclick = (event) => {
      const { left, right } = dialog.getBoundingClientRect();
      if (event.clientX < left || event.clientX > right) dialog.close();
    };
    document.body.prepend(dialog);
    dialog.showModal();
  }
}"""


def test_under_a_dialog_that_makes_all_else_inert_it_can_be_pressed_and_so_can_the_dialog(
    tab: Page,
) -> None:
    panel = Panel(tab.context)
    panel.yours(CHECKS, "Confirm")
    shown = tab.locator(PANEL)

    tab.evaluate(MODALS)

    shown.get_by_role("button", name="Fold").click(timeout=3_000)
    shown.get_by_role("button", name="Show").click(timeout=3_000)
    tab.locator("#second .own").click(timeout=3_000)
    assert tab.title().endswith("Confirm")
    tab.evaluate("document.querySelector('#second').close()")
    shown.get_by_role("button", name="Fold").click(timeout=3_000)
    tab.evaluate("document.querySelector('#first').remove()")
    shown.get_by_role("button", name="Show").click(timeout=3_000)
    shown.get_by_role("button", name="Do not send").click(timeout=3_000)
    assert panel.answer == "no"
    assert shown.count() == 1


def test_the_next_page_and_a_new_tab_have_it_too(tab: Page) -> None:
    Panel(tab.context).yours(CHECKS, "Submit")

    tab.goto("data:text/html,<title>next</title>")
    other = tab.context.new_page()
    other.goto("data:text/html,<title>tab</title>")

    tab.locator(f'{PANEL}[data-state="yours"]').wait_for(timeout=3_000)
    other.locator(f'{PANEL}[data-state="yours"]').wait_for(timeout=3_000)


def test_after_the_hand_over_it_appears_on_no_further_page(tab: Page) -> None:
    panel = Panel(tab.context)
    panel.sent()
    panel.rest()

    tab.goto("data:text/html,<title>next</title>")

    assert tab.locator(PANEL).count() == 0


def test_a_picture_kept_as_evidence_shows_the_page_without_it(tab: Page) -> None:
    without = picture_of(tab)
    Panel(tab.context).yours(CHECKS, "Submit")
    shown = tab.screenshot(full_page=True)

    assert picture_of(tab) == without
    assert tab.screenshot(full_page=True) == shown


def test_a_picture_shows_what_fades_in_as_it_will_stand(tab: Page) -> None:
    come = "<style>@keyframes come { from { opacity: 0 } }</style>"
    tab.set_content(f"{come}<p>Sent.")
    standing = picture_of(tab)

    tab.set_content(f"{come}<p style='animation: come 600s'>Sent.")
    pictured = picture_of(tab)

    assert pictured == standing


def test_a_page_that_is_longer_than_a_jpeg_can_be_is_pictured_as_well(tab: Page) -> None:
    tab.set_viewport_size({"width": 320, "height": 600})
    tab.set_content("<style>body { margin: 0 }</style><p style='height: 65600px'>long")

    picture = Image.open(BytesIO(picture_of(tab)))

    assert (picture.format, picture.height > 65_535) == ("PNG", True)


def test_a_picture_is_of_the_whole_page(tab: Page) -> None:
    tab.set_content("<body style='margin: 0'><p style='height: 3000px; margin: 0'>Long.")
    at_its_head = picture_of(tab)
    tab.evaluate("scrollTo(0, 1000)")

    picture = Image.open(BytesIO(picture_of(tab)))

    assert picture_of(tab) == at_its_head
    assert picture.height == 3000
    assert picture.width == tab.evaluate("innerWidth")


def test_a_strict_content_policy_of_the_store_does_not_take_it_away(tab: Page) -> None:
    policy = "default-src 'none'; style-src 'none'; require-trusted-types-for 'script'"
    tab.route(
        "**/*",
        lambda route: route.fulfill(
            body=FORM, content_type="text/html", headers={"Content-Security-Policy": policy}
        ),
    )
    tab.goto("https://store.example/")

    Panel(tab.context).yours(CHECKS, "Submit")

    box = tab.locator(PANEL).bounding_box()
    assert box is not None
    assert box["width"] == 372
