"""The real parts, as this process's environment and command line say."""

import click

from autoclaim.ports import Told
from autoclaim.runner.settings import Settings
from autoclaim.runner.wiring import Wiring


def wired(told: Told, context: click.Context | None = None) -> Wiring:
    """The wiring of this run, closed when the command ends; `told` hears what goes on.

    `context` is the command's own, which no thread but its own knows by itself.
    """
    context = (context or click.get_current_context()).find_root()
    said = context.obj
    settings = Settings.from_environment(verbosity=said["verbose"], trace=said["trace"])
    wiring = Wiring(settings, told)
    context.call_on_close(wiring.close)
    return wiring
