"""The list of reasons: a menu that is there and not yet open is opened before it is read."""

import pytest
from playwright.sync_api import Page

from autoclaim.runner import catalogue

ReasonChoice = catalogue.flow("aliexpress", "reason_choice").ReasonChoice
MENU = """
<style>.closed [role=option] {{ {closed} }}</style>
<div class="field">
  <div class="comet-v2-select" role="combobox"
       onclick="document.querySelector('.menu').classList.toggle('closed')">
    <span class="comet-v2-select-selection-item">Choose</span>
  </div>
</div>
<div class="menu closed">
  <div role="option">Damaged</div>
  <div role="option" onclick="
    document.querySelector('.comet-v2-select-selection-item').textContent = this.textContent">
    Not received</div>
</div>
"""


@pytest.fixture
def tab(page: Page) -> Page:
    page.set_default_timeout(3_000)
    return page


@pytest.mark.parametrize(
    "closed", ["display: none", "visibility: hidden", "height: 0; overflow: hidden"]
)
@pytest.mark.parametrize("pressed", [0, 1])
def test_the_reasons_of_a_menu_are_read_and_one_is_chosen(
    tab: Page, closed: str, pressed: int
) -> None:
    tab.set_content(MENU.format(closed=closed))
    for _ in range(pressed):
        tab.click("[role=combobox]")
    choice = ReasonChoice(tab.locator(".field"))

    offered = choice.offered()
    choice.choose("Not received")

    assert offered == ["Damaged", "Not received"]
    assert choice.chosen() == "Not received"
