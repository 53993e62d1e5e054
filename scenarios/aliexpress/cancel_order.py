"""Ask to cancel an order that was not shipped.

By hand: the order → "Cancel" → why → and in the same dialog the button that sends.
A paid order's request goes to the seller, who may take three days; an unpaid one ends at once.
"""

from autoclaim.browser.visit import Visit
from autoclaim.model import CaseSeen, Claim

from .order_form import OrderForm, cancellation_seen

EFFECT = "fills"  # the runner starts this only for a prepared claim, with a buyer at the window


def run(visit: Visit, claim: Claim) -> CaseSeen | None:
    """Fill the dialog, hand it over, and reread the order.

    Raises:
        NotSent: the buyer declined, or nobody was there.
        WrongInput, NeedsPerson: the order cannot be cancelled, or the reason is not clear.
    """
    order = OrderForm.open(visit, claim)
    visit.keep_evidence("order, before")

    dialog = order.ask_to_cancel()
    dialog.choose_reason()

    visit.hand_over(dialog, dialog.planned(), dialog.send_label(), claim)

    seen = cancellation_seen(visit, claim.order_id, dialog.refusal())
    visit.keep_evidence("the store's answer")
    return seen
