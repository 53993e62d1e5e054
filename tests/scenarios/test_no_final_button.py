"""No code in scenarios/ can press a button that sends: by its text, its page, the network."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error

from autoclaim.browser.submit_guard import Verdict
from autoclaim.errors import NotSent, PageChanged
from autoclaim.runner import catalogue
from tests.scenarios.stay import Stay, Store, Visiting, a_session
from tests.scenarios.test_filling import a_cancellation, a_dispute, sent

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SOURCES = sorted(SCENARIOS.rglob("*.py"))
# What a person's hand can do to a page; only waiting.py has such a hand, and it looks first.
HANDS = {"click", "dblclick", "tap", "press", "press_sequentially", "check", "uncheck"}
HANDS |= {"dispatch_event", "drag_to", "keyboard", "mouse", "touchscreen", "submit", "request"}
HANDS |= {"evaluate", "evaluate_all", "evaluate_handle", "add_script_tag", "add_init_script"}
LOOKS = {"evaluate", "evaluate_all"}  # where all that they run can do nothing but look
# Labels a flow may look for in order to press them; none of them sends.
PRESSED_LABELS = {("button_words", "cancel"), ("button_words", "open_dispute")}
PRESSED_LABELS |= {("button_words", "view_solutions"), ("button_words", "more_evidence")}
PRESSED_LABELS |= {("button_words", "disagree"), ("button_words", "tell_number")}
PRESSED_LABELS |= {("button_words", "next_step"), ("answers", "yes"), ("answers", "no")}
# What a script needs in order to do more than look.
DOING = ("click", "submit", "dispatch", "fetch", "Http", "sendBeacon", "open(", "location", "eval")


def calls(source: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node


def constants(tree: ast.Module) -> dict[str, str]:
    """The module's own texts by name."""
    return {
        ast.unparse(node.targets[0]): node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }


def only_reads(script: ast.expr, texts: dict[str, str]) -> bool:
    """Whether a script run in the page is a plain text that can do nothing but look."""
    text = texts.get(ast.unparse(script), getattr(script, "value", None))
    return isinstance(text, str) and not any(word in text for word in DOING)


def used_hands(source: Path) -> set[str]:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    scripts = [
        node.args[0]
        for node in calls(source)
        if isinstance(node.func, ast.Attribute) and node.func.attr in LOOKS
    ]
    reading = scripts and all(only_reads(script, constants(tree)) for script in scripts)
    return (names & HANDS) - (LOOKS if reading else set())


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_only_the_hand_that_looks_first_touches_a_page(source: Path) -> None:
    allowed = {"click", "dispatch_event", "evaluate"} if source.name == "waiting.py" else set()

    assert used_hands(source) <= allowed


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_no_flow_looks_for_the_label_of_a_last_button(source: Path) -> None:
    looked_for = {
        tuple(ast.unparse(argument).strip("'") for argument in call.args)
        for call in calls(source)
        if ast.unparse(call.func).endswith("whole_label")
    }

    assert looked_for <= PRESSED_LABELS


def test_no_word_of_the_store_is_that_of_a_last_button() -> None:
    words = catalogue.flow("aliexpress", "words")

    assert {"submit", "confirm", "send"} & set(words.table("button_words")) == set()


@pytest.mark.parametrize(
    "html",
    [
        '<button data-pl="buyersubmit_btn_submit">Submit</button>',
        '<button data-pl="buyersubmit_btn_submit"><span>Submit</span></button>',
        '<div class="comet-v2-modal-footer"><button>Confirm</button></div>',
        '<form><button type="submit">Next step</button></form>',
        '<form><input type="submit" value="Next step"></form>',
    ],
)
@pytest.mark.parametrize("hand", ["press", "press_itself"])
def test_the_hand_does_not_press_what_sends(
    visiting: Visiting, store: Store, html: str, hand: str
) -> None:
    page = visiting(store).visit.page
    page.set_content(f"{html}<script>onclick = () => document.title = 'pressed'</script>")
    button = page.locator("button, input").first

    with pytest.raises(PageChanged, match="a button that does not send"):
        getattr(catalogue.flow("aliexpress", "waiting"), hand)(button)

    assert page.title() == ""


@pytest.mark.parametrize("further", [(), (re.compile("Next"),)], ids=["press", "press_further"])
def test_a_button_that_went_with_its_window_is_no_changed_page(
    visiting: Visiting, store: Store, further: tuple[re.Pattern[str], ...]
) -> None:
    page = visiting(store).visit.page
    page.close()
    hand = "press_further" if further else "press"

    with pytest.raises(Error, match="closed"):
        getattr(catalogue.flow("aliexpress", "waiting"), hand)(page.locator("button"), *further)


@pytest.mark.parametrize("kind", ["cancel", "dispute"])
def test_even_an_open_guard_lets_nothing_out_unless_the_buyer_presses(
    store: Store, visiting: Visiting, kind: str
) -> None:
    stay = visiting(store, wait=1.0, session=a_session(store))
    claim = a_cancellation(store) if kind == "cancel" else a_dispute(store)
    _open_the_guard(stay)

    with pytest.raises(NotSent):
        stay.fill(claim, presses=False)

    assert sent(store) == []


@pytest.mark.parametrize("kind", ["cancel", "dispute"])
def test_exactly_one_last_request_leaves_when_the_buyer_presses(
    store: Store, stay: Stay, kind: str
) -> None:
    stay.fill(a_cancellation(store) if kind == "cancel" else a_dispute(store))

    assert len(sent(store)) == 1


def _open_the_guard(stay: Stay) -> None:
    def everything(method: str, address: str, body: str = "") -> Verdict:
        del method, address, body
        return "let_through"

    stay.visit.guard.judge = everything  # type: ignore[method-assign] # the code alone must hold
