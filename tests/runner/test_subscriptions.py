from datetime import date
from pathlib import Path

import pytest

from autoclaim.errors import WrongInput
from autoclaim.runner.subscription_cancel import (
    answer_charge,
    record_cancelled,
    undo_cancelled,
)
from autoclaim.runner.subscription_explain import explain_subscription
from autoclaim.runner.subscription_totals import total_costs
from autoclaim.runner.subscriptions import (
    edit_subscription,
    judged_subscription,
    judged_subscriptions,
    remove_subscription,
    restore_subscription,
    subscription_deadlines,
)
from tests.runner.subscribing import machine, subscribe

IMPOSSIBLE = [
    pytest.param({"price": "9,99"}, "'9,99' is no amount", id="a comma"),
    pytest.param({"price": "-1"}, "no amount", id="a negative price"),
    pytest.param({"currency": "euro"}, "no currency", id="no currency"),
    pytest.param({"every": "often"}, "every: 'often' is no span", id="no period"),
    pytest.param({"every": "none"}, "longer than none", id="a period of no time"),
    pytest.param({"every": "9999 years"}, "a hundred years", id="a period without end"),
    pytest.param({"started_on": "31.01.2026"}, "started-on", id="a day of another form"),
    pytest.param({"started_on": "1926-01-31"}, "outside the years", id="a day of another century"),
    pytest.param({"renews_on": "2025-01-01"}, "in this order", id="renewed before it began"),
    pytest.param({"link": "javascript:alert(1)"}, "no address", id="a link that is a program"),
    pytest.param({"guide": "generic/nothing"}, "There is no guide", id="an unknown guide"),
    pytest.param({"country": "Germany"}, "country", id="no country code"),
    pytest.param({"margin_days": -1}, "margin-days", id="a negative margin"),
    pytest.param({"name": "  "}, "name", id="no name"),
    pytest.param({"nme": "x"}, "nme", id="an unknown fact"),
]


@pytest.mark.parametrize(("said", "words"), IMPOSSIBLE)
def test_what_cannot_be_is_refused_with_its_place_and_nothing_is_stored(
    tmp_path: Path, said: dict[str, str], words: str
) -> None:
    wiring = machine(tmp_path)

    with pytest.raises(WrongInput, match=words):
        subscribe(wiring, **said)

    assert judged_subscriptions(wiring) == []


def test_a_name_is_taken_whatever_its_capitals(tmp_path: Path) -> None:
    wiring = machine(tmp_path)
    subscribe(wiring, "Example TV")

    with pytest.raises(WrongInput, match="already"):
        subscribe(wiring, "example  tv")


def test_a_misspelt_name_is_answered_with_the_nearest(tmp_path: Path) -> None:
    wiring = machine(tmp_path)
    subscribe(wiring, "Example TV")

    with pytest.raises(WrongInput) as refused:
        judged_subscription(wiring, "Exmple TV")

    assert refused.value.next_step == "Did you mean Example TV?"


def test_what_is_edited_stays_and_what_is_forgotten_is_not_known(tmp_path: Path) -> None:
    subscribe(machine(tmp_path))

    edit_subscription(machine(tmp_path), "example tv", {"channel": "web"}, ["notice"])

    kept = judged_subscription(machine(tmp_path), "Example TV")
    assert kept.subscription.channel == "web"
    assert "notice_assumed" in kept.decision.flags


def test_a_new_name_keeps_everything_that_is_known(tmp_path: Path) -> None:
    wiring = machine(tmp_path)
    subscribe(wiring, note="for the children")
    subscribe(wiring, "Example Music")
    record_cancelled(wiring, "Example TV", None, None, "K-77")

    edit_subscription(wiring, "example tv", {"name": "EXAMPLE tv"}, ())
    judged = edit_subscription(wiring, "Example TV", {"name": "Films"}, ("note",))
    with pytest.raises(WrongInput, match="already"):
        edit_subscription(wiring, "Films", {"name": "example music"}, ())

    assert judged.subscription.name == "Films"
    assert judged.subscription.note is None
    assert judged.cancelled is not None
    assert judged.cancelled.reference == "K-77"
    assert [one.name for one in wiring.ledger.subscriptions().values()] == [
        "Films",
        "Example Music",
    ]


def test_an_edit_that_cannot_be_changes_nothing(tmp_path: Path) -> None:
    wiring = machine(tmp_path)
    before = subscribe(wiring)

    with pytest.raises(WrongInput):
        edit_subscription(wiring, "Example TV", {"every": "sometimes"}, [])

    assert judged_subscription(wiring, "Example TV") == before


def test_a_removed_one_comes_back_as_it_was(tmp_path: Path) -> None:
    wiring = machine(tmp_path)
    before = subscribe(wiring)

    remove_subscription(wiring, "Example TV")
    gone = judged_subscriptions(wiring)
    restore_subscription(wiring, "Example TV")

    assert gone == []
    assert judged_subscriptions(wiring) == [before]


def test_one_added_again_after_its_removal_begins_anew(tmp_path: Path) -> None:
    wiring = machine(tmp_path)
    subscribe(wiring)
    record_cancelled(wiring, "Example TV", None, None, "K-1")
    remove_subscription(wiring, "Example TV")

    again = subscribe(wiring, price="12.00")

    assert again.cancelled is None
    assert judged_subscription(wiring, "Example TV").subscription.price.written == "12.00"


def test_nothing_is_restored_that_was_not_removed(tmp_path: Path) -> None:
    wiring = machine(tmp_path)
    subscribe(wiring)

    with pytest.raises(WrongInput, match="was removed"):
        restore_subscription(wiring, "Example TV")


def test_from_cancelling_to_the_answer_about_the_charge(tmp_path: Path) -> None:
    subscribe(machine(tmp_path))

    cancelled = record_cancelled(machine(tmp_path), "Example TV", None, None, "K-1")
    asked = judged_subscription(machine(tmp_path, "2026-12-10"), "Example TV")
    answered = answer_charge(machine(tmp_path, "2026-12-12"), "Example TV", charged=True)

    assert cancelled.decision.ends_on == date(2026, 12, 9)
    assert cancelled.decision.action == "wait"
    assert asked.decision.action == "review"
    assert "K-1" in asked.decision.why
    assert answered.decision.action == "escalate"


def test_the_end_that_was_confirmed_beats_the_one_counted(tmp_path: Path) -> None:
    wiring = machine(tmp_path)
    subscribe(wiring)

    cancelled = record_cancelled(wiring, "Example TV", None, date(2027, 1, 9), None)

    assert cancelled.decision.ends_on == date(2027, 1, 9)


def test_a_cancellation_can_be_taken_back(tmp_path: Path) -> None:
    wiring = machine(tmp_path)
    before = subscribe(wiring)

    record_cancelled(wiring, "Example TV", None, None, None)

    assert undo_cancelled(wiring, "Example TV") == before


@pytest.mark.parametrize(
    ("on", "ends", "words"),
    [
        pytest.param(date(2026, 11, 26), None, "still to come", id="cancelled tomorrow"),
        pytest.param(date(2026, 11, 20), date(2026, 11, 19), "cannot end", id="ended before"),
    ],
)
def test_days_that_cannot_be_are_refused(
    tmp_path: Path, on: date, ends: date | None, words: str
) -> None:
    wiring = machine(tmp_path)
    subscribe(wiring)

    with pytest.raises(WrongInput, match=words):
        record_cancelled(wiring, "Example TV", on, ends, None)


def test_an_end_that_cannot_be_counted_is_asked_for(tmp_path: Path) -> None:
    wiring = machine(tmp_path)
    subscribe(wiring, started_on=None)

    with pytest.raises(WrongInput) as refused:
        record_cancelled(wiring, "Example TV", None, None, None)

    assert "--effective" in refused.value.next_step


def test_a_charge_is_only_answered_for_what_was_cancelled(tmp_path: Path) -> None:
    wiring = machine(tmp_path)
    subscribe(wiring)

    with pytest.raises(WrongInput, match="not recorded as cancelled"):
        answer_charge(wiring, "Example TV", charged=False)


def test_a_letter_counts_the_holidays_of_the_buyers_country(tmp_path: Path) -> None:
    wiring = machine(tmp_path, "2026-12-01")
    facts = {"every": "1 year", "started_on": "2026-01-01", "channel": "letter"}

    at_home = subscribe(wiring, "At home", **facts).decision
    elsewhere = subscribe(wiring, "Elsewhere", country="AE", **facts).decision
    unknown = subscribe(wiring, "Unknown", country="QQ", **facts).decision

    assert at_home.last_on == date(
        2026, 12, 24
    )  # four working days before the 31st, less the 25th
    assert elsewhere.last_on == date(2026, 12, 25)
    assert "holidays_unknown" in unknown.flags


def test_the_guides_channel_counts_where_none_was_said(tmp_path: Path) -> None:
    judged = subscribe(machine(tmp_path), guide="notice-by-letter")

    assert judged.subscription.channel == "letter"
    assert judged.decision.arrive_by is not None


def test_every_subscription_is_a_deadline_of_the_shared_shape(tmp_path: Path) -> None:
    wiring = machine(tmp_path)
    judged = subscribe(wiring)

    [deadline] = subscription_deadlines(wiring)

    assert (deadline.kind, deadline.key, deadline.account) == ("subscription", "Example TV", None)
    assert deadline.safe_on == judged.decision.safe_on == date(2026, 12, 8)
    assert deadline.closes_at == judged.decision.closes_at
    assert deadline.amount == judged.subscription.price


def test_what_if_changes_the_answer_and_stores_nothing(tmp_path: Path) -> None:
    wiring = machine(tmp_path)
    before = subscribe(wiring)

    longer = explain_subscription(wiring, "Example TV", ["notice=14 days", "price=12.00"], None)
    later = explain_subscription(wiring, "Example TV", [], "2027-01-08")
    unknown = explain_subscription(wiring, "Example TV", ["started="], None)

    assert longer.decision.last_on == date(2026, 11, 25)
    assert longer.subscription.price.written == "12.00"
    assert later.decision.last_on == date(2027, 1, 9)
    assert unknown.decision.action == "need_data"
    assert judged_subscription(wiring, "Example TV") == before


@pytest.mark.parametrize(
    ("suppose", "on"), [("colour=blue", None), ("notice=x", None), ("", "soon")]
)
def test_a_what_if_that_cannot_be_is_refused(tmp_path: Path, suppose: str, on: str | None) -> None:
    wiring = machine(tmp_path)
    subscribe(wiring)

    with pytest.raises(WrongInput):
        explain_subscription(wiring, "Example TV", [suppose] if suppose else [], on)


def test_the_most_urgent_stands_first(tmp_path: Path) -> None:
    wiring = machine(tmp_path)
    subscribe(wiring, "Far", started_on="2026-11-24")
    subscribe(wiring, "Near", started_on="2026-01-27")
    subscribe(wiring, "Kept", started_on="2026-01-26", keep=True)
    subscribe(wiring, "Unknown", started_on=None)

    names = [one.subscription.name for one in judged_subscriptions(wiring)]

    assert names == ["Near", "Unknown", "Far", "Kept"]


def test_what_runs_is_added_up_by_currency_and_in_one(tmp_path: Path) -> None:
    wiring = machine(tmp_path)
    subscribe(wiring, "TV", price="10.00")
    subscribe(wiring, "Cloud", price="120.00", currency="USD", every="1 year")
    subscribe(wiring, "Old", price="500.00")
    record_cancelled(wiring, "Old", None, None, None)

    apart = total_costs(wiring, judged_subscriptions(wiring), None)
    totals = total_costs(wiring, judged_subscriptions(wiring), "EUR")

    months = {name: total.per_month.written for name, total in apart.by_currency.items()}
    assert months == {"EUR": "10.00", "USD": "10.00"}
    assert apart.together is None
    assert totals.together is not None
    [rate] = totals.together.rates
    dollars = rate.convert(totals.by_currency["USD"].per_year)
    assert totals.together.total.per_year.amount == 120 + dollars.amount
    assert rate.on <= date(2026, 11, 25)


def test_a_currency_without_a_rate_is_left_out_and_named(tmp_path: Path) -> None:
    wiring = machine(tmp_path)
    subscribe(wiring, "TV", price="10.00")
    subscribe(wiring, "Beads", price="7", currency="XTS")

    totals = total_costs(wiring, judged_subscriptions(wiring), "EUR")

    assert totals.together is not None
    assert list(totals.together.without_rate) == ["XTS"]
    assert totals.together.total.per_month.written == "10.00"


def test_a_total_in_a_currency_nobody_knows_is_refused(tmp_path: Path) -> None:
    wiring = machine(tmp_path)
    subscribe(wiring)

    with pytest.raises(WrongInput, match="No rate"):
        total_costs(wiring, judged_subscriptions(wiring), "XTS")
