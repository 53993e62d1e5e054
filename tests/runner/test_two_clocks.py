"""A promise printed a day apart by two readings: the earlier counts, and it is said."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autoclaim.model import Facts, Order
from autoclaim.model.dated import Reading
from autoclaim.runner import catalogue, two_clocks
from autoclaim.runner.decide_document import decide_facts
from autoclaim.runner.importing import import_files
from autoclaim.runner.readings import together
from autoclaim.runner.saved import Saved, read_files
from autoclaim.runner.settings import Settings
from autoclaim.runner.wiring import Wiring
from tests.bench.reading import Silent
from tests.pages.test_languages import HISTORY, a_store, answer
from tests.terminal import a_machine

detail_json = catalogue.fixture("aliexpress", "detail_json")
tracking_json = catalogue.fixture("aliexpress", "tracking_json")
ORDER = next(one for one in HISTORY.orders if one.promise_printed)
EARLY, LATE = (int(datetime(2026, 9, day, tzinfo=UTC).timestamp() * 1000) for day in (1, 19))
Moments = Mapping[str, int | None]


def pages(folder: Path, drift: int, at: Moments) -> dict[str, Path]:
    """The order's own page, which prints the promise `drift` days later, and its tracking."""
    store = a_store(promise_drift_days=drift)
    asked = {"tradeOrderId": ORDER.order_id, "_signed_in": True}
    made = {
        "detail": ("trade.buyer.order.detail", detail_json.order_detail(store, asked)),
        "tracking": ("", tracking_json.tracking(store, asked)),
    }
    files = {}
    for name, (api, data) in made.items():
        told = json.loads(
            answer(f"mtop.aliexpress.{api}" if api else "mtop.ae.ld.querydetail", data)
        )
        told["data"].pop("global", None)
        if at.get(name):
            told["data"]["global"] = {"curTime": at[name]}
        files[name] = folder / f"{ORDER.order_id} {name}.json"
        files[name].write_text(json.dumps(told), encoding="utf-8")
    return files


def promises(saved: Saved) -> list[str]:
    return [
        str(order.site_dates.refund_if_not_delivered_by)
        for order in saved.orders
        if order.site_dates
    ]


UNDATED: Moments = {}
APART = [{"detail": EARLY, "tracking": LATE}, {"detail": LATE, "tracking": EARLY}]
ONE_DATED = [{"detail": LATE}, {"tracking": LATE}]


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("at", [UNDATED, *APART, *ONE_DATED], ids=str)
def test_of_two_days_of_one_promise_the_earlier_counts_and_both_are_named(
    tmp_path: Path, at: Moments, *, backwards: bool
) -> None:
    files = list(pages(tmp_path, 1, at).values())

    saved = read_files(files[::-1] if backwards else files)

    earlier, later = sorted(str(day) for day in (ORDER.promised_by, a_day_later()))
    assert promises(saved) == [earlier]
    assert saved.promised_twice == [f"{earlier} and {later} of order {ORDER.order_id}"]


def a_day_later() -> object:
    return datetime.fromordinal(ORDER.promised_by.toordinal() + 1).date()


@pytest.mark.parametrize("first", ["detail", "tracking"])
@pytest.mark.parametrize("as_of", [None, datetime(2099, 1, 1, tzinfo=UTC)])
def test_imported_one_after_the_other_the_earlier_counts_too(
    tmp_path: Path, first: str, as_of: datetime | None
) -> None:
    wiring = Wiring(Settings(tmp_path / "home"), Silent())
    files = pages(tmp_path, 1, UNDATED)
    second = next(name for name in files if name != first)

    import_files(wiring, [files[first]], None)
    done = import_files(wiring, [files[second]], None, as_of=as_of)

    [stored] = wiring.ledger.orders()
    assert stored.facts["site_dates"]["refund_if_not_delivered_by"] == str(ORDER.promised_by)
    assert "refund_if_not_delivered_by" not in str(stored.apart)
    assert done.saved.promised_twice == [
        f"{ORDER.promised_by} and {a_day_later()} of order {ORDER.order_id}"
    ]


def test_days_that_no_clock_explains_both_go_to_the_rules_which_say_conflict(
    tmp_path: Path,
) -> None:
    saved = read_files(list(pages(tmp_path, 5, UNDATED).values()))

    facts = [order.as_facts() for order in saved.orders]
    [decision] = decide_facts(Facts.model_validate({"orders": facts}), HISTORY.now)
    assert len(set(promises(saved))) == 2
    assert "conflict" in decision.flags
    assert saved.promised_twice


def test_the_same_day_twice_is_nothing_to_be_told(tmp_path: Path) -> None:
    saved = read_files(list(pages(tmp_path, 0, UNDATED).values()))

    assert promises(saved) == [str(ORDER.promised_by)]
    assert saved.promised_twice == []


@pytest.mark.parametrize("command", ["read", "import"])
def test_the_commands_say_it(tmp_path: Path, command: str) -> None:
    files = pages(tmp_path, 1, UNDATED)

    ended = a_machine(tmp_path).run(command, *map(str, files.values()))

    assert ended.code == 0, ended.err
    assert "One promise with two days, of which the earlier counts" in ended.err
    assert f"{ORDER.promised_by} and {a_day_later()} of order {ORDER.order_id}" in ended.err


def promised(on: str, at: int | None) -> Reading:
    parcel = {"shipment_id": "p1", "promised_by": on}
    facts = {"store": "s", "order_id": "1", "shipments": [parcel]}
    when = datetime.fromtimestamp(at / 1000, UTC) if at else None
    return Reading(Order.model_validate(facts), when)


@pytest.mark.parametrize("first", ["2026-09-03T19:00:00Z", "2026-09-04"])
@pytest.mark.parametrize("at", [(EARLY, LATE), (None, None), (EARLY, None)], ids=str)
def test_a_parcel_promised_a_day_apart_is_late_from_the_earlier_day_on(
    first: str, at: tuple[int | None, int | None]
) -> None:
    second = {"2026-09-04": "2026-09-03T19:00:00Z"}.get(first, "2026-09-04")
    readings = [promised(first, at[0]), promised(second, at[1])]

    [found] = together(readings)

    assert found.apart == ()
    assert str(found.order.shipments[0].promised_by) == "2026-09-03T19:00:00Z"
    assert two_clocks.told(two_clocks.printed_twice(readings)) == [
        "2026-09-03 and 2026-09-04 of order 1"
    ]


def test_a_parcel_promised_for_another_week_is_promised_anew() -> None:
    [later] = together([promised("2026-09-04", EARLY), promised("2026-09-11", LATE)])
    [unclear] = together([promised("2026-09-04", None), promised("2026-09-11", None)])

    assert str(later.order.shipments[0].promised_by) == "2026-09-11"
    assert len(unclear.apart) == 1
