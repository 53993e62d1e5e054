"""The orders of an account as the ledger knows them, each fetched when it is asked for.

A history of years would otherwise stand in memory for the sake of a few orders under way.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from autoclaim.edge.ledger import Ledger


class KnownOrders(Mapping[str, Mapping[str, Any]]):
    """Order number to its newest facts (JSON); the numbers alone are held."""

    def __init__(self, ledger: Ledger, account: str, store: str) -> None:
        self._ledger = ledger
        self._store = store
        self._numbers = dict.fromkeys(ledger.order_numbers(account))

    def __getitem__(self, order_id: str) -> Mapping[str, Any]:
        found = self._ledger.facts_of(self._store, order_id)
        if order_id not in self._numbers or found is None:
            raise KeyError(order_id)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)
