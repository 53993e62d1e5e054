"""A renamed key or an unseen word takes a fact away or names itself; it makes no other fact."""

import json
import re
from pathlib import Path

import pytest

from autoclaim.errors import WrongInput
from autoclaim.runner import catalogue

payloads = catalogue.flow("aliexpress", "payloads")
status = catalogue.flow("aliexpress", "status")
SAVED = Path(__file__).with_name("saved")
SCENARIO = Path(__file__).parents[2] / "scenarios" / "aliexpress"
READERS = ("order_list", "order_detail", "tracking", "returns", "paid", "money", "status")
ANSWERS = ("list_shuffled", "detail_completed", "detail_processing_two_lines", "case_refunded")
# Every key the readers look for, as it stands in their own source.
KEYS = sorted(
    {
        key
        for name in READERS
        for key in re.findall(r'"([a-z]+[A-Z]\w+)"', (SCENARIO / f"{name}.py").read_text("utf-8"))
    }
)
# Without these the facts that rest on them change their meaning: what was paid needs all rows, a
# status is told by its number, the store's own split of a price by its text.
GOES_WITH = {"total", "paid", "status", "site_dates", "site_actions", "lines", "seller", "kind"}


def facts(value: object, path: str = "") -> dict[str, object]:
    if isinstance(value, dict):
        parts = [facts(part, f"{path}.{key}") for key, part in value.items()]
    elif isinstance(value, list):
        parts = [facts(part, f"{path}[{place}]") for place, part in enumerate(value)]
    else:
        return {path: value}
    return {key: part for found in parts for key, part in found.items()}


def read(content: str) -> dict[str, object]:
    """The facts by path; none for a file that tells of no order any more."""
    try:
        orders = payloads.read_saved("file", content.encode())
    except WrongInput:
        return {}
    return facts([order.as_facts() for order in orders])


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("name", ANSWERS)
def test_a_renamed_key_makes_no_other_fact(name: str, key: str) -> None:
    content = (SAVED / f"{name}.json").read_text(encoding="utf-8")
    before = read(content)

    after = read(content.replace(f'"{key}"', f'"{key}2"'))

    changed = {path for path, value in after.items() if before.get(path) != value}
    assert {re.split(r"[.\[]", path)[2] for path in changed if "." in path} <= GOES_WITH
    assert all(path in before or path.endswith("status") for path in changed)


@pytest.mark.parametrize("label", ["Sent for alterations", "Processed", "完了", "Complete!"])
def test_an_unseen_status_is_unknown_and_keeps_its_words(label: str) -> None:
    content = (SAVED / "detail_completed.json").read_text(encoding="utf-8")

    told = read(content.replace('"title": "Completed"', json.dumps({"title": label})[1:-1]))

    assert told["[0].status"] == "unknown"
    assert told["[0].status_text"] == label


@pytest.mark.parametrize(
    ("label", "number", "word"),
    [
        ("Awaiting delivery", "9", "awaiting_delivery"),
        ("never seen", "8", "awaiting_delivery"),
        ("never seen", "9", "unknown"),
        (None, "9", "completed"),
        (None, "77", "unknown"),
        (None, None, "unknown"),
        ("WAIT_SELLER_SEND_GOODS", None, "awaiting_shipment"),
        ("FINISH", None, "unknown"),
    ],
)
def test_words_count_before_numbers(label: str | None, number: str | None, word: str) -> None:
    assert status.status(label, number) == word


def test_an_unseen_button_that_may_be_cancel_leaves_the_buttons_unread() -> None:
    content = (SAVED / "detail_processing_two_lines.json").read_text(encoding="utf-8")

    told = read(content.replace('"Cancel"', '"Call it off"'))

    assert read(content)["[0].site_actions[0]"] == "cancel"
    assert not any("site_actions" in path for path in told)


def test_an_unseen_button_beside_those_that_are_known_changes_nothing() -> None:
    content = (SAVED / "detail_completed.json").read_text(encoding="utf-8")

    told = read(content.replace('"REPURCHASE_LINE"', '"SING"').replace("Add to cart", "Sing"))

    assert told == read(content)


def test_an_unseen_scan_shows_up_as_it_is() -> None:
    name = "tracking_8200000000150011_two_parcels.json"

    orders = payloads.read_saved(name, (SAVED / name).read_bytes())

    assert orders[0].shipments[1].state is None
    assert "state" in orders[0].shipments[1].unread


def test_an_unseen_line_about_a_refund_shows_up_as_it_is() -> None:
    content = (SAVED / "list_shuffled.json").read_text(encoding="utf-8")

    told = read(content.replace("Refund complete", "Refund composed"))

    assert told["[1].dispute.state"] == "Refund composed US $12.50"


def named(content: str, name: str = "file") -> tuple[list[str], list[str]]:
    """What is named as never seen, and as not told."""
    seen = payloads.glimpses_in(name, content.encode())
    return payloads.never_seen(seen), payloads.not_told(seen)


def test_what_was_never_seen_is_named_with_where_it_stood() -> None:
    listed = (SAVED / "list_shuffled.json").read_text(encoding="utf-8")
    detail = (SAVED / "detail_completed.json").read_text(encoding="utf-8")
    number = json.loads(detail)["data"]["data"]["detail_order_status_block_2"]["fields"]["orderId"]
    case = (SAVED / "case_refunded.json").read_text(encoding="utf-8")

    new = detail.replace('"REPURCHASE_LINE"', '"SING"').replace("Add to cart", "Sing")
    block = json.loads(new)
    block["data"]["data"]["detail_choir_1"] = {"tag": "detail_choir", "fields": {}}

    assert named(listed)[0] == [
        "the status “Sent for alterations” on the list page of 8200000000040011"
    ]
    assert named(json.dumps(block))[0] == [
        f"the block detail_choir on the detail page of {number}",
        f"the button “Sing” (SING) on the detail page of {number}",
    ]
    assert named(case.replace("Refund complete", "Refund composed"))[0][0].startswith(
        "the state “Refund composed” of a case on the case page of "
    )
    name = "tracking_8200000000150011_two_parcels.json"
    assert named((SAVED / name).read_text(encoding="utf-8"), name)[0] == [
        "the step AE_CC_MYSTERY on the tracking page of 8200000000150011"
    ]


def test_what_such_a_page_always_tells_is_missed() -> None:
    content = (SAVED / "detail_processing_two_lines.json").read_text(encoding="utf-8")

    def missed(before: str, after: str) -> list[str]:
        names = [one.partition(" on the ")[0] for one in named(content.replace(before, after))[1]]
        return [name for name in names if not name.startswith("the key ")]

    assert missed("", "") == []
    assert missed('"Processing"', '"Dreaming"') == ["a known status"]
    assert missed('"payTime"', '"dreamTime"') == ["the day of payment"]
    assert missed('"orderCreatTime"', '"dreamTime"') == ["the placed_at"]
    assert missed('"sellerName"', '"dreamName"') == ["the seller"]
    assert missed('"itemTitle"', '"dream"') == ["the title of a line"]
    assert missed('"buttonVOList"', '"dreams"') == ["all its buttons"]


def test_a_tracking_page_without_any_list_of_parcels_is_missed() -> None:
    name = "tracking_8200000000150011_two_parcels.json"
    content = (SAVED / name).read_text(encoding="utf-8")

    missed = named(content.replace('"trackingDetailLineList"', '"parcels"'), name)[1]

    assert "its parcels on the tracking page of 8200000000150011" in missed
    assert not any("its parcels" in one for one in named(content, name)[1])
