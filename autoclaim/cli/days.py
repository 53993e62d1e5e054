"""Days and moments as the buyer reads them: absolute, with where they come from."""

from datetime import datetime, timedelta, tzinfo

from rich.text import Text

from autoclaim.model import POLICY_CLOCK, Decision

BASIS_WORDS = {"site": "site", "rule": "rule", "estimate": "est."}  # `last day` says the rest
BASIS_SENTENCES = {
    "site": "the store's own date",
    "rule": "counted by the policy",
    "estimate": "an estimate: a fact is missing",
}
OTHERS_TIME = {"wait", "track_refund"}  # the clock runs for somebody else
URGENT = {"last_day", "at_risk"}
LAST_DAYS = timedelta(days=2)


def act_by(decision: Decision) -> Text:
    """The day to act by (strictest count), with its basis; for other people's time their last."""
    day = decision.last_on if decision.action in {*OTHERS_TIME, "closed"} else decision.safe_on
    if day is None or decision.action == "none":
        return Text()
    late = decision.action not in {*OTHERS_TIME, "closed"} and URGENT & set(decision.flags)
    text = Text(f"{day}", "bold red" if late else "")
    return text.append(f" {BASIS_WORDS.get(decision.basis or '', '')}", "dim")


def last_day(decision: Decision) -> Text:
    """The last day by the count used, where the buyer's own time ends."""
    if decision.last_on is None or decision.action in {"none", "closed", *OTHERS_TIME}:
        return Text()
    return Text(f"{decision.last_on}")


def window(decision: Decision) -> str:
    """The window of a decision in words, with where its days come from."""
    if decision.action == "none" or decision.basis is None:
        return ""
    basis = BASIS_SENTENCES[decision.basis]
    if decision.last_on is None:
        return f"since {decision.opens_on} ({basis})"
    if decision.action == "closed":
        return f"ended on {decision.last_on} ({basis})"
    if decision.action in OTHERS_TIME:
        return f"until {decision.last_on} ({basis})"
    if decision.safe_on == decision.last_on:
        return f"until {decision.last_on} ({basis})"
    return f"by {decision.safe_on} to be safe, at the latest {decision.last_on} ({basis})"


def closing(decision: Decision, zone: tzinfo | None, now: datetime) -> str:
    """The moment it closes, on both clocks, during the last two days; else nothing."""
    closes = decision.closes_at
    if closes is None or not closes - LAST_DAYS <= now < closes:
        return ""
    return f"closes {on_both_clocks(closes, zone)}"


def on_both_clocks(moment: datetime, zone: tzinfo | None) -> str:
    """The moment in the buyer's `zone` (None: the machine's), and on the store's clock."""
    here, there = moment.astimezone(zone), moment.astimezone(POLICY_CLOCK)
    return f"{here:%Y-%m-%d %H:%M} your time ({there:%Y-%m-%d %H:%M} on the store's clock)"
