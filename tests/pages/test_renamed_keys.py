"""Every key of the store's answers that the reader takes, renamed: the same facts, or it is named.

The keys are taken from the answers of the local store and held against the readers' own sources:
each they look for is in store.toml [keys], by which a renamed one is noticed within one reading.
"""

import ast
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from autoclaim.errors import WrongInput
from autoclaim.runner import catalogue
from autoclaim.runner.coverage import Coverage, lost
from tests.pages.test_languages import HISTORY, a_store, answer
from tests.pages.test_renamed import SCENARIO, answers

payloads = catalogue.flow("aliexpress", "payloads")
envelope = catalogue.flow("aliexpress", "envelope")
order_list = catalogue.flow("aliexpress", "order_list")
returns = catalogue.flow("aliexpress", "returns")
words = catalogue.flow("aliexpress", "words")
tracking_json = catalogue.fixture("aliexpress", "tracking_json")

SAVED = Path(__file__).with_name("saved")
READERS = (
    "order_list",
    "order_detail",
    "tracking",
    "returns",
    "paid",
    "money",
    "status",
    "unseen",
)
LOOKS = {"text", "whole", "child", "items", "as_it_stands", "price_of", "_price", "_moment"}
OF_FACTS = {"cancel", "open_dispute", "line_id"}
# Never in an answer of the local store: further places for what stands elsewhere in it, too.
ELSEWHERE = {"cpName", "reverseOrderLineDTO"}
# Facts that most orders do not have: when the key that tells them is gone, no run can notice.
SELDOM = {
    "dispute.state",
    "lines.dispute.answer_by",
    "lines.free_return",
    "lines.refund.kind",
    "lines.refund.paid",
    "lines.refund.paid_at",
    "lines.return.approved_at",
    "lines.return.full_refund",
    "lines.return.sent_at",
    "lines.return.tracking_number",
    "shipments.completed_at",
    "site_dates.refund_if_not_delivered_by",
}
NOTICED = {
    "lines.dispute.agreed_at",
    "lines.dispute.opened_at",
    "ship_to_country",
    "shipments.promised_by",
}
# Named by the beginnings of their tags, which end in numbers.
BLOCKS = {tag for one in words.table("blocks").values() if isinstance(one, list) for tag in one}


def keys_looked_for() -> Iterator[str]:
    """The texts that the readers hand to whatever looks into an answer."""
    for reader in READERS:
        tree = ast.parse((SCENARIO / f"{reader}.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            parts: list[ast.expr] = []
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                parts = node.args if node.func.id in LOOKS else []
            elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In):
                parts = [node.left]
            texts = [one.value for one in parts if isinstance(one, ast.Constant)]
            yield from (one for one in texts if isinstance(one, str) and one not in OF_FACTS)


def keys_in_table(*lists: str) -> set[str]:
    places = [one for one in words.table("keys").values() if isinstance(one, dict)]
    return {key for one in places for name in lists for key in one.get(name, ())}


def keys_always_there() -> set[str]:
    """The keys that are never missing from any of the places in which they are read."""
    places = [one for one in words.table("keys").values() if isinstance(one, dict)]
    sometimes = {key for one in places for key in one["reads"].keys() - one.get("always", ())}
    return keys_in_table("always") - sometimes


def every_answer() -> Iterator[tuple[str, object]]:
    """Each answer about an order of each kind, its parcels among them."""
    for name, content in answers("en"):
        yield f"{name}.json", json.loads(content)
        if name == "to_be_sent_back case":
            yield f"{name}, sent.json", sent_back(json.loads(content))
    for order in HISTORY.orders:
        asked = {"tradeOrderId": order.order_id, "_signed_in": True}
        told = answer("mtop.ae.ld.querydetail", tracking_json.tracking(a_store(), asked))
        yield f"{order.order_id} tracking.json", json.loads(told)


def sent_back(case: dict[str, Any]) -> dict[str, Any]:
    parcel = {"mailNo": "RR123456785CN", "gmtSend": "1789000000000"}
    case["data"]["module"]["returnLogistics"] = parcel
    return case


def keys_of(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, (dict, list)):
            yield from keys_of(part)


def renamed(value: object, key: str, new: str) -> object:
    if isinstance(value, dict):
        return {new if one == key else one: renamed(part, key, new) for one, part in value.items()}
    return [renamed(part, key, new) for part in value] if isinstance(value, list) else value


def removed(value: object, key: str) -> object:
    if isinstance(value, dict):
        return {one: removed(part, key) for one, part in value.items() if one != key}
    return [removed(part, key) for part in value] if isinstance(value, list) else value


def told(name: str, value: object) -> tuple[object, set[str]]:
    """All that is taken from an answer, for orders, paging and claims, and what is missed."""
    try:
        seen = payloads.glimpses_in(name, json.dumps(value, ensure_ascii=False).encode())
    except WrongInput as refused:
        return None, {str(refused)}
    reply = envelope.reply(value)
    further: list[object] = []
    if reply.kind == "list":
        further = [order_list.has_more(reply), order_list.page_number(reply)]
        further += [order_list.store_day(reply), order_list.how_many(reply)]
    elif reply.kind == "returns":
        further = [returns.total([reply]), returns.listed_cases([reply])]
        further += [returns.case_numbers(reply)]
    elif reply.kind == "case":
        further = [returns.case_seen(reply)]
    parts = [(one.facts, one.goods, one.inside, one.dispute_within, one.at) for one in seen]
    unread = {path for order in payloads.orders(seen) for path in order.unread}
    return (parts, further), {*payloads.not_told(seen), *unread}


def is_lost_unsaid(name: str, before: object, value: object) -> bool:
    after, missed = told(name, value)
    return after != before and not missed


def test_no_renamed_key_of_an_answer_takes_anything_away_unsaid() -> None:
    looked_for, always = {*keys_looked_for(), *keys_in_table("reads")}, keys_always_there()
    silent, met = [], set()
    for name, value in every_answer():
        before, nothing = told(name, value)
        if before is None:
            continue  # a page of the list beyond the last
        assert nothing == set()
        here = looked_for & set(keys_of(value))
        met |= here
        without = [(key, removed(value, key)) for key in sorted(here & always)]
        with_another = [(key, renamed(value, key, f"redesigned{key[::-1]}")) for key in here]
        for key, changed in (*with_another, *without):
            silent += [f"{key} in {name}"] if is_lost_unsaid(name, before, changed) else []

    assert silent == []
    assert looked_for - met <= BLOCKS | ELSEWHERE


def counted(told: Iterable[tuple[str, list[list[str]]]]) -> Coverage:
    coverage = Coverage()
    for kind, pages in told:
        for facts in pages:
            coverage.add(kind, facts, [], [])
    return coverage


def facts_told(name: str, value: object) -> list[list[str]] | None:
    """The facts by page; None where something is missed within the reading itself."""
    try:
        seen = payloads.glimpses_in(name, json.dumps(value, ensure_ascii=False).encode())
    except WrongInput:
        return None
    return None if payloads.not_told(seen) else [[*one.told] for one in seen]


def test_an_optional_key_that_is_gone_is_noticed_by_the_next_run_where_most_pages_told_it() -> (
    None
):
    """Removed outright, within one reading it may well never have been there."""
    read = [
        (name, value, facts)
        for name, value in every_answer()
        if (facts := facts_told(name, value))
    ]
    kinds = [envelope.reply(value).kind for _, value, _ in read]
    before = counted(
        (kind, facts) for kind, (*_, facts) in zip(kinds, read, strict=True)
    ).as_json()
    here = [set(keys_of(value)) for _, value, _ in read]
    optional = {*keys_looked_for(), *keys_in_table("reads")} - keys_always_there()

    noticed, seldom = set(), set()
    for key in sorted(optional):
        now = [
            facts_told(name, removed(value, key)) if key in keys else facts
            for keys, (name, value, facts) in zip(here, read, strict=True)
        ]
        if None in now:
            continue  # named at once
        after = counted(
            (kind, facts or []) for kind, facts in zip(kinds, now, strict=True)
        ).as_json()
        gone = {
            (page, fact)
            for page, facts in before.items()
            for fact in facts
            if fact not in after.get(page, {})
        }
        said = " ".join(lost(after, before))
        noticed |= {fact for page, fact in gone if f"{fact} on 0 of" in said}
        seldom |= {fact for page, fact in gone if f"{fact} on 0 of" not in said}

    assert noticed == NOTICED
    # Told by fewer than half of the pages of any kind: a run without them is nothing unusual.
    assert seldom - noticed == SELDOM


def test_every_key_the_readers_look_for_is_known_where_it_stands() -> None:
    looked_for = set(keys_looked_for())

    # A block has two names; the carrier's own stand where `logisticsCarrierName` does not.
    assert looked_for - keys_in_table("reads", "others") == {"cpName", "name", "tag"}
    assert len(looked_for) > 60


def test_a_new_block_that_holds_what_a_missing_one_holds_is_named() -> None:
    content = (SAVED / "detail_completed.json").read_text(encoding="utf-8")
    renamed_block = content.replace("detail_order_price_block", "detail_sums")

    _, missed = told("detail.json", json.loads(renamed_block))

    assert any("perhaps “detail_sums”" in one for one in missed), missed


def test_an_object_of_countless_new_keys_is_told_once() -> None:
    value = json.loads((SAVED / "detail_completed.json").read_text(encoding="utf-8"))
    head = value["data"]["data"]["detail_order_status_block_2"]["fields"]
    head |= {f"new{place}": "Sep 1, 2026" for place in range(1_000)}

    _, missed = told("detail.json", value)

    assert any(one.startswith("what 1000 new keys of") for one in missed)
    assert len(missed) < 100
