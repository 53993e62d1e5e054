"""Facts from files the buyer saved: for someone who wants no automation at all."""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autoclaim.errors import WrongInput
from autoclaim.model import Order
from autoclaim.rules.merging import merged
from autoclaim.runner import catalogue
from autoclaim.runner.decide_document import is_facts, read_facts
from autoclaim.runner.wiring import Wiring

PLAIN_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
_WHAT_TO_SAVE = (
    "Save the order list or an order's page as “complete” or “HTML only”, and try that file."
)


@dataclass(slots=True)
class Saved:
    """The orders of some files; `skipped` are files of a folder that are no page of a store."""

    orders: list[Order] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)


def read_files(files: Sequence[Path]) -> Saved:
    """The orders in saved pages, the store's JSON, or facts documents; `-` is standard input.

    A page saved as “complete” brings a folder of pictures and styles along: what is no page is
    passed over in folders, but refused when it is named itself.

    Raises:
        WrongInput: a file that cannot be read or is no page, or a folder without any.
    """
    saved = Saved()
    for file in files:
        if file.is_dir():
            _read_folder(file, saved)
        else:
            saved.orders += _orders_in(file)
    return saved


def import_files(
    wiring: Wiring, files: Sequence[Path], account: str | None
) -> tuple[int, int, Saved]:
    """Put the orders of the files into the ledger; how many were new, and how many changed.

    A page that tells less of an order than is known takes nothing away: its values replace older
    ones, and what it leaves out stays.
    """
    owner = wiring.account(account).name if account else None
    saved = read_files(files)
    new = changed = 0
    for order in saved.orders:
        known = wiring.ledger.facts_of(order.store, order.order_id)
        whole = merged([order, Order.model_validate(known)], 0).order if known else order
        seen = wiring.ledger.see_orders([whole.as_facts()], at=wiring.now(), account=owner)
        new, changed = new + len(seen.new), changed + len(seen.changed)
    return new, changed, saved


def _read_folder(folder: Path, saved: Saved) -> None:
    before = len(saved.orders)
    for file in _files_below(folder):
        try:
            saved.orders += _orders_in(file)
        except WrongInput:
            saved.skipped.append(file)
    if len(saved.orders) == before:
        raise WrongInput(f"{folder}: no order was found in it.", _WHAT_TO_SAVE)


def _files_below(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.rglob("*")) if file.is_file())


def _orders_in(file: Path) -> Sequence[Order]:
    content = _content(file)
    orders = read_facts(content).orders if is_facts(content) else _orders_on_page(file, content)
    if not orders:
        raise WrongInput(f"{file}: no order was found in it.", _WHAT_TO_SAVE)
    for order in orders:
        _must_have_plain_numbers(file, order)
    return orders


def _orders_on_page(file: Path, content: bytes) -> Sequence[Order]:
    for store in catalogue.stores():
        orders: list[Order] = catalogue.flow(store, "payloads").read_saved(file.name, content)
        if orders:
            return orders
    return ()


def _must_have_plain_numbers(file: Path, order: Order) -> None:
    """Numbers of orders and lines stand in commands that a buyer copies: nothing else may."""
    for number in (order.order_id, *(line.line_id for line in order.lines)):
        if number is not None and not PLAIN_NUMBER.fullmatch(number):
            raise WrongInput(
                f"{file}: {number[:40]!r} is no number of an order or of a line.",
                "Nothing of this file was kept; correct it if it is yours.",
            )


def _content(file: Path) -> bytes:
    if str(file) == "-":
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as fault:
        because = f"{file} cannot be read: {fault.strerror}."
        raise WrongInput(because, "Nothing was done.") from None
