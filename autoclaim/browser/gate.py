"""The gate: every request of the browser comes past the submit guard before it leaves.

It stands at the browser itself, not at a tab: the Fetch domain of the browser's own debugging
session holds the first request of a new tab, of any frame, of a worker, and what a page sends
while it is being left (keepalive, beacons), for which interception tab by tab comes too late. It
also lets the browser keep its cache, which interception tab by tab switches off.

WebSockets do not come past it, so there are none in a visit: a content security policy forbids
them in every document (`no_sockets.js`) and in every script that a worker is made of. Shared and
service workers, and WebSocketStream, are switched off where the browser is started.
"""

from base64 import b64decode
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib.resources import files
from typing import Any, Protocol

from playwright.sync_api import BrowserContext
from playwright.sync_api import Error as PlaywrightError

from autoclaim.browser.submit_guard import SubmitGuard, Verdict
from autoclaim.errors import MachineFault

Event = dict[str, Any]

# Everything that the gate can see; a socket it could not.
_NO_SOCKETS = "connect-src http: https: data: blob: filesystem:"
# What a browser calls the script of a worker, and little else.
_WORKERS_SCRIPT = "Other"
_REDIRECTS = range(300, 400)


class Listener(Protocol):
    """Who listens to answers."""

    def wants(self, address: str) -> bool:
        """Whether an answer from that address is listened to."""

    def hear(self, address: str, body: Callable[[], bytes]) -> None:
        """Hear an answer that is held back from its page meanwhile."""


class Pressed(Protocol):
    """Who knows whether the buyer pressed."""

    def __call__(self, verdict: Verdict) -> bool:
        """Say whether a request with that verdict, held since now, came of the buyer's press."""


class Before(Protocol):
    """Who is asked before a request that is, or may be, the buyer's submit leaves."""

    def __call__(self, verdict: Verdict, *, leaving_page: bool) -> bool:
        """Say whether it may leave; with `leaving_page` no page answers until it did."""


def _anything(verdict: Verdict, *, leaving_page: bool) -> bool:  # noqa: ARG001 - see Before
    """Nobody waits for a submit."""
    return True


def _anybody(verdict: Verdict) -> bool:  # noqa: ARG001 - see Pressed
    """Nobody waits for a press."""
    return True


def _body_of(request: dict[str, Any]) -> str:
    """What a request says beside its address; "" for nothing."""
    parts = (one.get("bytes", "") for one in request.get("postDataEntries", ()))
    told: str = request.get("postData", "")
    return told or b"".join(map(b64decode, parts)).decode(errors="replace")


def _is_redirect(event: Event) -> bool:
    return event.get("responseStatusCode") in _REDIRECTS and any(
        header["name"].lower() == "location" for header in event.get("responseHeaders", ())
    )


def _may_be_worker(event: Event) -> bool:
    status = event.get("responseStatusCode")
    return event["resourceType"] == _WORKERS_SCRIPT and status not in {None, *_REDIRECTS}


class Gate:
    """Puts the guard between a whole browser and the network.

    `final_over` turns true when what the buyer sent last was answered (`final_status`) or failed;
    `fault` is why it was stopped at the last moment. `listeners` hear the answers they want on
    their way in: no event of a tab is needed for that, and of an answer that was heard nothing
    stays behind in this process.
    """

    def __init__(self, context: BrowserContext, guard: SubmitGuard) -> None:
        self._guard = guard
        self.listeners: list[Listener] = []
        self._queue: deque[tuple[Event, Verdict]] = deque()
        self._asking = False
        self.await_final(_anybody, _anything)
        if context.browser is None:
            raise MachineFault("This browser cannot be guarded.", "Use Chrome, Edge or Chromium.")
        self._session = context.browser.new_browser_cdp_session()
        self._session.on("Fetch.requestPaused", self._paused)
        self._session.send("Fetch.enable", {"patterns": [{"urlPattern": "*"}]})
        script = files("autoclaim.browser").joinpath("no_sockets.js").read_text(encoding="utf-8")
        context.add_init_script(script.replace("POLICY", _NO_SOCKETS))

    def await_final(self, pressed: Pressed, before: Before) -> None:
        """Begin a hand-over: `before` says whether the buyer's submit may leave, while it is held.

        It is asked, one after the other, about each request that is or may be the submit, and that
        came of a press. If it raises, the request goes nowhere and `fault` holds what it raised.
        """
        self._pressed = pressed
        self._before = before
        self._sent: set[str] = set()
        self._last: str | None = None
        self.fault: Exception | None = None
        self.final_status: int | None = None
        self.final_over = False

    def close(self) -> None:
        """Go from the browser, after the last page of the visit: it may have others later."""
        with suppress(PlaywrightError):  # the browser ended already
            self._session.detach()

    def _paused(self, event: Event) -> None:
        if "responseStatusCode" in event or "responseErrorReason" in event:
            self._answered(event)
            return
        request = event["request"]
        if event.get("redirectedRequestId") in self._sent:
            # The store itself sends the buyer's submit on to another address.
            self._follow(event)
            return
        verdict = self._guard.judge(request["method"], request["url"], _body_of(request))
        if verdict in {"final", "unlisted"} and not self._pressed(verdict):
            self._take_back(event)
        elif verdict in {"final", "unlisted"}:
            self._queue.append((event, verdict))
            self._ask_in_turn()
        elif verdict == "stopped":
            self._stop(event)
        else:
            self._let_go(event)

    def _ask_in_turn(self) -> None:
        """Ask about one request at a time: the form is read meanwhile, and others may come."""
        if self._asking:
            return
        self._asking = True
        try:
            while self._queue:
                self._ask(*self._queue.popleft())
        finally:
            self._asking = False

    def _ask(self, event: Event, verdict: Verdict) -> None:
        if self._may_leave(verdict, leaving_page=event["resourceType"] == "Document"):
            self._last = None
            self._follow(event)
        else:
            self._take_back(event)

    def _take_back(self, event: Event) -> None:
        self._guard.take_back(event["request"]["method"], event["request"]["url"])
        self._stop(event)

    def _may_leave(self, verdict: Verdict, *, leaving_page: bool) -> bool:
        try:
            return self._before(verdict, leaving_page=leaving_page)
        except Exception as fault:  # noqa: BLE001 -- raised again by the hand-over, nothing sent
            self.fault = fault
            return False

    def _follow(self, event: Event) -> None:
        """Let the buyer's submit go, and listen for its answer."""
        if self._last in {None, event.get("redirectedRequestId")}:
            self._last = event["requestId"]
            self.final_over = False
        self._sent.add(event["requestId"])
        self._let_go(event, listening=True)

    def _stop(self, event: Event) -> None:
        # "Aborted" leaves the page as it stands, also when it was a form's navigation.
        self._send("Fetch.failRequest", requestId=event["requestId"], errorReason="Aborted")

    def _let_go(self, event: Event, *, listening: bool = False) -> None:
        listening = listening or event["resourceType"] == _WORKERS_SCRIPT
        how = {"interceptResponse": True} if listening or self._hearers(event) else {}
        self._send("Fetch.continueRequest", requestId=event["requestId"], **how)

    def _answered(self, event: Event) -> None:
        if event["requestId"] == self._last:
            self.final_status = event.get("responseStatusCode")
            self.final_over = not _is_redirect(event)
        if event.get("responseStatusCode") not in {None, *_REDIRECTS}:
            for hearer in self._hearers(event):
                hearer.hear(event["request"]["url"], partial(self._body, event))
        if _may_be_worker(event):
            self._forbid_sockets(event)
        else:
            self._send("Fetch.continueRequest", requestId=event["requestId"])

    def _forbid_sockets(self, event: Event) -> None:
        policy = {"name": "Content-Security-Policy", "value": _NO_SOCKETS}
        self._send(
            "Fetch.continueResponse",
            requestId=event["requestId"],
            responseCode=event["responseStatusCode"],
            responseHeaders=[*event.get("responseHeaders", ()), policy],
        )

    def _hearers(self, event: Event) -> list[Listener]:
        """Who listens to the answer; a browser's own question before a request has none."""
        if event["request"]["method"] == "OPTIONS":
            return []
        return [one for one in self.listeners if one.wants(event["request"]["url"])]

    def _body(self, event: Event) -> bytes:
        """The body of an answer that is held back; Playwright's Error when its page is gone."""
        told = self._session.send("Fetch.getResponseBody", {"requestId": event["requestId"]})
        body: str = told["body"]
        return b64decode(body) if told["base64Encoded"] else body.encode()

    def _send(self, method: str, **parameters: object) -> None:
        try:
            self._session.send(method, parameters)
        except PlaywrightError:
            # The request is gone: its page was left, or the browser was closed.
            return
