"""`--trace`: the steps of a visit after sign-in, kept beside the logs, without the buyer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from autoclaim.errors import AutoclaimError
from autoclaim.model import Account

if TYPE_CHECKING:
    from autoclaim.browser.visit import Visit
    from autoclaim.runner.wiring import Wiring


@contextmanager
def trace_when_asked(wiring: "Wiring", visit: "Visit", account: Account) -> Iterator[None]:
    """Record the block where `--trace` was given; what cannot be kept is said, and no more."""
    from autoclaim.browser.tracing import forget_raw_traces, traced

    forget_raw_traces()
    if not wiring.settings.trace:
        yield
        return
    with traced(visit, lambda raw: _keep(wiring, account, raw)):
        yield


def _keep(wiring: "Wiring", account: Account, raw: bytes | None) -> None:
    from autoclaim.edge.anonymising import Anonymiser
    from autoclaim.edge.traces import keep_trace

    if raw is None:
        wiring.told.say("The browser ended before its trace was whole; no trace is kept.")
        return
    names = [account.email] if account.email else []
    try:
        file = keep_trace(raw, wiring.places.traces, Anonymiser(names), wiring.now())
    except AutoclaimError as fault:  # how the visit itself ended matters more
        wiring.told.say(str(fault))
        return
    wiring.told.say(
        f"Trace: {file} (the steps after sign-in; no pictures, pages, answers or typed text). "
        f"Look at it with: playwright show-trace {file}"
    )
