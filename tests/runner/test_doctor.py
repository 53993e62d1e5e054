"""Checks that must fail can fail, and what the last reading missed is a finding."""

from pathlib import Path

import pytest

from autoclaim.errors import MachineFault, PageChanged, WrongInput
from autoclaim.runner import doctor
from autoclaim.runner.findings import looked
from autoclaim.runner.settings import Settings
from autoclaim.runner.wiring import Wiring
from tests.bench.reading import Silent


@pytest.fixture
def wiring(tmp_path: Path) -> Wiring:
    made = Wiring(Settings(tmp_path / "home"), Silent())
    made.ledger.add_account("mine", store="aliexpress", email="y@b.example", at=made.now())
    return made


def refuse() -> None:
    raise WrongInput("This is no page.")


def test_a_refusal_that_does_not_come_is_a_fault() -> None:
    with pytest.raises(MachineFault, match="does not hold that a page is refused"):
        doctor._refused(lambda: None, "a page is refused")

    assert doctor._refused(refuse, "a page is refused") == "a page is refused"


def test_a_foreign_page_that_would_be_read_is_found(wiring: Wiring, tmp_path: Path) -> None:
    own = wiring.mended[0] / "aliexpress"
    own.mkdir(parents=True)
    (own / "payloads.py").write_text("def glimpses_in(name, content):\n    return ['anything']\n")

    found = looked("refusals", lambda: doctor._foreign_page(wiring, "aliexpress"))

    assert not found.well
    assert found.exit_code == 1
    assert tmp_path.exists()


def test_what_the_last_reading_missed_is_found_and_a_whole_one_ends_it(wiring: Wiring) -> None:
    missed = {"untold": ["the seller of 82 on the card page"], "unseen": ["the button “Sing”"]}
    counts: list[dict[str, object]] = [{"orders": 1}, missed, {"orders": 1, "lost": []}]
    told = []

    for body in counts:
        wiring.ledger.scan_finished("mine", store="aliexpress", counts=body, at=wiring.now())
        told.append([(one.well, one.exit_code) for one in doctor._drift(wiring)])

    assert told == [[], [(False, PageChanged.exit_code), (True, 1)], []]
