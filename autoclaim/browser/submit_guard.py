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
Once the form is the buyer's (`yours`), what goes to other origins passes, and to the store what
fits `reads`, `steps` or `sign_in_writes`. `final` passes once. Anything else may be the claim
under a name nobody knows (`unlisted`): it passes once by its line, and not after a `final`; what
the page tried by itself before the form was the buyer's is not the buyer's press, and stays
stopped. A `final` that another flow is known to send (`final_of`), or that none ever sends, is
stopped, too, whoever pressed, and so is what names the number of another order or line
(`names_of`): of a form nothing leaves that is known to be another claim (`others`).
An entry of a list is a regular expression that must fit the whole path, or the whole path
and query; a path that a server may read in two ways (`%2f`, `//`, `..`) fits none.
"""

import re
from collections.abc import Iterable
from itertools import chain
from typing import Literal

from autoclaim.browser.leaving import Leaving
from autoclaim.model.claim import Claim
from autoclaim.model.site import StoreSite

NEVER = "never"  # in place of a flow: what no claim sends
State = Literal["reading", "signing_in", "person", "filling", "yours", "closed"]
Verdict = Literal["plain", "let_through", "final", "unlisted", "stopped"]


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
            "yours": signing_in + _compiled(site.steps),
        }
        self._final_of = {flow: _compiled(told) for flow, told in site.final_of.items()}
        self._final = _compiled(site.final) + tuple(chain(*self._final_of.values()))
        self._names_of = site.names_of
        self._home = frozenset((*site.origins, *site.sign_in_origins))
        self.state: State = "reading"
        self._gone: dict[str, Verdict] = {}  # what may have been the claim, by its line
        self._tried: set[str] = set()  # what the page tried by itself
        self.let_through: list[str] = []
        self.stopped: list[str] = []
        self._claim: Claim | None = None
        self.others: list[str] = []  # what was stopped of other claims in this hand-over

    @property
    def unlisted(self) -> tuple[str, ...]:
        """The lines of this hand-over that may have been the claim under an unknown name."""
        return tuple(line for line, verdict in self._gone.items() if verdict == "unlisted")

    def begin_hand_over(self, claim: Claim | None = None) -> None:
        """From now on the form, which is filled for that claim, is the buyer's to send once."""
        self._gone = {}
        self._claim, self.others = claim, []
        self.state = "yours"

    def judge(self, method: str, address: str, body: str = "") -> Verdict:
        """Say whether a request may leave; what changes something is written down.

        `plain` changes nothing and passes; `final` passes and is the buyer's own submit;
        `unlisted` passes and may be it.
        """
        request = Leaving(method.upper(), address, body)
        final = self._is_home(request) and request.may_fit(self._final)
        if not (final or request.changes_something):
            return "plain"
        line = self._line(request)
        verdict = self._verdict(request, line, final=final)
        _note(self.stopped if verdict == "stopped" else self.let_through, line)
        if verdict in {"final", "unlisted"}:
            self._gone[line] = verdict
        if verdict == "stopped" and self.state != "yours":
            self._tried.add(line)
        return verdict

    def take_back(self, method: str, address: str) -> None:
        """A request that was judged `final` or `unlisted` did not leave after all."""
        line = self._line(Leaving(method.upper(), address))
        self._gone.pop(line, None)
        if line in self.let_through:
            self.let_through.remove(line)
        _note(self.stopped, line)

    def _is_home(self, request: Leaving) -> bool:
        return request.origin in self._home

    def _line(self, request: Leaving) -> str:
        return request.line(with_origin=not self._is_home(request))

    def _verdict(self, request: Leaving, line: str, *, final: bool) -> Verdict:
        if self.state != "yours":
            return "let_through" if self._may_pass(request, final=final) else "stopped"
        if not self._is_home(request) or self._may_pass(request, final=final):
            return "let_through"
        if self._is_of_another_kind(request) or self._is_about_another(request):
            _note(self.others, line)
            return "stopped"
        if "final" in self._gone.values() or (not final and line in (*self._gone, *self._tried)):
            return "stopped"
        return "final" if final else "unlisted"

    def _is_of_another_kind(self, request: Leaving) -> bool:
        """Whether another flow is known to send it; what two may send, in any reading, is such."""
        flows = {flow for flow, told in self._final_of.items() if request.may_fit(told)}
        return bool(flows - {self._claim.kind}) if self._claim else NEVER in flows

    def _is_about_another(self, request: Leaving) -> bool:
        """Whether it names an order or a line that is not the claim's, alone or beside it."""
        if self._claim is None:
            return False
        meant = {"order": self._claim.order_id, "line": self._claim.line_id}
        return any(
            meant[noun] and request.numbers_under(names) - {meant[noun]}
            for noun, names in self._names_of.items()
        )

    def _may_pass(self, request: Leaving, *, final: bool) -> bool:
        if self.state == "closed":
            return False
        if self.state == "person" and request.api is None:
            return not final
        if final or not self._is_home(request) or request.ambiguous:
            return False
        return request.fits(self._passing[self.state])


def _compiled(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def _note(lines: list[str], line: str) -> None:
    if line not in lines:
        lines.append(line)
