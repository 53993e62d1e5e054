"""Keep pictures of the store's own pages about an order line: they show what was promised.

By hand: the order → a picture → "Snapshot" → a picture → "Track order" → a picture.
"""

from autoclaim.browser.visit import Visit
from autoclaim.model import Claim

from .order_form import OrderForm
from .pages import OrderPages

EFFECT = "reads"


def run(visit: Visit, claim: Claim) -> None:
    """Keep the order, the product as it was sold, and the tracking; nothing is filled.

    Raises:
        PageChanged: one of the pages is not what is known of it.
    """
    order = OrderForm.open(visit, claim)
    visit.keep_evidence("order")

    if order.see_as_sold():
        visit.keep_evidence("as sold")

    OrderPages(visit).tracking(claim.order_id)
    visit.keep_evidence("tracking")
