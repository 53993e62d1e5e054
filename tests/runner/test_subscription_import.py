from pathlib import Path

import pytest

from autoclaim.errors import WrongInput
from autoclaim.runner.subscription_import import import_subscriptions
from autoclaim.runner.subscriptions import judged_subscriptions
from tests.runner.subscribing import machine

GOOD = """\
name,price,currency,every,started,notice,notice-to,channel,margin,link
Example TV,9.99,eur,1 month,2026-01-10,none,,web,2,https://tv.example/
Example Gym,29.90,EUR,1 month,2025-01-31,3 months,term-end,letter,,
"""
BROKEN = [
    pytest.param("", "A column is missing", id="empty"),
    pytest.param("name,price,currency,evry\n", "no column 'evry'", id="a misspelt column"),
    pytest.param("name,price,every\nTV,1,1 month\n", "currency", id="a column too few"),
    pytest.param(GOOD + "Radio,1\n", "Row 4 has not as many cells", id="a short row"),
    pytest.param(GOOD + ",5,EUR,1 month,,,,,,\n", "Row 4: name", id="a row without a name"),
    pytest.param(
        GOOD + 'Radio,"1,50",EUR,1 month,,,,,,\n', "Row 4: price", id="a comma in a price"
    ),
    pytest.param(GOOD + "Radio,5,EUR,often,,,,,,\n", "Row 4: every", id="no period"),
    pytest.param(GOOD + "EXAMPLE tv,5,EUR,1 month,,,,,,\n", "twice", id="a name given twice"),
    pytest.param(GOOD + 'Radio,"5\n', "unexpected end", id="a quotation mark that does not end"),
]


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "subscriptions.csv"
    file.write_text(text, encoding=encoding)
    return file


def test_the_rows_of_a_file_are_kept(tmp_path: Path) -> None:
    wiring = machine(tmp_path / "home")

    kept = import_subscriptions(wiring, write(tmp_path, GOOD))

    assert kept == (2, 0, 0)
    facts = {
        one.subscription.name: one.subscription.as_json() for one in judged_subscriptions(wiring)
    }
    assert (
        facts["Example TV"]
        | {
            "price": {"amount": "9.99", "currency": "EUR"},
            "margin_days": 2,
            "channel": "web",
            "notice": "none",
        }
        == facts["Example TV"]
    )
    assert facts["Example Gym"]["notice"] == "3 months"
    assert "link" not in facts["Example Gym"]


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    wiring = machine(tmp_path / "home")
    import_subscriptions(wiring, write(tmp_path, GOOD))

    again = import_subscriptions(wiring, write(tmp_path, GOOD))
    changed = import_subscriptions(wiring, write(tmp_path, GOOD.replace("9.99", "11.99")))

    assert again == (0, 0, 2)
    assert changed == (0, 1, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_spreadsheets_own_marks_and_semicolons_are_read(tmp_path: Path, encoding: str) -> None:
    wiring = machine(tmp_path / "home")

    kept = import_subscriptions(wiring, write(tmp_path, GOOD.replace(",", ";"), encoding))

    assert kept.new == 2


@pytest.mark.parametrize(("text", "words"), BROKEN)
def test_a_broken_row_is_named_and_no_row_is_kept(tmp_path: Path, text: str, words: str) -> None:
    wiring = machine(tmp_path / "home")

    with pytest.raises(WrongInput) as refused:
        import_subscriptions(wiring, write(tmp_path, text))

    assert words in str(refused.value)
    assert judged_subscriptions(wiring) == []


def test_a_file_of_another_encoding_is_said(tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match="not UTF-8"):
        import_subscriptions(
            machine(tmp_path / "home"), write(tmp_path, GOOD.replace("TV", "Télé"), "latin-1")
        )


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match="cannot be read"):
        import_subscriptions(machine(tmp_path / "home"), tmp_path / "nothing.csv")
