"""Facts from files the buyer saved: for someone who wants no automation at all."""

import codecs
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import ModuleType

from autoclaim.errors import WrongInput
from autoclaim.model import Order
from autoclaim.model.dated import Reading
from autoclaim.runner import catalogue, two_clocks
from autoclaim.runner.csv_orders import is_csv, read_csv
from autoclaim.runner.decide_document import is_facts, read_facts
from autoclaim.runner.readings import Together, together

PLAIN_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
_WHAT_TO_SAVE = (
    "Save the order list or an order's page as “complete” or “HTML only”, and try that file."
)


BYTE_ORDER_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LARGEST = 64 * 1024 * 1024  # bytes of one file; it is read as a whole


@dataclass(slots=True)
class Saved:
    """The orders of some files; `skipped` are files of a folder that are no page of a store.

    `unseen` is what on the pages nobody has seen before, `untold` what such pages always tell and
    these do not, each with where it was noticed. `promised_twice` are promises printed with two
    days, of which the earlier counts, by order.
    """

    found: list[Together] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)
    promised_twice: list[str] = field(default_factory=list)

    @property
    def orders(self) -> list[Order]:
        """All readings, an order several times where they differ (rules.md R17)."""
        return [order for one in self.found for order in one.orders]


@dataclass(slots=True)
class _Reader:
    """Reads one file after the other; pages of a store are put together at the end."""

    readings: list[Reading] = field(default_factory=list)
    glimpses: dict[str, list[object]] = field(default_factory=dict)
    skipped: list[Path] = field(default_factory=list)
    mended: Sequence[Path] = ()

    def payloads(self, store: str) -> ModuleType:
        """What reads the store's answers and pages."""
        return catalogue.flow(store, "payloads", self.mended)

    def stores(self) -> list[str]:
        """The stores whose pages can be read."""
        return catalogue.stores(self.mended)


def read_files(
    files: Sequence[Path], *, as_of: datetime | None = None, mended: Sequence[Path] = ()
) -> Saved:
    """The orders in saved pages, the store's JSON, CSVs or facts documents; `-` is standard input.

    What several files tell of one order is put together: the pages of one visit by the store's
    scenario, the rest by readings.py. `as_of` is the moment of all that tells none itself, and
    `mended` the buyer's own scenario folders. A page
    saved as “complete” brings a folder of pictures and styles along: what is no page is passed
    over in folders, but refused when it is named itself.

    Raises:
        WrongInput: a file that cannot be read or is no page, or a folder without any.
    """
    reader = _Reader(mended=mended)
    for file in files:
        if file.is_dir():
            _read_folder(file, reader)
        else:
            _read_file(file, reader)
    pages = [
        one
        for store, seen in reader.glimpses.items()
        for one in reader.payloads(store).readings(seen)
    ]
    readings = [*pages, *reader.readings]
    dated = [Reading(one.order, one.at or as_of) for one in readings]
    saved = Saved(together(dated), reader.skipped)
    twice = two_clocks.printed_twice(readings)
    for store, seen in reader.glimpses.items():
        for order_id, days in reader.payloads(store).promised_twice(seen).items():
            twice.setdefault(order_id, set()).update(days)
        saved.unseen += reader.payloads(store).never_seen(seen)
        saved.untold += reader.payloads(store).not_told(seen)
    saved.promised_twice = two_clocks.told(twice)
    return saved


def _read_folder(folder: Path, reader: _Reader) -> None:
    before = len(reader.readings), sum(map(len, reader.glimpses.values()))
    for file in _files_below(folder):
        try:
            _read_file(file, reader)
        except WrongInput:
            reader.skipped.append(file)
    if before == (len(reader.readings), sum(map(len, reader.glimpses.values()))):
        raise WrongInput(f"{folder}: no order was found in it.", _WHAT_TO_SAVE)


def _files_below(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.rglob("*")) if file.is_file())


def _read_file(file: Path, reader: _Reader) -> None:
    """Read one file whole or not at all."""
    content = _content(file)
    if is_facts(content):
        facts = read_facts(content)
        at = facts.now.moment if facts.now else None
        _take(file, reader, [Reading(order, at) for order in facts.orders])
    elif is_csv(file.name, content[:2000].decode("utf-8", "replace")):
        text = _text(file, content)
        _take(file, reader, read_csv(str(file), text, reader.stores()))
    else:
        _read_page(file, content, reader)


def _take(file: Path, reader: _Reader, readings: Sequence[Reading]) -> None:
    if not readings:
        raise WrongInput(f"{file}: no order was found in it.", _WHAT_TO_SAVE)
    for reading in readings:
        _must_have_plain_numbers(file, reading.order)
    reader.readings.extend(readings)


def _read_page(file: Path, content: bytes, reader: _Reader) -> None:
    """A page or answer of a store: the first that knows it; the last says why it does not."""
    refused: WrongInput | None = None
    for store in reader.stores():
        try:
            seen = reader.payloads(store).glimpses_in(file.name, content)
        except WrongInput as why:
            refused = why
            continue
        for reading in reader.payloads(store).readings(seen):
            _must_have_plain_numbers(file, reading.order)
        reader.glimpses.setdefault(store, []).extend(seen)
        return
    raise refused or WrongInput(f"{file}: no order was found in it.", _WHAT_TO_SAVE)


def _text(file: Path, content: bytes) -> str:
    try:
        return content.decode("utf-16" if content[:2] in BYTE_ORDER_MARKS else "utf-8-sig")
    except UnicodeDecodeError:
        raise WrongInput(f"{file} is not text in UTF-8.", "Save the table as UTF-8.") from None


def _must_have_plain_numbers(file: Path, order: Order) -> None:
    """Numbers of orders and lines stand in commands that a buyer copies: nothing else may."""
    for number in (order.order_id, *(line.line_id for line in order.lines)):
        if number is not None and not PLAIN_NUMBER.fullmatch(number):
            raise WrongInput(
                f"{file}: {number[:40]!r} is no number of an order or of a line.",
                "Nothing of this file was kept; correct it if it is yours.",
            )


def _content(file: Path) -> bytes:
    """The file, unless it is too large: that is known before anything of it is read."""
    try:
        if str(file) != "-":
            _must_be_small(file, file.stat().st_size)
            return file.read_bytes()
        content = sys.stdin.buffer.read(LARGEST + 1)
    except OSError as fault:
        because = f"{file} cannot be read: {fault.strerror}."
        raise WrongInput(because, "Nothing was done.") from None
    _must_be_small(file, len(content))
    return content


def _must_be_small(file: Path, size: int) -> None:
    if size > LARGEST:
        raise WrongInput(
            f"{file} is larger than {LARGEST // 1024**2} MB: too large to be a saved page.",
            "Save single pages, or a HAR of fewer of them.",
        )
