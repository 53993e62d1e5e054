"""A redesign of the forms: the same reading, or what is missing is named; nothing else is filled.

The names come from the selectors of the forms' own sources. Each that the pages of a flow really
have is renamed where the page makes its elements, so that stems before a hash and names that are
put together are renamed, too; labels are renamed in what the store sends.
"""

import ast
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest

from autoclaim.browser.sharing import Browsers
from autoclaim.errors import PageChanged
from autoclaim.model import Claim, Money, Order
from autoclaim.runner import catalogue
from tests.scenarios.stay import Stay, Store, a_session, a_stay
from tests.scenarios.test_case_forms import a_parcel, an_answer
from tests.scenarios.test_filling import PICTURE, a_cancellation, a_dispute, facts_of

SCENARIO = Path(__file__).parents[2] / "scenarios" / "aliexpress"
NAMES_IN = (
    r"\.([a-z][a-z0-9]*(?:-[a-z0-9]+)+)(?![\w.])",
    r"\[class\*='?([\w-]+?)(?:--)?'?\]",
    r"\[data-pl=(\w+)\]",
    r"\[(data-(?!pl)[a-z]+)[=\]]",
    r"\[role=(\w+)\]",
)
UNSEEN = "Never seen before"
# Renames what a page's own script gives to its elements, and keeps what it met.
REDESIGN = r"""() => {
  const told = document.cookie.match(/redesigned=([^;]+)/);
  const [old, fresh] = told ? JSON.parse(decodeURIComponent(told[1])) : [];
  const name = old && new RegExp(`(^|[\\s-])${old}(?![\\w]|-(?!-))`, 'g');
  const met = (text) => { sessionStorage.met = `${sessionStorage.met || ''} ${text}`; };
  const anew = (text) => old ? String(text).replace(name, `$1${fresh}`) : text;
  const own = Object.getOwnPropertyDescriptor(Element.prototype, 'className');
  Object.defineProperty(Element.prototype, 'className', {
    ...own, set(text) { met(text); own.set.call(this, anew(text)); }});
  const set = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function (key, value) {
    met(`${key} ${value}`);
    const named = /^(class|role|data-.*)$/.test(key) ? anew(value) : value;
    set.call(this, key === old ? fresh : key, named);
  };
}"""


class Filled(NamedTuple):
    """What a form should hold and holds, its last button, and what its steps told the store."""

    planned: dict[str, str]
    found: dict[str, str]
    button: str
    steps: list[dict[str, Any]]


class Way(NamedTuple):
    """One way to fill a form: the claim, the steps, how the store behaves, and labels on it."""

    claim: Callable[[Store, Path], Claim]
    fill: Callable[[Stay, Store, Claim], Any]
    switches: Mapping[str, Any] = MappingProxyType({})
    labels: tuple[str, ...] = ()


def flow(name: str) -> Any:  # noqa: ANN401 - a module of the scenario
    return catalogue.flow("aliexpress", name)


def returned(store: Store, picture: Path) -> Claim:
    changes = {"reason": "changed_mind", "store_reason": "Quality problem", "received": True}
    less = Money.of("5.00", "USD")
    return a_dispute(store, "complaint", files=(picture,), amount=less, **changes)


def asked_for_evidence(store: Store, picture: Path) -> Claim:
    store.behave(happens=[{"order": store.heroes["disputed"], "event": "evidence_asked"}])
    return an_answer(store, files=(picture,))


class Reached:
    """The form that a request led to, about which nothing is filled in yet."""

    def __init__(self, address: str) -> None:
        self._address = address

    def planned(self) -> dict[str, str]:
        return self.fields()

    def fields(self) -> dict[str, str]:
        return {"line": flow("review_step").line_in(self._address)[0] or ""}

    def send_label(self) -> str:
        return ""


def to_the_form(stay: Stay, _: Store, claim: Claim) -> Reached:
    flow("order_form").OrderForm.open(stay.visit, claim).report_problem().reach()
    return Reached(stay.visit.page.url)


def in_the_dialog(stay: Stay, _: Store, claim: Claim) -> Any:  # noqa: ANN401 - a form
    dialog = flow("order_form").OrderForm.open(stay.visit, claim).ask_to_cancel()
    dialog.choose_reason()
    return dialog


def in_the_form(stay: Stay, store: Store, claim: Claim) -> Any:  # noqa: ANN401 - a form
    order = f"tradeOrderId={claim.order_id}&tradeOrderLineId={claim.line_id}"
    stay.visit.page.goto(f"{store.origin}/p/reverse-pages/start.html?{order}")
    [line] = Order.model_validate(facts_of(store, "complaint")).lines
    form = flow("return_form").ReturnForm(stay.visit, claim, line)
    form.reach()
    form.choose_solution()
    form.choose_reason()
    form.ask_for_amount()
    form.describe()
    form.attach()
    return form.review()


def in_the_case(form: str) -> Callable[[Stay, Store, Claim], Any]:
    def fill(stay: Stay, _: Store, claim: Claim) -> Any:  # noqa: ANN401 - a form
        opened = getattr(flow("case_forms"), form)(stay.visit, claim)
        opened.fill()
        return opened

    return fill


# By the sources that they rest on; what one way met is not renamed again on the next.
WAYS = {
    ("order_form",): (
        Way(returned, to_the_form, labels=("Returns/refunds",)),
        Way(lambda store, _: a_cancellation(store), in_the_dialog, labels=("Cancel",)),
    ),
    ("return_form", "reason_choice", "review_step", "evidence_files"): (
        Way(returned, in_the_form, labels=("Yes", "Next step", "Return and refund")),
        Way(returned, in_the_form, {"form_steps": "one", "reason_control": "radio"}),
    ),
    ("case_forms",): (
        Way(asked_for_evidence, in_the_case("EvidenceDialog")),
        Way(lambda store, _: a_parcel(store), in_the_case("ParcelBox")),
    ),
}


def names(sources: tuple[str, ...]) -> set[str]:
    """Classes, stems, codes and attributes in the selectors of the sources."""
    found: set[str] = set()
    for source in sources:
        tree = ast.parse((SCENARIO / f"{source}.py").read_text(encoding="utf-8"))
        texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
        selectors = [one for one in texts if isinstance(one, str) and re.search(r"[.\[]", one)]
        found |= {name for one in selectors for look in NAMES_IN for name in re.findall(look, one)}
    return found


class Window:
    """A store and a visit to it, in which a form is filled again and again."""

    def __init__(self, store: Store, stay: Stay, picture: Path) -> None:
        self._store, self._stay, self._picture = store, stay, picture
        stay.visit.page.context.add_init_script(f"({REDESIGN})()")

    def take(self, way: Way) -> None:
        """Fill the form that way from now on."""
        self._store.behave(**way.switches)
        self._way, self._claim = way, way.claim(self._store, self._picture)
        self._stay.visit.page.goto(self._store.origin)
        self._stay.visit.page.evaluate("sessionStorage.clear()")

    def read(self, old: str = "", *, patience: float = 0.8) -> Filled | str:
        """The form as it is filled while a name is another; what is missing, if something is."""
        flow("waiting").PATIENCE = patience
        page = self._stay.visit.page
        redesigned = quote(json.dumps([old, f"redesigned-{old[::-1]}"])) if old else ""
        cookie = {"name": "redesigned", "value": redesigned, "url": self._store.origin}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        self._store.behave(forget_journal=True)
        try:
            with self._stay.visit.doing("filling"):
                form = self._way.fill(self._stay, self._store, self._claim)
                held = dict(form.planned()), dict(form.fields()), form.send_label()
        except PageChanged as changed:
            return str(changed)
        finally:
            first, *others = page.context.pages
            for other in others:
                other.close()
            self._stay.visit.page = first
        steps = [one["fields"] for one in self._store.journal if "nextstep" in one["path"]]
        return Filled(*held, [step | {"files": len(step["files"])} for step in steps])

    def met(self, name: str) -> bool:
        """Whether the pages of the flow had that name."""
        texts = str(self._stay.visit.page.evaluate("sessionStorage.met"))
        return re.search(rf"(?<!\w){name}(?![\w]|-(?!-))", texts) is not None

    def relabelled(self, label: str) -> Filled | str:
        """The same while the store uses a word nobody knows."""
        self._store.behave(rename={f'"{label}"': f'"{UNSEEN}"'})
        told = self.read()
        self._store.behave(rename={})
        return told


@pytest.fixture
def window(browsers: Browsers, tmp_path: Path) -> Iterator[Window]:
    picture = tmp_path / "label.png"
    picture.write_bytes(PICTURE)
    with (
        catalogue.fixture("aliexpress").serve(orders=10) as store,
        a_stay(browsers, store, session=a_session(store)) as stay,
    ):
        store.behave(list_delay_ms=0, detail_delay_ms=0, cancel_button_delay_ms=0)
        store.behave(received_question="page")
        yield Window(store, stay, picture)


def is_other(told: Filled | str, usual: Filled) -> bool:
    """Whether something else is filled in or read, and nothing is named as missing."""
    return isinstance(told, Filled) and told != usual


def is_unsaid(told: Filled | str, usual: Filled) -> bool:
    """The same, but a word nobody knows may be shown to the buyer as a difference."""
    if not isinstance(told, Filled) or told.steps != usual.steps:
        return is_other(told, usual)
    return told.found != usual.found and told.planned == told.found


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("sources", WAYS, ids=lambda sources: sources[0])
def test_a_renamed_thing_of_a_form_fills_in_nothing_else_unsaid(
    window: Window, sources: tuple[str, ...]
) -> None:
    renamed: dict[str, bool] = {}
    for way in WAYS[sources]:
        window.take(way)
        usual = window.read(patience=20)
        assert isinstance(usual, Filled), usual
        assert usual.planned == usual.found
        new = sorted(filter(window.met, names(sources) - renamed.keys()))
        renamed |= {name: is_other(window.read(name), usual) for name in new}
        relabelled = {one: is_unsaid(window.relabelled(one), usual) for one in way.labels}
        assert [label for label, unsaid in relabelled.items() if unsaid] == []

    assert len(renamed) > 5
    assert [name for name, other in renamed.items() if other] == []
