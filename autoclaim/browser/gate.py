"""The gate: every request of the browser comes past the submit guard before it leaves.

It stands at the browser itself, not at a tab: the Fetch domain of the browser's own debugging
session holds the first request of a new tab, of any frame, of a worker, and what a page sends
while it is being left (keepalive, beacons), for which interception tab by tab comes too late. It
also lets the browser keep its cache, which interception tab by tab switches off.

WebSockets do not come past it. Those of pages and frames are closed until the form is the buyer's;
shared and service workers, which could open others, do not exist in a visit. One opened inside a
page's own worker is not stopped: no store is known to take a claim that way.
"""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, WebSocketRoute
from playwright.sync_api import Error as PlaywrightError

from autoclaim.browser.submit_guard import SubmitGuard, Verdict
from autoclaim.errors import MachineFault

Event = dict[str, Any]

_ANY = re.compile("")
_REDIRECTS = range(300, 400)


def _nothing() -> None:
    """Nobody waits for a submit."""


def _is_redirect(event: Event) -> bool:
    return event.get("responseStatusCode") in _REDIRECTS and any(
        header["name"].lower() == "location" for header in event.get("responseHeaders", ())
    )


class Gate:
    """Puts the guard between a whole browser and the network.

    `final_over` turns true when the buyer's submit was answered (`final_status`) or failed;
    `fault` is why it was stopped at the last moment.
    """

    def __init__(self, context: BrowserContext, guard: SubmitGuard) -> None:
        self._guard = guard
        self.await_final(_nothing)
        if context.browser is None:
            raise MachineFault("This browser cannot be guarded.", "Use Chrome, Edge or Chromium.")
        self._session = context.browser.new_browser_cdp_session()
        self._session.on("Fetch.requestPaused", self._paused)
        self._session.send("Fetch.enable", {"patterns": [{"urlPattern": "*"}]})
        context.route_web_socket(_ANY, self._decide_socket)

    def await_final(self, before: Callable[[], None]) -> None:
        """Begin a hand-over: `before` is called while the buyer's submit is held, ere it leaves.

        If it raises, the submit goes nowhere and `fault` holds what it raised.
        """
        self._before = before
        self._final: str | None = None
        self.fault: Exception | None = None
        self.final_status: int | None = None
        self.final_over = False

    def _paused(self, event: Event) -> None:
        if "responseStatusCode" in event or "responseErrorReason" in event:
            self._answered(event)
            return
        request = event["request"]
        if event.get("redirectedRequestId", "") == self._final:
            # The store itself sends the buyer's submit on to another address.
            self._final = event["requestId"]
            self._let_go(event, "final")
            return
        self._pass(event, self._guard.judge(request["method"], request["url"]))

    def _pass(self, event: Event, verdict: Verdict) -> None:
        if verdict == "final":
            self._final = event["requestId"]
            if not self._told_of_final():
                self._final = None
                verdict = "stopped"
        if verdict == "stopped":
            self._stop(event)
        else:
            self._let_go(event, verdict)

    def _told_of_final(self) -> bool:
        try:
            self._before()
        except Exception as fault:  # noqa: BLE001 -- raised again by the hand-over, nothing sent
            self.fault = fault
            return False
        return True

    def _stop(self, event: Event) -> None:
        # "Aborted" leaves the page as it stands, also when it was a form's navigation.
        self._send("Fetch.failRequest", requestId=event["requestId"], errorReason="Aborted")

    def _let_go(self, event: Event, verdict: Verdict) -> None:
        listen = {"interceptResponse": True} if verdict == "final" else {}
        self._send("Fetch.continueRequest", requestId=event["requestId"], **listen)

    def _answered(self, event: Event) -> None:
        if event["requestId"] == self._final:
            self.final_status = event.get("responseStatusCode")
            self.final_over = not _is_redirect(event)
        self._send("Fetch.continueRequest", requestId=event["requestId"])

    def _send(self, method: str, **parameters: object) -> None:
        try:
            self._session.send(method, parameters)
        except PlaywrightError:
            # The request is gone: its page was left, or the browser was closed.
            return

    def _decide_socket(self, socket: WebSocketRoute) -> None:
        if self._guard.state == "yours":
            socket.connect_to_server()
        else:
            socket.close()
