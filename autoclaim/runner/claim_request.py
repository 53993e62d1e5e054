"""What the buyer asks autoclaim to fill in, as said on the command line or answered."""

from dataclasses import dataclass
from pathlib import Path

from autoclaim.model import ClaimKind


@dataclass(frozen=True, slots=True)
class ClaimRequest:
    """One claim as the buyer wants it; None = not said.

    `again`: the buyer knows that the same text or file was sent for another order, and means it.
    """

    order_id: str
    line_id: str | None = None
    kind: ClaimKind | None = None
    store_reason: str | None = None
    received: bool | None = None
    amount: str | None = None
    text: str | None = None
    files: tuple[Path, ...] = ()
    language: str | None = None
    again: bool = False
    tracking_number: str | None = None
