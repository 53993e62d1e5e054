"""The words: what each saying tells the buyer; `{0}`, `{1}` are its arguments, days as ISO."""

from collections.abc import Mapping
from typing import Final

WHY: Final[Mapping[str, str]] = {
    # R0 to R2
    "now_unreadable": (
        "The moment to judge at cannot be read, so nothing is decided; give `now` as"
        " a moment with its offset, such as 2026-04-25T12:00:00-07:00."
    ),
    "refund_kind_unknown": (
        "Money came back, but it is not known whether it was all of it; say whether"
        " the refund was full or a part."
    ),
    "refunded_in_full": "The whole refund was paid; there is nothing left to do.",
    "refunded_in_part": "A part was refunded and no problem is open; there is nothing left to do.",
    "part_paid": "A part was already refunded; look at whether the rest may still be asked for.",
    "part_paid_over": "A part was refunded, and the time to ask for the rest ended on {0}.",
    "future_event": (
        "Something here is dated after today; check the dates, because a wrong one"
        " would give a wrong last day."
    ),
    "contradiction": (
        "Two facts of this order cannot both be true; look at the order's page and"
        " correct them before anything is sent."
    ),
    # R3, R4
    "return_not_sent": "The goods had to be sent back by {0}; look at the order's page at once.",
    "send_the_return": (
        "The return was approved: send the goods back by {0} and enter the tracking number."
    ),
    "send_the_return_soon": (
        "The return was approved: send the goods back soon and enter the tracking number."
    ),
    "fast_unknown": (
        "The return is on its way, but it is not known whether the Fast Refund applies."
    ),
    "fast_refund": (
        "The Fast Refund applies: give the store the return's tracking number; the"
        " money should be there by {0}."
    ),
    "fast_refund_no_term": "The Fast Refund applies: give the store the return's tracking number.",
    "refund_due": "A refund is due; it should be paid by {0}.",
    "refund_due_no_term": "A refund is due; the policy names no last day for it.",
    "refund_overdue": "The refund should have been paid by {0}; ask the store for it now.",
    "nothing_was_paid": "The order was cancelled and nothing has to come back.",
    "cancelled_unpaid": (
        "The order was cancelled, but it is not known whether and when it was paid;"
        " say so, and whether money is due follows."
    ),
    "cancelled_no_day": (
        "The order was cancelled after payment, so a refund is due; the day of the"
        " cancellation would tell until when."
    ),
    "agreed_on_nothing": (
        "The dispute ended with an agreement, but no refund came of it; look at what was agreed."
    ),
    "agreed_no_day": (
        "You and the seller agreed on a refund; the day of the agreement would tell"
        " until when it must be paid."
    ),
    "decided_against": (
        "The store decided against a refund; ask the store to look again, and see the"
        " ways outside it."
    ),
    "decision_unknown": (
        "The dispute has ended, but it is not known how; say whether a refund was granted."
    ),
    "decided_no_day": (
        "The store decided for a refund; the day of the decision would tell until"
        " when it must be paid."
    ),
    # R5
    "dispute_unreadable": "The state of the dispute cannot be read; look at the dispute's page.",
    "offer_waits": "The seller made an offer; only you can accept or refuse it.",
    "answer_due": "The dispute waits for your answer by {0}; only you can accept or refuse.",
    "answer_was_due": "The dispute waited for your answer until {0}; look at its page at once.",
    "dispute_no_day": "A dispute is running; the day it was opened would tell whose turn it is.",
    "seller_answers": "A dispute is running; the seller has until {0} to answer.",
    "store_joins": "A dispute is running; the store looks at it by {0} when you do not agree.",
    "store_asked": "A dispute is running; wait for an outcome until {0}, then ask the store.",
    "store_decides": (
        "A dispute is running and every limit of the seller is over; the store"
        " decides, without a date."
    ),
    "dispute_overdue": "The dispute has had no outcome by {0}; ask the store now.",
    # R6 to R9
    "status_unknown": (
        "The status of the order is not known, so nothing is decided; read the order's page."
    ),
    "unpaid": "The order is not paid; it can be cancelled, and no money has to come back.",
    "payment_checked": "The payment is being checked; wait until that is done.",
    "payment_checked_until": (
        "The payment is being checked; from {0} on the order can be cancelled if it"
        " is not shipped."
    ),
    "maybe_shipped": (
        "A part of the order was shipped and it is not known whether this line was;"
        " look at the order's page."
    ),
    "cancel_pending": "A cancellation was asked for; wait for the answer, and do not ask twice.",
    "cancel_pending_until": "A cancellation was asked for; the seller has until {0} to answer.",
    "cancel_unanswered": "The seller had until {0} to answer the cancellation; ask the store now.",
    "cancel_refused": (
        "The seller refused the cancellation on {0} and has not shipped; ask the store."
    ),
    "cancel_no_day": (
        "The line is not shipped, but neither the day of payment nor that of the order is known."
    ),
    "cancel_until": (
        "Not shipped yet: it can be cancelled, usually until {0}; the sooner the better."
    ),
    "cancel_until_store": (
        "Not shipped yet: the store lets you cancel until {0}; the sooner the better."
    ),
    "cancel_open": "Not shipped yet: it can be cancelled; the sooner the better.",
    "cancel_past_usual": (
        "The usual days to cancel ended on {0}, but it is still not shipped and can be cancelled."
    ),
    "cancel_day_passed": "The store's own last day to cancel was {0}; look at the order's page.",
    "cancel_not_offered": (
        "It is not shipped, but the order's page shows no way to cancel; look at the"
        " page, or ask the store."
    ),
    # R10, R11
    "problem_unreadable": (
        "What is wrong with it cannot be read; say it again in one of the words of the list."
    ),
    "deadline_unknown": (
        "It is under way, but neither a promised day nor the day of shipping is known"
        " well enough to tell the last day."
    ),
    "shipped_but_cancellable": "It was shipped, yet the page still offers to cancel; look at it.",
    "ends_before_it_opens": (
        "By the policy the time to claim ends on {0}, before it opens; look at the"
        " order's page and ask the store before that day ends."
    ),
    "parcel_gone": (
        "The carrier says the parcel is lost or goes back; the claim opens on {0},"
        " look at the page whether it is open already."
    ),
    "still_in_time": (
        "It may still come; if it has not, a dispute can be opened from {0} until {1}."
    ),
    "late": "It has not come by the deadline; a dispute can be opened until {0}.",
    "late_over": "It has not come, and the time to open a dispute ended on {0}.",
    # R12
    "arrival_day_missing": (
        "It is said to have arrived, but the day is not known; the carrier's page tells it."
    ),
    "arrival_window_past": (
        "It is said to have arrived, and by that day the time ended on {0}; the"
        " delivery deadline may give more."
    ),
    "not_here": (
        "It is said to have arrived and you have not got it; a dispute can be opened until {0}."
    ),
    "not_here_look": (
        "It is said to have arrived and you have not got it; look at the order's page"
        " now, the time to claim ends on {0}."
    ),
    "not_here_over": (
        "It is said to have arrived and you have not got it; the time to open a"
        " dispute ended on {0}."
    ),
    # R13, R14
    "delivered_elsewhere": "The carrier delivered it somewhere else; say whether you have got it.",
    "nothing_wrong": (
        "Nothing is wrong with it; should something be, a dispute can be opened until {0}."
    ),
    "nothing_wrong_no_day": "Nothing is wrong with it, so there is nothing to do.",
    "delivery_day_missing": (
        "There is a problem, but the day of delivery is not known and with it the"
        " last day; the carrier's page tells it."
    ),
    "faulty": "There is a problem with what came; a dispute can be opened until {0}.",
    "faulty_over": "There is a problem with what came, but the time to claim ended on {0}.",
    "changed_mind": "A change of mind is no ground for a refund under this policy.",
    "return_over": "Goods could be sent back without a reason until {0}; that is over.",
    "return_not_for_this": "This policy lets other goods go back without a reason, but not these.",
    "return_unknown": (
        "It may go back without a reason until {0}, but not all is known that this depends on."
    ),
    "return_unknown_no_day": (
        "It may go back without a reason, but not all is known that this depends on."
    ),
    "send_back_until": "It can be sent back without a reason until {0}.",
    # R15 to R17
    "still_offered": (
        "By the count the time ended on {0}, but the page still offers a dispute; look at it."
    ),
    "virtual": (
        "It comes without a parcel, so a person must decide whether the protection covers it."
    ),
    "nothing_was_paid_for_it": "Nothing was paid for it, so a person must decide what to ask for.",
    "dispute_not_offered": (
        "A dispute should be possible, but the page does not show the button; look at it."
    ),
    "fact_unreadable": (
        "A fact that decides this cannot be read; correct what is named as missing."
    ),
    "parcels_differ": (
        "It is not known in which parcel this travelled, and that changes the answer;"
        " look at the earliest day."
    ),
    "editions_differ": (
        "The policy has changed since the payment, and under today's text the time is"
        " over; look at the order's page."
    ),
    "other_edition": "Under the policy edition {0} the answer would be: {1}.",
    "other_edition_over": "Under the policy edition {0} the time ended on {1}.",
    "other_edition_until": "Under the policy edition {0} the answer would be: {1}, until {2}.",
    "conflict": "What was read about this order differs from one source to the other.",
}
