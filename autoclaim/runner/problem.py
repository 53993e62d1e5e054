"""What is wrong with an order line: only the buyer says it."""

from autoclaim.edge.ledger import StoredOrder
from autoclaim.errors import WrongInput
from autoclaim.runner.wiring import Wiring


def say_problem(
    wiring: Wiring, order_id: str, line_id: str | None, kind: str, note: str | None
) -> StoredOrder:
    """Keep the buyer's word; it counts until it is cleared or said otherwise."""
    order = wiring.ledger.order(order_id)
    problem = {"kind": kind, "noticed_at": wiring.now().isoformat()}
    if note:
        problem["note"] = note
    wiring.ledger.say_problem(order, problem, at=wiring.now(), line_id=line_id)
    return order


def clear_problem(wiring: Wiring, order_id: str, line_id: str | None) -> StoredOrder:
    """Take the buyer's word back.

    Raises:
        WrongInput: nothing was said.
    """
    order = wiring.ledger.order(order_id)
    lines = order.facts.get("lines") or []
    if not any(one.get("problem") and line_id in {None, one.get("line_id")} for one in lines):
        which = f"line {line_id} of order" if line_id else "order"
        raise WrongInput(
            f"No problem was said about {which} {order.order_id}.", "Nothing was done."
        )
    wiring.ledger.clear_problem(order, at=wiring.now(), line_id=line_id)
    return order
