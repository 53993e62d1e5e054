"""A local store in this process, and visits to it in a real browser without a window."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from autoclaim.browser.sharing import Browsers
from autoclaim.runner import catalogue
from tests.scenarios.stay import Stay, Store, Visiting, a_session, a_stay


@pytest.fixture
def store() -> Iterator[Store]:
    with catalogue.fixture("aliexpress").serve(orders=10) as running:
        running.behave(list_delay_ms=20, detail_delay_ms=20, cancel_button_delay_ms=200)
        yield running


@pytest.fixture
def visiting(browsers: Browsers) -> Iterator[Visiting]:
    """Opens visits, and closes them all at the end of the test."""
    with ExitStack() as open_stays:
        yield lambda store, **how: open_stays.enter_context(a_stay(browsers, store, **how))


@pytest.fixture
def stay(store: Store, visiting: Visiting) -> Stay:
    """A visit whose session counts."""
    return visiting(store, session=a_session(store))
