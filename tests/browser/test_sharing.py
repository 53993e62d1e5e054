"""Visits of one thread, one after another and one inside the other."""

from autoclaim.browser.launching import Launch
from autoclaim.browser.sharing import Browsers, shared_browsers
from tests.browser.small_store import SmallStore
from tests.browser.visiting import FORM, a_visit, the_browser


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
