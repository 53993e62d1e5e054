"""What the buyer tells the store in a running case: an answer, or the number of a parcel."""

from collections.abc import Iterable
from pathlib import Path

from autoclaim.errors import NeedsPerson, WrongInput
from autoclaim.model import Account, Claim, ClaimKind, Order, OrderLine
from autoclaim.runner.claim_request import ClaimRequest


def case_claim(
    request: ClaimRequest, account: Account, order: Order, line: OrderLine | None, kind: ClaimKind
) -> Claim:
    """The claim of kind `answer` or `return_parcel` about the case of a line.

    Raises:
        NeedsPerson: what is to be told was not said.
    """
    if kind == "answer" and not (request.text or request.files):
        raise NeedsPerson(
            "Nothing was said that could be answered with.", "Say it with --text, --file or both."
        )
    if kind == "return_parcel" and not (request.tracking_number or "").strip():
        raise NeedsPerson("The parcel's number is not known.", "Say it: --parcel NUMBER.")
    return Claim(
        account=account.name,
        store=order.store,
        order_id=order.order_id,
        line_id=line.line_id if line else None,
        kind=kind,
        reason=_which_request(order, line) if kind == "answer" else None,
        statement=request.text,
        files=readable(request.files),
        tracking_number=(request.tracking_number or "").strip() or None,
    )


def readable(files: Iterable[Path]) -> tuple[Path, ...]:
    """The files as whole paths.

    Raises:
        WrongInput: one is empty, or cannot be read.
    """
    return tuple(_file(path) for path in files)


def _which_request(order: Order, line: OrderLine | None) -> str:
    """Tells one request of the store from the next: each may be answered once."""
    dispute = (line.dispute if line else None) or order.dispute
    answer_by = dispute.answer_by if dispute else None
    return f"asked for by {answer_by.day}" if answer_by else "asked"


def _file(path: Path) -> Path:
    try:
        if path.stat().st_size and path.is_file():
            path.open("rb").close()
            return path.resolve()
    except OSError as fault:
        raise WrongInput(
            f"{path} cannot be read: {fault.strerror}.", "Nothing was opened or sent."
        ) from None
    raise WrongInput(f"{path} is empty or not a file.", "Nothing was opened or sent.")
