"""What the log says of a visit: that it opened, and what left it."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from autoclaim.errors import MachineFault
from autoclaim.runner.ahead import ahead

if TYPE_CHECKING:
    from structlog.stdlib import BoundLogger

    from autoclaim.browser.visit import Visit
    from autoclaim.model import Account
    from autoclaim.runner.wiring import Wiring


@contextmanager
def logged(wiring: "Wiring", visit: "Visit", account: "Account") -> Iterator[None]:
    """Log the visit of the block; its first page does not wait for structlog to be imported."""
    opened = ahead(partial(_opened, wiring, visit, account))
    yield
    with suppress(MachineFault, ImportError):  # what was done counts, logged or not
        opened().info("visit_ended", let_through=visit.let_through, stopped=visit.stopped)


def _opened(wiring: "Wiring", visit: "Visit", account: "Account") -> "BoundLogger":
    log = wiring.log().bind(store=account.store, account=account.name)
    log.info("visit_opened", headed=visit.headed)
    return log
