"""Several visits at once in one thread: each goes on by itself, and all end together."""

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from autoclaim.browser.at_once import at_once
from autoclaim.browser.interrupting import interruptible
from autoclaim.browser.sharing import shared_browsers
from autoclaim.browser.visit import Visit
from autoclaim.errors import MachineFault
from tests.bench.sides.processes import below
from tests.browser.small_store import SmallStore
from tests.browser.visiting import FORM, a_visit


def test_each_goes_on_while_the_others_wait(small_store: SmallStore) -> None:
    small_store.page("/form", FORM)
    begun: list[str] = []

    def look(name: str) -> tuple[str, int, object]:
        with a_visit(small_store.site()) as visit:
            begun.append(name)
            title = visit.open("form").title()
            end = time.monotonic() + 30
            while len(begun) < 2 and time.monotonic() < end:
                visit.page.wait_for_timeout(1)
            return title, len(begun), visit.page.context.browser

    seen = at_once([partial(look, name) for name in ("one", "two", "three")], most=2)

    assert [title for title, _, _ in seen] == ["Return"] * 3
    assert all(begun_by_then > 1 for _, begun_by_then, _ in seen)
    assert len({id(browser) for _, _, browser in seen}) == 2  # the third took one over


def refuses() -> None:
    raise ValueError("that one is refused")


def presses_ctrl_c() -> None:
    signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize(
    ("fails", "fault"), [(refuses, ValueError), (presses_ctrl_c, KeyboardInterrupt)]
)
def test_where_one_fails_the_others_close_what_they_opened(
    small_store: SmallStore, fails: Callable[[], None], fault: type[BaseException]
) -> None:
    small_store.page("/form", FORM)
    visits: list[Visit] = []

    def fail_when_the_other_is_there() -> None:
        with a_visit(small_store.site()) as visit:
            while not visits:
                visit.page.wait_for_timeout(1)
            fails()
            visit.open("form")

    def wait_for_ever() -> None:
        with a_visit(small_store.site()) as visit:
            visits.append(visit)
            while True:
                visit.page.wait_for_timeout(1_000)

    with pytest.raises(fault), interruptible():
        at_once([wait_for_ever, fail_when_the_other_is_there], most=2)

    assert visits[0].page.is_closed()
    with a_visit(small_store.site()) as visit:
        assert visit.open("form").title() == "Return"


def test_when_the_driver_dies_none_of_them_waits_for_ever(small_store: SmallStore) -> None:
    small_store.page("/form", FORM)

    def wait_with(driver: str, ends: str) -> None:
        with a_visit(small_store.site()) as visit:
            visit.open("form")
            if ends == "now":
                os.kill(int(driver), signal.SIGKILL)
            visit.page.wait_for_timeout(60_000)

    def have_a_driver_of_their_own() -> None:
        before = set(below(os.getpid()))
        with shared_browsers() as browsers:
            browsers.start()
            [driver] = set(below(os.getpid())) - before
            at_once([partial(wait_with, driver, ends) for ends in ("later", "now")], most=2)

    with ThreadPoolExecutor(1) as elsewhere, pytest.raises(MachineFault):
        elsewhere.submit(have_a_driver_of_their_own).result(timeout=60)
