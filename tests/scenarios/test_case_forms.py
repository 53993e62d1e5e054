"""What a running case asks of the buyer: filled in, handed over, and reread."""

from pathlib import Path
from typing import Any

import pytest

from autoclaim.errors import NotSent, PageChanged, WrongInput
from autoclaim.model import CaseSeen, Claim
from autoclaim.runner import catalogue
from tests.scenarios.stay import CONFIRM, Stay, Store, Visiting, a_session
from tests.scenarios.test_filling import PICTURE, a_dispute, differences, facts_of

# What the buyer presses first where the form stands in the page; then comes the last question.
IN_THE_PAGE = ":is([class*=return-tracking--wrap], [class*=answer-form--wrap]) .comet-btn-primary"
BOTH_STYLES = pytest.mark.parametrize("style", ["dialog", "page"])


def about_case(order: dict[str, Any], kind: str, **said: object) -> Claim:
    line = next(one for one in order["lines"] if one.get("dispute") or len(order["lines"]) == 1)
    facts = {
        "account": "mine",
        "store": "aliexpress",
        "order_id": order["order_id"],
        "line_id": line["line_id"],
        "kind": kind,
    }
    return Claim.model_validate({**facts, **said})


def an_answer(store: Store, **said: object) -> Claim:
    return about_case(facts_of(store, "disputed"), "answer", statement="The label.", **said)


def a_parcel(store: Store) -> Claim:
    """About a case in which it was just agreed that the goods go back."""
    store.behave(happens=[{"order": store.heroes["disputed"], "event": "return_agreed"}])
    order = facts_of(store, "disputed")
    return about_case(order, "return_parcel", tracking_number="RR123456789ES")


def run(stay: Stay, flow: str, claim: Claim) -> CaseSeen | None:
    with stay.visit.doing("filling"):
        seen: CaseSeen | None = catalogue.flow("aliexpress", flow).run(stay.visit, claim)
    return seen


def sent(store: Store, api: str) -> list[dict[str, Any]]:
    return [one["fields"] for one in store.journal if api in one["path"].lower()]


def pressing(stay: Stay) -> Stay:
    """This buyer presses what is in the page first, and then what a dialog asks last."""
    stay.fields = lambda checks: (  # type: ignore[method-assign]
        stay.fields_shown.extend(checks),
        stay.press(CONFIRM, IN_THE_PAGE),
    )
    return stay


@pytest.fixture
def asked(store: Store) -> Store:
    """The store has asked for more evidence in the running case."""
    store.behave(happens=[{"order": store.heroes["disputed"], "event": "evidence_asked"}])
    return store


@BOTH_STYLES
def test_an_answer_the_buyer_sent_is_reread_as_given(
    asked: Store, stay: Stay, tmp_path: Path, style: str
) -> None:
    asked.behave(answer_form=style)
    picture = tmp_path / "label.png"
    picture.write_bytes(PICTURE)
    claim = an_answer(asked, files=(picture,))

    seen = run(pressing(stay), "answer_request", claim)

    assert seen is not None
    assert (seen.kind, seen.order_id) == ("answer", claim.order_id)
    [fields] = sent(asked, "addevidence")
    assert fields["description"] == "The label."
    assert len(fields["files"]) == 1
    assert differences(stay) == []
    assert {check.name for check in stay.fields_shown} == {"order", "case", "text", "files"}
    assert sent(asked, "reverse.accept") == []


@BOTH_STYLES
def test_until_the_buyer_presses_no_answer_is_sent(
    asked: Store, visiting: Visiting, style: str
) -> None:
    asked.behave(answer_form=style)
    stay = visiting(asked, session=a_session(asked), wait=1.0)

    with pytest.raises(NotSent):
        run(stay, "answer_request", an_answer(asked))

    assert sent(asked, "addevidence") == []


def test_the_offer_is_neither_accepted_nor_the_case_withdrawn(asked: Store, stay: Stay) -> None:
    stay.presses = True

    run(stay, "answer_request", an_answer(asked))

    assert sent(asked, "reverse.accept") == []
    assert sent(asked, "reverse.withdraw") == []


def test_a_case_that_does_not_ask_is_left_alone(store: Store, stay: Stay) -> None:
    with pytest.raises(WrongInput, match="does not ask for more evidence"):
        run(stay, "answer_request", an_answer(store))

    assert sent(store, "addevidence") == []


@BOTH_STYLES
def test_an_answer_that_is_too_long_is_refused_with_the_limit(
    asked: Store, stay: Stay, style: str
) -> None:
    asked.behave(answer_form=style)
    claim = an_answer(asked).model_copy(update={"statement": "x" * 600})

    with pytest.raises(WrongInput, match="takes 512"):
        run(stay, "answer_request", claim)


def test_an_order_without_a_case_has_nothing_to_answer(store: Store, stay: Stay) -> None:
    claim = about_case(facts_of(store, "late"), "answer", statement="Here.")

    with pytest.raises(WrongInput, match="shows no case"):
        run(stay, "answer_request", claim)


@pytest.mark.usefixtures("impatient")
def test_two_choices_of_which_none_is_known_are_not_guessed_at(asked: Store, stay: Stay) -> None:
    asked.behave(answer_form="page", rename={"agree with above": "side with these"})

    with pytest.raises(PageChanged, match="asks for another look"):
        run(stay, "answer_request", an_answer(asked))


@BOTH_STYLES
def test_the_parcels_number_is_told_by_the_buyers_own_press(
    store: Store, stay: Stay, style: str
) -> None:
    store.behave(parcel_form=style)
    claim = a_parcel(store)

    seen = run(pressing(stay), "return_parcel", claim)

    assert seen is not None
    assert seen.kind == "return_parcel"
    assert [one["trackingNumber"] for one in sent(store, "sendback")] == ["RR123456789ES"]
    assert differences(stay) == []
    assert {check.name for check in stay.fields_shown} == {"order", "case", "tracking number"}
    assert run(stay, "follow_case", claim) is not None


@BOTH_STYLES
def test_until_the_buyer_presses_no_number_is_told(
    store: Store, visiting: Visiting, style: str
) -> None:
    store.behave(parcel_form=style)
    stay = visiting(store, session=a_session(store), wait=1.0)

    with pytest.raises(NotSent):
        run(stay, "return_parcel", a_parcel(store))

    assert sent(store, "sendback") == []


def test_a_number_longer_than_the_box_takes_is_refused_with_the_limit(
    store: Store, stay: Stay
) -> None:
    store.behave(parcel_form="dialog")
    claim = a_parcel(store).model_copy(update={"tracking_number": "R" * 31})

    with pytest.raises(WrongInput, match="takes 30"):
        run(stay, "return_parcel", claim)


@pytest.mark.parametrize("kind", ["answer", "parcel in the page", "parcel in a dialog"])
def test_what_a_page_asks_for_only_after_its_answer_came_is_not_taken_as_told(
    asked: Store, stay: Stay, kind: str
) -> None:
    form = "dialog" if kind == "parcel in a dialog" else "page"
    claim = an_answer(asked) if kind == "answer" else a_parcel(asked)
    asked.behave(detail_delay_ms=500, parcel_form=form)

    assert run(stay, "follow_case", claim) is None


def test_a_case_that_asks_for_no_parcel_is_left_alone(store: Store, stay: Stay) -> None:
    claim = about_case(facts_of(store, "disputed"), "return_parcel", tracking_number="RR1")

    with pytest.raises(WrongInput, match="does not ask for the number"):
        run(stay, "return_parcel", claim)


def test_our_own_words_are_cut_after_a_sentence_where_the_form_takes_less(
    store: Store, stay: Stay
) -> None:
    store.behave(text_limit=60)
    words = "It has not arrived. " + "The tracking shows no movement at all. " * 3
    stay.presses = True
    claim = a_dispute(store, statement=words.strip(), statement_is_ours=True)

    with stay.visit.doing("filling"):
        catalogue.flow("aliexpress", "open_dispute").run(stay.visit, claim)

    text = next(check for check in stay.fields_shown if check.name == "text")
    assert text.found == "It has not arrived. The tracking shows no movement at all."


@pytest.mark.parametrize(
    "html",
    [
        '<div class="comet-v2-modal-footer"><button>Submit</button></div>',
        '<div class="comet-v2-modal-footer"><button>Upload more photos/videos now</button></div>',
        '<button data-pl="buyersubmit_btn_submit">Upload more photos/videos</button>',
        '<form><button type="submit">Upload more photos/videos</button></form>',
    ],
)
def test_the_hand_that_goes_further_presses_one_label_and_nothing_that_sends(
    visiting: Visiting, store: Store, html: str
) -> None:
    page = visiting(store).visit.page
    page.set_content(f"{html}<script>onclick = () => document.title = 'pressed'</script>")
    label = catalogue.flow("aliexpress", "words").whole_label("button_words", "more_evidence")

    with pytest.raises(PageChanged, match="a button that does not send"):
        catalogue.flow("aliexpress", "waiting").press_further(page.locator("button"), label)

    assert page.title() == ""
