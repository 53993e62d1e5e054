"""The password goes into the store's own box and nowhere else."""

import traceback
from collections.abc import Iterator

import pytest

from autoclaim.browser import Visit
from autoclaim.browser.origin_guard import _check_origin
from autoclaim.errors import NeedsPerson, PageChanged
from tests.browser.small_store import SmallStore
from tests.browser.visiting import a_visit

BOX = '<input id="pw" type="password">'
SECRET = "correct horse"


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def visit(small_store: SmallStore, asked: list[str]) -> Iterator[Visit]:
    def password() -> str:
        asked.append("asked")
        return SECRET

    small_store.page("/box", BOX)
    site = small_store.site(
        addresses={"box": "/box", "page": "/page/1", "there": f"{small_store.elsewhere}/box"},
        origins=(small_store.origin, small_store.elsewhere),
    )
    with a_visit(site, password=password) as visit:
        yield visit


def test_on_the_stores_own_page_it_is_typed(visit: Visit) -> None:
    visit.open("box")

    assert visit.type_password(visit.page.locator("#pw"))
    assert visit.page.locator("#pw").input_value() == SECRET


def test_without_a_stored_password_the_buyer_types(small_store: SmallStore) -> None:
    small_store.page("/form", BOX)
    with a_visit(small_store.site(), password=lambda: None) as visit:
        visit.open("form")

        assert not visit.type_password(visit.page.locator("#pw"))


def test_on_another_origin_it_is_not_even_asked_for(visit: Visit, asked: list[str]) -> None:
    visit.open("there")

    with pytest.raises(NeedsPerson, match="http://localhost:"):
        visit.type_password(visit.page.locator("#pw"))

    assert asked == []
    assert visit.page.locator("#pw").input_value() == ""


@pytest.mark.parametrize(
    "frame",
    [
        '<iframe src="THERE/box"></iframe>',
        '<iframe sandbox="allow-scripts" src="HERE/box"></iframe>',
        "<iframe srcdoc='<input id=pw type=password>'></iframe>",
    ],
    ids=["a frame of another origin", "a sandboxed frame", "a frame without an address"],
)
def test_a_box_in_a_frame_that_is_not_the_stores_stays_empty(
    visit: Visit, small_store: SmallStore, asked: list[str], frame: str
) -> None:
    html = frame.replace("THERE", small_store.elsewhere).replace("HERE", small_store.origin)
    small_store.page("/page/1", html)
    visit.open("page")

    with pytest.raises(NeedsPerson):
        visit.type_password(visit.page.frame_locator("iframe").locator("#pw"))

    assert asked == []


def test_a_frame_of_the_stores_inside_the_stores_page_is_fine(
    visit: Visit, small_store: SmallStore
) -> None:
    small_store.page("/page/1", '<iframe src="/box"></iframe>')
    visit.open("page")

    assert visit.type_password(visit.page.frame_locator("iframe").locator("#pw"))


def test_the_stores_box_framed_by_a_stranger_stays_empty(
    small_store: SmallStore, asked: list[str]
) -> None:
    small_store.page("/box", BOX)
    small_store.page("/page/1", f'<iframe src="{small_store.origin}/box"></iframe>')
    with a_visit(small_store.site()) as visit:
        visit.page.goto(f"{small_store.elsewhere}/page/1")

        with pytest.raises(NeedsPerson, match="http://localhost:"):
            visit.type_password(visit.page.frame_locator("iframe").locator("#pw"))

    assert asked == []


@pytest.mark.parametrize("box", ['<input id="pw" type="text">', '<div id="pw">', ""])
def test_what_is_no_password_box_is_a_changed_page(
    visit: Visit, small_store: SmallStore, asked: list[str], box: str
) -> None:
    small_store.page("/page/1", box)
    visit.open("page")
    visit.page.set_default_timeout(300)

    with pytest.raises(PageChanged, match="a password box"):
        visit.type_password(visit.page.locator("#pw"))

    assert asked == []


def test_a_box_that_goes_away_takes_no_password_and_tells_none(
    visit: Visit, small_store: SmallStore
) -> None:
    small_store.page("/page/1", '<input id="pw" type="password" readonly>')
    visit.open("page")
    visit.page.set_default_timeout(300)

    with pytest.raises(PageChanged, match="went away") as caught:
        visit.type_password(visit.page.locator("#pw"))

    assert SECRET not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    "origin",
    ["http://login.store.example", "https://login.store.example.evil.example", "null", ""],
)
def test_only_a_listed_origin_over_https_will_do(origin: str) -> None:
    listed = ("https://login.store.example", "http://login.store.example")

    with pytest.raises(NeedsPerson):
        _check_origin(origin, listed)


def test_a_listed_origin_over_https_will_do() -> None:
    _check_origin("https://login.store.example", ("https://login.store.example",))
