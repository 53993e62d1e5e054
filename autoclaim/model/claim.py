"""What the buyer asks for, what the form holds, and what the store said afterwards."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from autoclaim.model.money import Money

ClaimKind = Literal["cancel", "dispute", "answer", "return_parcel"]
Outcome = Literal["verified", "not_seen", "contradicts", "not_sent"]
FIFTEEN_MINUTES = 900.0  # seconds the buyer is waited for (contracts.md 6, `--wait`)
StoreAnswer = Literal["done", "waiting", "refused"]


class _Noun(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Claim(_Noun):
    """One request for one order line, before and after any dispute.

    `reason` is the buyer's problem (contracts.md `problem.kind`), `store_reason` the words of the
    option the buyer chose in the store's own form. `None` means that the form need not hold it.
    An `answer` is to the store's request for more evidence (`reason` then tells which request), a
    `return_parcel` tells the `tracking_number` of the parcel that carries the goods back.
    `case_number` is that of `CaseSeen`, once the case was seen: its page is then opened at once.
    `statement_is_ours` says that autoclaim wrote the statement from facts and may shorten it.
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
    statement_is_ours: bool = False
    files: tuple[Path, ...] = ()
    tracking_number: str | None = None
    case_number: str | None = None

    def statement_within(self, limit: int | None) -> str | None:
        """The statement as a form takes it that has room for `limit` characters (None: for all).

        Only our own words are cut, after a sentence; the buyer's are given back whole. Counted as
        a browser counts for `maxlength`: in units of UTF-16.
        """
        if not self.statement or not self.statement_is_ours or limit is None:
            return self.statement
        kept = ""
        for sentence in _SENTENCE.findall(self.statement):
            if browser_length((kept + sentence).rstrip()) > limit:
                break
            kept += sentence
        return kept.rstrip() or self.statement


# Up to an end mark that white space follows: "12.50" and "c1.png" end nothing.
_SENTENCE = re.compile(r".+?(?:[.!?…](?=\s|$)\s*|$)", re.DOTALL)


def browser_length(text: str) -> int:
    """Characters as a browser counts them against `maxlength`: units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2


class FormOffer(_Noun):
    """What a form in front of the buyer offers, and its limits; None = it does not say."""

    reasons: tuple[str, ...] = ()
    maximum: Money | None = None
    statement_limit: int | None = None  # characters
    accepts: str | None = None  # the file input's `accept`
    most_files: int | None = None
    required: tuple[str, ...] = ()  # the titles of the fields that are marked so
    not_said: tuple[str, ...] = ()  # what such a form usually tells, and this one does not


class FieldCheck(_Noun):
    """One field of the form: what was planned, and what was reread from the page."""

    name: str
    planned: str | None
    found: str | None

    @property
    def agrees(self) -> bool:
        """Whether the page holds what was planned; what was not seen agrees with nothing."""
        return self.found is not None and self.planned == self.found


class CaseSeen(_Noun):
    """The store's case (or cancelled order) as reread from the store after the buyer's submit.

    `facts` is what its page tells of the line, or of a cancelled order, as in contracts.md 1.
    `answer` is how the store stands to what was asked, `status_text` that in its own words; None =
    its page does not tell.
    """

    order_id: str
    line_id: str | None = None
    kind: ClaimKind
    reference: str | None = None
    status_text: str | None = None
    answer: StoreAnswer | None = None
    amount: Money | None = None
    reason_text: str | None = None
    opened_at: datetime | None = None
    case_number: str | None = None  # in the address of its page
    facts: dict[str, Any] = {}


class EvidenceFile(_Noun):
    """A kept file: where it is, its SHA-256, when and whence it came.

    `shows` names the entry of the checklist it answers; `line_id` None = of the whole order;
    `original` is the SHA-256 of the buyer's own file that this copy was made of for the form.
    """

    file: str
    sha256: str
    title: str = ""
    address: str = ""
    taken_at: datetime | None = None
    shows: str | None = None
    line_id: str | None = None
    original: str | None = None


class Receipt(_Noun):
    """What `claim --json` prints (contracts.md, section 6).

    `result` says whether the store has what was sent; `answer` and `status_text` what it says to
    it, `contradictions` what it shows otherwise. `changed` names the fields that, when the buyer
    pressed, held something else than at first.
    """

    result: Outcome
    order_id: str
    line_id: str | None
    kind: ClaimKind
    answer: StoreAnswer | None = None
    status_text: str | None = None
    reference: str | None = None
    sent_at: datetime | None = None
    changed: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    fields: tuple[FieldCheck, ...] = ()
    let_through: tuple[str, ...] = ()
    stopped: tuple[str, ...] = ()
    evidence: tuple[EvidenceFile, ...] = ()
