"""Look at what the store's form offers for a claim, and leave it as it is.

By hand: the order → "Cancel" or "Returns/refunds" → read the reasons and limits → close the tab.
"""

from autoclaim.browser.visit import Visit
from autoclaim.model import Claim, FormOffer

from .order_form import OrderForm

EFFECT = "reads"


def run(visit: Visit, claim: Claim) -> FormOffer:
    """The reasons, the maximum and the limits of the form; nothing is filled."""
    order = OrderForm.open(visit, claim)
    if claim.kind == "cancel":
        return order.ask_to_cancel().offer()
    form = order.report_problem()
    form.reach()
    return form.offer()
