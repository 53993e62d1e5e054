"""The days on which new terms begin, one after the other, and where they are counted from."""

from datetime import date
from itertools import islice

import pytest

from autoclaim.rules.subscriptions import ends_when_cancelled
from autoclaim.rules.subscriptions.renewals import (
    anchor_assumed,
    charges_since,
    renewals_after,
    site_differs,
    step_of,
)
from tests.rules.subscriptions.rows import subscription


@pytest.mark.parametrize(
    ("said", "today", "days"),
    [
        pytest.param(
            {"started_on": "2026-01-31"},
            "2026-02-01",
            "2026-02-28 2026-03-31 2026-04-30",
            id="a row begun on a 31st comes back to the 31st",
        ),
        pytest.param(
            {"started_on": "2026-01-10"},
            "2026-04-10",
            "2026-05-10 2026-06-10 2026-07-10",
            id="what begins today is no longer avoided",
        ),
        pytest.param(
            {"started_on": "2026-12-01", "trial_ends": "2026-12-15"},
            "2026-12-02",
            "2026-12-15 2027-01-15 2027-02-15",
            id="the end of the trial, and then from there",
        ),
        pytest.param(
            {"started_on": "2026-12-01", "trial_ends": "2026-12-15"},
            "2026-12-15",
            "2027-01-15 2027-02-15 2027-03-15",
            id="after the trial",
        ),
        pytest.param(
            {"trial_ends": "2026-12-15", "minimum_term": "6 months"},
            "2026-12-02",
            "2026-12-15 2027-06-15 2027-07-15",
            id="a minimum term begins with the end of the trial",
        ),
        pytest.param(
            {"started_on": "2026-01-10", "renews_on": "2026-06-15"},
            "2026-06-01",
            "2026-06-15 2026-07-15 2026-08-15",
            id="the provider's day counts, and those after it from there",
        ),
        pytest.param(
            {"renews_on": "2026-06-15"},
            "2026-06-14",
            "2026-06-15 2026-07-15 2026-08-15",
            id="tomorrow's is named once",
        ),
        pytest.param(
            {"renews_on": "2026-06-15"},
            "2026-06-15",
            "2026-07-15 2026-08-15 2026-09-15",
            id="today's is not",
        ),
        pytest.param(
            {"started_on": "2026-01-10", "notice_to": "month-end"},
            "2026-05-31",
            "2026-06-01 2026-07-01 2026-08-01",
            id="to the end of a month, whatever the day it began",
        ),
        pytest.param(
            {"started_on": "2026-01-10", "notice_to": "month-end"},
            "2026-06-01",
            "2026-07-01 2026-08-01 2026-09-01",
            id="the first of a month is over when it is there",
        ),
        pytest.param(
            {"started_on": "2026-01-10", "renews_for": "12 months", "notice_to": "any"},
            "2026-06-01",
            "2026-06-10 2026-07-10 2026-08-10",
            id="to any day: each charge",
        ),
        pytest.param(
            {"started_on": "2026-01-10", "renews_for": "12 months"},
            "2026-06-01",
            "2027-01-10 2028-01-10 2029-01-10",
            id="to the end of the term: each term",
        ),
        pytest.param(
            {"trial_ends": "2026-12-15", "renews_on": "2026-12-15"},
            "2026-12-02",
            "2026-12-15 2027-01-15 2027-02-15",
            id="the end of the trial, said as the renewal too, is named once",
        ),
        pytest.param(
            {"started_on": "2026-01-10", "minimum_term": "31 days"},
            "2026-01-11",
            "2026-02-10 2026-03-10 2026-04-10",
            id="a minimum term that ends with the first month moves no later one",
        ),
        pytest.param({}, "2026-06-01", "", id="without a day to count from there is none"),
    ],
)
def test_the_days_that_cancelling_can_avoid(said: dict[str, str], today: str, days: str) -> None:
    found = renewals_after(subscription(**said), date.fromisoformat(today))

    assert " ".join(map(str, islice(found, 3))) == days


def test_charges_are_counted_from_the_first_and_the_day_itself_is_one() -> None:
    paid = subscription(started_on="2024-02-29", every="1 year")

    found = charges_since(paid, date(2027, 2, 28))

    assert [str(day) for day in islice(found, 3)] == ["2027-02-28", "2028-02-29", "2029-02-28"]


@pytest.mark.parametrize(
    ("notice_to", "step"),
    [("term-end", "12 months"), ("any", "1 month"), ("month-end", "1 month")],
)
def test_a_step_is_as_long_as_what_cancelling_avoids(notice_to: str, step: str) -> None:
    yearly = subscription(every="1 month", renews_for="12 months", notice_to=notice_to)
    weekly = subscription(every="1 week", renews_for="12 months", notice_to=notice_to)

    assert step_of(yearly).months == int(step.split(maxsplit=1)[0])
    assert (step_of(weekly).months == 0) is (notice_to == "any")


@pytest.mark.parametrize(
    ("said", "differs"),
    [
        ({"started_on": "2026-01-10", "renews_on": "2026-06-15"}, True),
        ({"started_on": "2026-01-10", "renews_on": "2026-06-10"}, False),
        ({"started_on": "2026-01-10"}, False),
        ({"renews_on": "2026-06-15"}, False),
        ({"started_on": "2026-01-10", "renews_on": "2026-06-15", "notice_to": "month-end"}, False),
        (
            {"started_on": "2026-01-10", "renews_on": "2026-06-15", "minimum_term": "6 months"},
            False,
        ),
        ({"started_on": "2026-01-10", "renews_on": "2026-01-24", "minimum_term": "14 days"}, True),
    ],
)
def test_the_providers_day_differs_when_it_is_not_among_those_counted(
    said: dict[str, str], *, differs: bool
) -> None:
    assert site_differs(subscription(**said)) is differs


@pytest.mark.parametrize(
    ("said", "assumed"),
    [
        ({"renews_on": "2026-06-30"}, True),
        ({"renews_on": "2026-06-29"}, False),
        ({"renews_on": "2026-07-31"}, False),
        ({"renews_on": "2026-02-28"}, True),
        ({"renews_on": "2026-06-30", "every": "30 days"}, False),
        ({"renews_on": "2026-06-30", "started_on": "2026-05-31"}, False),
        ({"renews_on": "2026-06-30", "trial_ends": "2026-05-31"}, False),
        ({}, False),
    ],
)
def test_the_last_day_of_a_short_month_may_stand_for_a_31st(
    said: dict[str, str], *, assumed: bool
) -> None:
    assert anchor_assumed(subscription(**said)) is assumed


@pytest.mark.parametrize(
    ("said", "ends_on"),
    [
        ({"started_on": "2026-01-15", "notice": "1 month", "notice_to": "any"}, "2026-06-10"),
        ({"started_on": "2026-01-15", "notice": "1 month"}, "2026-06-14"),
        ({"notice": "1 month"}, "None"),
    ],
)
def test_the_end_can_be_asked_for_any_day(said: dict[str, str], ends_on: str) -> None:
    assert str(ends_when_cancelled(subscription(**said), date(2026, 5, 10))) == ends_on


def test_a_letter_that_ends_it_is_there_after_the_holidays() -> None:
    by_letter = subscription(
        started_on="2026-01-15", notice="1 month", notice_to="any", channel="letter"
    )

    usual = ends_when_cancelled(by_letter, date(2026, 5, 11))
    longer = ends_when_cancelled(by_letter, date(2026, 5, 11), {date(2026, 5, 12)})

    assert (str(usual), str(longer)) == ("2026-06-15", "2026-06-18")
