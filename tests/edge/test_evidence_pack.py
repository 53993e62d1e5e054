"""The pack's page in a browser: for everybody, on paper too, and it loads nothing of a store's."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from autoclaim.edge.pack import PackEvent, PackFact, PackFile, PackPage, page_html, write_pack

HOSTILE = '<img src="http://store.example/x" onerror="document.title=1">\x1b[31m'


def a_page(**changed: object) -> PackPage:
    usual = PackPage(
        order_id="8200000000000001",
        title=HOSTILE,
        made_at="2026-11-25 12:00 UTC",
        to_do=["Do it by 2026-11-28."],
        link="https://store.example/order?id=8200000000000001",
        statement=f"It never came. {HOSTILE}",
        facts=[PackFact("order", "8200000000000001", "the store")],
        timeline=[PackEvent("2026-09-01", HOSTILE, "the store")],
        files=[],
        missing=["The tracking page"],
    )
    return usual._replace(**changed)  # type: ignore[arg-type]  # any field


@pytest.fixture
def tab(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    (tmp_path / "index.html").write_text(page_html(a_page()), encoding="utf-8")
    with browser.new_page(viewport={"width": 390, "height": 800}) as page:
        page.goto((tmp_path / "index.html").as_uri())
        yield page


def test_axe_finds_nothing_and_nothing_sticks_out_on_a_phone(tab: Page) -> None:
    found = Axe().run(tab)

    assert [one["id"] for one in found.response["violations"]] == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_words_of_a_store_stay_words(tab: Page) -> None:
    assert tab.locator("img").count() == 0
    assert tab.title() == "Evidence for order 8200000000000001"
    assert "\x1b" not in tab.content()


def test_the_note_to_the_buyer_does_not_go_to_paper(tab: Page) -> None:
    note = tab.get_by_text("The tracking page")
    assert note.is_visible()

    tab.emulate_media(media="print")

    assert not note.is_visible()


def test_a_file_that_is_gone_is_named_all_the_same(tmp_path: Path) -> None:
    gone = PackFile(
        path="files/01-label.png",
        lies_at=tmp_path / "label.png",
        title="label.png",
        shows="",
        sha256="ab" * 32,
        taken_at="2026-11-25",
        address="",
        original="",
        is_picture=True,
        altered=True,
    )

    write_pack(tmp_path / "pack.zip", a_page(files=[gone]))

    with ZipFile(tmp_path / "pack.zip") as pack:
        assert pack.namelist() == ["index.html", "text-to-paste.txt"]
        assert "no longer what was kept" in pack.read("index.html").decode()


def test_a_pack_that_cannot_be_written_leaves_the_earlier_one_whole(tmp_path: Path) -> None:
    write_pack(tmp_path / "pack.zip", a_page())
    before = (tmp_path / "pack.zip").read_bytes()

    with pytest.raises(AttributeError):
        write_pack(tmp_path / "pack.zip", a_page(files=[None]))

    assert (tmp_path / "pack.zip").read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["pack.zip"]
