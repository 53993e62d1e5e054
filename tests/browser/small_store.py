"""A very small local store: pages out of a table, and a list of everything it was sent."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from autoclaim.model.site import StoreSite


@dataclass(frozen=True)
class Answer:
    """What the store answers at a path."""

    body: str
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


@dataclass
class SmallStore:
    """The running store; `elsewhere` is the same machine under another origin."""

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    received: list[str] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def elsewhere(self) -> str:
        return f"http://localhost:{self.port}"

    def page(self, path: str, html: str, **answer: object) -> None:
        self.answers[path] = Answer(html, **answer)  # type: ignore[arg-type] # see Answer

    def got(self, line: str) -> int:
        """How often "METHOD path" was received."""
        return self.received.count(line)

    def site(self, **differing: object) -> StoreSite:
        plain: dict[str, object] = {
            "name": "small",
            "title": "Small Store",
            "origins": (self.origin,),
            "sign_in_origins": (self.origin,),
            "addresses": {"form": "/form", "page": "/page/{which}"},
            "reads": ("/h5/store\\.orders/.*", "/telemetry"),
            "steps": ("/upload",),
            "final": ("/submit", "/h5/store\\.submit/.*"),
            "sign_in_writes": ("/login\\.do",),
        }
        return StoreSite.model_validate(plain | differing)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    store: SmallStore

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.split("?")[0]
        self.store.received.append(f"{self.command} {path}")
        answer = self.store.answers.get(path, Answer("<title>a page</title>"))
        body = answer.body.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Access-Control-Allow-Origin", "*")
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_HEAD = _answer  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Stay silent."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_: object) -> None:
        """A browser that hangs up early is no fault."""


@contextmanager
def a_small_store() -> Iterator[SmallStore]:
    store = SmallStore(0)
    handler = type("Handler", (_Handler,), {"store": store})
    with _Server(("127.0.0.1", 0), handler) as server:
        store.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield store
        finally:
            server.shutdown()
            thread.join()
