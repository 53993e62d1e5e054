"""Reading: every order of the list, as the store knows it, and nothing taken for granted."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from autoclaim.errors import NeedsPerson, PageChanged
from autoclaim.model import Order, Time
from autoclaim.model.wanted import Wanted
from autoclaim.runner import catalogue
from tests.scenarios.stay import Stay, Store, Visiting, a_session, written

server = catalogue.fixture("aliexpress")
generate = catalogue.fixture("aliexpress", "generate")

# What no page tells, so that a reader has to leave it unknown.
NOT_ON_ANY_PAGE = {"virtual", "gift", "free_return", "requested_at", "accepted_at", "closed_at"}
NOT_ON_ANY_PAGE |= {"refused_at", "decided_at", "withdrawn_at", "country"}
# Told in another way than the truth does: who ended an order is not printed.
TOLD_OTHERWISE = {"confirmed_at", "completed_at", "shipment_id", "status_text", "site_actions"}
TOLD_OTHERWISE |= {"cancellation", "lines", "shipments"}


# The day of a refusal is printed nowhere, so a refused case that is over is read as finished.
SAME = {"refused": "finished"}


OLD = datetime.now(UTC).date() - timedelta(days=201)


def day(value: object) -> object:
    time = Time.read(value)
    return time.day.isoformat() if time else SAME.get(str(value), value)


def told(facts: object, path: str = "") -> Iterable[tuple[str, object]]:
    """The facts as paths, days in place of moments; lines and parcels by their numbers."""
    if isinstance(facts, dict):
        for key, value in facts.items():
            if key in ("lines", "shipments"):
                for part in value or []:
                    name = part.get("line_id") or part.get("tracking_number")
                    yield from told(part, f"{path}.{key}[{name}]")
            elif key not in TOLD_OTHERWISE | NOT_ON_ANY_PAGE:
                yield from told(value, f"{path}.{key}")
    elif facts is not None:
        yield path, day(facts)


def truth(store: Store) -> dict[str, dict[str, object]]:
    return {order["order_id"]: dict(told(order)) for order in store.truth()["orders"]}


def read(orders: Iterable[Order]) -> dict[str, dict[str, object]]:
    return {order.order_id: dict(told(order.as_facts())) for order in orders}


def contradictions(found: dict[str, object], true: dict[str, object]) -> dict[str, object]:
    return {path: value for path, value in found.items() if true.get(path) != value}


def of_whole_orders(orders: Iterable[Order], store: Store) -> dict[str, object]:
    """What was read and is not so, by order; empty when all of them are there and right."""
    found, true = read(orders), truth(store)
    wrong = {number: contradictions(found[number], true[number]) for number in found}
    missing = {number: "not read" for number in true if number not in found}
    return {number: what for number, what in {**wrong, **missing}.items() if what}


def test_one_order_of_every_kind_is_read_as_it_is(visiting: Visiting) -> None:
    with server.serve(history=generate.one_of_each()) as store:
        store.behave(list_delay_ms=0, detail_delay_ms=0)
        stay = visiting(store, session=a_session(store))

        orders = stay.read(Wanted(full=True))

    # A discount hides what was paid for a line.
    hidden = {"amount", "currency"}
    true, found = truth(store), read(orders)
    left_out = {path for number in found for path in true[number].keys() - found[number].keys()}
    assert of_whole_orders(orders, store) == {}
    assert {path.rpartition(".")[2] for path in left_out} <= hidden


def only(history: Any, *kinds: str) -> Any:  # noqa: ANN401 - a fixture's own noun
    """The history with its orders of those kinds alone: each order read is a page."""
    history.orders = [order for order in history.orders if order.kind in kinds]
    return history


def of_kind(store: Store, orders: Iterable[Order], kind: str) -> Order:
    number = next(one.order_id for one in store.state.history.orders if one.kind == kind)
    return next(order for order in orders if order.order_id == number)


def test_what_was_agreed_refused_left_elsewhere_or_never_paid_is_read(visiting: Visiting) -> None:
    kinds = ("to_be_sent_back", "refused", "delivered_elsewhere", "payment_expired")
    with server.serve(history=only(generate.one_of_each(), *kinds)) as store:
        store.behave(list_delay_ms=0, detail_delay_ms=0)
        stay = visiting(store, session=a_session(store))

        orders = stay.read(Wanted(full=True))
        back, refused, elsewhere, expired = (of_kind(store, orders, kind) for kind in kinds)

    back, refused = back.lines[0], refused.lines[0]
    assert back.return_ is not None
    assert back.return_.approved_at is not None
    assert back.return_.full_refund is True
    assert back.dispute is not None
    assert back.dispute.agreed_at is not None
    assert refused.refund is not None
    assert refused.refund.kind == "none"
    assert refused.dispute is not None
    assert refused.dispute.state == "finished"
    assert elsewhere.shipments[0].state == "delivered_elsewhere"
    assert expired.refund is not None
    assert expired.refund.kind == "none"


def looked_closer(stay: Stay, orders: Iterable[Order]) -> set[str]:
    """The numbers of the orders whose own pages a second reading opens."""
    opened = stay.visit.hear(r"order\.detail/")
    stay.read(Wanted(known={order.order_id: order.as_facts() for order in orders}))
    opened.stop()
    asked = [re.search(r"tradeOrderId%22%3A%22(\d+)", one.address) for one in opened.heard()]
    return {found[1] for found in asked if found}


def test_a_cancelled_order_is_looked_at_until_its_refund_is_known(visiting: Visiting) -> None:
    history = only(generate.one_of_each(), "cancelled_by_buyer", "payment_expired")
    with server.serve(history=history) as store:
        store.behave(list_delay_ms=0, detail_delay_ms=0)
        stay = visiting(store, session=a_session(store))
        first = stay.read(Wanted(full=True))
        cancelled = of_kind(store, first, "cancelled_by_buyer").order_id
        expired = of_kind(store, first, "payment_expired").order_id
        before = looked_closer(stay, first)
        store.behave(happens=[{"order": cancelled, "event": "refund_paid"}])
        paid = stay.read(Wanted(known={order.order_id: order.as_facts() for order in first}))

        after = looked_closer(stay, paid)

    assert cancelled in before
    assert cancelled not in after
    assert expired not in before


def test_a_first_reading_opens_an_old_order_that_may_have_money_to_come(
    visiting: Visiting,
) -> None:
    ended = ("cancelled_by_buyer", "closed_by_store", "payment_expired")
    with server.serve(history=only(generate.invent_history(90), *ended)) as store:
        store.behave(list_delay_ms=0, detail_delay_ms=0)
        stay = visiting(store, session=a_session(store))

        first = stay.read()
        old = {
            order.order_id
            for order in first
            if order.placed_at and order.placed_at.day < OLD and order.status == "cancelled"
        }
        again = looked_closer(stay, first)

    read_closer = {order.order_id for order in first if order.site_actions is not None}
    unpaid = {order.order_id for order in first if order.refund and order.refund.kind == "none"}
    assert old
    assert old - unpaid <= read_closer
    assert old & again == set()


def test_reading_changes_nothing_at_the_store(store: Store, stay: Stay) -> None:
    orders = stay.read(Wanted(full=True))

    assert of_whole_orders(orders, store) == {}
    assert written(store) == []
    assert stay.visit.stopped == ()
    assert stay.counted[-1] == (10, 10)


def listed(stay: Stay) -> list[str]:
    pages = catalogue.flow("aliexpress", "pages").OrdersPage.open(stay.visit).pages()
    return [glimpse.order_id for page in pages for glimpse in page]


@pytest.mark.parametrize("transport", ["json", "jsonp", "embedded", "opaque"])
def test_further_pages_are_read_until_nothing_new_comes(
    visiting: Visiting, transport: str
) -> None:
    with server.serve(orders=34) as store:
        store.behave(list_delay_ms=0, transport=transport)
        stay = visiting(store, session=a_session(store))

        orders = listed(stay)

    assert orders == [order["order_id"] for order in store.truth()["orders"]]


def test_a_further_page_that_is_slow_to_come_is_asked_for_once(
    visiting: Visiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = catalogue.flow("aliexpress", "pages")
    monkeypatch.setattr(pages, "_ANSWER_WITHIN", 0.2)
    with server.serve(orders=24) as store:
        store.behave(list_delay_ms=0)
        stay = visiting(store, session=a_session(store))
        asked = stay.visit.hear(r"order\.list/")
        reading = pages.OrdersPage.open(stay.visit).pages()
        first = next(reading)

        store.behave(slow={"order.list": 900})
        orders = [glimpse.order_id for page in (first, *reading) for glimpse in page]

    assert orders == [order["order_id"] for order in store.truth()["orders"]]
    assert sum("pageIndex" in answer.text for answer in asked.heard()) == 3


# After "View orders" nothing of the page answers for longer than a click is waited for, and the
# button is gone then.
BUSY = """addEventListener("click", ({ target }) => {
    if (!target.closest(".order-more")) return;
    const end = performance.now() + 3300;
    while (performance.now() < end);
    target.remove();
});"""


@pytest.mark.usefixtures("impatient")
def test_a_last_page_is_read_whose_button_went_before_the_press_was_answered(
    visiting: Visiting,
) -> None:
    with server.serve(orders=14) as store:
        store.behave(list_delay_ms=0)
        stay = visiting(store, session=a_session(store))
        stay.visit.page.add_init_script(BUSY)

        orders = listed(stay)

    assert orders == [order["order_id"] for order in store.truth()["orders"]]


@pytest.mark.usefixtures("impatient")
def test_a_page_sent_twice_in_place_of_the_next_is_no_complete_list(visiting: Visiting) -> None:
    with server.serve(orders=34) as store:
        store.behave(list_delay_ms=0, replay_page=True)
        stay = visiting(store, session=a_session(store))

        with pytest.raises(PageChanged, match="orders"):
            listed(stay)


def test_a_second_reading_opens_what_is_under_way_unless_it_is_fresh_and_as_it_was(
    store: Store, stay: Stay
) -> None:
    first = stay.read()
    over = {order.order_id for order in first if order.status in ("completed", "cancelled")}
    known = {order.order_id: order.as_facts() for order in first}
    opened = stay.visit.hear(r"order\.detail/|querydetail")

    second = stay.read(Wanted(known=known))
    of_all = len(opened.heard())
    fresh = stay.read(Wanted(known=known, fresh=known.keys()))
    of_fresh = len(opened.heard()) - of_all
    paid = next(order.order_id for order in first if order.status == "awaiting_shipment")
    store.behave(happens=[{"order": paid, "event": "shipped"}])
    looked: list[str] = []
    shipped = stay.read(Wanted(known=known, fresh=known.keys(), looked=looked.append))

    assert [{one.order_id: one.as_facts() for one in each} for each in (second, fresh)] == [
        known,
        known,
    ]
    assert 0 < of_all <= 2 * (len(first) - len(over) + 1)
    assert of_fresh == 0
    assert looked == [paid]
    assert {one.order_id: one.status for one in shipped}[paid] == "awaiting_delivery"


def test_what_changed_since_is_read_anew(store: Store, stay: Stay) -> None:
    late = store.heroes["late"]
    before = next(order for order in stay.read(Wanted(most=6)) if order.order_id == late)
    store.behave(happens=[{"order": late, "event": "delivered"}])

    [after] = [
        one for one in stay.read(Wanted(known={late: before.as_facts()})) if one.order_id == late
    ]

    assert before.shipments[0].state == "in_transit"
    assert after.shipments[0].state == "delivered"


def test_the_list_that_signing_in_brought_is_not_opened_again(stay: Stay) -> None:
    opened: list[str] = []
    stay.visit.page.on("framenavigated", lambda frame: opened.append(urlsplit(frame.url).path))
    stay.sign_in()

    assert len(listed(stay)) == 10
    assert opened.count("/p/order/index.html") == 1

    assert len(listed(stay)) == 10
    assert opened.count("/p/order/index.html") == 2


def test_no_more_than_wanted_is_read(stay: Stay) -> None:
    orders = stay.read(Wanted(most=3))

    assert len(orders) == 3


def test_orders_before_the_wanted_day_are_left_alone(store: Store, stay: Stay) -> None:
    placed = sorted(order["placed_at"][:10] for order in store.truth()["orders"])

    orders = stay.read(Wanted(since=date.fromisoformat(placed[7])))

    assert len(orders) == sum(day >= placed[7] for day in placed)


@pytest.mark.parametrize(
    "switches",
    [
        {"labels": "old"},
        {"say_numbers_as_text": True},
        {"transport": "jsonp"},
        {"overlay": True},
        {"layout": "mobile"},
        {"list_delay_ms": 1500, "detail_delay_ms": 700},
        {"money_style": "comma"},
    ],
    ids=lambda switches: next(iter(switches)),
)
def test_the_same_facts_whatever_the_page_looks_like(
    store: Store, stay: Stay, switches: dict[str, Any]
) -> None:
    store.behave(**switches)

    orders = stay.read(Wanted(most=6))

    found, true = read(orders), truth(store)
    assert len(found) == 6
    assert {number: contradictions(found[number], true[number]) for number in found} == {
        number: {} for number in found
    }


@pytest.mark.parametrize("drift", [1, 5])
def test_of_two_printed_days_of_one_promise_the_earlier_counts_and_both_are_told(
    store: Store, stay: Stay, drift: int
) -> None:
    late = store.heroes["late"]
    store.behave(promise_drift_days=drift)
    twice: dict[str, tuple[list[date], object]] = {}
    wanted = Wanted(most=6, promised_twice=lambda number, *told: twice.update({number: told}))

    drifted = next(order for order in stay.read(wanted) if order.order_id == late)

    assert drifted.site_dates is not None
    assert drifted.site_dates.refund_if_not_delivered_by is not None
    assert drifted.shipments[0].promised_by is not None
    promised = drifted.shipments[0].promised_by.day
    assert drifted.site_dates.refund_if_not_delivered_by.day == promised
    days, apart = twice[late]
    assert days == [promised, promised + timedelta(days=drift)]
    assert (apart is not None) == (drift > 1)  # a day may be two clocks


def test_an_empty_list_that_says_so_is_no_orders(visiting: Visiting) -> None:
    with server.serve(orders=0) as store:
        stay = visiting(store, session=a_session(store))

        assert stay.read() == []


@pytest.mark.usefixtures("impatient")
def test_an_empty_list_that_does_not_say_so_is_a_changed_page(visiting: Visiting) -> None:
    with server.serve(orders=0) as store:
        store.behave(rename={"No orders yet": "Treat yourself"})
        stay = visiting(store, session=a_session(store))

        with pytest.raises(PageChanged, match="any order was not found"):
            stay.read()


def test_a_session_that_ends_while_reading_asks_for_the_buyer(store: Store, stay: Stay) -> None:
    store.behave(end_session_on="order.detail")

    with pytest.raises(NeedsPerson, match="ended the session"):
        stay.read(Wanted(full=True))


def test_what_was_read_before_a_session_ended_is_not_lost(store: Store, stay: Stay) -> None:
    reading = catalogue.flow("aliexpress", "read_orders").run(stay.visit, Wanted(full=True))
    first = next(reading)
    store.behave(end_sessions=True)

    with pytest.raises(NeedsPerson):
        list(reading)

    assert first.order_id in truth(store)


@pytest.mark.parametrize("transport", ["embedded", "opaque"])
def test_where_no_answer_is_heard_the_page_itself_is_read(
    store: Store, stay: Stay, transport: str
) -> None:
    store.behave(transport=transport)

    orders = stay.read(Wanted(most=6))

    found, true = read(orders), truth(store)
    assert len(found) == 6
    assert {number: contradictions(found[number], true[number]) for number in found} == {
        number: {} for number in found
    }
