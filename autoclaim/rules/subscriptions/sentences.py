"""Why, in words for the buyer; days are written as ISO days."""

from autoclaim.model.money import Money
from autoclaim.model.subscription import Subscription, SubscriptionDecision

WHY = {
    "need_data": "Neither the start nor the next renewal nor the end of a trial is known.",
    "kept": "You want to keep it; the next term begins on {renews_on} and costs {amount}.",
    "trial": "The trial{trial} turns into a paid subscription on {renews_on}, for {amount}.",
    "renews": "It renews on {renews_on}, for {amount}.",
    "missed": "It is too late to stop the renewal on {missed}: the last day for that was {was}.",
    "next": "The next one that can be stopped is on {renews_on}, for {amount}.",
    "bound": (
        "The minimum term runs until the day before {renews_on}; then it goes on for {amount}."
    ),
    "by": "Cancel by {safe_on} to be safe, at the latest on {last_on}.",
    "letter": (
        "Post the letter by {safe_on} to be safe, at the latest on {last_on}: it has to be "
        "there by {arrive_by}."
    ),
    "at_once": (
        "Cancel at once: the notice period is longer than what is left of the trial, and it "
        "is not known whether it holds for a trial."
    ),
    "ends": "Cancelled today it ends on {ends_on}",
    "due": "until then {due} more are charged",
    "lost": "{lost} of what is paid is no longer used unless it is paid back",
    "no_notice": "The notice period is not known: the last day is the one before the renewal.",
    "no_holidays": "The holidays are not known: only Saturdays and Sundays are left out.",
    "anchor": (
        "Later days are counted from the last day of a short month; they may be up to three "
        "days later."
    ),
    "differs": (
        "The provider's renewal day is not the one counted from the start; the provider's counts."
    ),
    "cancelled": "Cancelled on {cancelled_on}{reference}; it ends on {effective_on}.",
    "ask_from": "From {check_on} autoclaim asks whether anything more was charged.",
    "ask": (
        "It was cancelled on {cancelled_on}{reference} and ended on {effective_on}. Look at "
        "your statement: was anything charged on or after {check_on}?"
    ),
    "over": (
        "Cancelled on {cancelled_on}{reference}, ended on {effective_on}, and nothing more "
        "was charged."
    ),
    "charged": (
        "It was cancelled on {cancelled_on}{reference} and ended on {effective_on}, but it "
        "was charged again. Ask the provider for the money, with the proof of your "
        "cancellation."
    ),
}


def money(amount: Money) -> str:
    """An amount in a sentence."""
    return f"{amount.written} {amount.currency}"


def told(subscription: Subscription, decision: SubscriptionDecision, told_first: str) -> str:
    """The sentences that go with a decision about a running subscription."""
    said = [told_first, WHY[_until(subscription, decision)].format(**decision._asdict())]
    said += _now(decision)
    flags = {
        "notice_assumed": "no_notice",
        "holidays_unknown": "no_holidays",
        "anchor_assumed": "anchor",
        "site_differs": "differs",
    }
    said += [WHY[words] for flag, words in flags.items() if flag in decision.flags]
    return " ".join(said)


def _until(subscription: Subscription, decision: SubscriptionDecision) -> str:
    if "trial_notice_assumed" in decision.flags:
        return "at_once"
    return "letter" if subscription.channel == "letter" else "by"


def _now(decision: SubscriptionDecision) -> list[str]:
    if decision.ends_on is None:
        return []
    clauses = [WHY["ends"].format(ends_on=decision.ends_on)]
    if decision.still_due and decision.still_due.amount:
        clauses.append(WHY["due"].format(due=money(decision.still_due)))
    if decision.lost and decision.lost.amount:
        clauses.append(WHY["lost"].format(lost=money(decision.lost)))
    return [("; ".join(clauses)) + "."]
