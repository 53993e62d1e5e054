"""Rows as CSV that no spreadsheet can mistake for formulas, or as JSON."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from autoclaim.edge.hostile_text import clean_text
from autoclaim.edge.private_files import make_missing_folder, write_privately

# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"; tabs and line
# ends are blanks by then); full-width forms too, which some of them read like their plain ones.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # noqa: RUF001 - these very ones


def as_csv(columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> str:
    """The rows as RFC 4180 with a heading; lines end in CR LF."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", quoting=csv.QUOTE_MINIMAL)
    writer.writeheader()
    writer.writerows({name: as_cell(row.get(name)) for name in columns} for row in rows)
    return out.getvalue()


def as_cell(value: object) -> str:
    """The value as a cell: cleaned, and with an apostrophe where it would begin a formula."""
    clean = clean_text("" if value is None else str(value))
    return f"'{clean}" if clean.lstrip(" ").startswith(_FORMULA) else clean


def as_json(document: Mapping[str, object]) -> str:
    """The document as JSON text, ending in a newline."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def write_export(path: Path, text: str, *, for_spreadsheets: bool) -> None:
    """Replace the file. Spreadsheets need a mark at the beginning to know UTF-8.

    Raises `MachineFault` when it cannot be written; the old file is then whole.
    """
    make_missing_folder(path.parent)
    write_privately(path, text.encode("utf-8-sig" if for_spreadsheets else "utf-8"))
