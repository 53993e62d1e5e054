"""Markdown tables that run.

A file holds prose and tables. Before a table, a fenced `facts` block gives what all its rows have
in common, one `fact = value` a line, by the names of autoclaim/rules/names.py or by path. A column
named so gives that fact row by row; an empty cell means not known, and a cell in backticks is a
raw JSON value. A column in **bold** is expected of the decision: `-` is null, `none` an empty
list; `~` before the words asks that they are among others, `!` that they are not. **refused** says
why the actions of **why_not** are not open. The last column is the reason and the test id.
"""

import copy
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autoclaim.rules.names import NAMES
from autoclaim.rules.supposing import Place, suppose

HERE = Path(__file__).parent
NOTHING = "-"
_PLACE = Place(order=0, line=0, parcel=0)
_START = {
    "orders": [
        {
            "store": "examplestore",
            "order_id": "8200000000000001",
            "lines": [{"line_id": "1", "paid": {"amount": "20.00", "currency": "USD"}}],
        }
    ]
}


@dataclass(frozen=True)
class Row:
    """One row: the facts document it stands for, and what is expected of its first decision."""

    name: str
    facts: dict[str, Any]
    expected: dict[str, str]


def rows_of(path: Path) -> Iterator[Row]:
    """The rows of all tables of a file, each a facts document and what is expected of it."""
    for name, cells in cells_of(path):
        because = list(cells)[-1]
        given = {key: cell for key, cell in cells.items() if key != because}
        expected = {key.strip("*"): given.pop(key) for key in list(given) if key.startswith("**")}
        yield Row(f"{name} {cells[because]}", facts_of(given), expected)


def cells_of(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of all tables of a file: its name and line, and its cells by column.

    The facts that a fenced block gives to all rows are cells of each.
    """
    common: dict[str, str] = {}
    header: list[str] = []
    fenced = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("```"):
            common = {} if line == "```facts" else common
            fenced = line == "```facts"
        elif fenced:
            name, _, value = line.partition("=")
            common[name.strip()] = value.strip()
        elif not line.startswith("|"):
            header = []
        elif not header:
            header = _cells(line)
        elif not set(line) <= set("|- :"):
            row = dict(zip(header, _cells(line), strict=True))
            yield f"{path.name}:{number}", {**common, **row}


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def facts_of(given: dict[str, str]) -> dict[str, Any]:
    """A facts document of one order and one line, with the given facts."""
    document = copy.deepcopy(_START)
    for name, value in given.items():
        if value.startswith("`"):
            _put_raw(document, name, json.loads(value.strip("`")))
        else:
            suppose(document, _PLACE, name, value)
    return document


def _put_raw(document: dict[str, Any], name: str, value: Any) -> None:  # noqa: ANN401 - any JSON
    """A value as it is, readable or not, at a name or a path."""
    path = _PLACE.path(NAMES[name]) if name in NAMES else name
    holder: Any = document
    *steps, last = re.findall(r"[a-z_]+|\d+", path)
    for step, following in zip(steps, [*steps, last][1:], strict=True):
        empty: Any = [] if following.isdigit() else {}
        if step.isdigit():
            holder += [{}] * (int(step) + 1 - len(holder))
            holder = holder[int(step)]
        else:
            holder = holder.setdefault(step, empty)
    if last.isdigit():
        holder.append(value)
    else:
        holder[last] = value


def differences(row: Row, decision: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Where a decision differs from what the row expects: field, expected, found."""
    found = [(field, want, _shown(field, decision)) for field, want in row.expected.items()]
    return [(field, want, got) for field, want, got in found if not _fits(want, got)]


def _fits(want: str, got: str) -> bool:
    if want.startswith("~"):
        return all(piece.strip() in got for piece in want[1:].split(","))
    if want.startswith("!"):
        return all(piece.strip() not in got for piece in want[1:].split(","))
    return want == got


def _shown(field: str, decision: dict[str, Any]) -> str:
    value = decision["why_not" if field == "refused" else field]
    if value is None:
        return NOTHING
    if field == "amount":
        return f"{value['amount']} {value['currency']}"
    if field == "why_not":
        value = [entry["action"] for entry in value]
    if field == "refused":
        value = [entry["because"] for entry in value]
    if field == "routes":
        value = [f"{each['route']} {each['last_on'] or NOTHING}" for each in value]
    if isinstance(value, list):
        return ", ".join(value) or "none"
    return str(value)
