"""The buyer's evidence for an order: kept with hash, time and source, checked, made to fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple

from autoclaim.edge.evidence import ClaimFolder, altered
from autoclaim.edge.evidence_kinds import FileKind, kind_of
from autoclaim.edge.ledger import StoredOrder
from autoclaim.edge.pictures import Prepared, prepare_picture
from autoclaim.errors import MachineFault, WrongInput
from autoclaim.model import Decision, EvidenceFile, Order, OrderLine
from autoclaim.runner.evidence_checklist import Item, checklist, checklists, must_be_on_the_list
from autoclaim.runner.listing import judge
from autoclaim.runner.wiring import Wiring

# What autoclaim photographs at the store, by the name the checklists have for it.
OWN_PICTURES = {"order": "order", "tracking": "tracking", "as sold": "as_sold"}


class CheckedFile(NamedTuple):
    """A file of the buyer's, what it is, and its copy for the form where one is needed."""

    file: Path
    kind: FileKind
    prepared: Prepared | None

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the buyer should know, in words."""
        changes = self.prepared.changes if self.prepared else ()
        return (*self.kind.warnings, *(f"{self.file.name}: {change}." for change in changes))


@dataclass(frozen=True, slots=True)
class About:
    """The order line that evidence is about; `kind` is the problem said or decided, or None."""

    stored: StoredOrder
    order: Order
    line: OrderLine | None
    decision: Decision
    decisions: Sequence[Decision]  # of all lines of the order

    @property
    def line_id(self) -> str | None:
        """The line's number; None = the whole order."""
        return self.line.line_id if self.line else None

    @property
    def kind(self) -> str | None:
        """What is wrong."""
        problem = self.line.problem if self.line else None
        return (problem.kind if problem else None) or self.decision.reason


def about(wiring: Wiring, wanted: str, line_id: str | None) -> About:
    """The order, and the line if one is named or there is only one.

    Raises:
        WrongInput: there is no such order or line.
    """
    stored = wiring.ledger.order(wanted)
    [judged] = judge(wiring, stored.account, [stored])
    lines = judged.order.lines
    for line, decision in zip(lines, judged.decisions, strict=False):
        if line.line_id == line_id or (line_id is None and len(lines) == 1):
            return About(stored, judged.order, line, decision, judged.decisions)
    if line_id is not None:
        known = ", ".join(one.line_id or "?" for one in lines) or "none"
        raise WrongInput(f"Order {stored.order_id} has no line {line_id}.", f"Lines: {known}.")
    return About(stored, judged.order, None, judged.decisions[0], judged.decisions)


def check_file(file: Path) -> CheckedFile:
    """What the file is, and a copy that fits and tells no place, if it needs one.

    Raises:
        WrongInput: empty, broken, cut short, or not what its name says.
    """
    limits = checklists().limits
    kind = kind_of(file, longest_video=limits.video_bytes)
    if kind.kind != "picture":
        return CheckedFile(file, kind, None)
    try:
        return CheckedFile(file, kind, prepare_picture(file, limits.of_pictures()))
    except MachineFault as without_pillow:
        sentence = f"{without_pillow} {file.name} is kept as it is, with the place it may tell."
        return CheckedFile(file, kind._replace(warnings=(sentence,)), None)


def keep_file(
    folder: ClaimFolder,
    checked: CheckedFile,
    at: datetime,
    *,
    address: str = "",
    shows: str | None = None,
    line_id: str | None = None,
) -> EvidenceFile:
    """Keep the buyer's file and its copy for the form; gives the one that is for the form.

    A file that lies in the folder already, because a claim is taken up again, is left there.
    """
    for there in folder.kept():
        if Path(there.file) == checked.file and not altered(there):
            return there
    kept = folder.attach(checked.file, at=at, address=address, shows=shows, line_id=line_id)
    if checked.prepared is None:
        return kept
    return folder.keep(
        f"{checked.file.stem} for the form",
        checked.prepared.content,
        checked.prepared.suffix,
        taken_at=at,
        shows=shows,
        line_id=line_id,
        original=kept.sha256,
    )


def order_folder(wiring: Wiring, order: StoredOrder) -> ClaimFolder:
    """Where the evidence of an order lies."""
    return ClaimFolder.of_order(wiring.places.evidence, order.store, order.order_id)


def add_evidence(
    wiring: Wiring,
    subject: About,
    files: Sequence[Path],
    *,
    shows: str | None,
    came_from: str | None,
) -> Iterator[EvidenceFile]:
    """Keep copies of the files for an order, all checked before the first is kept.

    Raises:
        WrongInput: a file that is no evidence, or a `shows` that is not on the checklist.
    """
    must_be_on_the_list(subject.kind, shows)
    checked = [check_file(file) for file in files]
    folder = order_folder(wiring, subject.stored)
    there = {one.sha256 for one in folder.kept()}
    for one in checked:
        for remark in one.remarks:
            wiring.told.say(remark)
        if digest_of(one.file) in there:
            wiring.told.say(f"{one.file.name} is kept already.")
            continue
        yield keep_file(
            folder,
            one,
            wiring.now(),
            address=came_from or "",
            shows=shows,
            line_id=subject.line_id,
        )


def kept_evidence(wiring: Wiring, subject: About) -> list[EvidenceFile]:
    """All that is kept of the line: the buyer's files, and pictures taken during claims."""
    claims = wiring.ledger.claims(order_id=subject.stored.order_id)
    folders = [
        order_folder(wiring, subject.stored),
        *(ClaimFolder(wiring.places.evidence, claim.claim_id) for claim in claims),
    ]
    kept = [file for folder in folders for file in folder.kept()]
    return [one for one in kept if subject.line_id is None or _is_of(one, subject)]


def missing_evidence(wiring: Wiring, subject: About) -> list[Item]:
    """What would persuade and is not kept yet; without what autoclaim itself takes."""
    items = checklist(subject.kind, kept_evidence(wiring, subject))
    return [one for one in items if one.missing and one.proof.taken_by == "buyer"]


def files_for_the_form(wiring: Wiring, subject: About) -> tuple[Path, ...]:
    """The pictures and films the buyer added for this line, in their copies for the form."""
    kept = [
        one
        for one in order_folder(wiring, subject.stored).kept()
        if _is_of(one, subject) and one.title not in OWN_PICTURES
    ]
    replaced = {one.original for one in kept}
    limits = checklists().limits
    return tuple(
        Path(one.file)
        for one in kept
        if one.sha256 not in replaced
        and kind_of(Path(one.file), longest_video=limits.video_bytes).kind != "paper"
    )


def _is_of(kept: EvidenceFile, subject: About) -> bool:
    return kept.line_id in {None, subject.line_id}


def digest_of(file: Path) -> str:
    """The SHA-256 of a file of the buyer's.

    Raises:
        WrongInput: it cannot be read.
    """
    try:
        with file.open("rb") as opened:
            return file_digest(opened, "sha256").hexdigest()
    except OSError as fault:
        raise WrongInput(
            f"{file} cannot be read: {fault.strerror}.", "Nothing was done."
        ) from None
