"""What holds for every facts document (rules.md, section 7).

1. Time only closes: a line that is `closed` is `closed` at every later moment.
2. Narrowing never widens: a higher price or lower level never gives a Fast Refund; fewer days in
   the policy, or an earlier printed day, never give the same window a later last day.
3. The machine does not matter: neither its zone nor the order of keys.
4. `opens_on` <= `last_on`, `safe_on` <= `last_on` < day of `closes_at`, but for a printed moment.
5. Nothing to act on at or after `closes_at`, nor before `opens_on` on the later of both clocks.
6. Every decision but `none` names a clause; every decision names its policy.
7. What is not refused raises nothing; an unreadable deciding fact never acts and never closes.
8. Nothing is inferred in the buyer's favour: buttons never widen.
9. A line alone is judged as beside others, but for what an order's lines share.
10. A decision contains nothing that sends anything.
"""

import copy
import json
import os
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autoclaim.errors import FactsRefused
from autoclaim.model import POLICY_CLOCK, Facts, Time, WrittenDecision
from autoclaim.model.decision import ACTING_WORDS
from autoclaim.rules import Policies, decide
from tests.rules import orders
from tests.rules.shipped import CLOCK, POLICIES, TEXTS, decided

Json = dict[str, Any]

OPEN_ACTIONS = frozenset({"cancel", "dispute", "fast_refund", "return_goods"})
SLOW = settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
MANY = settings(SLOW, max_examples=600)


def written(document: Json) -> list[Json]:
    return [json.loads(json.dumps(each.as_json())) for each in decided(document)]


def told_apart(decision: Json) -> Json:
    """A decision without what may differ in wording only."""
    return {key: value for key, value in decision.items() if key not in ("why", "why_not")}


@MANY
@given(orders.plausible(), st.integers(1, 60))
def test_1_what_is_closed_stays_closed(document: Json, later: int) -> None:
    now = Time.read(document["now"])
    before = written(document)[0]

    moment = now.moment + timedelta(days=later)
    after = written({**document, "now": moment.isoformat().replace("+00:00", "Z")})[0]

    assert before["action"] != "closed" or after["action"] == "closed"


@SLOW
@given(orders.plausible(), st.sampled_from(["25.00", "30.00", "150.00"]))
def test_2_a_higher_price_or_a_lower_level_never_gives_a_fast_refund(
    document: Json, amount: str
) -> None:
    def action(level: str, amount: str) -> str:
        order = copy.deepcopy(document["orders"][0])
        order["lines"][0]["paid"] = order["total"] = {"amount": amount, "currency": "USD"}
        order["return"] = {
            "approved_at": document["now"],
            "tracking_number": "RT1",
            "full_refund": True,
        }
        return written({**document, "buyer": {"level": level}, "orders": [order]})[0]["action"]

    assert (
        action("diamond", "24.00") == "fast_refund" or action("diamond", amount) != "fast_refund"
    )
    assert (
        action("diamond", amount) == "fast_refund" or action("platinum", amount) != "fast_refund"
    )


@SLOW
@given(orders.plausible())
def test_2_fewer_days_in_the_policy_never_move_a_last_day_later(document: Json) -> None:
    text = TEXTS["seed-2021.toml"].decode().replace("is = 15\n", "is = 12\n")
    fewer = Policies.from_toml({**TEXTS, "seed-2021.toml": text.encode()})
    order = document["orders"][0]
    order["lines"][0]["problem"] = {"kind": "damaged"}  # one window only, that of the delivery
    facts = Facts.model_validate({**document, "policy": "seed-2021"})

    usual, short = decide(facts, POLICIES, CLOCK)[0], decide(facts, fewer, CLOCK)[0]

    if usual.action == short.action and usual.last_on and short.last_on:
        assert short.last_on <= usual.last_on


@SLOW
@given(orders.plausible(), orders.days(), st.integers(1, 30))
def test_2_an_earlier_printed_day_never_moves_a_last_day_later(
    document: Json, printed: date, earlier: int
) -> None:
    def until(day: date) -> list[Json]:
        order = {**document["orders"][0], "site_dates": {"dispute_until": str(day)}}
        return written({**document, "orders": [order]})

    usual, sooner = until(printed), until(printed - timedelta(days=earlier))

    for before, after in zip(usual, sooner, strict=True):
        if before["action"] == after["action"] and before["last_on"] and after["last_on"]:
            assert after["last_on"] <= before["last_on"]


@SLOW
@given(orders.documents(bad=True), st.sampled_from(["Asia/Tokyo", "Pacific/Kiritimati"]))
def test_3_the_machine_and_the_order_of_keys_do_not_matter(document: Json, zone: str) -> None:
    here = written(document)
    with pytest.MonkeyPatch.context() as machine:
        machine.setitem(os.environ, "TZ", zone)
        time.tzset()
        there = written(reversed_keys(document))
    time.tzset()

    assert there == here


def reversed_keys(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {key: reversed_keys(part) for key, part in reversed(value.items())}
    if isinstance(value, list):
        return [reversed_keys(part) for part in value]
    return value


@MANY
@given(orders.documents(bad=True))
def test_4_to_7_the_shape_of_every_decision(document: Json) -> None:
    for decision in written(document):
        WrittenDecision.model_validate_json(json.dumps(decision))
        assert_dates_in_order(decision)  # 4
        assert_open_now(document, decision)  # 5
        assert decision["policy"]  # 6
        assert bool(decision["clauses"]) == (decision["action"] != "none")  # 6
        assert (decision["basis"] is None) == (
            not decision["opens_on"] and not decision["last_on"]
        )
        assert decision["flags"] == sorted(set(decision["flags"]))
        assert decision["missing"] == sorted(set(decision["missing"]))
        assert decision["why"]
        assert all(entry["action"] != decision["action"] for entry in decision["why_not"])


def assert_dates_in_order(decision: Json) -> None:
    opens, last, safe = decision["opens_on"], decision["last_on"], decision["safe_on"]
    assert (last is None) == (safe is None) == (decision["closes_at"] is None)
    if last is not None:
        closes = datetime.fromisoformat(decision["closes_at"]).astimezone(POLICY_CLOCK)
        assert opens is None or opens <= last
        assert safe <= last
        assert last < str(closes.date()) or decision["basis"] == "site"


def assert_open_now(document: Json, decision: Json) -> None:
    now = Time.read(document["now"])
    if decision["action"] not in OPEN_ACTIONS or now is None:
        return
    buyer = Facts.model_validate(document).buyer
    today = max(now.day, now.day_in(buyer.zone if buyer else None))
    assert decision["opens_on"] is None or decision["opens_on"] <= str(today)
    if decision["closes_at"]:
        assert now.moment < datetime.fromisoformat(decision["closes_at"])


@SLOW
@given(orders.plausible(), st.data())
def test_7_an_unreadable_deciding_fact_gives_no_action(
    document: Json, data: st.DataObject
) -> None:
    line = data.draw(st.sampled_from(["virtual", "gift", "quantity", "shipment_id", "problem"]))
    order = copy.deepcopy(document["orders"][0])
    order.setdefault("lines", []).append({})
    for each in order["lines"]:
        each[line] = ["?"]

    for decision in written({**document, "orders": [order]}):
        assert decision["action"] not in ACTING_WORDS | {"closed"}


@MANY
@given(orders.plausible(), st.data())
def test_7_any_json_anywhere_gives_an_answer_or_a_refusal_with_its_path(
    document: Json, data: st.DataObject
) -> None:
    places = list(places_in(document))
    holder, key = data.draw(st.sampled_from(places))
    holder[key] = data.draw(ANY_JSON)

    sentences = sentences_for(document)

    assert all(sentence and sentence.isprintable() for sentence in sentences)


def sentences_for(document: Json) -> list[str]:
    """What is told of each line, or the path and the sentence of the refusal."""
    try:
        return [decision["why"] for decision in written(document)]
    except FactsRefused as refused:
        return [refused.path, str(refused)]


ANY_JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=8),
        st.sampled_from(["2026-02-30", "9" * 400, "\x00", "unknown", "full", "partial", "lost"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["kind", "paid", "state", "paid_at", "\n"]), inner),
    ),
    max_leaves=6,
)


def places_in(value: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - any JSON
    """Every place of a document, as what holds it and its key there."""
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in list(entries):
        yield value, key
        if isinstance(part, (dict, list)):
            yield from places_in(part)


@SLOW
@given(orders.plausible())
def test_8_buttons_never_widen(document: Json) -> None:
    order = document["orders"][0]
    without = {key: value for key, value in order.items() if key != "site_actions"}
    unread = written({**document, "orders": [without]})

    for buttons in ([], ["cancel", "open_dispute"]):
        read = written({**document, "orders": [{**without, "site_actions": buttons}]})
        for before, after in zip(unread, read, strict=True):
            given_before = before["action"] in ACTING_WORDS
            assert given_before or after["action"] not in ACTING_WORDS


@SLOW
@given(orders.plausible(), orders.lines(bad=True))
def test_9_a_line_alone_is_judged_as_beside_others(document: Json, other: Json) -> None:
    order = document["orders"][0]
    both = [*order["lines"], {**other, "problem": {"kind": "damaged"}}]

    together = written({**document, "orders": [{**order, "lines": both}]})
    alone = [written({**document, "orders": [{**order, "lines": [line]}]})[0] for line in both]

    assert told_apart(together[0]) == told_apart(alone[0])
    second = json.loads(json.dumps(together[1]).replace("lines[1]", "lines[0]"))
    assert told_apart(second) == told_apart(alone[1])


@SLOW
@given(orders.documents(bad=True))
def test_10_a_decision_is_plain_data(document: Json) -> None:
    for decision in written(document):
        assert "http" not in json.dumps(decision)


def test_a_day_by_day_sweep_over_five_years_turns_each_answer_once() -> None:
    """Under every edition an answer follows the days: wait, dispute, closed, and never back."""
    order = {
        "store": "examplestore",
        "order_id": "1",
        "status": "awaiting_delivery",
        "lines": [{"problem": {"kind": "not_received"}}],
    }
    for first in range(0, 5 * 365, 1):
        paid = date(2021, 1, 1) + timedelta(days=first)
        order["paid_at"] = str(paid)
        order["shipments"] = [
            {"shipped_at": str(paid), "promised_by": str(paid + timedelta(days=30))}
        ]
        seen = [
            decided({"now": f"{paid + timedelta(days=day)}T12:00:00-08:00", "orders": [order]})[0]
            for day in (0, 30, 31, 45, 46)
        ]
        assert [each.action for each in seen] == ["wait", "wait", "dispute", "dispute", "closed"]
        assert {each.last_on for each in seen} == {paid + timedelta(days=45)}
