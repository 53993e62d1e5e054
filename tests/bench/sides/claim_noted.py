"""autoclaim's side of bench/claiming.py: the program itself; it notes two moments, then stops.

Nothing is imported earlier than the program does it. The moments go to the file NOTES names.
"""

import os
import sys
import time
from collections.abc import Callable
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from typing import Any

from autoclaim.cli import main

Change = Callable[[Any], None]


class Noting(MetaPathFinder):
    """Changes a module right after the program has imported it."""

    def __init__(self, changes: dict[str, Change]) -> None:
        self._changes = changes

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:  # noqa: ANN401 - as importlib has it
        if fullname not in self._changes:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        assert spec is not None
        assert spec.loader is not None
        load, change = spec.loader.exec_module, self._changes[fullname]

        def load_and_change(module: Any) -> None:  # noqa: ANN401 - a module with names of its own
            load(module)
            change(module)

        spec.loader.exec_module = load_and_change  # type: ignore[method-assign] # of this one
        return spec


def at_the_visit(module: Any) -> None:  # noqa: ANN401 - see above
    made = module.Visit.__init__

    def noted(*given: object, **named: object) -> None:
        note("")
        made(*given, **named)

    module.Visit.__init__ = noted


def at_the_end(module: Any) -> None:  # noqa: ANN401 - see above
    def noted(waiting: Any) -> None:  # noqa: ANN401 - see above
        note(waiting._desk.page.url)
        raise KeyboardInterrupt

    module.Waiting._wait_for_press = noted


def note(address: str) -> None:
    os.write(int(os.environ["NOTES"]), f"{time.monotonic()} {address}\n".encode())


if __name__ == "__main__":
    changes = {"autoclaim.browser.visit": at_the_visit, "autoclaim.browser.waiting": at_the_end}
    sys.meta_path.insert(0, Noting(changes))
    main()
