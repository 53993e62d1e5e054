"""What goes into an evidence pack: the facts, what happened when, the files and their hashes."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from autoclaim.edge.evidence import altered
from autoclaim.edge.file_names import distinct_name
from autoclaim.edge.pack import PackEvent, PackFact, PackFile, PackPage, write_pack
from autoclaim.model import Claim, Decision, EvidenceFile, Order, OrderLine
from autoclaim.model.times import Time
from autoclaim.runner import catalogue
from autoclaim.runner.evidence import About, kept_evidence, missing_evidence
from autoclaim.runner.evidence_checklist import checklists
from autoclaim.runner.statement import Asserted
from autoclaim.runner.wiring import Wiring

STORE, BUYER, OURS = "the store", "the buyer", "autoclaim"
PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp"}
# What a claim's event means, for somebody who reads the pack.
CLAIM_WORDS = {
    "drafted": "a claim was drafted; nothing was sent",
    "not_sent": "the buyer did not send the claim",
    "sent_seen": "the buyer sent the claim",
    "not_seen": "the buyer sent the claim; the store showed no case yet",
    "verified": "the store shows the claim as the buyer sent it",
    "contradicts": "the store shows the claim otherwise than the buyer sent it",
    "absent": "the store shows no claim",
    "unknown": "a claim may have been sent; nobody has reread it yet",
    "ended": "the claim ended",
}


class ToSend(NamedTuple):
    """What the buyer does with the pack where autoclaim can show no window."""

    statement: str | None = None
    asserts: Sequence[Asserted] = ()
    steps: Sequence[str] = ()


def make_pack(
    wiring: Wiring, subject: About, to: Path | None = None, to_send: ToSend | None = None
) -> Path:
    """Write the pack of an order line, and say where it is.

    Raises:
        MachineFault: it cannot be written.
    """
    name = distinct_name(subject.stored.store, subject.line_id or "", subject.stored.order_id)
    path = to or wiring.places.data / "packs" / f"{name}.zip"
    write_pack(path, _page(wiring, subject, to_send or ToSend()))
    return path


def link_to(wiring: Wiring, store: str, order_id: str) -> str:
    """The order's page at the store, where every claim begins."""
    site = catalogue.site(store, wiring.settings.store_origin)
    return site.addresses["order"].format(order_id=order_id)


def _page(wiring: Wiring, subject: About, to_send: ToSend) -> PackPage:
    order = subject.order
    return PackPage(
        order_id=order.order_id,
        title=(subject.line.title if subject.line else None) or "the whole order",
        made_at=_moment(wiring.now()),
        to_do=list(to_send.steps),
        link=link_to(wiring, order.store, order.order_id),
        statement=to_send.statement,
        facts=list(_facts(subject, to_send.asserts)),
        timeline=timeline(wiring, subject),
        files=_files(subject, kept_evidence(wiring, subject)),
        missing=[item.proof.words for item in missing_evidence(wiring, subject)],
    )


def _facts(subject: About, asserts: Sequence[Asserted]) -> Iterator[PackFact]:
    order, line = subject.order, subject.line
    known = {
        "order": (order.order_id, STORE),
        "store": (order.store, STORE),
        "seller": (order.seller and order.seller.name, STORE),
        "status": (order.status_text, STORE),
        "line": (line and line.line_id, STORE),
        "quantity": (line and line.quantity and str(line.quantity), STORE),
        "what is wrong": (subject.kind and subject.kind.replace("_", " "), BUYER),
        "in the buyer's words": (line and line.problem and line.problem.note, BUYER),
        "last day": (_last_day(subject), OURS),
    }
    for name, (value, source) in known.items():
        if value:
            yield PackFact(name, value, source)
    for one in asserts:
        if one.value and one.name not in {"order_id", "note", "quantity"}:
            source = BUYER if one.source == "you" else one.source
            yield PackFact(one.name.replace("_", " "), one.value, source)


def _last_day(subject: About) -> str | None:
    decision = subject.decision
    if decision.last_on is None or decision.action in {"none", "closed"}:
        return None
    return f"{decision.last_on} ({decision.basis}; policy {decision.policy})"


def timeline(wiring: Wiring, subject: About) -> list[PackEvent]:
    """Everything with a day, oldest first: the store's dates, the buyer's words, the claims."""
    order, line = subject.order, subject.line
    told = [
        *((time, what, STORE) for time, what in _dates(order, line)),
        *((time, what, BUYER) for time, what in _said(line)),
    ]
    known = [(time.moment, PackEvent(_written(time), what, by)) for time, what, by in told if time]
    known += [
        (claim.changed_at, PackEvent(_moment(claim.changed_at), CLAIM_WORDS[claim.state], OURS))
        for claim in wiring.ledger.claims(order_id=order.order_id)
        if claim.state in CLAIM_WORDS
    ]
    return [event for _, event in sorted(known, key=lambda one: one[0])]


def _dates(order: Order, line: OrderLine | None) -> Iterator[tuple[Time | None, str]]:
    yield order.placed_at, "ordered"
    yield order.paid_at, "paid"
    for parcel in order.shipments:
        if line and line.shipment_id not in {None, parcel.shipment_id}:
            continue
        number = f" ({parcel.tracking_number})" if parcel.tracking_number else ""
        yield parcel.shipped_at, f"shipped{number}"
        yield parcel.promised_by, "last day of the promised delivery"
        yield parcel.extended_to, "last day of the delivery after it was extended"
        yield parcel.last_scan_at, "last entry in the tracking"
        yield parcel.delivered_at, "delivered, says the carrier"
        yield parcel.confirmed_at, "receipt confirmed"
        yield parcel.completed_at, "the store closed the order by itself"
    dispute = (line.dispute if line else None) or order.dispute
    if dispute:
        yield dispute.opened_at, "dispute opened"
        yield dispute.agreed_at, "agreed"
        yield dispute.decided_at, "decided"
        yield dispute.withdrawn_at, "withdrawn"
    refund = (line.refund if line else None) or order.refund
    if refund:
        yield refund.paid_at, "refund paid"


def _said(line: OrderLine | None) -> Iterator[tuple[Time | None, str]]:
    if line and line.problem and line.problem.kind:
        yield line.problem.noticed_at, f"the buyer says: {line.problem.kind.replace('_', ' ')}"


def _files(subject: About, kept: Iterable[EvidenceFile]) -> list[PackFile]:
    """The files without those that a copy for the form stands for: these may tell a place."""
    wanted = checklists().kinds.get(subject.kind or "", {})
    every = list(kept)
    replaced = {one.original for one in every}
    return [
        PackFile(
            path=f"files/{number:02}-{Path(one.file).name.lstrip('0123456789-')}",
            lies_at=Path(one.file),
            title=one.title or Path(one.file).name,
            shows=wanted[one.shows].words if one.shows in wanted else "",
            sha256=one.sha256,
            taken_at=_moment(one.taken_at) if one.taken_at else "at a time not known",
            address=one.address,
            original=one.original or "",
            is_picture=Path(one.file).suffix.lower() in PICTURES,
            altered=altered(one),
        )
        for number, one in enumerate((one for one in every if one.sha256 not in replaced), 1)
    ]


def _written(time: Time) -> str:
    return _moment(time.moment) if time.has_offset else str(time.day)


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M %Z}".strip()


STEP_WORDS = {
    "cancel": "Ask there to cancel it.",
    "dispute": "Ask there for a return or refund of this product.",
    "answer": "Open its case there, and the way to upload more evidence.",
    "return_parcel": "Open its case there, and the box for the return's tracking number.",
}


def steps_by_hand(wiring: Wiring, claim: Claim, decision: Decision) -> list[str]:
    """What the buyer does where autoclaim can show no window, with the deadline first."""
    amount = claim.amount
    steps = [
        f"Do it by {decision.safe_on}, at the latest on {decision.last_on}."
        if decision.last_on
        else "",
        f"Open the order: {link_to(wiring, claim.store, claim.order_id)}",
        STEP_WORDS[claim.kind],
        "Choose the reason that is true; autoclaim chooses none without seeing the form."
        if claim.kind in ("cancel", "dispute")
        else "",
        f"Write the number {claim.tracking_number}." if claim.tracking_number else "",
        f"Ask for {amount.written} {amount.currency}." if amount else "",
        "Paste the text." if claim.statement else "",
        "Add the files from the folder files/." if claim.files else "",
        "Read everything once more, and send it yourself.",
        "Afterwards: autoclaim follow-up finds the case.",
    ]
    return [step for step in steps if step]
