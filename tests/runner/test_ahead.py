"""What is begun ahead goes on beside, and its fault is met where it is asked for."""

from threading import Event, get_ident

import pytest

from autoclaim.errors import MachineFault
from autoclaim.runner.ahead import ahead


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
