from collections.abc import Mapping

from autoclaim.edge.ledger import Ledger
from tests.edge.builders import NOON

FACTS: Mapping[str, object] = {"name": "Example TV", "every": "1 month"}
HOW = {"cancelled_on": "2026-04-20", "effective_on": "2026-05-09"}


def test_what_is_said_last_counts_and_nothing_is_overwritten(ledger: Ledger) -> None:
    ledger.add_subscription(FACTS, at=NOON)
    ledger.edit_subscription({**FACTS, "every": "1 year"}, at=NOON)

    [kept] = ledger.subscriptions().values()

    assert kept.facts["every"] == "1 year"
    assert [event.kind for event in ledger.events()] == [
        "subscription_added",
        "subscription_edited",
    ]


def test_capitals_do_not_make_another_subscription(ledger: Ledger) -> None:
    ledger.add_subscription(FACTS, at=NOON)
    ledger.cancel_subscription("EXAMPLE tv", HOW, at=NOON)

    [kept] = ledger.subscriptions().values()

    assert kept.key == "example tv"
    assert kept.cancelled == HOW


def test_the_answer_about_a_charge_is_kept_with_the_cancellation(ledger: Ledger) -> None:
    ledger.add_subscription(FACTS, at=NOON)
    ledger.cancel_subscription("Example TV", HOW, at=NOON)
    ledger.answer_charge("Example TV", charged=False, at=NOON)

    [kept] = ledger.subscriptions().values()

    assert kept.cancelled == {**HOW, "charged": False}


def test_a_cancellation_taken_back_is_gone(ledger: Ledger) -> None:
    ledger.add_subscription(FACTS, at=NOON)
    ledger.cancel_subscription("Example TV", HOW, at=NOON)
    ledger.resume_subscription("Example TV", at=NOON)

    [kept] = ledger.subscriptions().values()

    assert kept.cancelled is None


def test_a_removed_one_is_kept_out_of_sight_until_it_is_restored(ledger: Ledger) -> None:
    ledger.add_subscription(FACTS, at=NOON)
    ledger.cancel_subscription("Example TV", HOW, at=NOON)
    ledger.remove_subscription("Example TV", at=NOON)
    seen, hidden = ledger.subscriptions(), ledger.subscriptions(removed=True)
    ledger.restore_subscription("Example TV", at=NOON)

    assert seen == {}
    assert hidden["example tv"].removed
    assert ledger.subscriptions()["example tv"].cancelled == HOW


def test_one_added_again_starts_anew(ledger: Ledger) -> None:
    ledger.add_subscription(FACTS, at=NOON)
    ledger.cancel_subscription("Example TV", HOW, at=NOON)
    ledger.remove_subscription("Example TV", at=NOON)
    ledger.add_subscription(FACTS, at=NOON)

    [kept] = ledger.subscriptions().values()

    assert kept.cancelled is None
    assert not kept.removed
