"""The hand-over: the filled form becomes the buyer's, and only the buyer can send it."""

from collections.abc import Mapping

from autoclaim.browser.desk import Desk, HandOver
from autoclaim.browser.form_reading import Form, FormReading, compared
from autoclaim.browser.waiting import Waiting

__all__ = ["HandOver", "hand_over"]


def hand_over(desk: Desk, form: Form, planned: Mapping[str, str]) -> HandOver:
    """Show the form beside the plan, wait for the buyer's own submit, and say what left.

    Raises:
        NotSent: the buyer declined, closed the window, or did not press in time.
    """
    shown = compared(planned, form.fields())
    desk.on_handing_over(shown)
    desk.told.fields(shown)
    desk.told.say(
        f"Nothing has been sent. The window is yours: press the store's own “{desk.button}” "
        "there, or “Do not send” in the panel."
    )
    waiting = Waiting(desk, FormReading(desk.page, form, planned), shown)
    try:
        waiting.until_sent()
    finally:
        waiting.end()
    return waiting.outcome()
