from collections.abc import Iterator

import pytest

from tests.browser.small_store import SmallStore, a_small_store


@pytest.fixture
def small_store() -> Iterator[SmallStore]:
    with a_small_store() as store:
        yield store
