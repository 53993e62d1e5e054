"""R0: `now` cannot be read, so nothing can be decided."""

from autoclaim.model.decision import Decision
from autoclaim.rules.answers import Answer
from autoclaim.rules.completing import full_paths
from autoclaim.rules.parcels import Travelled
from autoclaim.rules.telling import Undecided

_ANSWER = Answer("R0", "need_data", ("S1", "S5"), ("now_unreadable",))


def undecided(travelled: Travelled, edition: str, unread: tuple[str, ...], index: int) -> Decision:
    """`need_data` without dates and flags; `unread` are the document's own unreadable values."""
    situations, unnamed = travelled
    line = situations[0]
    missing = ("now", *unnamed, *line.unread, *unread)
    return Decision(
        line.order.store,
        line.order.order_id,
        line.line.line_id,
        "need_data",
        line.problem,
        None,
        None,
        None,
        None,
        None,
        None,
        (),
        full_paths(missing, index),
        _ANSWER.clauses,
        edition,
        Undecided(_ANSWER),
    )
