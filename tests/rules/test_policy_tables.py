"""What `policy list`, `show`, `diff` and `replay` have to print."""

from datetime import date

import pytest

from autoclaim.errors import FactsRefused, PolicyError
from autoclaim.model import Facts
from autoclaim.rules import compared, decide, first_to_end, listed, replayed, shown
from autoclaim.rules.citing import FreeReturn
from autoclaim.rules.policy_tables import ListedEdition, in_words
from tests.rules.shipped import CLOCK, POLICIES, decided
from tests.rules.tables import facts_of


def test_editions_come_oldest_first_and_overlays_after_them() -> None:
    names = [row.name for row in listed(POLICIES)]

    assert names[:2] == ["ed-2012", "ed-2013"]
    assert names[-4:] == ["br-2020", "eu-2026", "kr-2024", "ru-br-2018"]


def test_a_list_says_how_much_is_unconfirmed() -> None:
    rows = {row.name: row for row in listed(POLICIES)}

    assert (rows["ed-2026-07"].values, rows["ed-2026-07"].unconfirmed) == (12, 10)
    assert rows["seed-2021"].unconfirmed == 0


def test_a_list_says_of_each_from_when_where_and_how_sure_it_is() -> None:
    rows = {row.name: row for row in listed(POLICIES)}

    assert rows["seed-2021"] == ListedEdition(
        "seed-2021",
        date(2021, 1, 1),
        "Buyer Protection as told by the INXY help center",
        "low",
        11,
        0,
        (),
        "The first day is the first on which a text shows the edition; the true one may be"
        " earlier.",
    )
    assert rows["ru-br-2018"] == ListedEdition(
        "ru-br-2018", None, "Longer delivery to Russia and Brazil", "medium", 2, 0, ("RU", "BR")
    )
    assert rows["kr-2024"].from_day == date(2024, 3, 14)
    assert rows["eu-2026"].from_day == date(2026, 7, 15)


def test_every_value_shown_is_cited() -> None:
    for edition in POLICIES.editions:
        for row in shown(POLICIES, edition.edition):
            assert row.source.title, row
            assert row.source.quote, row
            assert row.value, row


def test_an_edition_shows_what_overlays_change_in_it() -> None:
    caps = [row for row in shown(POLICIES, "ed-2018") if row.name == "delivery.cap_days"]

    assert [(row.value, row.countries) for row in caps] == [
        ("60", ()),
        ("90", ("RU",)),
        ("120", ("BR",)),
    ]


def test_values_are_shown_in_words() -> None:
    seed = {row.name: row.value for row in shown(POLICIES, "seed-2021")}
    page = {row.name: row.value for row in shown(POLICIES, "ed-2024-page") if not row.countries}

    assert seed["fast.limits"] == "platinum: under 25.00, diamond: up to 100.00"
    assert seed["refund.cancel_workdays"] == "3 to 20"
    assert seed["amount.partial_categories"] == "accessory"
    assert page["return.no_reason"] == (
        "any seller: 15 days from confirmation, at the buyer's cost"
    )


def test_a_value_is_shown_with_its_unit_what_it_counts_from_and_its_note() -> None:
    seed = {row.name: row for row in shown(POLICIES, "seed-2021")}
    days, word, words = (
        seed[name]
        for name in ("cancel.usual_days", "dispute.received_from", "amount.partial_categories")
    )

    assert (days.unit, days.counted_from, days.confidence) == ("days", "payment", "medium")
    assert days.note.startswith("Usually; the status decides, not the seven days.")
    assert (word.unit, word.counted_from) == ("word", "")
    assert (words.unit, words.value) == ("words", "accessory")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ((3, 20), "3 to 20"),
        (("accessory", "gift"), "accessory; gift"),
        (
            FreeReturn(seller="any", days=15, counted_from="delivered_at", needs_mark=True),
            "any seller: 15 days from delivered_at, marked goods",
        ),
        (
            FreeReturn(
                seller="EU", days=7, counted_from="paid_at", needs_mark=False, own_cost=True
            ),
            "seller in EU: 7 days from paid_at, at the buyer's cost",
        ),
    ],
)
def test_a_value_is_written_as_a_person_writes_it(value: object, words: str) -> None:
    assert in_words(value) == words


def test_two_editions_are_compared_by_their_values() -> None:
    rows = {row.name: (row.before, row.after) for row in compared(POLICIES, "ed-2013", "ed-2017")}

    assert rows["dispute.seller_answer_days"] == ("15", "7")
    assert rows["return.send_days"] == ("says nothing", "10")
    assert "dispute.late_days" not in rows


def test_an_edition_compared_with_itself_has_no_differences() -> None:
    assert compared(POLICIES, "seed-2021", "seed-2021") == []


def test_comparing_with_no_edition_is_refused() -> None:
    with pytest.raises(PolicyError, match="No edition is called"):
        compared(POLICIES, "seed-2021", "ed-1999")


def test_replay_tells_the_lines_another_edition_decides_differently() -> None:
    given = {"status": "awaiting_shipment", "paid": "2021-03-02", "now": "2021-03-20"}
    facts = Facts.model_validate(facts_of(given))

    rows = list(replayed(facts, POLICIES, CLOCK, "ed-2013"))
    same = list(replayed(facts, POLICIES, CLOCK, "ed-2024-page"))

    assert rows == []
    assert same == []


def test_replay_finds_a_last_day_that_moves() -> None:
    given = {"status": "awaiting_shipment", "paid": "2021-03-02", "now": "2021-03-05"}
    facts = Facts.model_validate(facts_of(given))

    (row,) = replayed(facts, POLICIES, CLOCK, "ed-2018")

    assert (row.before.policy, row.after.policy) == ("seed-2021", "ed-2018")
    assert str(row.before.last_on) == "2021-03-09"
    assert row.after.last_on is None


def test_replay_without_a_day_in_the_facts_counts_from_the_clock() -> None:
    facts = Facts.model_validate(facts_of({"status": "awaiting_shipment", "paid": "2026-04-09"}))

    (row,) = replayed(facts, POLICIES, CLOCK, "seed-2021")

    assert (row.before.last_on, row.after.last_on) == (None, date(2026, 4, 16))


def test_a_policy_that_no_edition_has_is_refused_by_its_path() -> None:
    facts = Facts.model_validate({**facts_of({}), "policy": "kr-2024"})

    with pytest.raises(FactsRefused) as refused:
        decide(facts, POLICIES, CLOCK)

    assert refused.value.path == "policy"


def test_the_first_to_end_stands_for_an_order() -> None:
    late = {"status": "awaiting_delivery", "paid_at": "2026-01-08T10:00:00-08:00"}
    promised = ("2026-02-14", "2026-03-30", "2026-03-28", None)
    orders = [
        {
            **facts_of({})["orders"][0],
            **late,
            "order_id": str(number),
            "shipments": [{"state": "in_transit", "promised_by": day}],
        }
        for number, day in enumerate(promised, start=1)
    ]
    heading = {"policy": "seed-2021", "now": "2026-04-10T12:00:00-07:00"}

    over, later, sooner, never = decided({**heading, "orders": orders})

    assert [each.action for each in (over, later, sooner)] == ["closed", "dispute", "dispute"]
    assert never.last_on is None
    assert first_to_end([over, never, later, sooner]) == sooner
    assert first_to_end([sooner, later, never, over]) == sooner
    assert first_to_end([never, over]) == never
    assert first_to_end([over]) is None
    assert first_to_end([]) is None


def test_a_line_with_nothing_to_do_never_stands_for_its_order() -> None:
    facts = {"policy": "seed-2021", "now": "2026-04-10", "status": "completed"}
    here = decided(facts_of({**facts, "delivered": "2026-04-01"}))
    faulty = decided(facts_of({**facts, "delivered": "2026-04-05", "problem": "damaged"}))

    assert [str(each.last_on) for each in (*here, *faulty)] == ["2026-04-16", "2026-04-20"]
    assert first_to_end([*here, *faulty]) == faulty[0]
