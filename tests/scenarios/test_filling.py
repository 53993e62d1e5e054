"""Filling: the form holds what was planned, the buyer alone sends, and the store is reread."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Route

from autoclaim.errors import (
    ChoiceNeeded,
    NeedsPerson,
    NotSent,
    PageChanged,
    StoreUnreachable,
    WrongInput,
)
from autoclaim.model import Claim, Money
from tests.scenarios.stay import Stay, Store, Visiting, a_session, written

STATEMENT = "It has not arrived.\nThe last scan was two weeks ago."
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def facts_of(store: Store, hero: str) -> dict[str, Any]:
    order_id = store.heroes[hero]
    return next(one for one in store.truth()["orders"] if one["order_id"] == order_id)


def a_dispute(store: Store, hero: str = "late", **changes: object) -> Claim:
    order = facts_of(store, hero)
    line = order["lines"][0]
    facts = {
        "account": "mine",
        "store": "aliexpress",
        "order_id": order["order_id"],
        "line_id": line["line_id"],
        "kind": "dispute",
        "reason": "not_received",
        "store_reason": "No tracking information",
        "received": False,
        "amount": Money.of(**line["paid"]),
        "statement": STATEMENT,
    }
    return Claim.model_validate({**facts, **changes})


def a_cancellation(store: Store, **changes: object) -> Claim:
    facts = {
        "account": "mine",
        "store": "aliexpress",
        "order_id": store.heroes["cancel"],
        "kind": "cancel",
        "store_reason": "Other reasons",
    }
    return Claim.model_validate({**facts, **changes})


def sent(store: Store) -> list[dict[str, Any]]:
    """What the store received with the buyer's last press."""
    final = ("reverse.submit", "order.operation")
    return [one["fields"] for one in store.journal if any(part in one["path"] for part in final)]


def differences(stay: Stay) -> list[str]:
    return [check.name for check in stay.fields_shown if not check.agrees]


# ── cancelling ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("control", ["radio", "select", "menu"])
def test_a_cancellation_the_buyer_sent_is_reread_as_cancelled(
    store: Store, stay: Stay, control: str
) -> None:
    store.behave(cancel_reasons=control)

    seen = stay.fill(a_cancellation(store))

    assert seen is not None
    assert (seen.kind, seen.answer, seen.status_text) == ("cancel", "done", "Canceled")
    assert [one["reason"] for one in sent(store)] == ["otherReasons"]
    assert differences(stay) == []
    assert stay.pictures == ["order, before", "the store's answer"]


def test_a_request_that_waits_for_the_seller_is_reread_as_such(store: Store, stay: Stay) -> None:
    store.behave(cancel_outcome="waiting")

    seen = stay.fill(a_cancellation(store))

    assert seen is not None
    assert (seen.answer, seen.status_text) == ("waiting", "Awaiting Cancellation")


REFUSED = "Your order has been picked up by the courier company and can't be canceled"


def test_a_cancellation_the_store_refuses_is_seen_in_the_stores_words(
    store: Store, stay: Stay
) -> None:
    store.behave(cancel_outcome="refused")

    seen = stay.fill(a_cancellation(store))

    assert seen is not None
    assert (seen.kind, seen.answer) == ("cancel", "refused")
    assert (seen.status_text or "").startswith(REFUSED)


def test_a_cancellation_the_seller_refused_later_is_seen_as_such(store: Store, stay: Stay) -> None:
    store.behave(cancel_outcome="waiting")
    claim = a_cancellation(store)
    stay.fill(claim)
    store.behave(happens=[{"order": claim.order_id, "event": "cancel_refused"}])

    seen = stay.follow(claim)

    assert seen is not None
    assert seen.answer == "refused"
    assert (seen.status_text or "").startswith(REFUSED)


def test_a_refusal_in_words_never_seen_is_told_all_the_same(store: Store, stay: Stay) -> None:
    store.behave(cancel_outcome="refused", rename={"courier": "shipping"})

    seen = stay.fill(a_cancellation(store))

    assert seen is not None
    assert "shipping company" in (seen.status_text or "")


def test_until_the_buyer_presses_no_cancellation_is_sent(store: Store, visiting: Visiting) -> None:
    stay = visiting(store, wait=1.0, session=a_session(store))

    with pytest.raises(NotSent):
        stay.fill(a_cancellation(store), presses=False)

    assert written(store) == []
    assert [check.name for check in stay.fields_shown] == ["order", "reason"]


def test_an_order_that_offers_no_cancel_is_left_alone(store: Store, stay: Stay) -> None:
    late = store.heroes["late"]

    with pytest.raises(WrongInput, match=r"does not offer “Cancel” .*Awaiting delivery"):
        stay.fill(a_cancellation(store, order_id=late))

    assert written(store) == []


@pytest.mark.usefixtures("impatient")
def test_a_cancel_button_the_store_tells_of_but_does_not_show_is_a_changed_page(
    store: Store, stay: Stay
) -> None:
    store.behave(cancel_button_delay_ms=600_000)

    with pytest.raises(PageChanged, match="the button “Cancel”"):
        stay.fill(a_cancellation(store))


# ── disputes ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "switches",
    [
        {},
        {"received_question": "page"},
        {"received_question": "absent"},
        {"form_steps": "one"},
        {"reason_control": "radio"},
        {"reason_control": "select"},
        {"overlay": True, "transport": "jsonp"},
    ],
    ids=lambda switches: "-".join(switches) or "usual",
)
def test_a_dispute_the_buyer_sent_comes_back_with_the_stores_case_number(
    store: Store, stay: Stay, switches: dict[str, Any]
) -> None:
    store.behave(**switches)
    claim = a_dispute(store)

    seen = stay.fill(claim)

    [final] = sent(store)
    assert differences(stay) == []
    assert seen is not None
    assert seen.answer == "waiting"
    assert seen.reference == facts_of(store, "late")["lines"][0]["dispute"]["reference"]
    assert (seen.line_id, seen.reason_text, seen.amount) == (
        claim.line_id,
        claim.store_reason,
        claim.amount,
    )
    assert final["description"] == STATEMENT
    assert final["received"] == "false"
    assert stay.pictures == ["order, before", "the form, filled", "the store's answer"]


@pytest.mark.parametrize("steps", ["several", "one"])
def test_the_branch_of_what_was_received_asks_for_money_alone(
    store: Store, stay: Stay, steps: str
) -> None:
    store.behave(form_steps=steps)
    claim = a_dispute(
        store,
        "complaint",
        reason="defective",
        store_reason=None,
        received=True,
        amount=Money.of("5.00", "USD"),
    )

    stay.fill(claim)

    [final] = sent(store)
    assert (final["received"], final["solution"]) == ("true", "refund_only")
    assert final["amount"] == "5.00"
    assert differences(stay) == []


@pytest.mark.parametrize("steps", ["several", "one"])
def test_who_has_changed_their_mind_sends_the_goods_back(
    store: Store, stay: Stay, steps: str
) -> None:
    store.behave(form_steps=steps)
    claim = a_dispute(
        store, "complaint", reason="changed_mind", store_reason="Quality problem", received=True
    )

    stay.fill(claim)

    assert [one["solution"] for one in sent(store)] == ["return_and_refund"]
    assert differences(stay) == []


def test_until_the_buyer_presses_no_dispute_is_sent(store: Store, visiting: Visiting) -> None:
    stay = visiting(store, wait=1.0, session=a_session(store))

    with pytest.raises(NotSent):
        stay.fill(a_dispute(store), presses=False)

    steps = [path.split("/")[-3] for path in written(store)]
    assert steps == ["mtop.aliexpress.buyer.reverse.nextstep"]
    assert sent(store) == []


def test_a_value_the_page_changes_is_shown_as_a_difference(
    store: Store, visiting: Visiting
) -> None:
    store.behave(late_change={"field": "amount", "value": "1.00", "after_ms": 0})
    stay = visiting(store, wait=1.0, session=a_session(store))

    with pytest.raises(NotSent):
        stay.fill(a_dispute(store), presses=False)

    assert differences(stay) == ["amount"]


def test_what_the_form_says_beforehand_gives_way_to_the_plan(store: Store, stay: Stay) -> None:
    store.behave(prefill={"amount": "0.01", "description": "All is well."})

    stay.fill(a_dispute(store))

    [final] = sent(store)
    assert final["description"] == STATEMENT
    assert final["amount"] == facts_of(store, "late")["lines"][0]["paid"]["amount"]


def test_a_reason_that_is_not_offered_is_told_with_those_that_are(
    store: Store, stay: Stay
) -> None:
    with pytest.raises(WrongInput, match="does not offer the reason “It rained”") as refused:
        stay.fill(a_dispute(store, store_reason="It rained"))

    assert "Held at customs" in refused.value.next_step
    assert written(store) == []


def test_a_reason_that_leaves_a_choice_is_the_buyers(store: Store, stay: Stay) -> None:
    with pytest.raises(ChoiceNeeded) as asked:
        stay.fill(a_dispute(store, store_reason=None))

    assert "Tracked as returned/canceled/lost" in asked.value.options
    assert written(store) == []


def test_filled_in_anew_after_a_question_the_order_is_pictured_once(
    store: Store, stay: Stay
) -> None:
    with pytest.raises(ChoiceNeeded):
        stay.fill(a_dispute(store, store_reason=None))

    stay.fill(a_dispute(store))

    assert stay.pictures == ["order, before", "the form, filled", "the store's answer"]


def test_more_than_the_maximum_is_refused_with_the_maximum(store: Store, stay: Stay) -> None:
    most = facts_of(store, "late")["lines"][0]["paid"]["amount"]

    with pytest.raises(WrongInput, match=rf"at most {most} USD for this line, not 9999\.00 USD"):
        stay.fill(a_dispute(store, amount=Money.of("9999.00", "USD")))

    assert written(store) == []


def test_another_currency_than_the_forms_is_refused(store: Store, stay: Stay) -> None:
    with pytest.raises(WrongInput, match=r"USD for this line, not 1\.00 EUR"):
        stay.fill(a_dispute(store, amount=Money.of("1.00", "EUR")))


def test_a_text_that_is_too_long_is_never_cut(store: Store, stay: Stay) -> None:
    store.behave(text_limit=20)

    with pytest.raises(WrongInput, match="has 52 characters; the store's form takes 20"):
        stay.fill(a_dispute(store))

    assert written(store) == []


def test_files_are_uploaded_before_the_last_look(store: Store, stay: Stay, tmp_path: Path) -> None:
    files = [tmp_path / "parcel.png", tmp_path / "label.png"]
    for file in files:
        file.write_bytes(PICTURE)

    stay.fill(a_dispute(store, files=tuple(files)))

    uploads = [one["files"][0]["name"] for one in store.journal if one["files"]]
    assert uploads == ["parcel.png", "label.png"]
    assert [len(one["files"]) for one in sent(store)] == [2]
    assert differences(stay) == []


@pytest.mark.parametrize(
    ("name", "content", "switches", "because"),
    [
        ("notes.txt", b"words", {}, r"does not take notes\.txt: it takes image/jpeg"),
        ("big.png", PICTURE * 40_000, {}, r"big\.png has [\d,]+ bytes; the form takes 2,097,152"),
        ("gone.png", None, {}, r"gone\.png is not there"),
        ("fake.png", b"words", {}, "The store refuses the file: This file type is not supported"),
        ("fine.png", PICTURE, {"upload": "fails"}, "The store refuses the file"),
        ("fine.png", PICTURE, {"file_limit": 1}, "takes 1 files, not 2"),
    ],
    ids=["kind", "size", "missing", "content", "failing", "number"],
)
def test_a_file_the_form_does_not_take_ends_before_anything_is_sent(
    store: Store,
    stay: Stay,
    tmp_path: Path,
    name: str,
    content: bytes | None,
    switches: dict[str, Any],
    because: str,
) -> None:
    store.behave(**switches)
    if content is not None:
        (tmp_path / name).write_bytes(content)
    files = (tmp_path / name,) * (2 if "file_limit" in switches else 1)

    with pytest.raises(WrongInput, match=because):
        stay.fill(a_dispute(store, files=files))

    assert sent(store) == []


@pytest.mark.usefixtures("impatient")
def test_an_upload_that_never_ends_is_given_up(store: Store, stay: Stay, tmp_path: Path) -> None:
    store.behave(upload="never_ends")
    (tmp_path / "fine.png").write_bytes(PICTURE)

    with pytest.raises(StoreUnreachable, match=r"did not take fine\.png"):
        stay.fill(a_dispute(store, files=(tmp_path / "fine.png",)))

    assert sent(store) == []


@pytest.mark.parametrize("names_its_line", [True, False])
@pytest.mark.parametrize("wrong", ["line", "order", "line of the same order"])
def test_a_form_that_is_not_about_the_claim_is_left_before_filling(
    store: Store, stay: Stay, wrong: str, *, names_its_line: bool
) -> None:
    claim, other = a_dispute(store), a_dispute(store, "complaint")
    order = {"line": other.order_id, "order": other.order_id}.get(wrong, claim.order_id)
    line = claim.line_id if wrong == "order" else other.line_id
    address = f"/p/reverse-pages/start.html?tradeOrderId={order}&tradeOrderLineId={line}"
    right = f"tradeOrderId={claim.order_id}&tradeOrderLineId={claim.line_id}"
    store.behave(redirect={right: address})

    with pytest.raises(PageChanged, match=r"the form of (line|order)"):
        stay.fill(claim if names_its_line else claim.model_copy(update={"line_id": None}))

    assert written(store) == []


def test_a_form_that_leads_away_from_the_store_is_left_before_filling(
    store: Store, stay: Stay
) -> None:
    def somewhere_else(route: Route) -> None:
        elsewhere = route.request.url.replace("127.0.0.1", "localhost")
        route.fulfill(status=302, headers={"Location": elsewhere})

    form = f"{store.origin}/p/reverse-pages/start.html*"
    stay.visit.page.context.route(form, somewhere_else)

    with pytest.raises(PageChanged, match="a page of the store's own"):
        stay.fill(a_dispute(store))

    assert written(store) == []


@pytest.mark.parametrize("page", ["order_detail", "return_start"])
def test_a_page_of_another_account_is_left_before_filling(
    store: Store, stay: Stay, page: str
) -> None:
    store.behave(another_account=page)

    with pytest.raises(NeedsPerson, match="belongs to another account than"):
        stay.fill(a_dispute(store))

    assert written(store) == []


def test_a_form_that_shows_another_product_is_left_before_filling(
    store: Store, stay: Stay
) -> None:
    claim = a_dispute(store)
    title = facts_of(store, "late")["lines"][0]["title"]
    stay.visit.page.context.route(
        "**/static/return-form.js*",
        lambda route: route.fulfill(
            body=route.fetch().text().replace("one.itemTitle)", "'Something else')"),
            content_type="text/javascript",
        ),
    )
    store.behave(detail_delay_ms=400)

    with pytest.raises(PageChanged, match=f"the form of “{title[:20]}"):
        stay.fill(claim)

    assert written(store) == []


def test_a_line_the_order_does_not_have_is_refused(store: Store, stay: Stay) -> None:
    with pytest.raises(WrongInput, match="has no line 123"):
        stay.fill(a_dispute(store, line_id="123"))


def test_an_order_of_several_lines_asks_which(store: Store, stay: Stay) -> None:
    order = next(one for one in store.truth()["orders"] if len(one["lines"]) > 1)

    with pytest.raises(NeedsPerson, match="several lines"):
        stay.fill(a_dispute(store, order_id=order["order_id"], line_id=None))


def test_an_order_that_is_not_there_is_a_changed_page(store: Store, stay: Stay) -> None:
    with pytest.raises(PageChanged, match="order 8200000000000000"):
        stay.fill(a_dispute(store, order_id="8200000000000000"))


def test_a_line_with_a_running_dispute_offers_none(store: Store, stay: Stay) -> None:
    with pytest.raises(WrongInput, match="does not offer “Returns/refunds”"):
        stay.fill(a_dispute(store, "disputed"))


def test_a_submit_the_store_lost_is_not_seen(store: Store, stay: Stay) -> None:
    store.behave(submit="lost")

    assert stay.fill(a_dispute(store)) is None


# ── looking and following ───────────────────────────────────────────────────────────────────────


def test_looking_tells_reasons_and_limits_and_sends_nothing(store: Store, stay: Stay) -> None:
    offer = stay.look(a_dispute(store))

    assert "Held at customs" in offer.reasons
    assert offer.maximum == Money.of(**facts_of(store, "late")["lines"][0]["paid"])
    assert (offer.statement_limit, offer.most_files) == (512, 5)
    assert offer.accepts == "image/jpeg,image/png,video/mp4"
    assert offer.required == ("Reason for refund request", "Refund amount", "Description")
    assert written(store) == []


def test_a_limit_that_only_the_counter_tells_is_read(store: Store, stay: Stay) -> None:
    stay.visit.page.context.route(
        "**/static/return-fields.js*",
        lambda route: route.fulfill(
            body=route.fetch().text().replace("maxlength: String(module.textLimit),", ""),
            content_type="text/javascript",
        ),
    )

    offer = stay.look(a_dispute(store))

    assert offer.statement_limit == 512


def test_looking_at_a_cancellation_tells_its_reasons(store: Store, stay: Stay) -> None:
    offer = stay.look(a_cancellation(store))

    assert "Other reasons" in offer.reasons
    assert written(store) == []


def test_following_sees_the_case_and_what_became_of_it(store: Store, stay: Stay) -> None:
    claim = a_dispute(store, "disputed")
    before = stay.follow(claim)
    store.behave(happens=[{"order": claim.order_id, "event": "refused"}])

    after = stay.follow(claim)

    assert before is not None
    assert after is not None
    assert before.status_text == "Waiting for AliExpress's feedback"
    assert after.status_text == "Request declined"
    assert before.reference == after.reference
    assert (before.answer, after.answer) == ("waiting", "refused")

    back = {"order": claim.order_id, "event": "refunded", "to": "balance"}
    store.behave(happens=[back])
    credited = stay.follow(claim)

    assert credited is not None
    assert credited.facts["refund"]["paid_as"] == "balance"
    assert credited.facts["refund"]["paid"]["amount"]


def test_following_a_claim_without_a_case_sees_none(store: Store, stay: Stay) -> None:
    assert stay.follow(a_dispute(store)) is None
    assert stay.follow(a_cancellation(store)) is None
