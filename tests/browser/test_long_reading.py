"""A long reading: what it loads and hears does not pile up, and each of its tabs is guarded."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from autoclaim.browser.visit import Visit
from tests.browser.small_store import SmallStore
from tests.browser.visiting import a_visit

API = "/h5/store.orders/1.0/"
BODY = '{"title": "' + "long " * 2_000 + '"}'
PAGE = f"""<body><img src="/page/1.png"><script>
fetch('{API}').then(() => document.body.dataset.done = '1')</script>"""
# What a driver's connection keeps of a load, under the names it has there.
OF_A_LOAD = ("Request", "Response", "Frame", "Page", "Route")


@contextmanager
def a_reading(
    store: SmallStore, monkeypatch: pytest.MonkeyPatch, loads_in_a_tab: int
) -> Iterator[Visit]:
    monkeypatch.setattr("autoclaim.browser.visit.LOADS_IN_A_TAB", loads_in_a_tab)
    store.page("/form", PAGE)
    store.page(API, BODY, kind="application/json")
    with a_visit(store.site()) as visit:
        yield visit


def kept() -> int:
    """How much of all the loads is still held in this process."""
    gc.collect()
    return sum(type(one).__name__ in OF_A_LOAD for one in gc.get_objects())


def test_of_many_loads_no_more_is_kept_than_of_few(
    small_store: SmallStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_reading(small_store, monkeypatch, loads_in_a_tab=4) as visit:
        hearing = visit.hear(API)
        counts, texts = [], []
        for place in range(24):
            visit.open("form")
            assert hearing.wait(1, seconds=5)
            texts += [len(heard.text) for heard in hearing.take()]
            if place % 8 == 3:
                counts.append(kept())

    assert texts == [len(BODY)] * 24
    assert counts[-1] <= counts[0] + 2
    assert len(hearing.latest()) < 10
    assert hearing.heard() == []


@pytest.fixture
def nobody_sweeps() -> Iterator[None]:
    """Python itself frees no rings until the test is over."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def stacks_left() -> int:
    return sum(isinstance(one, FrameType) for one in gc.get_objects())


@pytest.mark.usefixtures("nobody_sweeps")
def test_what_the_library_leaves_of_its_calls_is_swept_away(
    small_store: SmallStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autoclaim.browser.loading.SWEPT_AFTER", 4)
    left = []
    with a_reading(small_store, monkeypatch, loads_in_a_tab=50) as visit:
        for _ in range(24):
            visit.open("form")
            left.append(stacks_left())

    of_few_loads = max(left[:4])
    assert max(left) < 2 * of_few_loads


def test_a_later_tab_is_guarded_like_the_first(
    small_store: SmallStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_reading(small_store, monkeypatch, loads_in_a_tab=1) as visit:
        first = visit.open("form")
        second = visit.open("form")
        second.evaluate("fetch('/h5/store.submit/1.0/').catch(() => 0)")
        second.evaluate("fetch('/submit', {method: 'POST'}).catch(() => 0)")

        assert first.is_closed()
        assert second is not first
        assert visit.stopped == ("GET /h5/store.submit/1.0/", "POST /submit")

    assert small_store.got("POST /submit") == small_store.got("GET /h5/store.submit/1.0/") == 0


def test_tabs_are_changed_while_reading_and_never_while_filling(
    small_store: SmallStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        a_reading(small_store, monkeypatch, loads_in_a_tab=1) as visit,
        visit.doing("filling"),
    ):
        assert visit.open("form") is visit.open("form")
