"""The log: JSON lines in a file that turns over, and short lines on standard error if asked.

Nothing is set up by importing this; `start_logs` does it, once the runner knows that it is wanted.
"""

import logging
import sys
import threading
from collections.abc import Iterable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autoclaim.edge.hostile_text import clean_text
from autoclaim.edge.private_files import make_private_folder, open_privately
from autoclaim.edge.redaction import Redactor
from autoclaim.errors import MachineFault

if TYPE_CHECKING:
    from io import TextIOWrapper

    from structlog.typing import EventDict, Processor

LOG_NAME = "autoclaim.log"
_MOST_BYTES = 1_000_000
_OLDER_FILES = 5
_OURS = ("autoclaim", "autoclaim_scenarios")  # the loggers that are heard below "warning"

redactor = Redactor()
_one_sets_up = threading.Lock()  # several visits may open at once, each beside its first page


def log_file(folder: Path) -> Path:
    """Where the log is, for the end of an error message; it need not exist."""
    return folder / LOG_NAME


def start_logs(folder: Path, *, verbosity: int = 0, secrets: Iterable[str] = ()) -> Path:
    """Sets up structlog and the standard library's logging, and gives the log's path.

    `folder` is `Places.logs`. `verbosity` 0 writes to the file only, 1 (-v) also short lines to
    standard error, 2 (-vv) with details. `secrets` are hidden wherever they turn up; more can be
    told to `redactor.learn` later. May be called again. Raises `MachineFault` when the folder
    cannot be written.
    """
    from structlog.processors import JSONRenderer

    make_private_folder(folder)
    for secret in secrets:
        redactor.learn(secret)
    in_file = _PrivateFile(log_file(folder))
    in_file.setFormatter(_formatter(JSONRenderer()))
    handlers: list[logging.Handler] = [in_file]
    if verbosity:
        handlers.append(_Terminal(sys.stderr))
        handlers[-1].setFormatter(_formatter(_short_line))
    with _one_sets_up:
        _take_over(handlers, logging.DEBUG if verbosity > 1 else logging.INFO)
        _configure_structlog()
    return log_file(folder)


def keep_fault(fault: BaseException, folder: Path) -> Path | None:
    """Writes an unexpected fault with its traceback, cleaned, and says where.

    None when not even that is possible; never raises.
    """
    try:
        path = start_logs(folder)
        logging.getLogger(_OURS[0]).error("fault", exc_info=fault)
        return path if path.exists() else None
    except (MachineFault, OSError):
        return None


class _Terminal(logging.StreamHandler[Any]):
    """Its own type, so that a second start finds and replaces it."""


class _PrivateFile(RotatingFileHandler):
    """Mode 0600, and a full disk is no reason to fail or to fill the terminal."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path, maxBytes=_MOST_BYTES, backupCount=_OLDER_FILES, encoding="utf-8", delay=True
        )

    def _open(self) -> "TextIOWrapper":
        return open(self.baseFilename, "a", encoding="utf-8", opener=open_privately)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)


def _formatter(render: "Processor") -> logging.Formatter:
    from structlog.stdlib import ProcessorFormatter

    # The redactor stands last before the rendering: nothing added afterwards could be missed.
    return ProcessorFormatter(
        foreign_pre_chain=_shared_steps(),
        processors=[ProcessorFormatter.remove_processors_meta, redactor, render],
    )


def _short_line(_logger: object, _method: str, event: "EventDict") -> str:
    rest = {name: value for name, value in event.items() if name not in _LEFT_OUT}
    said = " ".join(
        [str(event.get("event")), *(f"{name}={value}" for name, value in rest.items())]
    )
    return clean_text(f"{event.get('level', '')}: {said}")


_LEFT_OUT = {"event", "level", "logger", "timestamp", "exception"}


def _shared_steps() -> list[Any]:
    import structlog

    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]


def _configure_structlog() -> None:
    import structlog

    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared_steps(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def _take_over(handlers: list[logging.Handler], level: int) -> None:
    root = logging.getLogger()
    for old in [one for one in root.handlers if isinstance(one, _PrivateFile | _Terminal)]:
        root.removeHandler(old)
        old.close()
    for handler in handlers:
        root.addHandler(handler)
    for name in _OURS:
        logging.getLogger(name).setLevel(level)
