"""A damaged ledger is kept aside, and what can be read of it and its copies makes the next."""

import os
import sqlite3
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from autoclaim.edge.ledger import Event, open_ledger
from autoclaim.edge.ledger.mending import is_damaged, mend
from tests.edge.builders import NOON, an_order

PAGE = 4096


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A ledger with 300 orders, a copy of it, and one order seen since."""
    file = tmp_path / "ledger.sqlite3"
    with open_ledger(file) as ledger:
        ledger.see_orders((an_order(str(number), x="y" * 500) for number in range(300)), at=NOON)
        ledger.keep_copy(NOON.date())
        ledger.see_orders([an_order("since")], at=NOON + timedelta(hours=1))
    return file


def overwrite(file: Path, first: int, last: int) -> bytes:
    """Fill these bytes with noise; gives the whole damaged file."""
    with file.open("r+b") as damaged:
        damaged.seek(first)
        damaged.write(os.urandom(last - first))
    return file.read_bytes()


def test_a_whole_ledger_and_none_at_all_are_not_damaged(file: Path, tmp_path: Path) -> None:
    assert not is_damaged(file)
    assert not is_damaged(tmp_path / "fresh" / "ledger.sqlite3")


def test_pages_lost_in_the_middle_come_from_the_copy_and_the_rest_from_the_file(
    file: Path,
) -> None:
    content = overwrite(file, PAGE * 3, PAGE * 23)

    assert is_damaged(file)
    mended = mend(file, at=NOON)

    assert not is_damaged(file)
    assert (mended.events, mended.lost) == (301, 0)
    assert mended.newest == NOON + timedelta(hours=1)
    assert mended.kept.read_bytes() == content
    assert stat.S_IMODE(file.stat().st_mode) == stat.S_IMODE(mended.kept.stat().st_mode) == 0o600
    with open_ledger(file) as ledger:
        assert len(list(ledger.orders())) == 301
        assert [event.body["events"] for event in ledger.events("ledger_mended")] == [301]
        with pytest.raises(sqlite3.Error, match="only grows"):
            ledger._connection.execute("DELETE FROM events")


def test_without_a_copy_all_that_can_be_read_is_saved_and_the_gaps_are_counted(
    file: Path,
) -> None:
    next(file.parent.glob("*.copy-*")).unlink()
    overwrite(file, PAGE * 3, PAGE * 23)

    mended = mend(file, at=NOON)

    assert 100 < mended.events < 301
    with open_ledger(file) as ledger:
        numbers = [order.order_id for order in ledger.orders()]
    assert len(numbers) == mended.events
    assert mended.lost == 301 - mended.events or "since" not in numbers


def test_when_the_first_page_is_gone_the_rest_is_read_with_the_copys(file: Path) -> None:
    overwrite(file, 200, 4000)

    mended = mend(file, at=NOON)

    with open_ledger(file) as ledger:
        assert "since" in {order.order_id for order in ledger.orders()}
    assert (mended.events, mended.lost) == (301, 0)


@pytest.mark.parametrize(
    "ruin",
    [
        pytest.param(lambda file: file.write_bytes(b"\0" * 50_000), id="zeros"),
        pytest.param(lambda file: file.write_bytes(b"not a database" * 500), id="another text"),
        pytest.param(lambda file: os.truncate(file, PAGE * 5), id="cut off"),
    ],
)
def test_of_a_file_with_nothing_left_the_copy_is_taken(
    file: Path, ruin: Callable[[Path], object]
) -> None:
    ruin(file)

    assert is_damaged(file)
    mended = mend(file, at=NOON)

    assert mended.events >= 300
    with open_ledger(file) as ledger:
        assert len(list(ledger.orders())) == mended.events


def test_a_copy_of_another_ledger_is_not_mixed_in(file: Path) -> None:
    copy = next(file.parent.glob("*.copy-*"))
    copy.unlink()
    with open_ledger(copy) as other:
        for number in range(400):
            other.record(Event("noted", NOON, body={"number": number}))
    overwrite(file, PAGE * 3, PAGE * 5)

    mend(file, at=NOON)

    with open_ledger(file) as ledger:
        assert list(ledger.events("noted")) == []
        assert len(list(ledger.orders())) > 200


def test_with_nothing_to_read_a_new_ledger_begins(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite3"
    file.write_bytes(b"not a database" * 500)

    mended = mend(file, at=NOON)

    assert (mended.events, mended.lost, mended.newest) == (0, 0, None)
    assert not is_damaged(file)
