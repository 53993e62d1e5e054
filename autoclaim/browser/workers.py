"""Workers get no WebSocket: those would come past no gate.

Each dedicated worker is held before its first line, loses `WebSocket` and the means to start
further workers, and goes on. Shared workers are switched off when the browser is started.
"""

import json
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page
from playwright.sync_api import Error as PlaywrightError

_TAKE = "for (const name of ['WebSocket', 'WebSocketStream', 'Worker']) delete self[name];"
_HELD = {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": False}


def take_sockets_from_workers(context: BrowserContext) -> None:
    """Watch over all tabs of `context`, those to come included."""
    context.on("page", _watch)
    for page in context.pages:
        _watch(page)


def _watch(page: Page) -> None:
    try:
        session = page.context.new_cdp_session(page)
        session.on("Target.attachedToTarget", lambda event: _begin(session, event))
        session.send("Target.setAutoAttach", _HELD)
    except PlaywrightError:
        # The tab was closed at once; there is nothing left to watch.
        return


def _begin(session: CDPSession, event: dict[str, Any]) -> None:
    steps: list[tuple[str, dict[str, object]]] = [("Runtime.runIfWaitingForDebugger", {})]
    if event["targetInfo"]["type"] == "worker":
        steps.insert(0, ("Runtime.evaluate", {"expression": _TAKE}))
    for number, (method, parameters) in enumerate(steps, 1):
        message = json.dumps({"id": number, "method": method, "params": parameters})
        try:
            session.send(
                "Target.sendMessageToTarget", {"sessionId": event["sessionId"], "message": message}
            )
        except PlaywrightError:
            # The worker or its tab has ended.
            return
