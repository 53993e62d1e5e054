"""What a buyer is told about one line, read for five different orders."""

from datetime import date
from typing import Any

import pytest

from autoclaim.model import Facts
from autoclaim.model.decision import ACTING_WORDS
from autoclaim.rules import Explanation, explained
from tests.rules.shipped import CLOCK, POLICIES
from tests.rules.tables import HERE, facts_of, rows_of

Json = dict[str, Any]

UNDER_WAY = {
    "policy": "seed-2021",
    "now": "2026-02-01T12:00:00-08:00",
    "status": "awaiting_delivery",
    "paid": "2026-01-08T10:00:00-08:00",
    "shipped": "2026-01-10T10:00:00-08:00",
    "promised": "2026-02-14T10:00:00-08:00",
    "state": "in_transit",
}
RULES = {f"R{number}" for number in range(15)}
ROWS = [row for path in sorted(HERE.glob("*.md")) for row in rows_of(path)]
CAPPED = {**UNDER_WAY, "promised": "2026-05-30T10:00:00-07:00"}
ARRIVED = {
    "policy": "seed-2021",
    "now": "2026-04-10T12:00:00-07:00",
    "status": "completed",
    "paid": "2026-03-02T10:00:00-08:00",
    "delivered": "2026-04-01T14:00:00-07:00",
}


def explanation(**given: str) -> Explanation:
    return explained(Facts.model_validate(facts_of(given)), POLICIES, CLOCK)


def told(found: Explanation, action: str) -> tuple[str, str]:
    possible = next(each for each in found.possible if each.action == action)
    return possible.when, possible.because


def test_a_parcel_under_way_can_be_disputed_later_and_cancelled_no_longer() -> None:
    found = explanation(**UNDER_WAY)

    assert found.rule == "R11"
    assert told(found, "dispute") == ("later", "it may still come: the deadline has not passed")
    assert told(found, "cancel") == ("no longer", "it was shipped on 2026-01-10")
    assert found.possible[0].action == "dispute"
    late = next(each for each in found.possible if each.action == "dispute")
    assert (late.opens_on, late.last_on) == (date(2026, 2, 15), date(2026, 3, 1))


def test_what_is_open_comes_first_and_what_is_gone_last() -> None:
    given = {**ARRIVED, "policy": "ed-2025-12", "seller": "CN", "confirmed": "2026-04-03"}
    found = explanation(**given, problem="damaged", free_return="yes")

    assert [each.when for each in found.possible] == ["now", *["not now"] * 3, "no longer"]


def test_each_day_says_where_it_comes_from() -> None:
    found = explanation(**UNDER_WAY)
    printed = explanation(**UNDER_WAY, dispute_until="2026-03-05")

    assert [day.name for day in found.days] == ["first day", "last day", "safe day"]
    assert [day.origin for day in found.days] == [
        "the day after the delivery deadline",
        "counted by the policy: 15 days after 2026-02-14 (given as 2026-02-14T10:00:00-08:00)",
        "a day before the last one, so that no way of counting makes it late",
    ]
    assert printed.days[1].origin == "printed by the store: 2026-03-05"


def test_a_day_counted_from_what_the_store_prints_is_not_said_to_be_printed() -> None:
    found = explanation(**UNDER_WAY, refund_by="2026-02-20")

    assert found.days[1].day == date(2026, 3, 7)
    assert found.days[1].origin == (
        "counted by the policy: 15 days after 2026-02-20, the deadline the store prints"
    )
    assert [value.name for value in found.values] == ["dispute.late_days"]


def test_the_clauses_and_the_values_bring_their_citations() -> None:
    found = explanation(**UNDER_WAY)

    assert [(each.name, each.clause.verbatim) for each in found.clauses] == [("S5", True)]
    assert [(value.name, value.value) for value in found.values] == [("dispute.late_days", "15")]
    assert all(value.source.quote and value.source.url for value in found.values)


def test_only_values_without_which_the_answer_would_be_another_are_cited() -> None:
    promised = {**UNDER_WAY, "promised": "2026-04-30T10:00:00-07:00"}

    capped, unpaid = explanation(**promised), explanation(status="awaiting_payment")

    assert [value.name for value in capped.values] == ["delivery.cap_days", "dispute.late_days"]
    assert unpaid.values == ()


def test_values_carried_from_an_older_text_are_marked() -> None:
    found = explanation(**{**UNDER_WAY, "policy": "ed-2026-07"})

    late_days = next(value for value in found.values if value.name == "dispute.late_days")
    assert late_days.carried
    assert late_days.confidence == "low"


def test_an_overlay_is_cited_where_it_holds() -> None:
    found = explanation(**{**CAPPED, "policy": "ed-2018"}, ship_to="RU")

    cap = next(value for value in found.values if value.name == "delivery.cap_days")
    assert (cap.value, cap.countries) == ("90", ("RU",))


def test_without_a_problem_the_one_thing_to_say_is_the_problem() -> None:
    found = explanation(**ARRIVED)

    assert told(found, "dispute") == ("not now", "no problem is known")
    dispute = next(each for each in found.possible if each.action == "dispute")
    assert dispute.change == "Say what is wrong with it, and it opens."
    assert dispute.last_on == date(2026, 4, 16)


def test_both_readings_are_told_where_the_policy_is_arguable() -> None:
    found = explanation(**{**ARRIVED, "now": "2026-04-18T12:00:00-07:00"}, problem="damaged",
                        confirmed="2026-04-06T12:00:00-07:00")  # fmt: skip

    assert found.decision.action == "closed"
    assert found.reading == (
        "There is a problem with what came, but the time to claim ended on 2026-04-16."
    )
    assert found.readings == (
        "Counted from the confirmation instead of the delivery, the last day is 2026-04-21.",
    )


def test_confirming_today_says_what_it_would_end() -> None:
    found = explanation(**UNDER_WAY)

    (confirm,) = found.would_end
    assert confirm.press == "Confirm received"
    assert (confirm.before.action, confirm.after.action) == ("wait", "none")
    assert "Instead of “wait until 2026-03-01” it would be “nothing to do”." in confirm.ends


def test_confirming_is_warned_of_even_when_the_days_stay() -> None:
    late = {**UNDER_WAY, "now": "2026-02-20T12:00:00-08:00"}

    found = explanation(**late, problem="not_received")

    (confirm,) = found.would_end
    assert "hardly be disputed" in confirm.ends


def test_accepting_an_offer_says_that_it_is_final() -> None:
    found = explanation(
        **ARRIVED,
        problem="damaged",
        dispute="open",
        dispute_opened="2026-04-05T12:00:00-07:00",
        offer="3.00 USD",
    )

    (accept,) = found.would_end
    assert "final" in accept.ends
    assert accept.after.amount is not None
    assert accept.after.amount.written == "3.00"


def test_nothing_is_offered_to_press_when_nothing_would_change() -> None:
    found = explanation(**ARRIVED)

    assert found.would_end == ()


@pytest.mark.parametrize(
    ("given", "action", "expected"),
    [
        ({"status": "awaiting_shipment"}, "cancel", ("now", "")),
        ({"status": "awaiting_shipment"}, "dispute", ("not now", "it is not shipped")),
        ({"status": "cancelled"}, "cancel", ("no longer", "it is cancelled already")),
        ({"status": ""}, "cancel", ("not now", "the status of the order is not known")),
        ({"status": "payment_review"}, "cancel", ("later", "the payment is being checked")),
        (
            {"status": "cancelling"},
            "cancel",
            ("not now", "a cancellation was asked for and not answered"),
        ),
        (
            {"status": "awaiting_shipment", "cancel_refused": "2026-04-05T12:00:00-07:00"},
            "cancel",
            ("not now", "the seller refused it"),
        ),
        ({**ARRIVED, "dispute": "open"}, "dispute", ("not now", "there is a dispute already")),
        (
            {**ARRIVED, "problem": "changed_mind"},
            "dispute",
            ("not now", "a change of mind is no ground for a dispute"),
        ),
        (
            {**ARRIVED, "now": "2026-05-01T12:00:00-07:00"},
            "dispute",
            ("no longer", "the time for it ended on 2026-04-16"),
        ),
        (
            {**UNDER_WAY, "now": "2026-05-01T12:00:00-07:00"},
            "dispute",
            ("no longer", "the time for it ended on 2026-03-01"),
        ),
        (
            {**ARRIVED, "level": "gold"},
            "fast_refund",
            ("not now", "your level and the price do not fit it"),
        ),
        ({**ARRIVED, "level": "platinum"}, "fast_refund", ("not now", "no return was approved")),
        (
            {**ARRIVED, "return_approved": "2026-04-09T12:00:00-07:00", "full_refund": "yes"},
            "fast_refund",
            ("later", "nothing was sent back"),
        ),
        (
            {**ARRIVED, "policy": "ed-2026-07"},
            "fast_refund",
            ("not now", "this edition of the policy knows no Fast Refund"),
        ),
        (
            {**ARRIVED, "policy": "ed-2025-12", "seller": "CN", "free_return": "yes"},
            "return_goods",
            ("not now", "you have not said that you want to send it back"),
        ),
        (
            {**ARRIVED, "policy": "ed-2025-12", "seller": "CN"},
            "return_goods",
            ("not now", "not all is known that it depends on"),
        ),
        (
            {**ARRIVED, "policy": "ed-2025-12", "seller": "US", "free_return": "yes"},
            "return_goods",
            ("not now", "these goods cannot go back without a reason"),
        ),
        (
            {**ARRIVED, "policy": "ed-2025-12", "problem": "changed_mind"},
            "dispute",
            ("not now", "a change of mind is no ground for a dispute"),
        ),
        (
            {
                **ARRIVED,
                "policy": "ed-2025-12",
                "seller": "CN",
                "free_return": "yes",
                "now": "2026-06-20T12:00:00-07:00",
            },
            "return_goods",
            ("no longer", "it is over"),
        ),
        (
            {**ARRIVED, "return_approved": "2026-04-09T12:00:00-07:00", "return_tracking": "RT1"},
            "return_goods",
            ("no longer", "the goods are on their way back"),
        ),
        (
            {**ARRIVED, "dispute": "open", "dispute_opened": "2026-04-05T12:00:00-07:00"},
            "escalate",
            ("later", "somebody else's time is still running"),
        ),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_the_one_condition_that_fails_is_told(
    given: dict[str, str], action: str, expected: tuple[str, str]
) -> None:
    facts = {"policy": "seed-2021", "now": "2026-04-10T12:00:00-07:00"}
    facts["paid"] = "2026-04-05T10:00:00-07:00"

    found = explanation(**{**facts, **given})

    assert told(found, action) == expected


@pytest.mark.parametrize("facts", [pytest.param(row.facts, id=row.name) for row in ROWS])
def test_every_row_of_the_tables_is_explained(facts: Json) -> None:
    found = explained(Facts.model_validate(facts), POLICIES, CLOCK)

    assert found.rule in RULES
    assert found.decision.why.startswith(found.reading)
    assert found.decision.why.endswith(" ".join(found.readings))
    assert ("arguable" in found.decision.flags) >= bool(found.readings)
    assert_each_day_comes_from_somewhere(found)
    if found.rule != "R0":
        assert_each_action_is_told_once(found)


def assert_each_action_is_told_once(found: Explanation) -> None:
    assert {each.action for each in found.possible} == ACTING_WORDS
    assert all(each.because for each in found.possible if each.when != "now")
    shown = [each.action for each in found.possible if each.when == "now"]
    assert shown == [found.decision.action][: len(shown)]


def assert_each_day_comes_from_somewhere(found: Explanation) -> None:
    decision = found.decision
    days = (decision.opens_on, decision.last_on, decision.safe_on)
    assert [each.day for each in found.days] == [day for day in days if day]
    assert all(each.origin for each in found.days)


def test_without_a_moment_only_the_decision_is_told() -> None:
    document = {**facts_of(dict(ARRIVED)), "now": "tomorrow"}

    found = explained(Facts.model_validate(document), POLICIES, CLOCK)

    assert found.decision.missing == ("now",)
    assert found.possible == ()
