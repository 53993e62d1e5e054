"""Whose account a page belongs to, by the cookie in which the store remembers it.

`xman_us_t` holds `rmb_pp=<e-mail>` (seen by several since 2018); the page itself greets by a name
that nobody told autoclaim.
"""

from urllib.parse import parse_qs, unquote

from autoclaim.browser.visit import Visit
from autoclaim.errors import NeedsPerson

_COOKIE = "xman_us_t"
_E_MAIL = "rmb_pp"


def must_be_the_buyers(visit: Visit) -> None:
    """Raise NeedsPerson when the page in front is another account's; silence proves nothing."""
    shown = _e_mail(visit)
    if visit.email is None or shown is None or shown == visit.email.casefold():
        return
    raise NeedsPerson(
        f"The store's page belongs to another account than {visit.email}; nothing was filled in.",
        "Sign out there, then sign in as yourself with `autoclaim sign-in`.",
    )


def _e_mail(visit: Visit) -> str | None:
    """The e-mail in the cookie; None without one, or where it is written with stars."""
    for cookie in visit.page.context.cookies(visit.page.url):
        if cookie.get("name") == _COOKIE:
            told = parse_qs(unquote(cookie.get("value") or "")).get(_E_MAIL, [""])[0].casefold()
            return told if "@" in told and "*" not in told else None
    return None
