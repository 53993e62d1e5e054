"""Signing in: whatever page comes next is looked at, and what is the buyer's stays the buyer's."""

from typing import Any

import pytest
from playwright.sync_api import Locator

from autoclaim.errors import (
    Challenged,
    NeedsPerson,
    PageChanged,
    StoreUnreachable,
    WrongPassword,
)
from tests.scenarios.stay import Stay, Store, Visiting


def tried_passwords(store: Store) -> int:
    return sum(entry["path"] == "/newlogin/login.do" for entry in store.journal)


def test_e_mail_and_password_lead_to_the_orders(store: Store, visiting: Visiting) -> None:
    stay = visiting(store)

    stay.sign_in()

    assert stay.is_signed_in()
    assert tried_passwords(store) == 1
    assert stay.visit.stopped == ()


def test_a_session_that_still_counts_is_not_asked_twice(store: Store, visiting: Visiting) -> None:
    first = visiting(store)
    first.sign_in()

    second = visiting(store, session=first.visit.session())
    second.sign_in()

    assert tried_passwords(store) == 1


def test_signed_out_is_never_taken_for_signed_in(store: Store, visiting: Visiting) -> None:
    stay = visiting(store)

    assert not stay.is_signed_in()


def test_a_session_that_ended_is_not_taken_for_signed_in(store: Store, stay: Stay) -> None:
    store.behave(end_sessions=True)

    assert not stay.is_signed_in()


def test_a_wrong_password_is_tried_once(store: Store, visiting: Visiting) -> None:
    stay = visiting(store, password="not the right one")

    with pytest.raises(WrongPassword, match="refused the e-mail or the password"):
        stay.sign_in()

    assert tried_passwords(store) == 1


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("trouble", [{"fail": {"login.do": 500}}, {"fail": {"login.do": 0}}])
def test_a_sign_in_that_is_not_answered_is_not_tried_again(
    store: Store, visiting: Visiting, trouble: dict[str, Any]
) -> None:
    tries: list[str] = []
    store.behave(**trouble)
    stay = visiting(store)
    stay.visit.page.on("request", lambda sent: tries.append(sent.url))

    with pytest.raises(StoreUnreachable, match="did not answer the sign-in"):
        stay.sign_in()

    assert sum("/newlogin/login.do" in address for address in tries) == 1


def test_a_slow_answer_to_the_password_is_waited_for(store: Store, visiting: Visiting) -> None:
    store.behave(slow={"login.do": 1500})
    stay = visiting(store)

    stay.sign_in()

    assert stay.is_signed_in()
    assert tried_passwords(store) == 1


def test_a_slow_refusal_is_a_refusal(store: Store, visiting: Visiting) -> None:
    store.behave(slow={"login.do": 1500})
    stay = visiting(store, password="not the right one")

    with pytest.raises(WrongPassword):
        stay.sign_in()

    assert tried_passwords(store) == 1


@pytest.mark.usefixtures("impatient")
def test_a_store_that_asks_anew_after_the_password_gets_it_only_from_the_buyer(
    store: Store, visiting: Visiting
) -> None:
    store.behave(end_session_on="/sync_cookie_read.htm")
    stay = visiting(store)

    with pytest.raises(NeedsPerson, match="the password is typed only once"):
        stay.sign_in()

    assert tried_passwords(store) == 1


@pytest.mark.usefixtures("impatient")
def test_an_e_mail_that_is_not_answered_is_no_changed_page(
    store: Store, visiting: Visiting
) -> None:
    store.behave(fail={"check.do": 500})
    stay = visiting(store)

    with pytest.raises(StoreUnreachable, match="did not answer the e-mail"):
        stay.sign_in()

    assert tried_passwords(store) == 0


def test_an_unknown_account_ends_before_the_password(store: Store, visiting: Visiting) -> None:
    stay = visiting(store, email="nobody@buyer.example")

    with pytest.raises(WrongPassword, match="no account with this e-mail"):
        stay.sign_in()

    assert tried_passwords(store) == 0


@pytest.mark.parametrize("account", ["own", "other"])
def test_a_remembered_account_gives_way_to_the_buyers_own(
    store: Store, visiting: Visiting, account: str
) -> None:
    store.behave(remembered_account=account)
    stay = visiting(store)

    stay.sign_in()

    checked = [entry for entry in store.journal if entry["path"] == "/newlogin/account/check.do"]
    assert [entry["fields"]["loginId"] for entry in checked] == [store.email]
    assert stay.is_signed_in()


@pytest.mark.usefixtures("impatient")
def test_a_blank_page_is_loaded_once_more(store: Store, visiting: Visiting) -> None:
    store.behave(blank_sign_in=True)
    stay = visiting(store)

    stay.sign_in()

    assert stay.is_signed_in()


@pytest.mark.parametrize("trouble", [{"email_code": True}, {"captcha": "slider"}])
def test_without_a_window_a_code_or_a_slider_ends_the_sign_in(
    store: Store, visiting: Visiting, trouble: dict[str, Any]
) -> None:
    store.behave(**trouble)
    stay = visiting(store)

    with pytest.raises(Challenged):
        stay.sign_in()

    assert tried_passwords(store) == 1


def test_without_a_window_the_full_page_block_ends_the_sign_in(
    store: Store, visiting: Visiting
) -> None:
    store.behave(captcha="punish")
    stay = visiting(store)

    with pytest.raises(Challenged):
        stay.sign_in()

    assert tried_passwords(store) == 0


def test_with_a_window_the_buyer_types_the_code_and_it_goes_on(
    store: Store, visiting: Visiting
) -> None:
    store.behave(email_code=True)
    stay = visiting(store, headed=True)
    stay.visit.page.expose_function("isAsked", lambda: bool(stay.said))
    stay.visit.page.add_init_script(
        """setInterval(async () => {
          const boxes = document.querySelectorAll('[data-id]');
          if (!boxes.length || !(await window.isAsked()) || boxes[0].value) return;
          [...boxes].forEach((box, place) => { box.value = '246810'[place]; });
          document.getElementById('j-test').click();
        }, 100)"""
    )

    stay.sign_in()

    assert stay.is_signed_in()
    assert any("code" in sentence for sentence in stay.said)


def test_with_a_window_the_buyer_may_type_everything(store: Store, visiting: Visiting) -> None:
    stay = visiting(store, email=None, password=None, headed=True)
    stay.visit.page.add_init_script(
        f"""setInterval(() => {{
          const type = (box, text) => {{
            box.value = text;
            box.dispatchEvent(new Event('input'));
            box.dispatchEvent(new KeyboardEvent('keydown', {{key: 'Enter'}}));
          }};
          const who = document.querySelector('.cosmos-input');
          const word = document.getElementById('fm-login-password');
          if (who && !who.value) type(who, '{store.email}');
          if (word && !word.value) type(word, '{store.password}');
        }}, 100)"""
    )

    stay.sign_in()

    assert stay.is_signed_in()


def test_a_buyer_who_is_quicker_than_autoclaim_at_the_password_is_let_go_on(
    store: Store, visiting: Visiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    stay = visiting(store, headed=True)
    quicker = f"""() => {{
      const box = document.getElementById('fm-login-password');
      box.value = '{store.password}';
      box.dispatchEvent(new Event('input'));
      box.dispatchEvent(new KeyboardEvent('keydown', {{key: 'Enter'}}));
    }}"""
    typing = stay.visit.type_password

    def after_the_buyer(box: Locator) -> bool:
        stay.visit.page.evaluate(quicker)
        box.wait_for(state="detached")
        return typing(box)

    monkeypatch.setattr(stay.visit, "type_password", after_the_buyer)

    stay.sign_in()

    assert stay.is_signed_in()
    assert tried_passwords(store) == 1


def test_without_window_and_password_the_buyer_is_asked_to_come(
    store: Store, visiting: Visiting
) -> None:
    stay = visiting(store, password=None)

    with pytest.raises(NeedsPerson, match="none is stored"):
        stay.sign_in()

    assert tried_passwords(store) == 0


@pytest.mark.usefixtures("impatient")
def test_a_page_that_is_no_sign_in_box_is_a_changed_page(store: Store, visiting: Visiting) -> None:
    store.behave(redirect={"/ug-login-page/login": "/store/1"})
    stay = visiting(store)

    with pytest.raises(PageChanged, match="a step of the sign-in"):
        stay.sign_in()

    assert store.journal == []
