"""Open a dispute about one order line.

By hand: the order → "Returns/refunds" → received or not → refund only or return → reason →
amount → what happened → pictures → "Next step" → "Submit" → "Confirm". A case is the answer.
"""

from autoclaim.browser.visit import Visit
from autoclaim.model import CaseSeen, Claim

from .case_pages import CasePages
from .order_form import OrderForm

EFFECT = "fills"  # the runner starts this only for a prepared claim, with a buyer at the window


def run(visit: Visit, claim: Claim) -> CaseSeen | None:
    """Fill the form, hand it over at the last look, and reread the case.

    Raises:
        NotSent: the buyer declined, or nobody was there.
        WrongInput, NeedsPerson: the form does not take what the claim asks for.
    """
    order = OrderForm.open(visit, claim)
    visit.keep_evidence("order, before")

    form = order.report_problem()
    form.reach()
    form.choose_solution()
    form.choose_reason()
    form.ask_for_amount()
    form.describe()
    form.attach()
    review = form.review()
    visit.keep_evidence("the form, filled")

    visit.hand_over(review, review.planned(), review.send_label(), review.claim)

    case = CasePages(visit).of_line(claim.order_id, claim.line_id)
    visit.keep_evidence("the store's answer")
    return case
