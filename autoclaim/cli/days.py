"""Days and moments as the buyer reads them: absolute, with where they come from."""

from rich.text import Text

from autoclaim.model import Decision

BASIS_WORDS = {"site": "store's date", "rule": "by rule", "estimate": "estimate"}
OTHERS_TIME = {"wait", "track_refund"}  # the clock runs for somebody else


def until(decision: Decision) -> Text:
    """The day to act by (the safe one), the last one where it differs, and the basis."""
    if decision.last_on is None or decision.action == "none":
        return Text(f"from {decision.opens_on}" if decision.opens_on else "", "dim")
    words = f"{decision.safe_on}"
    if decision.action in OTHERS_TIME:
        words = f"{decision.last_on}"
    elif decision.safe_on != decision.last_on:
        words += f" (last {decision.last_on:%d %b})"
    if decision.action == "closed":
        words = f"ended {decision.last_on}"
    urgent = {"last_day", "at_risk"} & set(decision.flags)
    style = "bold red" if urgent and decision.action not in OTHERS_TIME else ""
    return Text(words, style).append(f"  {BASIS_WORDS.get(decision.basis or '', '')}", "dim")
