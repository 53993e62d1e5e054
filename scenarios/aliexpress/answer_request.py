"""Answer the store's request for more evidence in a running case.

By hand: Returns → the case → "View possible solutions" → "I don't agree with above solution(s)" →
"Upload more photos/videos" → what happened → pictures → "Submit". The case then waits on.
"""

from autoclaim.browser.visit import Visit
from autoclaim.model import CaseSeen, Claim

from .case_forms import EvidenceDialog, tell_case

EFFECT = "fills"  # the runner starts this only for a prepared claim, with a buyer at the window


def run(visit: Visit, claim: Claim) -> CaseSeen | None:
    """Fill the dialog, hand it over, and reread the case.

    Raises:
        NotSent: the buyer declined, or nobody was there.
        WrongInput: there is no case, or it does not ask for an answer.
    """
    return tell_case(visit, EvidenceDialog(visit, claim))
