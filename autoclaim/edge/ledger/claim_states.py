"""A claim's life as its events tell it.

    drafted ─► handed_over ─► sent_seen ─► verified ─► ended
       ▲           │              │    ├─► not_seen      sent, the store shows nothing yet
       │           │              │    └─► contradicts   the store shows something else
       ├─ not_sent ┤              │                      the buyer declined
       ├─ absent ◄─┼──────────────┘                      reread later: no such case
                   └─► unknown                           autoclaim ended in the middle

What may have reached the store blocks a second claim for the same thing, until it was reread.
"""

# The state a claim is in after an event; events not named here leave it as it was.
STATE_AFTER = {
    "drafted": "drafted",
    "handed_over": "handed_over",
    "sent_seen": "sent_seen",
    "verified": "verified",
    "not_seen": "not_seen",
    "contradicted": "contradicts",
    "declined": "not_sent",
    "found_absent": "absent",
    "ended": "ended",
}

_SENDABLE = {"drafted", "not_sent", "absent"}
_MAYBE_SENT = {"handed_over", "unknown", "sent_seen", "not_seen"}
_ANY = {*STATE_AFTER.values(), "unknown"}

# From which states an event may follow; "" is a claim that does not exist yet.
FOLLOWS = {
    "drafted": {"", *_SENDABLE},
    "handed_over": _SENDABLE,
    "sent_seen": {"handed_over", "unknown"},
    # After a crash nobody can know that the buyer declined: `unknown` is not among these.
    "declined": {"drafted", "handed_over"},
    "not_seen": _MAYBE_SENT,
    "found_absent": _MAYBE_SENT - {"handed_over"},
    # The buyer may also have sent a prepared claim elsewhere, by telephone or from another screen.
    "verified": _ANY,
    "contradicted": _ANY,
    "ended": {"verified", "contradicts", "ended"},
}

TO_REREAD = frozenset({"unknown", "sent_seen", "not_seen"})
PROVED = frozenset({"verified", "contradicts"})
BLOCKING = PROVED | _MAYBE_SENT


def state_after(events: list[str], *, ours: bool) -> str:
    """The state after these kinds of events, oldest first.

    `ours`: the hand-over is going on in this very process. In any other, a hand-over without a
    later event means that autoclaim ended in the middle and nobody knows what the buyer did.
    """
    state = ""
    for kind in events:
        state = STATE_AFTER.get(kind, state)
    return "unknown" if state == "handed_over" and not ours else state
