"""Tell the store the tracking number of the parcel that carries the goods back.

By hand: Returns → the case → the box for the return's tracking number → "Submit" → "Confirm".
"""

from autoclaim.browser.visit import Visit
from autoclaim.model import CaseSeen, Claim

from .case_forms import ParcelBox, tell_case

EFFECT = "fills"  # the runner starts this only for a prepared claim, with a buyer at the window


def run(visit: Visit, claim: Claim) -> CaseSeen | None:
    """Fill the box, hand it over, and reread the case.

    Raises:
        NotSent: the buyer declined, or nobody was there.
        WrongInput: there is no case, or it does not ask for a number.
    """
    return tell_case(visit, ParcelBox(visit, claim))
