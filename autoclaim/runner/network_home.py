"""A home on another machine's disk: it works there, more slowly, and the buyer is told once."""

from autoclaim.edge.network_file_systems import network_kind
from autoclaim.runner.messages import Trouble
from autoclaim.runner.wiring import Wiring


def network_home(wiring: Wiring) -> Trouble | None:
    """What the buyer should know when the ledger lies on a network file system; else None."""
    folder = wiring.places.data
    kind = network_kind(folder)
    if kind is None:
        return None
    return Trouble(
        "",
        f"network-home:{kind}",
        f"{folder} is on a network file system ({kind}). The ledger is kept there in the slower "
        "form that needs no shared memory. Whether two machines can lock each other out depends "
        "on the server: let one machine alone run autoclaim there.",
        "set AUTOCLAIM_HOME to a folder of this machine, or leave it so and use one machine",
        "its folder is on a network file system",
    )
