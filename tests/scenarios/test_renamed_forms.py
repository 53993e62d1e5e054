"""A redesign of the forms: the same reading, or what is missing is named; nothing else is filled.

The names come from the selectors of the forms' own sources. Each that the pages of a flow really
have is renamed where the page makes its elements, so that stems before a hash and names that are
put together are renamed, too; labels, from store.toml, are renamed in what the store sends.

Many are renamed at once: where the form is read as before all the same, none of them was needed.
Otherwise each half of them is renamed by itself, down to the one that made the difference.
"""

import ast
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote

import pytest

from autoclaim.browser.sharing import Browsers
from autoclaim.errors import PageChanged
from autoclaim.model import Claim, FormOffer, Money, Order
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
Told = TypeVar("Told")
UNSEEN = "Never seen before"
# Renames what a page's own script gives to its elements, and keeps what it met.
REDESIGN = r"""() => {
  const told = document.cookie.match(/redesigned=([^;]+)/);
  const old = told ? JSON.parse(decodeURIComponent(told[1])) : [];
  const name = new RegExp(`(^|[\\s-])(${old.join('|')})(?![\\w]|-(?!-))`, 'g');
  const fresh = (one) => `redesigned-${[...one].reverse().join('')}`;
  const met = (text) => { sessionStorage.met = `${sessionStorage.met || ''} ${text}`; };
  const anew = (text) => old.length
    ? String(text).replace(name, (_, before, one) => before + fresh(one)) : text;
  const own = Object.getOwnPropertyDescriptor(Element.prototype, 'className');
  Object.defineProperty(Element.prototype, 'className', {
    ...own, set(text) { met(text); own.set.call(this, anew(text)); }});
  const set = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function (key, value) {
    met(`${key} ${value}`);
    const named = /^(class|role|data-.*)$/.test(key) ? anew(value) : value;
    set.call(this, old.includes(key) ? fresh(key) : key, named);
  };
}"""


class Filled(NamedTuple):
    """What a form should hold and holds, its last button, and what its steps told the store."""

    planned: dict[str, str]
    found: dict[str, str]
    button: str
    steps: list[dict[str, Any]]


class Way(NamedTuple):
    """One way to fill a form, or to look at it: the claim, the steps, how the store behaves."""

    claim: Callable[[Store, Path], Claim]
    fill: Callable[[Stay, Store, Claim], Any]
    switches: Mapping[str, Any] = MappingProxyType({})


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


class Looked:
    """What `--look` prints of a form, in which nothing is filled."""

    def __init__(self, offer: FormOffer) -> None:
        self._told = {name: str(value) for name, value in offer}

    def planned(self) -> dict[str, str]:
        return self._told

    fields = planned

    def send_label(self) -> str:
        return ""


def looking(stay: Stay, store: Store, claim: Claim) -> Looked:
    """As `claim --look` does; what it says is not told counts as named."""
    offer = at_the_form(stay, store, claim).offer()
    if offer.not_said:
        raise PageChanged(stay.visit.page.url, ", ".join(offer.not_said))
    return Looked(offer)


def in_the_dialog(stay: Stay, _: Store, claim: Claim) -> Any:  # noqa: ANN401 - a form
    dialog = flow("order_form").OrderForm.open(stay.visit, claim).ask_to_cancel()
    dialog.choose_reason()
    return dialog


def at_the_form(stay: Stay, store: Store, claim: Claim) -> Any:  # noqa: ANN401 - a form
    order = f"tradeOrderId={claim.order_id}&tradeOrderLineId={claim.line_id}"
    stay.visit.page.goto(f"{store.origin}/p/reverse-pages/start.html?{order}")
    [line] = Order.model_validate(facts_of(store, "complaint")).lines
    form = flow("return_form").ReturnForm(stay.visit, claim, line)
    form.reach()
    return form


def in_the_form(stay: Stay, store: Store, claim: Claim) -> Any:  # noqa: ANN401 - a form
    form = at_the_form(stay, store, claim)
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


# By the sources that they rest on.
ORDER = ("order_form", "reason_choice")
RETURN = (
    "return_form",
    "return_offer",
    "reason_choice",
    "review_step",
    "evidence_files",
    "text_box",
)
CASE = ("case_forms", "evidence_files", "text_box")
WAYS: dict[str, tuple[tuple[str, ...], tuple[Way, ...]]] = {
    "an order": (
        ORDER,
        (
            Way(returned, to_the_form),
            Way(lambda store, _: a_cancellation(store), in_the_dialog),
        ),
    ),
    "a return": (
        RETURN,
        (
            Way(returned, in_the_form),
            Way(returned, in_the_form, {"form_steps": "one", "reason_control": "radio"}),
        ),
    ),
    "looking": (RETURN, (Way(returned, looking),)),
    **{
        f"an answer in a {style}": (
            CASE,
            (Way(asked_for_evidence, in_the_case("EvidenceDialog"), {"answer_form": style}),),
        )
        for style in ("dialog", "page")
    },
    **{
        f"a parcel in a {style}": (
            CASE,
            (
                Way(
                    lambda store, _: a_parcel(store),
                    in_the_case("ParcelBox"),
                    {"parcel_form": style},
                ),
            ),
        )
        for style in ("dialog", "page")
    },
}
# What is missed aloud: renamed by itself at once. One that is not here is found, at some cost.
MISSED = {
    *("order-detail-item-content", "order_detail_gray_id", "Returns/refunds", "Cancel"),
    *("buyersubmit_btn_submit", "data-code", "upload--imageThumb", "field--solution"),
    *("Next step", "Return and refund", "amount--max", "field--title", "field--files"),
    *("cco--checkTitle", "return-tracking--input", "View possible solutions"),
    *(
        "Upload more photos/videos",
        "I don't agree with above solution(s)",
        "Enter tracking number",
    ),
}
TABLES = ("button_words", "answers", "solutions", "reasons")


def groups_of_names(
    sources: tuple[str, ...],
    further: tuple[str, ...] = (),
    missed: AbstractSet[str] = MISSED,
) -> list[list[str]]:
    """Classes, stems, codes and attributes in the selectors of the sources.

    Those of one selector may stand for each other: each is in a group of its own.
    """
    together: dict[str, set[str]] = {}
    for source in sources:
        tree = ast.parse((SCENARIO / f"{source}.py").read_text(encoding="utf-8"))
        texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
        for text in (one for one in texts if isinstance(one, str) and re.search(r"[.#\[]", one)):
            here = {name for look in (*NAMES_IN, *further) for name in re.findall(look, text)}
            for name in here:
                together.setdefault(name, set()).update(here - {name})
    groups: list[list[str]] = [[name] for name in sorted(missed & together.keys())]
    for name in sorted(together.keys() - missed):
        free = (one for one in groups if not together[name] & set(one) and one[0] not in missed)
        group = next(free, None)
        if group is None:
            groups.append(group := [])
        group.append(name)
    return groups


def labels() -> list[str]:
    """The English words for what is pressed and chosen in forms."""
    entries = [one for name in TABLES for one in flow("words").table(name).values()]
    told = [one for one in entries if isinstance(one, dict)]
    translated = [one.get("translated") or {} for one in told]
    found = {word for one in (*told, *translated) for word in one.get("en") or ()}
    return sorted(found)


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

    def read(self, old: Iterable[str] = (), *, patience: float = 0.8) -> Filled | str:
        """The form as it is filled while names are others; what is missing, if something is."""
        flow("waiting").PATIENCE = flow("evidence_files").UPLOAD_WITHIN = patience
        page = self._stay.visit.page
        cookie = {"name": "redesigned", "value": quote(json.dumps(list(old)))}
        page.context.add_cookies([{**cookie, "url": self._store.origin}])  # type: ignore[list-item]
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

    def says(self, label: str) -> bool:
        """Whether the page in front was sent that word, for a button or a choice."""
        return f'"{label}"' in self._stay.visit.page.content()

    def relabelled(self, labels: Iterable[str]) -> Filled | str:
        """The same while the store uses words nobody knows."""
        unseen = {f'"{one}"': f'"{UNSEEN}, {place}"' for place, one in enumerate(labels)}
        self._store.behave(rename=unseen)
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


def is_other(told: Filled | str, usual: Filled | str) -> bool:
    """Whether something else is filled in or read, and nothing is named as missing."""
    return isinstance(told, Filled) and told != usual


def is_unsaid(told: Filled | str, usual: Filled | str) -> bool:
    """The same, but a word nobody knows may be shown to the buyer as a difference."""
    if isinstance(told, str) or isinstance(usual, str) or told.steps != usual.steps:
        return is_other(told, usual)
    return told.found != usual.found and told.planned == told.found


def silent(
    told: Callable[[list[str]], Told],
    usual: Told,
    is_silent: Callable[[Told, Told], bool],
    group: list[str],
) -> list[str]:
    """Those of the group that change what is filled in or read, while nothing is named."""
    if not group:
        return []
    outcome = told(group)
    if outcome == usual:
        return []
    if len(group) == 1:
        return group if is_silent(outcome, usual) else []
    half = len(group) // 2
    return [
        name
        for part in (group[:half], group[half:])
        for name in silent(told, usual, is_silent, part)
    ]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("name", WAYS)
def test_a_renamed_thing_of_a_form_fills_in_nothing_else_unsaid(window: Window, name: str) -> None:
    sources, ways = WAYS[name]
    renamed: set[str] = set()
    for way in ways:
        window.take(way)
        usual = window.read(patience=20)
        assert isinstance(usual, Filled), usual
        assert usual.planned == usual.found
        # What one way met is not renamed again on the next.
        new = [[*filter(window.met, set(group) - renamed)] for group in groups_of_names(sources)]
        said = set(filter(window.says, labels())) - renamed
        renamed |= said.union(*new)

        unsaid = [one for group in new for one in silent(window.read, usual, is_other, group)]
        for group in ([*(said - MISSED)], *([one] for one in said & MISSED)):
            unsaid += silent(window.relabelled, usual, is_unsaid, group)
        assert unsaid == []

    assert len(renamed) > 2
