"""A redesign of the sign-in: it signs in all the same, or ends with what is missing by name.

Never is a renamed thing taken for a wrong password, nor the password typed twice. The names come
from the sign-in page's own selectors; groups of them are renamed as in test_renamed_forms.py.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from autoclaim.browser.sharing import Browsers
from autoclaim.errors import AutoclaimError, PageChanged
from autoclaim.runner import catalogue
from tests.scenarios.stay import Stay, Store, a_stay
from tests.scenarios.test_renamed_forms import REDESIGN, groups_of_names, silent

FURTHER_NAMES = (r"#([a-z]\w*(?:-\w+)+)", r"\[label='([^']+)'\]", r":text-is\('([^']+)'\)")
# What is missed aloud, as in test_renamed_forms.py.
MISSED = {"nfm-login", "nfm-login-input-error-text", "comet-btn-primary"}
# How the store behaves, who signs in, and words that are looked for.
WAYS: list[tuple[dict[str, Any], dict[str, str], set[str]]] = [
    ({}, {}, set()),
    ({"remembered_account": "other"}, {}, {"Switch account"}),
    ({"email_code": True}, {}, set()),
    ({"captcha": "slider"}, {}, set()),
    ({"captcha": "punish"}, {}, set()),
    ({}, {"password": "not the right one"}, {"nfm-login-input-error-text"}),
    ({}, {"email": "nobody@buyer.example"}, {"Register"}),
]


@pytest.fixture(scope="module")
def shop() -> Iterator[Store]:
    with catalogue.fixture("aliexpress").serve(orders=10) as running:
        running.behave(list_delay_ms=0)
        yield running


class SigningIn:
    """Somebody who signs in again and again, always as if for the first time."""

    def __init__(self, shop: Store, stay: Stay) -> None:
        self._shop, self._stay = shop, stay

    def under(self, names: list[str]) -> str:
        """How it ends while those names are others; what ends it otherwise than usual is told."""
        self._shop.behave(
            forget_journal=True, rename={one: f"redesigned-{one[::-1]}" for one in names}
        )
        page = self._stay.visit.page
        page.goto("about:blank")
        page.context.clear_cookies()
        try:
            self._stay.sign_in()
        except PageChanged as changed:
            return str(changed)
        except AutoclaimError as ended:
            return type(ended).__name__
        else:
            return "signed in"
        finally:
            typed = [one for one in self._shop.journal if one["path"] == "/newlogin/login.do"]
            assert len(typed) <= 1

    def met(self) -> str:
        """What stands in the pages that it met since it was asked last."""
        page = self._stay.visit.page
        made = page.evaluate("[sessionStorage.met, sessionStorage.clear()].join()")
        return f"{made} {page.content()}"


def is_told(outcome: str) -> bool:
    return "is not what autoclaim knows" in outcome


@pytest.mark.usefixtures("impatient")
def test_a_renamed_thing_of_the_sign_in_is_never_taken_for_something_else(
    browsers: Browsers, shop: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue.flow("aliexpress", "sign_in_page"), "_BLANK_AFTER", 1.0)
    groups = [*groups_of_names(("sign_in_page",), FURTHER_NAMES, MISSED), ["Register"]]
    renamed: set[str] = set()
    for switches, buyer, looked_for in WAYS:
        shop.behave(reset=True, list_delay_ms=0, **switches)
        with a_stay(browsers, shop, **buyer) as stay:  # type: ignore[arg-type]
            stay.visit.page.context.add_init_script(f"({REDESIGN})()")
            again = SigningIn(shop, stay)
            usual, met = again.under([]), again.met()
            assert not is_told(usual)
            # What one way met is not renamed again on the next, but for what it is there for.
            here = {one for group in groups for one in group if one in met} - renamed | looked_for
            new = [[one for one in group if one in here] for group in groups]
            renamed |= here
            wrong = [
                name
                for group in new
                for name in silent(again.under, usual, lambda told, _: not is_told(told), group)
            ]
        assert wrong == []

    assert renamed >= {"nfm-login", "fm-login-password", "data-id", "baxia-dialog", "nfm-account"}
    assert len(renamed) > 12
