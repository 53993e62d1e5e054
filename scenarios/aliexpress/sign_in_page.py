"""The sign-in box, third generation (seen 2024-07 to 2026-06), and what may stand in its way.

Which of its steps is in front is looked at each time, because the next one cannot be foreseen.
"""

import re
import time
from collections.abc import Callable

from playwright.sync_api import Response

from autoclaim.browser.visit import Visit
from autoclaim.errors import NeedsPerson, PageChanged, StoreUnreachable, WrongPassword

from . import words
from .answers import PUNISH_ADDRESS, SIGN_IN_ADDRESS
from .envelope import Reply
from .payloads import answer
from .waiting import is_shown, press, until

_CHALLENGE_FRAME = re.compile(r"captcha|nocaptcha|punish|baxia|awsc")
_CHALLENGE = "iframe#baxia-dialog-content, .baxia-dialog, #nc_1_wrapper, .nc-container"
_CARD = ".order-item"
_CODE = "[data-id='0'], .subTitle_field_item"
_ERROR = ".nfm-login-input-error-text"
_PASSWORD = "#fm-login-password, input[type=password]"  # noqa: S105 - a selector, no password
_IDENTIFIER = (
    "input[label='Email or phone number'], input[label='Email'], "
    ".nfm-login input[type=text]:not([data-id]), input.cosmos-input"
)
_PRIMARY = ".nfm-login button.comet-btn-primary"
_REMEMBERED = ".nfm-multiple-email-prompt, .nfm-login .nfm-account"
_BOX = ".nfm-login"
_BUSY = ".nfm-login button .comet-icon-loading"
_USUALLY_WITHIN = 0.6  # seconds for the answer; only then is the page itself looked at
_BLANK_AFTER = 6.0  # seconds: the page sometimes stays empty, and a reload helps (seen 2026-04-21)


class SignInPage:
    """The orders page of somebody who may have to sign in first."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._heard = visit.hear(re.escape(words.table("replies")["list"]))
        self._email_was_typed = self._password_was_typed = self._was_answered = False

    @classmethod
    def reach(cls, visit: Visit) -> "SignInPage":
        """Ask for the orders: whoever is signed in gets them, everyone else the box."""
        page = cls(visit)
        visit.open("orders")
        return page

    def state(self, before: str = "") -> str:
        """What is in front now, as soon as it is something else than `before`.

        One of the names in `RECOGNISERS`, or `unknown`. `before` itself comes back when nothing
        else came in time.
        """
        if before == "" and self._list_came_at_once():
            return "signed_in"
        page, patience = self._visit.page, None if before else _BLANK_AFTER
        found = until(page, self._settled(before), patience)
        if found is None and before == "" and not is_shown(self._visit.page.locator(_BOX)):
            self._visit.page.reload(wait_until="domcontentloaded")
            found = until(self._visit.page, self._settled(before))
        return found or self._seen() or "unknown"

    def _list_came_at_once(self) -> bool:
        """Wait for the answer, which mostly tells all; then nobody waits for the page to draw it.

        Looked at anew, a page costs a dozen questions, and answers none while it draws.
        """
        end = time.monotonic() + _USUALLY_WITHIN
        while not any(reply.succeeded or reply.signed_out for reply in self._replies()):
            left = end - time.monotonic()
            if left <= 0 or not self._heard.wait(len(self._heard.heard()) + 1, left):
                return False
        return self._list_came() and not PUNISH_ADDRESS.search(self._visit.page.url)

    def _list_came(self) -> bool:
        """Whether the store gave the list, and said nothing else."""
        replies = self._replies()
        refused = any(reply.signed_out or reply.challenged for reply in replies)
        return any(reply.succeeded for reply in replies) and not refused

    def end(self) -> None:
        """Hear no more; a list that came at once is left to whoever reads the orders next."""
        if self._list_came():
            self._visit.leave(self._heard)
        else:
            self._heard.stop()

    def is_signed_in(self) -> bool:
        """Whether the store gave the order list, which it gives to nobody else."""
        heard = any(reply.succeeded for reply in self._replies())
        return heard or is_shown(self._visit.page.locator(_CARD))

    def is_signed_out(self) -> bool:
        """Whether the sign-in page is in front, or the store refused the order list."""
        here = SIGN_IN_ADDRESS.search(self._visit.page.url) is not None
        return here or any(reply.signed_out for reply in self._replies())

    def is_challenged(self) -> bool:
        """Whether a captcha is in front."""
        page = self._visit.page
        if PUNISH_ADDRESS.search(page.url) or is_shown(page.locator(_CHALLENGE)):
            return True
        frames = [frame for frame in page.frames if _CHALLENGE_FRAME.search(frame.url)]
        return any(frame.parent_frame and frame.frame_element().is_visible() for frame in frames)

    def asks_for_code(self) -> bool:
        """Whether a code from an e-mail is asked for."""
        return is_shown(self._visit.page.locator(_CODE))

    def asks_for_password(self) -> bool:
        """Whether the password box is in front, and no answer about it is awaited."""
        return is_shown(self._visit.page.locator(_PASSWORD)) and not self._is_busy()

    def refuses_password(self) -> bool:
        """Whether an error stands below the password box."""
        error = self._visit.page.locator(_ERROR)
        return self.asks_for_password() and any(text.strip() for text in error.all_inner_texts())

    def asks_for_identifier(self) -> bool:
        """Whether the box for e-mail or telephone number is in front."""
        return is_shown(self._visit.page.locator(_IDENTIFIER))

    def knows_no_account(self) -> bool:
        """Whether the store says that there is no such account: it offers to register."""
        page = self._visit.page
        offers = page.locator(f"{_BOX} button").filter(has_text=re.compile(r"^\s*Register\s*$"))
        error = page.locator(_ERROR)
        refused = any(text.strip() for text in error.all_inner_texts())
        return is_shown(offers) or (self.asks_for_identifier() and refused)

    def remembers_account(self) -> bool:
        """Whether the box offers to go on with an account it remembers.

        The password box names the account, too, also while it waits for the store's answer.
        """
        page = self._visit.page
        password = is_shown(page.locator(_PASSWORD)) or self._is_busy()
        # After the e-mail such a box is its answer: its button may offer to register.
        return is_shown(page.locator(_REMEMBERED)) and not password and not self._email_was_typed

    def say_who(self) -> None:
        """Type the e-mail; the button is asleep until the box is left."""
        if self._password_was_typed:
            self._let_person_begin_again()
            return
        if not self._visit.email:
            self.let_person("Type your e-mail in the window.")
            return
        box = self._visit.page.locator(_IDENTIFIER).first
        box.fill(self._visit.email)
        self._email_was_typed = True
        box.blur()
        self._go_on()

    def say_password(self) -> None:
        """Have the stored password typed, once; without one the buyer types it."""
        if self._password_was_typed:
            self._let_person_begin_again()
            return
        box = self._visit.page.locator(_PASSWORD).first
        try:
            typed = self._visit.type_password(box)
        except PageChanged:
            if self.asks_for_password() or not self._visit.headed:
                raise
            return  # the buyer at the window was quicker: what came instead is looked at next
        if typed:
            self._password_was_typed = True
            box.blur()
            self._go_on()
        elif self._visit.headed:
            self.let_person("Type your password in the window and sign in.")
        else:
            raise NeedsPerson(
                "The store asks for the password, and none is stored.",
                "Run `autoclaim sign-in`, or store it with `autoclaim account add`.",
            )

    def use_own_account(self) -> None:
        """Leave the remembered account for the one whose e-mail is known here."""
        if self._password_was_typed:
            self._let_person_begin_again()
            return
        page = self._visit.page
        other = page.locator(f"{_BOX} .nfm-link, {_BOX} :text-is('Switch account')")
        if self._visit.email and is_shown(other):
            press(other.first)
        else:
            self._go_on()

    def let_person(self, what: str) -> None:
        """Ask the buyer to do something in the window, until the box moves on."""
        settled = self._settled(self._seen() or "")
        self._visit.wait_for_person(what, lambda: settled() is not None)

    def stuck(self, state: str) -> Exception:
        """Why it does not go on: the page stays in `state`, although it was answered."""
        if self._was_answered:
            what = "password" if self._password_was_typed else "e-mail"
            return PageChanged(self._here(), f"what the store says to the {what}")
        if state in ("unknown", "password_asked") and self._password_was_typed:
            return StoreUnreachable(
                "The store did not answer the sign-in; the password was typed once.",
                "Look at the store yourself, then run `autoclaim sign-in` again.",
            )
        if state == "identifier_asked":
            return StoreUnreachable(
                "The store did not answer the e-mail.", "Run `autoclaim sign-in` again later."
            )
        return PageChanged(self._here(), "a step of the sign-in")

    def _let_person_begin_again(self) -> None:
        """The store asks anew although the password was typed: that is never done twice."""
        if not self._visit.headed:
            raise NeedsPerson(
                "The store asks anew for what was typed already; the password is typed only once.",
                "Run `autoclaim sign-in` and finish it in the window.",
            )
        self.let_person("The store asks anew: finish signing in yourself, in the window.")

    def _go_on(self) -> None:
        page, primary = self._visit.page, self._visit.page.locator(_PRIMARY).first
        if not until(page, lambda: is_shown(primary) and primary.is_enabled(), seconds=5):
            raise PageChanged(self._here(), "the button that goes on")
        self._was_answered = False
        page.on("response", self._notice)
        press(primary)

    def _notice(self, response: Response) -> None:
        """Whether what was typed is answered at all; what is answered is for the page alone."""
        if "/newlogin/" in response.url and response.ok:
            self._was_answered = True
            self._visit.page.remove_listener("response", self._notice)

    def _here(self) -> str:
        return self._visit.page.url.partition("?")[0]

    def _is_busy(self) -> bool:
        return is_shown(self._visit.page.locator(_BUSY))

    def _settled(self, before: str) -> Callable[[], str | None]:
        """Looks for another state than `before`, and believes it when it is seen twice."""
        last: list[str | None] = [None]

        def look() -> str | None:
            seen = self._seen()
            twice, last[0] = seen == last[0], seen
            return seen if twice and seen != before else None

        return look

    def _seen(self) -> str | None:
        return next((name for name, is_it in RECOGNISERS if is_it(self)), None)

    def _replies(self) -> list[Reply]:
        heard = [answer(heard.address, heard.text) for heard in self._heard.heard()]
        return [reply for reply in heard if reply]


# In this order: what stands in the way of everything else comes first.
RECOGNISERS: tuple[tuple[str, Callable[[SignInPage], bool]], ...] = (
    ("challenged", SignInPage.is_challenged),
    ("signed_in", SignInPage.is_signed_in),
    ("code_asked", SignInPage.asks_for_code),
    ("password_refused", SignInPage.refuses_password),
    ("account_unknown", SignInPage.knows_no_account),
    ("password_asked", SignInPage.asks_for_password),
    ("identifier_asked", SignInPage.asks_for_identifier),
    ("account_remembered", SignInPage.remembers_account),
)


def _refusing(what_happened: str, next_step: str) -> Callable[[SignInPage], None]:
    def refuse(_: SignInPage) -> None:
        raise WrongPassword(what_happened, next_step)

    return refuse


ANSWERS: dict[str, Callable[[SignInPage], None]] = {
    "challenged": lambda page: page.let_person("Solve the store's security check in the window."),
    "code_asked": lambda page: page.let_person("Type the code the store sent you, in the window."),
    "password_refused": _refusing(
        "The store refused the e-mail or the password.",
        "Store the right one with `autoclaim account add`; nothing was tried twice.",
    ),
    "account_unknown": _refusing(
        "The store knows no account with this e-mail.",
        "Give the e-mail of your account with `autoclaim account add`.",
    ),
    "password_asked": SignInPage.say_password,
    "identifier_asked": SignInPage.say_who,
    "account_remembered": SignInPage.use_own_account,
}
