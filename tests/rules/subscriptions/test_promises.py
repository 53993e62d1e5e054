"""What holds for every subscription, whatever its dates.

1. `opens_on`, `safe_on` and `last_on` stand in this order, and `last_on` lies before the renewal.
2. The notice period is over when the term ends, and would not be one day later.
3. Months keep the day they were begun on, or take the month's last day.
4. A renewal is never closed for good: as long as it runs, some later day can still be acted on.
5. As time goes on, the day to act by never moves back.
6. A moment is judged on the buyer's clock: the same day gives the same answer all day long.
7. Cancelled today, it ends no earlier than the notice period and the minimum term allow.
8. What is unused is never more than one period's price.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as some

from autoclaim.model.span import Span
from autoclaim.model.subscription import Subscription, SubscriptionDecision
from autoclaim.rules.subscriptions import decide_subscription, totals
from autoclaim.rules.subscriptions.spans import after, last_day_before
from tests.rules.subscriptions.rows import subscription

CALM = settings(deadline=None)  # a busy machine breaks no promise
A_MONTH = 31
ONE_DAY = timedelta(days=1)
HERE = ZoneInfo("Europe/Madrid")
ZONES = ["Pacific/Kiritimati", "Europe/Madrid", "America/St_Johns", "Pacific/Pago_Pago"]
days = some.dates(date(2024, 1, 1), date(2030, 12, 31))
# Many starts are at the end of a month, where the arithmetic is hard.
starts = some.one_of(
    days, days.map(lambda day: day.replace(day=monthrange(day.year, day.month)[1]))
)
periods = some.sampled_from(["1 week", "4 weeks", "30 days", "1 month", "3 months", "1 year"])
notices = some.sampled_from(
    [None, "none", "1 day", "14 days", "2 weeks", "1 month", "6 weeks", "3 months", "13 months"]
)


@some.composite
def subscriptions(draw: some.DrawFn) -> Subscription:
    started = draw(starts)
    facts = {
        "every": draw(periods),
        "started_on": started,
        "notice": draw(notices),
        "notice_to": draw(some.sampled_from(["any", "month-end", "term-end"])),
        "minimum_term": draw(some.sampled_from([None, None, "12 months", "24 months"])),
        "renews_for": draw(some.sampled_from([None, None, "12 months"])),
        "channel": draw(some.sampled_from([None, "web", "mail", "letter", "call"])),
        "margin_days": draw(some.integers(0, 5)),
        "trial_ends": draw(some.sampled_from([None, None, started + timedelta(days=14)])),
    }
    if draw(some.booleans()):
        facts["renews_on"] = (facts["trial_ends"] or started) + timedelta(
            days=draw(some.integers(0, 400))
        )
    return subscription(**facts)


def on(day: date, judged: Subscription) -> SubscriptionDecision:
    noon = datetime.combine(day, time(12), HERE)
    return decide_subscription(judged, None, noon, HERE, frozenset())


@CALM
@given(subscriptions(), days)
def test_1_the_days_stand_in_order(judged: Subscription, today: date) -> None:
    decision = on(today, judged)

    assert decision.safe_on
    assert decision.last_on
    assert decision.renews_on
    assert decision.closes_at
    assert decision.safe_on <= decision.last_on < decision.renews_on
    assert decision.opens_on is None or decision.opens_on <= decision.safe_on
    assert decision.closes_at.date() == decision.last_on + ONE_DAY
    assert (decision.action == "closed") == (decision.last_on < today)


@CALM
@given(days, some.sampled_from(["none", "9 days", "1 month", "5 months"]))
def test_2_the_last_day_is_the_last_from_which_the_notice_is_over(end: date, notice: str) -> None:
    span = Span.read(notice)

    last = last_day_before(end, span)

    assert after(last, span) <= end < after(last + ONE_DAY, span)


@CALM
@given(starts, some.integers(1, 60))
def test_3_months_keep_the_day_they_were_begun_on(start: date, months: int) -> None:
    there = after(start, Span(1, "month"), months)

    last_of_month = monthrange(there.year, there.month)[1]
    assert there.day == min(start.day, last_of_month)
    assert (there.year - start.year) * 12 + there.month - start.month == months


@settings(CALM, max_examples=40)  # each looks at up to four years of days
@given(subscriptions(), days)
def test_4_it_is_never_closed_for_good(judged: Subscription, today: date) -> None:
    bound = judged.minimum_term.days_at_most if judged.minimum_term else 0
    begin = max(today, judged.started_on or today, judged.renews_on or today)
    longest = bound + judged.term.days_at_most + 2 * A_MONTH

    ahead = (on(begin + timedelta(days=days), judged).action for days in range(longest))

    assert "cancel" in ahead


@CALM
@given(subscriptions(), days)
def test_5_the_day_to_act_by_never_moves_back(judged: Subscription, today: date) -> None:
    week = [on(today + timedelta(days=days), judged) for days in range(7)]

    acting = [one.last_on for one in week if one.action in {"cancel", "wait"} and one.last_on]
    assert acting == sorted(acting)


@CALM
@given(subscriptions(), days, some.times(), some.sampled_from(ZONES))
def test_6_the_buyers_day_counts_all_day_long(
    judged: Subscription, today: date, hour: time, name: str
) -> None:
    zone = ZoneInfo(name)
    moment = datetime.combine(today, hour, zone).astimezone(UTC)
    same_day = datetime.combine(moment.astimezone(zone).date(), time(12), zone)

    decision = decide_subscription(judged, None, moment, zone)

    assert decision == decide_subscription(judged, None, same_day, zone)


@CALM
@given(subscriptions(), days)
def test_7_it_ends_no_earlier_than_notice_and_minimum_term_allow(
    judged: Subscription, today: date
) -> None:
    ends_on = on(today, judged).ends_on

    assert ends_on is not None
    in_trial = judged.trial_ends is not None and ends_on < judged.trial_ends
    if not in_trial and judged.notice:
        assert ends_on >= after(today, judged.notice)
    bound_from = judged.trial_ends or judged.started_on
    if not in_trial and judged.minimum_term and bound_from:
        assert ends_on >= after(bound_from, judged.minimum_term) - ONE_DAY


@CALM
@given(subscriptions(), days)
def test_8_what_is_unused_is_never_more_than_one_period(judged: Subscription, today: date) -> None:
    lost = on(today, judged).lost

    assert lost is not None
    assert Decimal(0) <= lost.amount <= judged.price.amount


@CALM
@given(some.lists(subscriptions(), max_size=4))
def test_a_year_costs_twelve_months(listed: list[Subscription]) -> None:
    for total in totals(listed).values():
        assert abs(total.per_month.amount * 12 - total.per_year.amount) <= Decimal("0.07")
