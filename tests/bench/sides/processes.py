"""The processes that one has started, and those that these have started (Linux)."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path


def below(pid: int) -> Iterator[str]:
    """The numbers of all processes of the tree below `pid`, without itself."""
    children = defaultdict(list)
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = status.read_text().rpartition(")")[2].split()
        except OSError:  # it ended
            continue
        children[int(after_name[1])].append(int(status.parent.name))
    waiting = [pid]
    while waiting:
        found = children[waiting.pop()]
        waiting += found
        yield from map(str, found)
