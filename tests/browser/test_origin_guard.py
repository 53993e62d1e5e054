"""The password goes into the store's own box and nowhere else."""

import traceback
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from autoclaim.browser.origin_guard import _check_origin
from autoclaim.browser.visit import Visit
from autoclaim.errors import NeedsPerson, PageChanged
from tests.browser.small_store import SmallStore, a_small_store
from tests.browser.visiting import a_visit

BOX = '<input id="pw" type="password">'
SECRET = "correct horse"


@dataclass
class SignIn:
    """A visit whose password can be counted, at a store with a box under two origins."""

    store: SmallStore
    visit: Visit
    asked: list[str | None]
    stored: list[str | None]

    def shows(self, html: str) -> None:
        self.store.page("/page/1", html)
        self.visit.open("page")


@pytest.fixture(scope="module")
def shared() -> Iterator[SignIn]:
    asked: list[str | None] = []
    stored: list[str | None] = [SECRET]

    def password() -> str | None:
        asked.append(stored[0])
        return stored[0]

    with a_small_store() as store:
        store.page("/box", BOX)
        site = store.site(addresses={"box": "/box", "page": "/page/1"})
        with a_visit(site, password=password) as visit:
            yield SignIn(store, visit, asked, stored)


@pytest.fixture
def sign_in(shared: SignIn) -> SignIn:
    shared.asked.clear()
    shared.stored[0] = SECRET
    shared.visit.page.set_default_timeout(3_000)
    return shared


def test_on_the_stores_own_page_it_is_typed(sign_in: SignIn) -> None:
    box = sign_in.visit.open("box").locator("#pw")

    assert sign_in.visit.type_password(box)
    assert box.input_value() == SECRET


def test_without_a_stored_password_the_buyer_types(sign_in: SignIn) -> None:
    sign_in.stored[0] = None
    box = sign_in.visit.open("box").locator("#pw")

    assert not sign_in.visit.type_password(box)
    assert box.input_value() == ""


def test_on_another_origin_it_is_not_even_asked_for(sign_in: SignIn) -> None:
    sign_in.visit.page.goto(f"{sign_in.store.elsewhere}/box")
    box = sign_in.visit.page.locator("#pw")

    with pytest.raises(NeedsPerson, match="http://localhost:"):
        sign_in.visit.type_password(box)

    assert sign_in.asked == []
    assert box.input_value() == ""


@pytest.mark.parametrize(
    "frame",
    [
        '<iframe src="THERE/box"></iframe>',
        '<iframe sandbox="allow-scripts" src="/box"></iframe>',
        "<iframe srcdoc='<input id=pw type=password>'></iframe>",
    ],
    ids=["a frame of another origin", "a sandboxed frame", "a frame without an address"],
)
def test_a_box_in_a_frame_that_is_not_the_stores_stays_empty(sign_in: SignIn, frame: str) -> None:
    sign_in.shows(frame.replace("THERE", sign_in.store.elsewhere))
    box = sign_in.visit.page.frame_locator("iframe").locator("#pw")

    with pytest.raises(NeedsPerson):
        sign_in.visit.type_password(box)

    assert sign_in.asked == []


def test_a_frame_of_the_stores_inside_the_stores_page_is_fine(sign_in: SignIn) -> None:
    sign_in.shows('<iframe src="/box"></iframe>')
    box = sign_in.visit.page.frame_locator("iframe").locator("#pw")

    assert sign_in.visit.type_password(box)


def test_the_stores_box_framed_by_a_stranger_stays_empty(sign_in: SignIn) -> None:
    sign_in.store.page("/page/1", f'<iframe src="{sign_in.store.origin}/box"></iframe>')
    sign_in.visit.page.goto(f"{sign_in.store.elsewhere}/page/1")
    box = sign_in.visit.page.frame_locator("iframe").locator("#pw")

    with pytest.raises(NeedsPerson, match="http://localhost:"):
        sign_in.visit.type_password(box)

    assert box.input_value() == ""


@pytest.mark.parametrize("box", ['<input id="pw" type="text">', '<div id="pw">', "nothing"])
def test_what_is_no_password_box_is_a_changed_page(sign_in: SignIn, box: str) -> None:
    sign_in.shows(box)
    sign_in.visit.page.set_default_timeout(300)

    with pytest.raises(PageChanged, match="a password box"):
        sign_in.visit.type_password(sign_in.visit.page.locator("#pw"))

    assert sign_in.asked == []


def test_a_box_that_goes_away_takes_no_password_and_tells_none(sign_in: SignIn) -> None:
    sign_in.shows('<input id="pw" type="password" readonly>')
    sign_in.visit.page.set_default_timeout(300)

    with pytest.raises(PageChanged, match="went away") as caught:
        sign_in.visit.type_password(sign_in.visit.page.locator("#pw"))

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
