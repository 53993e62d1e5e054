"""Sign in, unless the session still counts.

By hand: My Orders → e-mail, "Continue" → password, "Sign in" → a code or a slider when asked for.
Which of these comes is looked at each time; a code or a slider is the buyer's.
"""

from autoclaim.browser.visit import Visit

from .sign_in_page import ANSWERS, SignInPage

EFFECT = "reads"
_MOST_STEPS = 8  # a box that asks for more goes round in circles


def run(visit: Visit) -> None:
    """Leave the visit signed in.

    Raises:
        WrongPassword: the store refused e-mail or password; it is not tried again.
        Challenged, NeedsPerson: only the buyer can go on.
        StoreUnreachable: the store did not answer what was typed.
        PageChanged: the page in front is none that is known.
    """
    page = SignInPage.reach(visit)
    state = ""
    for _ in range(_MOST_STEPS):
        before, state = state, page.state(before=state)
        if state == "signed_in":
            page.end()
            return
        if state == before or state not in ANSWERS:
            raise page.stuck(state)
        ANSWERS[state](page)
    raise page.stuck(state)
