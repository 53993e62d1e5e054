"""The report in a real browser: what it shows, that it loads nothing, that all can read it."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from autoclaim.model.config import Config, ReportConfig
from autoclaim.runner import catalogue
from autoclaim.runner.report import write_report
from autoclaim.runner.settings import Settings
from autoclaim.runner.subscriptions import add_subscription
from autoclaim.runner.wiring import Wiring
from tests.edge.builders import a_draft
from tests.runner.deadlines import NOON
from tests.runner.year import Listener

HOSTILE = '<img src=x onerror="document.title=1"><b>Lamp</b>\u202e'
NUMBER = "8200000000000001"
SUBSCRIPTIONS = {
    "<i>Example Gym</i>": {
        "price": {"amount": "29.90", "currency": "EUR"},
        "started_on": "2026-01-31",
        "notice": "1 month",
    },
    "Cloud": {"price": {"amount": "12", "currency": "USD"}, "renews_on": "2026-08-01"},
}
SECTIONS = {"now", "timeline", "claims", "refunds", "subscriptions", "orders"}
PHONE, DESK = (390, 844), (1280, 900)


def a_home(home: Path, orders: int = 80, config: Config | None = None) -> Path:
    """A report of an invented history, with a claim under way and a title that means harm."""
    facts = catalogue.fixture("aliexpress", "truth").facts_document(
        catalogue.fixture("aliexpress", "generate").invent_history(orders, seed=3, now=NOON)
    )
    late = {
        "store": "aliexpress",
        "order_id": NUMBER,
        "status": "awaiting_delivery",
        "placed_at": "2026-03-01",
        "paid_at": "2026-03-01",
        "shipments": [
            {"shipment_id": "p1", "shipped_at": "2026-03-04", "promised_by": "2026-04-10"}
        ],
        "lines": [
            {"line_id": "1", "title": HOSTILE, "paid": {"amount": "24.99", "currency": "EUR"}},
        ],
    }
    wiring = Wiring(Settings(home=home, now=NOON), Listener())
    with wiring.ledger as ledger:
        for name in ("mine", "second"):
            ledger.add_account(name, store="aliexpress", email="ana@buyer.example", at=NOON)
        ledger.see_orders([late], at=NOON, account="mine")
        ledger.see_orders(facts["orders"], at=NOON, account="second")
        ledger.scan_finished("mine", store="aliexpress", counts={}, at=NOON - timedelta(days=2))
        claimed = facts["orders"][3]
        draft = a_draft(claimed["order_id"], store="aliexpress", line_id=None)
        ledger.hand_over(ledger.start_claim(draft, at=NOON), at=NOON, body={})
        for name, said in SUBSCRIPTIONS.items():
            add_subscription(wiring, {"name": name, "every": "1 month", **said})
        return write_report(wiring, config or Config())


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_home(tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def short_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fewer rows of each kind, and no kind less: axe looks at every cell."""
    return a_home(tmp_path_factory.mktemp("short"), orders=40)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


def test_it_loads_nothing_and_only_its_own_script_runs(page: Page, report: Path) -> None:
    loaded: list[str] = []
    refused: list[str | None] = []
    said: list[str] = []
    page.on("requestfinished", lambda request: loaded.append(request.url))
    page.on("requestfailed", lambda request: refused.append(request.failure))
    page.on("console", lambda message: said.append(message.text))
    page.goto(report.as_uri())
    quiet = list(said)

    with page.expect_event("requestfailed"):
        page.evaluate("new Image().src = 'https://store.example/x.png'")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=color:red>x</p>')")

    assert loaded == [report.as_uri()]
    assert refused == ["csp"]
    assert quiet == []
    assert len([text for text in said if "Content Security Policy" in text]) == 2


def test_a_hostile_title_is_text(page: Page, report: Path) -> None:
    page.goto(report.as_uri())

    assert page.locator("main img, main td b").count() == 0
    shown = page.locator("#now").inner_text()
    assert '<img src=x onerror="document.title=1"><b>Lamp</b>' in shown
    assert "\u202e" not in page.content()


def test_it_says_what_to_do_until_when_why_and_how_and_links_to_the_store(
    page: Page, report: Path
) -> None:
    page.goto(report.as_uri())

    card = page.locator(".card").filter(has_text=NUMBER)
    assert "By 2026-04-24, at the latest 2026-04-25 policy" in card.locator(".days").inner_text()
    assert card.locator(".why").inner_text()
    assert card.locator("code").inner_text().startswith("autoclaim problem 8200000000000001")
    address = card.get_by_role("link", name=NUMBER).get_attribute("href") or ""
    assert address.startswith("https://")
    assert address.endswith(f"orderId={NUMBER}")
    assert "mine 2026-04-18" in page.locator(".ages").inner_text()
    assert "second never" in page.locator(".ages").inner_text()


def test_every_order_links_to_the_store_and_every_dated_row_says_where_its_day_comes_from(
    page: Page, report: Path
) -> None:
    page.goto(report.as_uri())

    orders = page.locator("#orders tr[data-g] td:first-child")
    links = orders.locator("a").evaluate_all(
        "all => all.map((one) => [one.textContent, one.href])"
    )
    rows = page.locator("tr[data-g]").all_text_contents()
    dated = [row for row in rows if re.search(r"20\d\d-\d\d-\d\d", row)]

    assert len(links) == orders.count() > 80
    assert [one for one, address in links if not address.startswith("https://")] == []
    assert [one for one, address in links if not address.endswith(f"orderId={one}")] == []
    assert len(dated) > 10
    assert [
        row for row in dated if not re.search(r"-\d\d (store|policy|terms|estimate)", row)
    ] == []


def test_the_timeline_claims_and_refunds_are_there(page: Page, report: Path) -> None:
    page.goto(report.as_uri())

    assert page.locator(".bars li").count() > 3
    assert "dispute" in page.locator("#claims table").inner_text()
    assert "still to come" in page.locator("#refunds .total").first.inner_text()
    assert page.locator("#refunds rect.received").count() > 0
    assert re.search(r"highest bar \d+\.\d\d USD", page.locator("figcaption").inner_text())


def test_subscriptions_stand_in_a_table_of_their_own_with_what_they_cost(
    page: Page, report: Path
) -> None:
    page.goto(report.as_uri())

    table = page.locator("#subscription-rows")
    gym = table.locator("tbody tr").first.locator("td").all_inner_texts()

    assert table.locator("th").all_inner_texts()[:2] == ["Subscription", "Costs"]
    assert gym[:3] == ["<i>Example Gym</i>", "29.90 EUR / month", "cancel or keep"]
    assert "terms" in gym[3]
    costs = page.locator("#subscriptions .total").all_inner_texts()
    assert costs[0] == "Together 29.90 EUR a month, 358.80 EUR a year."
    assert "counted from the terms" in page.locator("footer").inner_text()


def test_the_filter_finds_and_counts(page: Page, report: Path) -> None:
    page.goto(report.as_uri())
    rows = page.locator("#order-rows tbody tr, #past-rows tbody tr")
    every = rows.count()

    page.get_by_label("Search").fill(f"lamp {NUMBER[-6:]}")
    found = page.locator("tbody tr:visible").filter(has_text=NUMBER)
    count = page.get_by_role("status").inner_text()
    page.get_by_label("Search").fill("")
    page.get_by_label("Account").select_option("mine")

    assert found.count() == 1
    assert count == f"1 of {every} order lines"
    assert page.get_by_role("status").inner_text() == f"1 of {every} order lines"


def test_a_filter_also_finds_what_is_done_or_over(page: Page, report: Path) -> None:
    page.goto(report.as_uri())
    number = page.locator("#past-rows tbody tr a").first.text_content() or ""
    hidden = page.locator("#past-rows").is_visible()

    page.get_by_label("Search").fill(number)

    assert not hidden
    assert page.locator("#past-rows tbody tr:visible").count() >= 1


def test_without_scripts_everything_is_there_but_the_filter(
    browser: Browser, report: Path
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(report.as_uri())

        assert page.locator("#order-rows tbody tr").first.is_visible()
        assert not page.locator("#filter").is_visible()


def test_with_the_keyboard_one_skips_to_what_to_do_and_reaches_every_filter(
    page: Page, report: Path
) -> None:
    page.goto(report.as_uri())

    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")
    page.locator("#q").focus()
    page.keyboard.press("Tab")
    second = page.evaluate("document.activeElement.id")

    assert first == "skip"
    assert page.url.endswith("#now")
    assert second == "g"


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_sticks_out(
    browser: Browser, short_report: Path, size: tuple[int, int], colours: str
) -> None:
    viewport = {"width": size[0], "height": size[1]}
    with browser.new_context(viewport=viewport, color_scheme=colours) as context:
        page = context.new_page()
        page.goto(short_report.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")

        found = Axe().run(page)

        assert {
            one.get_attribute("id")
            for one in page.locator("section:has(tr), section:has(li)").all()
        } == SECTIONS
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_on_paper_there_is_no_filter_and_no_dark_background(
    browser: Browser, report: Path
) -> None:
    with browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        page.goto(report.as_uri())
        page.emulate_media(media="print")

        background = page.evaluate("getComputedStyle(document.body).backgroundColor")

        assert not page.locator("#filter").is_visible()
        assert background == "rgb(255, 255, 255)"
        page.set_viewport_size({"width": 690, "height": 1000})  # an A4 page within its margins
        titles = page.locator("#order-rows td:nth-child(2)")
        assert (titles.first.bounding_box() or {})["width"] > 120


def test_refunds_are_told_in_the_buyers_currency_with_the_day_of_the_rate(
    page: Page, tmp_path: Path
) -> None:
    config = Config(report=ReportConfig(currency="GBP"))

    page.goto(a_home(tmp_path, config=config).as_uri())

    together = page.locator("#refunds .total").last.inner_text()
    assert together.startswith("Together ")
    assert "GBP received, at the rates of USD 20" in together
    page.get_by_text("Month by month").click()
    months = page.get_by_role("region", name="Refunds by month").locator("td.n").all_inner_texts()
    assert len(months) > 4
    assert {cell.split()[-1] for cell in months} == {"GBP"}


def test_an_empty_ledger_has_a_report_too(page: Page, tmp_path: Path) -> None:
    wiring = Wiring(Settings(home=tmp_path, now=NOON), Listener())

    page.goto(write_report(wiring, Config()).as_uri())

    now = page.locator("#now").inner_text()
    assert "Nothing that asks for you has a last day." in now
    assert "below" not in now
    assert Axe().run(page).violations_count == 0


def test_a_long_history_stays_small(tmp_path: Path) -> None:
    path = a_home(tmp_path, orders=5000)

    assert path.stat().st_size < 3_000_000


def test_a_window_that_asks_for_nobody_is_not_said_to_be_none(page: Page, tmp_path: Path) -> None:
    arrived = {
        "store": "aliexpress",
        "order_id": NUMBER,
        "status": "completed",
        "placed_at": "2026-03-01",
        "paid_at": "2026-03-01",
        "shipments": [{"shipment_id": "p1", "delivered_at": f"{NOON - timedelta(days=13):%F}"}],
        "lines": [{"line_id": "1", "title": "Lamp", "paid": {"amount": "9", "currency": "EUR"}}],
    }
    wiring = Wiring(Settings(home=tmp_path, now=NOON), Listener())
    with wiring.ledger as ledger:
        ledger.add_account("mine", store="aliexpress", email="ana@buyer.example", at=NOON)
        ledger.see_orders([arrived], at=NOON, account="mine")
        page.goto(write_report(wiring, Config()).as_uri())

    assert "Windows that are open all the same stand below." in page.locator("#now").inner_text()
    page.locator("#now").get_by_role("link", name="below").click()
    assert "Lamp" in page.locator("#timeline").inner_text()
