"""A reading that was not whole is told of once, also where nobody asked for it."""

from datetime import UTC, datetime, timedelta

from autoclaim.model import Account
from autoclaim.model.reminder import Age
from autoclaim.runner.looking import drifted
from autoclaim.runner.scan import Scanned
from autoclaim.runner.telling import Seen, _news, _Told

NOW = datetime(2026, 4, 20, 12, tzinfo=UTC)
MINE = Account(name="mine", store="fairstore", email="you@buyer.example", added_at=NOW)


def scanned(*missing: str) -> Scanned:
    reading = Scanned(MINE)
    reading.coverage.add("detail", ["status"], [], missing)
    return reading


def test_a_whole_reading_is_no_trouble() -> None:
    assert drifted(scanned()) is None


def test_a_change_of_the_pages_is_told_once_whichever_order_it_is_seen_on() -> None:
    first = drifted(scanned("the seller of 8200000000150011"))
    again = drifted(scanned("the seller of 8200000000150012"))
    other = drifted(scanned("the total of 8200000000150011"))

    assert first is not None
    assert again is not None
    assert other is not None
    assert "the seller of 8200000000150011 on the detail page" in first.what_happened
    assert first.topic == again.topic != other.topic
    ages = [Age("mine", NOW, NOW)]  # read well since it was told
    told = _Told({first.topic: NOW - timedelta(days=1)}, {}, NOW)
    assert list(_news(Seen([], ages, [again, other], None), told)) == [other]
