"""See how the store stands to a claim that was sent.

By hand: the order → its status; or Returns → the case → its state.
"""

from autoclaim.browser.visit import Visit
from autoclaim.model import CaseSeen, Claim

from .case_forms import told_case
from .case_pages import CasePages
from .order_form import cancellation_seen

EFFECT = "reads"


def run(visit: Visit, claim: Claim) -> CaseSeen | None:
    """The case, or the order that is being cancelled, reread; None when the store shows none."""
    if claim.kind == "cancel":
        return cancellation_seen(visit, claim.order_id)
    if claim.kind in ("answer", "return_parcel"):
        return told_case(visit, claim)
    return CasePages(visit).of_claim(claim)
