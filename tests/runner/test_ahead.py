"""What is begun ahead goes on beside, and its fault is met where it is asked for."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, get_ident

import pytest

from autoclaim.browser.sharing import shared_browsers
from autoclaim.errors import MachineFault
from autoclaim.runner.ahead import ahead, driver_ahead


def test_it_goes_on_while_something_else_is_done() -> None:
    begun, go_on = Event(), Event()

    def work() -> int:
        begun.set()
        go_on.wait(5)
        return get_ident()

    made = ahead(work)

    assert begun.wait(5)
    go_on.set()
    assert made() != get_ident()


def test_its_fault_is_raised_where_it_is_asked_for() -> None:
    def work() -> None:
        raise MachineFault("The keychain is locked.", "Unlock it.")

    made = ahead(work)

    with pytest.raises(MachineFault, match="locked"):
        made()


def test_a_driver_started_ahead_is_the_one_of_the_visits_in_the_block() -> None:
    assert in_a_thread_of_its_own(in_a_window=False)


def test_without_a_display_for_the_window_no_driver_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for display in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(display, raising=False)
    monkeypatch.setenv("SSH_CONNECTION", "a b c d")

    assert not in_a_thread_of_its_own(in_a_window=True)


def test_in_the_block_is_done_what_was_to_be_done_meanwhile() -> None:
    done: list[int] = []

    with driver_ahead(lambda: done.append(get_ident()), in_a_window=False):
        assert done != [get_ident()]
        assert done


def in_a_thread_of_its_own(*, in_a_window: bool) -> bool:
    """Whether a driver was started; the thread of the tests has one already."""

    def started() -> bool:
        with driver_ahead(list, in_a_window=in_a_window), shared_browsers() as browsers:
            return browsers._driver is not None

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(started).result()
