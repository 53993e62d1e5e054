"""Prove that the session still counts.

By hand: open My Orders and see whether the orders come, or the sign-in box.
"""

from autoclaim.browser.visit import Visit

from .sign_in_page import SignInPage
from .waiting import until

EFFECT = "reads"


def run(visit: Visit) -> bool:
    """Whether the store gives the order list, which a signed-out visitor never gets."""
    page = SignInPage.reach(visit)
    until(visit.page, lambda: page.is_signed_in() or page.is_signed_out())
    page.end()
    return page.is_signed_in() and not page.is_signed_out()
