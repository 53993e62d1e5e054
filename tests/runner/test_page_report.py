"""A page report is looked through once more, by what the ledger knows of the buyer."""

from pathlib import Path

import pytest

from autoclaim.errors import MachineFault, WrongInput
from autoclaim.runner.page_report import write_page_report
from autoclaim.runner.settings import Settings
from autoclaim.runner.wiring import Wiring
from tests.bench.reading import Silent

ORDER = {
    "store": "aliexpress",
    "order_id": "8200000000150011",
    "lines": [{"line_id": "8200000000160011"}],
    "shipments": [{"tracking_number": "HP000000001XX"}],
}


@pytest.fixture
def wiring(tmp_path: Path) -> Wiring:
    made = Wiring(Settings(tmp_path / "home"), Silent())
    email = "You@Buyer.example"
    made.ledger.add_account("mine", store="aliexpress", email=email, at=made.now())
    made.ledger.see_orders([ORDER], at=made.now(), account="mine")
    return made


def test_without_a_page_there_is_no_report(wiring: Wiring, tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match="no page that could not be read"):
        write_page_report(wiring, tmp_path / "report.json")


@pytest.mark.parametrize(
    "left", ["you@buyer.example", "8200000000150011", "8200000000160011", "hp000000001xx"]
)
def test_a_page_that_tells_anything_of_the_buyer_is_not_written(
    wiring: Wiring, tmp_path: Path, left: str
) -> None:
    report = tmp_path / "report.json"
    wiring.places.unread_page.write_text(f'{{"html": "<p>{left}</p>"}}', encoding="utf-8")

    with pytest.raises(MachineFault, match="was not written"):
        write_page_report(wiring, report)

    assert not report.exists()


def test_a_page_that_tells_nothing_of_the_buyer_is_written(wiring: Wiring, tmp_path: Path) -> None:
    wiring.places.unread_page.write_text('{"html": "<p>Order 1</p>"}', encoding="utf-8")

    report = write_page_report(wiring, tmp_path / "report.json")

    assert report.read_text(encoding="utf-8") == '{"html": "<p>Order 1</p>"}'
