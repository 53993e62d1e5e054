"""What the buyer asks for, what the form holds, and what the store said afterwards."""

from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from autoclaim.model.money import Money

ClaimKind = Literal["cancel", "dispute"]
Outcome = Literal["verified", "not_seen", "contradicts", "not_sent"]


class _Noun(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Claim(_Noun):
    """One request for one order line, before and after any dispute.

    `reason` is the buyer's problem (contracts.md `problem.kind`), `store_reason` the words of the
    option the buyer chose in the store's own form. `None` means that the form need not hold it.
    """

    account: str
    store: str
    order_id: str
    line_id: str | None = None
    kind: ClaimKind
    reason: str | None = None
    store_reason: str | None = None
    received: bool | None = None
    amount: Money | None = None
    statement: str | None = None
    files: tuple[Path, ...] = ()


class FormOffer(_Noun):
    """What a form in front of the buyer offers and where its limits are; None = it does not say."""

    reasons: tuple[str, ...] = ()
    maximum: Money | None = None
    statement_limit: int | None = None  # characters
    accepts: str | None = None  # the file input's `accept`
    most_files: int | None = None


class FieldCheck(_Noun):
    """One field of the form: what was planned, and what was reread from the page."""

    name: str
    planned: str | None
    found: str | None

    @property
    def agrees(self) -> bool:
        """Whether the page holds what was planned."""
        return self.planned == self.found


class CaseSeen(_Noun):
    """The store's case (or cancelled order) as reread from the store after the buyer's submit."""

    order_id: str
    line_id: str | None = None
    kind: ClaimKind
    reference: str | None = None
    status_text: str | None = None
    amount: Money | None = None
    reason_text: str | None = None
    opened_at: datetime | None = None


class EvidenceFile(_Noun):
    """A kept file: where it is, its SHA-256, when and whence it came."""

    file: str
    sha256: str
    title: str = ""
    address: str = ""
    taken_at: datetime | None = None


class Receipt(_Noun):
    """What `claim --json` prints (contracts.md, section 6)."""

    result: Outcome
    order_id: str
    line_id: str | None
    kind: ClaimKind
    reference: str | None = None
    sent_at: datetime | None = None
    fields: tuple[FieldCheck, ...] = ()
    let_through: tuple[str, ...] = ()
    stopped: tuple[str, ...] = ()
    evidence: tuple[EvidenceFile, ...] = ()
