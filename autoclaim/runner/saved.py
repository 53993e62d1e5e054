"""Facts from files the buyer saved: for someone who wants no automation at all."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from autoclaim.errors import WrongInput
from autoclaim.model import Order
from autoclaim.runner import catalogue
from autoclaim.runner.decide_document import is_facts, read_facts
from autoclaim.runner.wiring import Wiring


def read_files(files: Sequence[Path]) -> list[Order]:
    """The orders in saved pages, the store's JSON, or facts documents; `-` is standard input.

    Raises:
        WrongInput: a file that cannot be read, or in which no store knows an order.
    """
    return [order for file in _every(files) for order in _orders_in(file)]


def import_files(wiring: Wiring, files: Sequence[Path], account: str | None) -> tuple[int, int]:
    """Put the orders of the files into the ledger; how many were new, and how many changed."""
    owner = wiring.account(account).name if account else None
    orders = read_files(files)
    seen = wiring.ledger.see_orders(
        [order.as_facts() for order in orders], at=wiring.now(), account=owner
    )
    return len(seen.new), len(seen.changed)


def _every(files: Sequence[Path]) -> Iterable[Path]:
    for file in files:
        if file.is_dir():
            yield from sorted(one for one in file.rglob("*") if one.is_file())
        else:
            yield file


def _orders_in(file: Path) -> Sequence[Order]:
    content = _content(file)
    if is_facts(content):
        return read_facts(content).orders
    for store in catalogue.stores():
        orders: list[Order] = catalogue.flow(store, "payloads").read_saved(file.name, content)
        if orders:
            return orders
    raise WrongInput(
        f"{file}: no order was found in it.",
        "Save the order list or an order's page as “complete” or “HTML only”, and try that file.",
    )


def _content(file: Path) -> bytes:
    if str(file) == "-":
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as fault:
        raise WrongInput(
            f"{file} cannot be read: {fault.strerror}.", "Nothing was done."
        ) from None
