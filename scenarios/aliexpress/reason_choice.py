"""The control for a list of reasons, whichever of three kinds the form has, and what is chosen."""

from collections.abc import Sequence

from playwright.sync_api import Locator

from autoclaim.errors import ChoiceNeeded, PageChanged, WrongInput
from autoclaim.model import Claim

from . import words
from .waiting import press, shown, until, until_seen

_MENU = ".comet-v2-select-show-arrow, .comet-v2-select, [role=combobox]:not(select)"
_MENU_SHOWS = ".comet-v2-select-selection-item"
_OPTION = ".comet-v2-menu-item, [role=option]"
_RADIO = "label:has(input[type=radio])"
_KINDS = {"select": "select", "radio": _RADIO, "menu": _MENU}
_WHICH_KIND = """(all, kinds) => Object.keys(kinds).find((kind) =>
  all.some((one) => one.matches(kinds[kind]))) ?? null"""
# Options of a select show nothing, and have a text all the same.
_LABELS = "(all) => all.map((one) => one.innerText || one.textContent || '')"
# The same of a menu, once it is open.
_LABELS_SHOWN = """(all) => all.some((one) => {
  const box = one.getBoundingClientRect();
  return one.checkVisibility({visibilityProperty: true}) && box.width && box.height;
}) ? all.map((one) => one.innerText || one.textContent || '') : []"""


class ReasonChoice:
    """The reasons within `scope`: a menu of the store's kit, radio buttons, or a native select."""

    def __init__(self, scope: Locator) -> None:
        self._scope = scope
        self._page = scope.page
        self._offered: list[str] | None = None
        self._known_kind: str | None = None

    def offered(self) -> list[str]:
        """The reasons as the form words them, in its order; PageChanged when there is none."""
        if self._offered is None:
            self._offered = self._read()
        if not self._offered:
            raise PageChanged(self._page.url, "the reasons to choose from")
        return self._offered

    def choose(self, reason: str) -> None:
        """Choose one of the offered reasons."""
        kind = self._kind()
        if kind == "select":
            self._scope.locator("select").first.select_option(label=reason)
        elif kind == "radio":
            press(_exactly(self._scope.locator(_RADIO), reason))
        else:
            options = self._page.locator(_OPTION)
            option = shown(options, reason)  # the menu is still open, where it was just read
            if option is None:
                self._open()
            press(option or _exactly(options, reason))

    def chosen(self) -> str | None:
        """The reason that is chosen now; None while it is the hint or nothing."""
        kind = self._kind()
        if kind == "select":
            select = self._scope.locator("select").first
            found = str(select.evaluate("one => one.selectedOptions[0]?.textContent ?? ''"))
        elif kind == "radio":
            checked = self._scope.locator("label:has(input[type=radio]:checked)")
            found = checked.first.inner_text() if checked.count() else ""
        else:
            found = self._scope.locator(_MENU_SHOWS).first.inner_text()
        label = " ".join(found.split())
        return label if label in self.offered() else None

    def _kind(self) -> str | None:
        """Which kind it is; once seen it is not looked for again."""
        if self._known_kind is None:
            controls = self._scope.locator(", ".join(_KINDS.values())).filter(visible=True)
            self._known_kind = controls.evaluate_all(_WHICH_KIND, _KINDS)
        return self._known_kind

    def _read(self) -> list[str]:
        kind = until(self._page, self._kind)
        if kind == "select":
            return _labels(
                self._scope.locator("select option:not([value=''])").evaluate_all(_LABELS)
            )
        if kind == "radio":
            return _labels(self._scope.locator(_RADIO).evaluate_all(_LABELS))
        if kind is None:
            return []
        return self._open()

    def _open(self) -> list[str]:
        """Open the menu, and read it; it stays open, for the choice that follows."""
        if labels := self._shown_in_menu():
            return labels
        press(self._scope.locator(_MENU).first)
        labels = until_seen(self._page, _OPTION, self._shown_in_menu) or []
        if not labels:
            raise PageChanged(self._page.url, "the options of the reason menu")
        return labels

    def _shown_in_menu(self) -> list[str]:
        return _labels(self._page.locator(_OPTION).evaluate_all(_LABELS_SHOWN))


def wanted_reason(claim: Claim, offered: Sequence[str]) -> str:
    """The offered reason that the claim means.

    Raises:
        WrongInput: the buyer named one that is not offered.
        ChoiceNeeded: the buyer named none, and not exactly one offered says the problem.
    """
    choices = "; ".join(offered)
    if claim.store_reason is not None:
        same = [one for one in offered if words.plain(one) == words.plain(claim.store_reason)]
        if len(same) == 1:
            return same[0]
        raise WrongInput(
            f"The store does not offer the reason “{claim.store_reason}”.",
            f"Choose one of these with --reason: {choices}",
        )
    fitting = [one for one in offered if words.meaning("reasons", one) == claim.reason]
    if claim.reason is not None and len(fitting) == 1:
        return fitting[0]
    raise ChoiceNeeded(
        "The store wants one of its own reasons, and which one is yours to say.",
        offered,
        "--reason",
    )


def _labels(texts: Sequence[str]) -> list[str]:
    return [label for text in texts if (label := " ".join(text.split()))]


def _exactly(options: Locator, label: str) -> Locator:
    """The shown option with exactly this label."""
    option = shown(options, label)
    if option is None:
        raise PageChanged(options.page.url, f"the reason “{label}”")
    return option
