"""What journeys and faults have in common: a local store, and a buyer's machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.local_store import Store, a_store
from tests.terminal import Machine, a_free_port, a_machine


@pytest.fixture
def store() -> Iterator[Store]:
    with a_store() as running:
        yield running


@pytest.fixture
def machine(store: Store, tmp_path: Path) -> Machine:
    """A buyer's machine with the account added and a port on which a test plays the buyer."""
    made = a_machine(tmp_path, store.origin)
    made.environment["AUTOCLAIM_TEST_CDP_PORT"] = str(a_free_port())
    added = made.run(
        "account",
        "add",
        "aliexpress",
        "--email",
        store.email,
        "--password-stdin",
        typed=f"{store.password}\n",
    )
    assert added.code == 0, added.err
    return made
