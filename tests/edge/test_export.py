import csv
import io

import pytest

from autoclaim.edge.export import as_cell, as_csv, as_json, write_export


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =1",
        "=cmd|' /C calc'!A0",
        "\u200b=1",
        "\uff1d1",  # a full-width equals sign
    ],
)
def test_a_cell_never_begins_a_formula(text: str) -> None:
    cell = as_cell(text)

    assert cell.startswith("'")
    assert not cell.lstrip("' ").startswith("\t")


@pytest.mark.parametrize("text", ["Lamp", "24.99", "2026-04-25", "8200000000000001", "a=b", ""])
def test_an_ordinary_cell_stays_as_it_is(text: str) -> None:
    assert as_cell(text) == text


def test_what_is_not_known_is_an_empty_cell() -> None:
    assert as_csv(["a", "b"], [{"a": None, "b": 2}]) == "a,b\r\n,2\r\n"


def test_a_title_with_commas_quotes_and_line_ends_is_one_cell() -> None:
    title = 'A "big", red\nlamp'

    [row] = csv.DictReader(io.StringIO(as_csv(["title", "n"], [{"title": title, "n": 1}])))

    assert row == {"title": 'A "big", red lamp', "n": "1"}


def test_json_keeps_the_letters_of_a_title() -> None:
    assert '"Lámpara 灯"' in as_json({"title": "Lámpara 灯"})


def test_a_spreadsheet_is_told_the_encoding(tmp_path) -> None:  # noqa: ANN001 - pytest's own
    write_export(tmp_path / "new" / "a.csv", "é\r\n", for_spreadsheets=True)
    write_export(tmp_path / "a.json", "é", for_spreadsheets=False)

    assert (tmp_path / "new" / "a.csv").read_bytes() == b"\xef\xbb\xbf\xc3\xa9\r\n"
    assert (tmp_path / "a.json").read_bytes() == b"\xc3\xa9"
