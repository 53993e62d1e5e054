"""Ctrl-C while the browser works: the steps end, and the browser still answers."""

import asyncio
import signal
from collections.abc import Callable

import pytest

from autoclaim.browser.visit import Visit
from tests.browser.small_store import SmallStore
from tests.browser.visiting import FORM, a_visit


def while_an_answer_is_awaited(_: Visit) -> None:
    asyncio.get_running_loop().call_soon(signal.raise_signal, signal.SIGINT)


def while_a_task_of_the_machinery_runs(_: Visit) -> None:
    async def interrupted() -> None:
        signal.raise_signal(signal.SIGINT)

    loop = asyncio.get_running_loop()
    loop.call_soon(loop.create_task, interrupted())


def while_an_event_is_listened_to(visit: Visit) -> None:
    visit.page.once("request", lambda _: signal.raise_signal(signal.SIGINT))


@pytest.mark.parametrize(
    "press",
    [
        while_an_answer_is_awaited,
        while_a_task_of_the_machinery_runs,
        while_an_event_is_listened_to,
    ],
)
def test_an_interrupt_ends_the_steps_and_nothing_else(
    small_store: SmallStore, press: Callable[[Visit], None]
) -> None:
    small_store.page("/form", FORM)
    with a_visit(small_store.site()) as visit:
        press(visit)
        with pytest.raises(KeyboardInterrupt):
            visit.open("form")

        assert visit.open("form").title() == "Return"


def test_before_and_after_a_visit_an_interrupt_is_pythons_own(small_store: SmallStore) -> None:
    before = signal.getsignal(signal.SIGINT)

    with a_visit(small_store.site()):
        assert signal.getsignal(signal.SIGINT) is not before

    assert signal.getsignal(signal.SIGINT) is before
