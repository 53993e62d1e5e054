"""Orders from a CSV that the buyer keeps, by the columns of csv_columns.py.

Strict, because a table written by hand is easily wrong: a column or value that is not understood
refuses the whole file and is named with its line. An empty cell is "not known", never "no".
"""

import csv
import difflib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from autoclaim.errors import FactsRefused, WrongInput
from autoclaim.model import Order, Time
from autoclaim.model.dated import Reading
from autoclaim.runner.csv_columns import AMOUNTS, COLUMNS, COUNTS, FLAGS

SEPARATORS = ",;\t"
NEXT_STEP = "`autoclaim read --columns` shows the columns; nothing of the file was kept."
YES_OR_NO: Mapping[str, bool] = {"yes": True, "true": True, "no": False, "false": False}
ONLY_PARCEL = "p1"
PARTS = frozenset({"order", "shipment", "line"})

Facts = dict[str, object]


class Row(NamedTuple):
    """One row: the line of the file it begins in, and its filled cells by column."""

    line: int
    cells: Mapping[str, str]


def is_csv(name: str, head: str) -> bool:
    """Whether a file is meant as a CSV of orders: by its name, or by its first line."""
    if name.lower().endswith((".csv", ".tsv")):
        return True
    first = head.lstrip("\ufeff").partition("\n")[0]
    names = first.replace(";", ",").replace("\t", ",").split(",")
    return "order_id" in {name.strip().strip('"').lower() for name in names}


def read_csv(name: str, text: str, stores: list[str]) -> list[Reading]:
    """The orders of the file, each with the moment it was written down, where it says so.

    Raises:
        WrongInput: a column, a row or a value that is not understood, with its line.
    """
    by_order: dict[tuple[str, str], list[Row]] = {}
    for row in _rows(name, text):
        store = row.cells.get("store") or (stores[0] if len(stores) == 1 else "")
        if "order_id" not in row.cells or not store:
            missing = "order_id" if store else "store"
            raise _wrong(name, row.line, f"there is no {missing}")
        by_order.setdefault((store, row.cells["order_id"]), []).append(row)
    return [_order(name, store, rows) for (store, _), rows in by_order.items()]


def _rows(name: str, text: str) -> Iterator[Row]:
    written = text.lstrip("\ufeff")
    first = written.partition("\n")[0]
    reader = csv.reader(io.StringIO(written), delimiter=_separator(first), strict=True)
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        _must_be_known(name, header)
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                what = f"{len(cells)} cells, and the first line has {len(header)}"
                raise _wrong(name, line, what)
            filled = {key: cell.strip() for key, cell in zip(header, cells, strict=True)}
            yield Row(line, {key: cell for key, cell in filled.items() if cell})
    except csv.Error as fault:
        raise _wrong(name, reader.line_num, f"this is no CSV ({fault})") from None


def _must_be_known(name: str, header: list[str]) -> None:
    for column in header:
        if column not in COLUMNS:
            near = difflib.get_close_matches(column, COLUMNS, 1)
            meant = f"; did you mean {near[0]}?" if near else ""
            raise _wrong(name, 1, f"there is no column {column[:40]!r}{meant}")
        if header.count(column) > 1:
            raise _wrong(name, 1, f"the column {column} stands there twice")
    if "order_id" not in header:
        raise _wrong(name, 1, "the column order_id is missing")


def _separator(first: str) -> str:
    """The sign between the names of the first line; they themselves hold none of the three."""
    return max(SEPARATORS, key=first.count)


@dataclass(slots=True)
class _Gathered:
    """What the rows of one order say, so far; of the order and of a parcel they have to agree."""

    order: Facts
    shipments: dict[str, Facts] = field(default_factory=dict)
    lines: list[Facts] = field(default_factory=list)
    said: dict[tuple[str, ...], str] = field(default_factory=dict)

    def add(self, name: str, row: Row) -> None:
        """Take one row; a row that says nothing of a line makes none."""
        parcel = row.cells.get("shipment_id", ONLY_PARCEL)
        line: Facts = {}
        for column, cell in row.cells.items():
            part, *path = COLUMNS[column].path
            if part not in PARTS or column == "store":
                continue
            if part != "line":
                place = (part, parcel if part == "shipment" else "", *path)
                _must_agree(name, row, column, self.said.setdefault(place, cell))
            if part == "shipment":
                line["shipment_id"] = parcel
                self.shipments.setdefault(parcel, {"shipment_id": parcel})
            target = {"order": self.order, "line": line}.get(part)
            target = self.shipments[parcel] if target is None else target
            _put(target, path, _value(name, row, column))
        if line:
            self.lines.append(line)


def _order(name: str, store: str, rows: list[Row]) -> Reading:
    gathered = _Gathered({"store": store})
    for row in rows:
        gathered.add(name, row)
    if len(rows) > 1:
        _must_tell_lines_apart(name, rows)
    shipments, lines = list(gathered.shipments.values()), gathered.lines
    parts = {"shipments": shipments, "lines": lines}
    facts = {**gathered.order, **{key: part for key, part in parts.items() if part}}
    order = _must_be_readable(name, rows, facts)
    return Reading(order, _moment({row.cells.get("read_at", "") for row in rows}))


def _must_tell_lines_apart(name: str, rows: list[Row]) -> None:
    seen: set[str] = set()
    for row in rows:
        line_id = row.cells.get("line_id")
        if line_id is None:
            raise _wrong(name, row.line, "an order of several rows needs a line_id in each")
        if line_id in seen:
            raise _wrong(name, row.line, f"the line {line_id[:40]} stands there twice")
        seen.add(line_id)


def _must_agree(name: str, row: Row, column: str, before: str) -> None:
    if row.cells[column] != before:
        what = f"{column} is {row.cells[column][:40]!r} here and {before[:40]!r} further up"
        raise _wrong(name, row.line, what)


def _put(target: Facts, path: list[str], value: object) -> None:
    for key in path[:-1]:
        below = target.setdefault(key, {})
        if isinstance(below, dict):
            target = below
    target[path[-1]] = value


def _value(name: str, row: Row, column: str) -> object:
    """The cell as JSON; what the facts cannot read is refused afterwards, with its line."""
    cell = row.cells[column]
    if column in AMOUNTS:
        if "currency" not in row.cells:
            raise _wrong(name, row.line, f"{column} needs a currency")
        return {"amount": cell, "currency": row.cells["currency"]}
    if column in FLAGS:
        return YES_OR_NO.get(cell.lower(), cell)
    if column in COUNTS and cell.isascii() and cell.isdigit():
        return int(cell)
    return cell


def _must_be_readable(name: str, rows: list[Row], facts: Facts) -> Order:
    """The order, once every value of it could be read; else the first is named with its line."""
    for row in rows:
        moment = row.cells.get("read_at")
        if moment and not Time.read(moment):
            raise _not_written_so(name, row, "read_at")
        for column in row.cells:
            part, *path = COLUMNS[column].path
            if part in PARTS:
                _must_be_read(name, row, column, part, path)
    try:
        return Order.model_validate(facts)
    except FactsRefused as refused:
        raise _wrong(name, rows[0].line, str(refused)) from None


def _must_be_read(name: str, row: Row, column: str, part: str, path: list[str]) -> None:
    """One cell by itself, read the way the facts read it."""
    alone: Facts = {}
    _put(alone, path, _value(name, row, column))
    named: Facts = {"store": "s", "order_id": "1"}
    lists = {"line": "lines", "shipment": "shipments"}
    facts = {**named, lists[part]: [alone]} if part in lists else {**named, **alone}
    order = Order.model_validate(facts)
    found = [order, *order.lines, *order.shipments]
    if any(one.unread for one in found):
        raise _not_written_so(name, row, column)


def _not_written_so(name: str, row: Row, column: str) -> WrongInput:
    cell, written = row.cells[column][:40], COLUMNS[column].written
    return _wrong(name, row.line, f"{column} is {cell!r}, and has to be {written}")


def _moment(written: set[str]) -> datetime | None:
    """The latest moment a row was written down at; None when a row does not say."""
    times = [Time.read(text) for text in written]
    known = [time.moment for time in times if time]
    return max(known) if known and len(known) == len(times) else None


def _wrong(name: str, line: int, what: str) -> WrongInput:
    return WrongInput(f"{name}, line {line}: {what}.", NEXT_STEP)
