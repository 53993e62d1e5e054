"""What can go wrong with a claim, one test for each: the truth is told, nothing is sent twice."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from autoclaim.edge.locks import hold_account
from autoclaim.runner import catalogue
from tests.at_the_window import someone
from tests.claiming_here import SUBMIT, Here


def test_an_account_in_use_is_left_alone(here: Here) -> None:
    with hold_account(here.wiring.places.locks, here.wiring.account("mine")):
        code, said = here.claim()

    assert code == 6, said
    assert here.sent() == []


def test_a_session_that_ends_on_the_third_step_is_said_and_the_draft_kept(here: Here) -> None:
    here.store.behave(end_session_on="reverse.nextstep")

    code, said = here.claim()

    assert code == 3, said
    assert "sign-in" in said
    assert here.sent() == []
    assert here.wiring.ledger.claims()[0].state == "drafted"


def test_a_success_that_no_case_page_knows_is_not_seen_and_never_sent_again(here: Here) -> None:
    here.store.behave(submit="lost")

    with here.a_hand():
        code, said = here.claim()
    again, because = here.claim()

    assert code == 5, said
    assert "the store shows no case yet" in said
    assert again == 5, because
    assert len(here.sent()) == 1


@pytest.mark.parametrize("answer", [500, 0])
def test_a_submit_that_is_answered_500_or_not_at_all_is_reread(here: Here, answer: int) -> None:
    here.store.behave(fail={SUBMIT: {"status": answer, "times": 1}})

    with here.a_hand():
        code, said = here.claim()

    assert code == 5, said
    assert "outcome is not known" in said
    assert len(here.sent()) == 1


def test_an_order_disputed_meanwhile_from_the_phone_contradicts(here: Here) -> None:
    def by_phone(_: Page) -> None:
        line = here.store.state.history.order(here.order).lines[0]
        asked = {"tradeOrderId": here.order, "tradeOrderLineId": line.line_id, "reasonId": "117"}
        said = {"received": "false", "solution": "refund_only", "description": "Not here."}
        form = catalogue.fixture("aliexpress", "returning")
        form.submit(here.store.state, {**asked, **said, "amount": "1.00"})

    with here.a_hand(by_phone):
        code, said = here.claim()

    assert code == 5, said
    assert "something else than the form held" in said
    assert "amount: 1 USD instead of 38.99 USD" in said


@pytest.mark.parametrize("where", ["detail", "return"])
def test_a_page_that_asks_for_the_password_again_does_not_get_it(here: Here, where: str) -> None:
    here.store.behave(sign_in_again=where, detail_delay_ms=400)

    code, said = here.claim()

    assert code == 3, said
    assert "asks for your password" in said
    assert here.store.journal == []
    assert here.sent() == []


def test_a_case_that_asks_for_the_password_again_does_not_get_it(here: Here) -> None:
    order = here.store.heroes["disputed"]
    here.store.behave(happens=[{"order": order, "event": "return_agreed"}])
    here.store.behave(sign_in_again="case", detail_delay_ms=400)
    words = ["claim", order, "--parcel", "RR123456789ES", "--headless", "--wait", "15"]

    code, said = here.run(*words)

    assert code == 3, said
    assert "asks for your password" in said
    assert not any("sendback" in one["path"].lower() for one in here.store.journal)


@pytest.mark.parametrize(
    ("words", "because"),
    [
        pytest.param(["--amount", "99999"], "more than", id="amount-above-what-was-paid"),
        pytest.param(["--amount", "-1"], "not an amount", id="negative-amount"),
        pytest.param(["--amount", "ten"], "not an amount", id="amount-in-words"),
        pytest.param(["--reason", "I like it"], "does not offer", id="reason-not-offered"),
        pytest.param(["--file", "missing.jpg"], "missing.jpg", id="file-missing"),
        pytest.param(["--file", "{folder}/note.txt"], "note.txt", id="file-of-wrong-type"),
        pytest.param(["--file", "{folder}/huge.png"], "huge.png", id="file-too-large"),
        pytest.param(["--file", "{folder}/empty.png"], "empty", id="file-empty"),
        pytest.param(["--text", "x" * 5000], "512", id="text-too-long"),
        pytest.param(["--line", "77"], "no line 77", id="line-unknown"),
    ],
)
def test_what_the_form_cannot_take_is_said_and_nothing_is_sent(
    here: Here, tmp_path: Path, words: list[str], because: str
) -> None:
    (tmp_path / "note.txt").write_text("a note")
    (tmp_path / "huge.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(3_000_000))
    (tmp_path / "empty.png").touch()

    code, said = here.claim("--wait", "5", *(word.format(folder=tmp_path) for word in words))

    assert code == 2, said
    assert because in said
    assert here.sent() == []


def test_a_browser_that_dies_while_the_form_is_filled_sends_nothing(here: Here) -> None:
    def dies(browser: Browser) -> None:
        hand = catalogue.fixture("aliexpress", "scripted_buyer")
        while "order_detail" not in here.store.pages:
            hand._glance(browser)
        browser.new_browser_cdp_session().send("Browser.close")

    with someone(dies):
        code, said = here.claim()
    again, _ = here.claim("--wait", "1")

    assert code == 1, said
    assert "the browser ended" in said
    assert again == 7  # the draft is there, and may be filled in again
    assert here.sent() == []
