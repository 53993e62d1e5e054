"""A fact that pages no longer tell is noticed against the last reading that was whole."""

from autoclaim.runner.coverage import Coverage, last_good, lost


def counted(pages: int, **facts: int) -> dict[str, dict[str, int]]:
    return {"detail": {"pages": pages, **facts}}


def test_pages_and_their_facts_are_counted_by_kind() -> None:
    coverage = Coverage()

    coverage.add("list", ["status", "total"], [])
    coverage.add("list", ["status"], ["the button “Sing”"])
    coverage.add("detail", ["status"], ["the button “Sing”"])

    assert coverage.as_json() == {
        "list": {"pages": 2, "status": 2, "total": 1},
        "detail": {"pages": 1, "status": 1},
    }
    assert coverage.unseen == [
        "the button “Sing” on the list page",
        "the button “Sing” on the detail page",
    ]


def test_a_fact_that_most_pages_told_and_none_does_is_lost() -> None:
    before = counted(10, status=10, paid_at=8, promised_by=3)

    assert lost(counted(12, status=12), before) == [
        "paid_at on 0 of 12 detail pages (before: 8 of 10)"
    ]
    assert lost(counted(12, status=12, paid_at=2), before) == []
    assert lost(counted(4, status=4), before) == []
    assert lost(counted(12), {"list": {"pages": 10, "status": 10}}) == []


def test_what_is_compared_with_is_the_last_reading_that_lost_nothing() -> None:
    good, lean, bad = counted(10, paid_at=9), counted(2), counted(12)
    readings = [
        {"coverage": good},
        {"coverage": lean},
        {"coverage": bad, "lost": ["paid_at …"]},
        {"orders": 3},
    ]

    assert last_good(readings) == good
