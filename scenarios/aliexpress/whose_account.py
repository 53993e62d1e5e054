"""Whether the page in front is the buyer's own and signed in, before anything is filled in.

The store remembers the account in the cookie `xman_us_t`, which holds `rmb_pp=<e-mail>` (seen by
several since 2018); the page itself greets by a name that nobody told autoclaim.
"""

from urllib.parse import parse_qs, unquote, urlsplit

from autoclaim.browser.visit import Visit
from autoclaim.errors import NeedsPerson, PageChanged

from .waiting import is_shown

_COOKIE = "xman_us_t"
_E_MAIL = "rmb_pp"
ASKS_AGAIN = "input[type=password]"


def must_be_the_buyers(visit: Visit) -> None:
    """Raise NeedsPerson when the page is another account's or asks for the password once more.

    A password is never typed into a page that is not the store's sign-in. PageChanged where the
    store sent the buyer to somebody else.
    """
    must_be_of_the_account(visit)
    if is_shown(visit.page.locator(ASKS_AGAIN)):
        raise it_asks_for_the_password()


def must_be_of_the_account(visit: Visit) -> None:
    """The same, but for whoever looks himself whether the page asks for the password.

    A page that does not say whose it is proves nothing.
    """
    parts = urlsplit(visit.page.url)
    if f"{parts.scheme}://{parts.netloc}" not in visit.site.origins:
        raise PageChanged(visit.page.url, "a page of the store's own")
    shown = _e_mail(visit)
    if visit.email is None or shown is None or shown == visit.email.casefold():
        return
    raise NeedsPerson(
        f"The store's page belongs to another account than {visit.email}; nothing was filled in.",
        "Sign out there, then sign in as yourself with `autoclaim sign-in`.",
    )


def it_asks_for_the_password() -> NeedsPerson:
    """What is raised where a page asks for it that is not the sign-in."""
    return NeedsPerson(
        "The page asks for your password outside the sign-in; nothing was sent.",
        "If the page is the store's, sign in anew with `autoclaim sign-in`.",
    )


def _e_mail(visit: Visit) -> str | None:
    """The e-mail in the cookie; None without one, or where it is written with stars."""
    for cookie in visit.page.context.cookies(visit.page.url):
        if cookie.get("name") == _COOKIE:
            told = parse_qs(unquote(cookie.get("value") or "")).get(_E_MAIL, [""])[0].casefold()
            return told if "@" in told and "*" not in told else None
    return None
