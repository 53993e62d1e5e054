"""`read` and `import` as a person types them: tables, standard input, and what contradicts."""

from pathlib import Path

from autoclaim.runner.csv_columns import COLUMNS
from tests.terminal import a_machine

TABLE = "order_id;paid_at;status\n8200000000150011;{day};awaiting_shipment\n"
SAVED = Path(__file__).parents[1] / "pages" / "saved"


def test_a_table_is_read_from_standard_input_beside_a_saved_page(tmp_path: Path) -> None:
    machine = a_machine(tmp_path)
    page = SAVED / "detail_completed.json"

    columns = machine.run("read", "--columns")
    read = machine.run("read", "-", str(page), "--json", typed=TABLE.format(day="2026-03-01"))
    wrong = machine.run("read", "-", typed=TABLE.format(day="01/03/2026"))

    assert columns.code == 0
    assert [line.split()[0] for line in columns.out.splitlines()[-len(COLUMNS) :]] == [*COLUMNS]
    assert read.code == 0, read.err
    assert len(read.json()["orders"]) == 2
    assert wrong.code == 2
    assert "line 2: paid_at is '01/03/2026'" in wrong.err
    assert "--columns" in wrong.err
    assert not machine.home.exists()


def test_what_contradicts_is_kept_until_it_is_said_which_is_later(tmp_path: Path) -> None:
    machine = a_machine(tmp_path)
    table = tmp_path / "orders.csv"
    table.write_text(TABLE.format(day="2026-03-01"))
    first = machine.run("import", str(table))
    table.write_text(TABLE.format(day="2026-03-09"))

    doubted = machine.run("import", str(table))
    both = machine.run("list", "--json").json()["orders"]
    settled = machine.run("import", str(table), "--as-of", "now")
    one = machine.run("list", "--json").json()["orders"]

    assert first.code == doubted.code == settled.code == 0, doubted.err
    assert "--as-of" in doubted.err
    assert [order["paid_at"] for order in both] == ["2026-03-01", "2026-03-09"]
    assert [order["paid_at"] for order in one] == ["2026-03-09"]
