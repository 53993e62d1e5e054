"""What each flag of a decision means for the buyer, as a sentence (rules.md 4)."""

from collections.abc import Mapping
from typing import Final

FLAG_WORDS: Final[Mapping[str, str]] = {
    "arguable": "The policy can also be read in another way.",
    "at_risk": (
        "By the strictest way of counting the time is over; by the one used here it is not."
        " Act at once."
    ),
    "buyer_unasked": "You have not said so, the dates alone say it; say whether it is so.",
    "cancel_overtaken": (
        "It was shipped although a cancellation was asked for and never answered."
    ),
    "cap_unchecked": (
        "The day of shipping is not known, so the longest time a delivery may take was not"
        " counted; the last day may be earlier."
    ),
    "conflict": "What was read from different sources does not agree; look at the order's page.",
    "contradiction": "Two things that are known of the order cannot both be true.",
    "converted": "The price was compared in US dollars through the rate you gave.",
    "customs": "Customs hold the parcel, and the store may say that this is not its fault.",
    "deadline_assumed": (
        "No promised day is known; the longest time a delivery may take stands in for it."
    ),
    "edition_assumed": (
        "It is not known when the order was paid, so which text of the policy holds is a guess."
    ),
    "fast_possible": (
        "Your level and the price fit the Fast Refund; it comes once a return is approved and"
        " sent."
    ),
    "future_event": "Something is dated after today; a date must be wrong.",
    "keep_dispute": (
        "Do not withdraw the dispute: it could hardly be opened again, the time for it being over"
        " or not known."
    ),
    "last_day": "Today is the last day.",
    "no_scan": "There is a tracking number, but the carrier has not seen the parcel yet.",
    "not_offered": "The order's page was read and does not show the button for it.",
    "nothing_to_refund": "Nothing was paid for it, so no money comes back.",
    "overdue": "Somebody's time has run out.",
    "own_cost": "You would pay for sending it back.",
    "partial_likely": "Expect less than the whole price.",
    "partial_paid": "A part of the money was already refunded.",
    "past_usual_days": "The usual days are over; as long as it is not shipped it can be done.",
    "route_first": (
        "Your way through the card or PayPal ends no later than the day shown: see the ways"
        " outside the store."
    ),
    "second_dispute": "A dispute about it was withdrawn before; the store may allow only one.",
    "shipment_assumed": (
        "It is not known in which of several parcels it travelled; the earliest day is shown."
    ),
    "site_date_passed": "The last day that the store itself printed has passed.",
    "site_differs": "The store prints another day than the policy gives; the store's day is used.",
    "still_offered": (
        "By the count it is over, but the order's page still shows the button: try it now."
    ),
    "store_decides": "Every limit of the seller is over; the store decides, without a date.",
    "two_editions": (
        "The policy has changed since you paid, and the old and the new text give different"
        " answers."
    ),
    "virtual": "It comes without a parcel, and what holds for parcels may not hold for it.",
    "zone_assumed": (
        "A day or time came without its time zone and was read on the store's clock, in Los"
        " Angeles; on yours it may be another day."
    ),
}

# These flags come with answers whose own sentence says as much, or with readings that are told.
_SAID_BY_THE_ANSWER: Final = frozenset(
    {
        "arguable",
        "conflict",
        "contradiction",
        "future_event",
        "not_offered",
        "overdue",
        "partial_paid",
        "past_usual_days",
        "site_date_passed",
        "still_offered",
        "store_decides",
    }
)


def flags_in_words(flags: tuple[str, ...]) -> tuple[str, ...]:
    """What the flags add to the answer, as sentences in the order given."""
    return tuple(FLAG_WORDS[flag] for flag in flags if flag not in _SAID_BY_THE_ANSWER)
