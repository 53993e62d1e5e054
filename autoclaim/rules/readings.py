"""The words for the other readings of the policy, and for why an action is not open."""

from collections.abc import Mapping
from typing import Final

OTHERS: Final[Mapping[str, str]] = {
    # The other readings of section 8, by its rows.
    "undelivered_can_cancel": (
        "It can also be read so that a parcel not delivered yet can still be cancelled."
    ),
    "usual_days_limit": "The seven days can also be read as a hard limit, which ended on {0}.",
    "unpaid_not_named": "The policy speaks only of getting money back, not of unpaid orders.",
    "checking_takes_a_day": "Other texts say that checking takes about a day, until {0}.",
    "checking_takes_a_day_somewhen": "Other texts say that checking takes about a day.",
    "seller_has_72_hours": "Other texts give the seller 72 hours to answer, until {0}.",
    "ask_again": "It can also be read so that a cancellation may simply be asked for again.",
    "request_came_first": (
        "It can also be read so that the cancellation, asked for before shipping, comes first."
    ),
    "not_shipped_before_scan": (
        "It can also be read so that nothing is shipped before the carrier's first scan."
    ),
    "whole_order": "The store may offer the cancellation only for the whole order.",
    "frozen": "A frozen order can also be read as one that the buyer cannot act on at all.",
    "late_from_workday": (
        "It can also be read so that the money is late only from the next workday, {0}."
    ),
    "holidays_do_not_count": (
        "It can also be read so that no holidays count; then the last day is {0}."
    ),
    "deadline_day_is_late": "It can also be read so that the deadline day itself counts as late.",
    "promise_is_deadline": (
        "It can also be read so that the promised day {0} is the deadline; then the"
        " last day is {1}."
    ),
    "extension_does_not_count": (
        "It can also be read so that the seller's extension does not move the"
        " deadline; then the last day is {0}."
    ),
    "extension_does_not_count_somewhen": (
        "It can also be read so that the seller's extension does not move the deadline."
    ),
    "cap_may_be_earlier": (
        "The day of shipping is not known; counted from it the deadline may be earlier."
    ),
    "gone_at_once": (
        "It can also be read so that a lost or returned parcel may be claimed at"
        " once, at the latest on {0}."
    ),
    "customs_excluded": "The store may exclude parcels that customs hold.",
    "delivery_or_deadline": (
        "The time can also be counted from the delivery deadline instead of the delivery."
    ),
    "act_by_earlier": "By the other count the last day is {0}; the earlier one is the safe one.",
    "earlier_was": "By the stricter count the time ended on {0}.",
    "confirmation_window": "Counted from the confirmation the last day is {0}.",
    "late_window_was": "Counted from the delivery deadline the time ended on {0}.",
    "confirmation_window_was": "Counted from the confirmation the time ended on {0}.",
    "late_window_from": (
        "Counted from the delivery deadline a dispute opens on {0} and ends on {1}."
    ),
    "late_window_until": "Counted from the delivery deadline the last day is {0}.",
    "confirmation_counts": "It can also be counted from the confirmation instead of the delivery.",
    "confirmation_counts_until": (
        "Counted from the confirmation instead of the delivery, the last day is {0}."
    ),
    "deadline_counts": (
        "It can also be counted from the delivery deadline; then the last day is {0}."
    ),
    "change_of_mind_counts": (
        "A change of mind is named elsewhere in the policy as a ground for claiming."
    ),
    "never_in_full": "It can also be read so that accessories are never refunded in full.",
    "outside_protection": (
        "It can also be read so that there is nothing to refund, or that it lies"
        " outside the protection."
    ),
    "under_or_up_to": (
        "Other texts say up to {0} USD instead of under {0} USD; then the Fast Refund fits."
    ),
    "another_rate": (
        "The price was compared at your rate of {1} for {0}; the store may use another."
    ),
    "rounded_would_fit": "Rounded to cents the price is {0} USD and would fit the Fast Refund.",
    "order_does_not_fit": (
        "The limit can also be read for the whole order, whose {0} USD do not fit."
    ),
    "fast_without_return": "The Fast Refund can also be read to apply without a return.",
    "buyers_calendar": "By your own clock the last day is {0}; the store counts on its own.",
    "fifteen_days_for_paying": (
        "The fifteen days can also be read as the time for paying only, or counted"
        " from another day."
    ),
    "decision_is_final": "The decision can also be read as final.",
    "one_per_order": "The policy can also be read to allow one dispute per order only.",
    "case_settled": "A part that was paid can also be read to settle the case.",
    "ten_days_to_send": "Other editions give ten days to send it back, until {0}.",
}

WHY_NOT: Final[Mapping[str, str]] = {
    "was_shipped": "it was already shipped",
    "was_shipped_on": "it was shipped on {0}",
    "opens_later": "a dispute can be opened from {0} on, not before",
    "dispute_over": "the time to open a dispute ended on {0}",
    "no_ground": "a change of mind is no ground for a dispute",
    "no_problem": "no problem is known; say what is wrong and it opens",
    "dispute_runs": "a dispute is already running; a second one beside it is not possible",
    "fast_needs_return": "the Fast Refund needs an approved return with its tracking number",
    "fast_not_full": "the return was not approved for a full refund",
    "fast_does_not_fit": "your level and the price do not fit the Fast Refund",
    "payment_is_checked": "the payment is still being checked",
    "already_asked": "a cancellation was already asked for; wait for the answer",
}
