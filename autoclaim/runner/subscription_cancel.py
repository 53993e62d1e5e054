"""Cancelling a subscription: the guide, the letter, and what the buyer did."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from autoclaim.errors import WrongInput
from autoclaim.model.guide import Letter, NamedGuide
from autoclaim.model.subscription import Cancelled, Subscription
from autoclaim.rules.subscriptions import ends_when_cancelled
from autoclaim.runner.guides import find_guide
from autoclaim.runner.subscription_letter import Written, write_letter
from autoclaim.runner.subscriptions import (
    JudgedSubscription,
    holidays,
    judged_subscription,
    today_of,
)
from autoclaim.runner.wiring import Wiring

BY_CHANNEL = {"letter": "generic/notice-by-letter", "mail": "generic/notice-by-letter"}
OTHERWISE = "generic/web-subscription"
IN_TRIAL = "generic/free-trial"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who signs the letter, and in which language; what is None stays in brackets."""

    buyer: str | None = None
    address: str | None = None
    email: str | None = None
    language: str | None = None
    template: Path | None = None


@dataclass(frozen=True, slots=True)
class WayOut:
    """What the buyer needs to cancel: the facts, the guide, the page, and perhaps a letter."""

    judged: JudgedSubscription
    guide: NamedGuide
    address: str | None
    letter: Written | None

    def as_json(self) -> dict[str, Any]:
        """As `subscription cancel --json` prints it."""
        return {
            **self.judged.as_json(),
            "guide": self.guide.as_json(),
            "address": self.address,
            "letter": self.letter and self.letter.as_json(),
        }


def way_out(wiring: Wiring, name: str, sender: Sender) -> WayOut:
    """Everything that is prepared for cancelling; nothing is sent and nothing is stored."""
    judged = judged_subscription(wiring, name)
    wanted = judged.subscription
    guide = find_guide(wanted.guide or _guide_for(judged))
    letter = None
    if sender.template or (guide.guide.letter and wanted.channel in {"letter", "mail", None}):
        letter = _letter(wiring, judged, guide, sender)
    return WayOut(judged, guide, wanted.link or guide.guide.address, letter)


def record_cancelled(
    wiring: Wiring, name: str, on: date | None, effective: date | None, reference: str | None
) -> JudgedSubscription:
    """Keep that the buyer cancelled; the end is the one confirmed, else the one counted.

    Raises:
        WrongInput: a day in the future, an end before it, or an end that cannot be counted.
    """
    judged = judged_subscription(wiring, name)
    wanted, today = judged.subscription, today_of(wiring)
    on = on or today
    if on > today:
        raise WrongInput(f"{on} is still to come.", "Give the day on which you cancelled.")
    days = holidays(wiring, wanted, on)
    ends = effective or ends_when_cancelled(wanted, on, days)
    if ends is None:
        raise WrongInput("The day on which it ends is not known.", "Say it with --effective DAY.")
    if ends < on:
        raise WrongInput(f"It cannot end on {ends}, before it was cancelled.", "Nothing was done.")
    how = Cancelled(cancelled_on=on, effective_on=ends, reference=reference)
    wiring.ledger.cancel_subscription(
        wanted.name, how.model_dump(mode="json", exclude_none=True), at=wiring.now()
    )
    return judged_subscription(wiring, name)


def undo_cancelled(wiring: Wiring, name: str) -> JudgedSubscription:
    """Take the recorded cancellation back."""
    judged = _cancelled(wiring, name)
    wiring.ledger.resume_subscription(judged.subscription.name, at=wiring.now())
    return judged_subscription(wiring, name)


def answer_charge(wiring: Wiring, name: str, *, charged: bool) -> JudgedSubscription:
    """Keep whether anything was charged after the end."""
    judged = _cancelled(wiring, name)
    wiring.ledger.answer_charge(judged.subscription.name, charged=charged, at=wiring.now())
    return judged_subscription(wiring, name)


def _cancelled(wiring: Wiring, name: str) -> JudgedSubscription:
    judged = judged_subscription(wiring, name)
    if judged.cancelled is None:
        raise WrongInput(
            f"{judged.subscription.name} is not recorded as cancelled.", "Nothing was done."
        )
    return judged


def _guide_for(judged: JudgedSubscription) -> str:
    if channel := BY_CHANNEL.get(judged.subscription.channel or ""):
        return channel
    return IN_TRIAL if "trial" in judged.decision.flags else OTHERWISE


def _letter(
    wiring: Wiring, judged: JudgedSubscription, guide: NamedGuide, sender: Sender
) -> Written:
    language = sender.language or guide.guide.languages[0]
    wanted = judged.subscription
    known = {
        "buyer": sender.buyer,
        "buyer_address": sender.address,
        "email": sender.email,
        "provider": wanted.provider,
        "service": wanted.name,
        "contract": wanted.contract,
        "today": today_of(wiring),
        "ends_on": judged.decision.ends_on,
    }
    return write_letter(_template(guide, language, sender, wanted), language, known)


def _template(guide: NamedGuide, language: str, sender: Sender, wanted: Subscription) -> Letter:
    if sender.template:
        try:
            body = sender.template.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            raise WrongInput(f"{sender.template} cannot be read: {fault}.") from None
        return Letter.model_construct(subject=wanted.name, body=body)
    if language not in guide.guide.letter:
        there = ", ".join(guide.guide.letter)
        raise WrongInput(f"The guide has no letter in {language!r}.", f"It has: {there}.")
    return guide.guide.letter[language]
