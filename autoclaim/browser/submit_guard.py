"""The submit guard: what may leave the browser, by where the visit stands. Denies by default.

The guard judges and writes down; `gate.py` asks it about the requests of every tab, frame, worker.

A request changes something when its method is not GET, HEAD or OPTIONS, when its path calls an API
(`/h5/<api>/…`) whatever its method, or when it fits the store's `final` list. Such a request
passes only when it goes to one of the store's own origins, and

* fits `reads`, at any time before the visit is closed; or
* fits `steps`, while `filling`; or
* fits `sign_in_writes`, while `signing_in`.

While a `person` answers a code or a challenge in the window, what is neither an API call nor
`final` passes, to whatever origin: challenges come from others than the store.
Once the form is the buyer's (`yours`) everything may pass, to other origins too, but `final` only
once. An entry of a list is a regular expression that must fit the whole path, or the whole path
and query; a path that a server may read in two ways (`%2f`, `//`, `..`) fits none.
"""

import re
from collections.abc import Iterable
from typing import Literal

from autoclaim.browser.leaving import Leaving
from autoclaim.model.site import StoreSite

State = Literal["reading", "signing_in", "person", "filling", "yours", "closed"]
Verdict = Literal["plain", "let_through", "final", "stopped"]


class SubmitGuard:
    """Where the visit stands, what may pass there, and what passed or was stopped so far.

    `let_through` and `stopped` hold each line "METHOD path" once, in the order first seen; a line
    of another origin than the store's names that origin. Neither holds a query or a body.
    """

    def __init__(self, site: StoreSite) -> None:
        reads = _compiled(site.reads)
        signing_in = reads + _compiled(site.sign_in_writes)
        self._passing: dict[State, tuple[re.Pattern[str], ...]] = {
            "reading": reads,
            "signing_in": signing_in,
            "person": signing_in,
            "filling": reads + _compiled(site.steps),
        }
        self._final = _compiled(site.final)
        self._home = frozenset((*site.origins, *site.sign_in_origins))
        self.state: State = "reading"
        self.final_left = False
        self.let_through: list[str] = []
        self.stopped: list[str] = []

    def begin_hand_over(self) -> None:
        """Let everything pass from now on, and the store's `final` once."""
        self.final_left = False
        self.state = "yours"

    def judge(self, method: str, address: str) -> Verdict:
        """Say whether a request may leave; what changes something is written down.

        `plain` changes nothing and passes; `final` passes and is the buyer's own submit.
        """
        request = Leaving(method.upper(), address)
        at_home = request.origin in self._home
        final = at_home and request.may_fit(self._final)
        if not (final or request.changes_something):
            return "plain"
        line = request.line(with_origin=not at_home)
        if not self._may_pass(request, at_home=at_home, final=final):
            _note(self.stopped, line)
            return "stopped"
        _note(self.let_through, line)
        self.final_left = self.final_left or final
        return "final" if final else "let_through"

    def _may_pass(self, request: Leaving, *, at_home: bool, final: bool) -> bool:
        if self.state == "closed":
            return False
        if self.state == "yours":
            return not (final and self.final_left)
        if self.state == "person" and request.api is None:
            return not final
        if final or not at_home or request.ambiguous:
            return False
        return request.fits(self._passing[self.state])


def _compiled(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def _note(lines: list[str], line: str) -> None:
    if line not in lines:
        lines.append(line)
