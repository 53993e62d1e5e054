"""The gate: every request of the browser comes past the submit guard before it leaves."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Request, Response, Route, WebSocketRoute

from autoclaim.browser.submit_guard import SubmitGuard


class Gate:
    """Puts the guard between all tabs of a browser context and the network.

    `on_final` is called while the buyer's own submit is held, just before it leaves; `final_over`
    turns true when it was answered (`final_status`) or failed.
    """

    def __init__(self, context: BrowserContext, guard: SubmitGuard) -> None:
        self._guard = guard
        self.on_final: Callable[[], None] = lambda: None
        self.final_status: int | None = None
        self.final_over = False
        self._final: Request | None = None
        context.route("**/*", self._decide)
        context.route_web_socket("**/*", self._decide_socket)
        context.on("response", self._answered)
        context.on("requestfailed", self._failed)

    def _decide(self, route: Route, request: Request) -> None:
        verdict = self._guard.judge(request.method, request.url)
        if verdict == "stopped":
            # "aborted" leaves the page as it stands, also when it was a form's navigation
            route.abort("aborted")
            return
        if verdict == "final":
            self._final = request
            self.on_final()
        route.continue_()

    def _decide_socket(self, socket: WebSocketRoute) -> None:
        if self._guard.state == "yours":
            socket.connect_to_server()
        else:
            socket.close()

    def _answered(self, response: Response) -> None:
        if self._final is not None and response.request == self._final:
            self.final_status = response.status
            self.final_over = True

    def _failed(self, request: Request) -> None:
        if self._final is not None and request == self._final:
            self.final_over = True
