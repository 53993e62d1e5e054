"""R17: where the documents of one order differ, the decisions under each become one review."""

from datetime import date
from typing import TypeVar

from autoclaim.model.decision import Decision
from autoclaim.rules.completing import full_paths
from autoclaim.rules.telling import Conflicting

T = TypeVar("T")


def joined_variants(
    variants: list[list[Decision]], differing: tuple[str, ...], index: int
) -> list[Decision]:
    """One review per line out of the decisions under each document put first."""
    paths = full_paths(differing, index)
    return [_joined(list(decisions), paths) for decisions in zip(*variants, strict=True)]


def _joined(decisions: list[Decision], differing: tuple[str, ...]) -> Decision:
    shown = min(decisions, key=lambda decision: decision.last_on or date.max)
    clauses = {clause for decision in decisions for clause in decision.clauses} or {"S5"}
    missing = {path for decision in decisions for path in decision.missing}
    return shown._replace(
        action="review",
        reason=_agreed([decision.reason for decision in decisions]),
        amount=_agreed([decision.amount for decision in decisions]),
        flags=tuple(sorted({*shown.flags, "conflict"})),
        missing=tuple(sorted(missing | set(differing))),
        clauses=tuple(sorted(clauses, key=lambda clause: int(clause[1:]))),
        telling=Conflicting(shown.telling),
    )


def _agreed(values: list[T]) -> T | None:
    one, *others = values
    return one if all(other == one for other in others) else None
