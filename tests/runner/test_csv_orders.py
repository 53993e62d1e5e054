"""A CSV that the buyer keeps: what is understood becomes facts, what is not is named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autoclaim.errors import WrongInput
from autoclaim.runner.csv_columns import COLUMNS
from autoclaim.runner.csv_orders import is_csv, read_csv

TWO_LINES = """\
order_id,status,placed_at,total,currency,line_id,title,quantity,paid,shipped_at,free_return
821,awaiting_delivery,2026-03-01,26.00,USD,1,"Charger ""fast"", red",2,20.00,2026-03-04,yes
821,awaiting_delivery,,,USD,2,Lamp,1,6.00,,no
822,completed,,,,,,,,,
"""


def read(text: str) -> list[dict[str, object]]:
    return [one.order.as_facts() for one in read_csv("orders.csv", text, ["shop"])]


def test_rows_of_one_order_become_its_lines() -> None:
    both, alone = read(TWO_LINES)

    assert both == {
        "store": "shop",
        "order_id": "821",
        "status": "awaiting_delivery",
        "placed_at": "2026-03-01",
        "total": {"amount": "26.00", "currency": "USD"},
        "shipments": [{"shipment_id": "p1", "shipped_at": "2026-03-04"}],
        "lines": [
            {
                "line_id": "1",
                "title": 'Charger "fast", red',
                "quantity": 2,
                "paid": {"amount": "20.00", "currency": "USD"},
                "free_return": True,
                "shipment_id": "p1",
            },
            {
                "line_id": "2",
                "title": "Lamp",
                "quantity": 1,
                "paid": {"amount": "6.00", "currency": "USD"},
                "free_return": False,
            },
        ],
    }
    assert alone["status"] == "completed"
    assert "lines" not in alone


@pytest.mark.parametrize("separator", [";", "\t"])
def test_the_first_line_tells_what_separates_the_cells(separator: str) -> None:
    text = f"\ufeffORDER_ID{separator}Title\r\n8200000000150011{separator}a, b\r\n"

    [order] = read(text)

    assert order["lines"] == [{"title": "a, b"}]


def test_every_column_is_read_into_facts() -> None:
    samples = {
        "order_id": "8200000000150011",
        "store": "shop",
        "status": "completed",
        "paid_with": "visa",
        "currency": "EUR",
        "line_id": "1",
        "parcel_state": "delivered",
        "problem": "damaged",
        "dispute_state": "open",
        "refund": "full",
    }
    by_form = {"a day": "2026-03-04", "an amount": "1.50", "yes": "yes", "a whole": "2"}
    by_form |= {"two letters": "ES", "a text": "x", "a number": "1"}
    row = {
        name: samples.get(name)
        or next(value for form, value in by_form.items() if column.written.startswith(form))
        for name, column in COLUMNS.items()
    }

    [reading] = read_csv("x.csv", f"{','.join(row)}\n{','.join(row.values())}\n", [])

    order = reading.order
    assert reading.at is not None
    assert not any(one.unread for one in (order, *order.lines, *order.shipments))
    assert len(str(order.as_facts()).split(": ")) > len(COLUMNS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("order_id,plcaed_at\n1,2026-03-01\n", "line 1: there is no column 'plcaed_at'; did you"),
        ("order_id,colour\n1,red\n", "line 1: there is no column 'colour'"),
        ("order_id,order_id\n1,1\n", "line 1: the column order_id stands there twice"),
        ("title\nLamp\n", "line 1: the column order_id is missing"),
        ("order_id,title\n1,Lamp\n\n2\n", "line 4: 1 cells, and the first line has 2"),
        ("order_id,title\n,Lamp\n", "line 2: there is no order_id"),
        ("order_id,placed_at\n1,2026-03-01\n2,03/04/2026\n", "line 3: placed_at is '03/04/2026'"),
        ("order_id,status\n1,on its way\n", "line 2: status is 'on its way'"),
        ("order_id,total\n1,26.00\n", "line 2: total needs a currency"),
        ('order_id,total,currency\n1,"26,00",EUR\n', "line 2: total is '26,00'"),
        ("order_id,quantity\n1,two\n", "line 2: quantity is 'two', and has to be a whole number"),
        ("order_id,gift\n1,maybe\n", "line 2: gift is 'maybe', and has to be yes or no"),
        ("order_id,read_at\n1,yesterday\n", "line 2: read_at is 'yesterday'"),
        ("order_id,status\n1,completed\n1,frozen\n", "line 3: status is 'frozen' here"),
        ("order_id,title\n1,Lamp\n1,Lamp\n", "line 2: an order of several rows needs a line_id"),
        ("order_id,line_id\n1,1\n1,1\n", "line 3: the line 1 stands there twice"),
        ('order_id,title\n1,"Lamp\n', "this is no CSV"),
        ('order_id,title\n1,"a\nb"\n2,x,y\n', "line 4: 3 cells"),
    ],
)
def test_what_is_not_understood_is_named_with_its_line(text: str, said: str) -> None:
    with pytest.raises(WrongInput) as refused:
        read(text)

    assert f"orders.csv, {said}" in str(refused.value) or said in str(refused.value)
    assert "--columns" in refused.value.next_step


@pytest.mark.parametrize(
    ("name", "head", "meant"),
    [
        ("orders.CSV", "", True),
        ("-", "order_id;title\n1;x", True),
        ("-", "\ufefftitle,Order_Id", True),
        ("-", '{"order_id": 1}', False),
        ("orders.html", "<html>order_id</html>", False),
    ],
)
def test_a_csv_is_told_by_its_name_or_first_line(name: str, head: str, meant: object) -> None:
    assert is_csv(name, head) is meant


cells = st.text(st.sampled_from("abc12-:.,;\t\"'\n\r \x00é="), max_size=8)
rows = st.lists(st.lists(cells, max_size=4), max_size=4)


@given(st.lists(st.sampled_from([*COLUMNS, "x"]), max_size=5), rows)
@settings(max_examples=200, deadline=None)
def test_any_table_is_orders_or_one_sentence(header: list[str], table: list[list[str]]) -> None:
    text = "\n".join(",".join(row) for row in [["order_id", *header], *table])

    try:
        found = read(text)
    except WrongInput:
        found = []
    assert all(order["order_id"] for order in found)
