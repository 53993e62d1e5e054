"""Visits of one thread, one after another and one inside the other."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from autoclaim.browser.launching import Launch
from autoclaim.browser.sharing import Browsers, shared_browsers
from autoclaim.errors import MachineFault
from tests.browser.small_store import SmallStore
from tests.browser.visiting import FORM, a_visit, the_browser
from tests.terminal import a_free_port


def test_a_visit_is_alone_in_its_browser_and_the_next_one_takes_it_over(
    browsers: Browsers,
) -> None:
    how = Launch(the_browser(), headed=False)
    with browsers.context(how) as first:
        first.close()  # nothing is open in it, but its visit still has it
        with browsers.context(how) as beside:
            used = {first.browser, beside.browser}

    with browsers.context(how) as after:
        assert after.browser in used
    assert len(used) == 2


def test_what_one_visit_may_do_the_next_one_may_not(small_store: SmallStore) -> None:
    small_store.page("/form", FORM)
    with shared_browsers(), a_visit(small_store.site()) as before, before.doing("yours"):
        before.open("form").evaluate("fetch('/submit', {method: 'POST'}).catch(() => 0)")

    with a_visit(small_store.site()) as visit:
        visit.open("form").evaluate("fetch('/submit', {method: 'POST'}).catch(() => 0)")

        assert visit.stopped == ("POST /submit",)
    assert before.let_through == ("POST /submit",)
    assert small_store.got("POST /submit") == 1


def answers(port: int, within: float) -> bool:
    """Whether a browser listens there; no event of a browser is let in meanwhile."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return True
    return False


def test_a_browser_begun_ahead_starts_by_itself_and_is_the_next_visits(browsers: Browsers) -> None:
    how = Launch(the_browser(), headed=False, debugging_port=a_free_port())
    browsers.begin(how)
    browsers.begin(how)  # it is on its way already
    assert answers(how.debugging_port or 0, within=30)

    with browsers.context(how) as context:
        its_own = context.browser
    browsers.begin(how)  # that one is free again

    with browsers.context(how) as context:
        assert context.browser is its_own
        assert its_own is not None
        its_own.close()


def test_that_a_browser_does_not_start_is_said_when_a_visit_wants_it(browsers: Browsers) -> None:
    nothing = Launch(Path("/there/is/no/browser"), headed=False)
    browsers.begin(nothing)

    with pytest.raises(MachineFault, match="does not start"), browsers.context(nothing):
        pass


def test_a_browser_nobody_wanted_ends_with_the_block() -> None:
    port = a_free_port()

    def changes_its_mind() -> None:
        with shared_browsers() as browsers:
            browsers.begin(Launch(the_browser(), headed=False, debugging_port=port))

    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(changes_its_mind).result(timeout=60)

    assert not answers(port, within=2)
