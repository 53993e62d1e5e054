"""What could not be read of a line, and whether that holds an action back (rules.md 1.3)."""

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from autoclaim.rules.knowing import Situation

# Values whose unreadability holds nothing back, by their path within order, line or shipment.
_HOLDS_NOTHING = frozenset(
    {
        "status_text",
        "paid_with",
        "total",
        "ship_to_country",
        "seller",
        "seller.name",
        "seller.country",
        "dispute.reference",
        "line_id",
        "title",
        "paid",
        "category",
        "problem.noticed_at",
        "problem.note",
        "carrier",
        "last_scan_at",
    }
)
_CASES: Final[tuple[Literal["dispute", "return", "refund"], ...]] = ("dispute", "return", "refund")


def unread_of(line: "Situation") -> tuple[tuple[str, ...], bool]:
    """The paths, within the order, that could not be read; and whether a deciding one is there."""
    of_order, of_line, of_parcel = line.order.unread, line.line.unread, line.parcel.unread
    paths = (
        *of_order,
        *(f"{line.line_path}.{path}" for path in of_line),
        *(f"{line.parcel_path}{path}" for path in of_parcel),
    )
    used = [path for path in of_order if not _of_another(line, path)]
    holds_back = any(path not in _HOLDS_NOTHING for path in (*used, *of_line, *of_parcel))
    return paths, holds_back


def _of_another(line: "Situation", path: str) -> bool:
    """Whether a path lies in a dispute, return or refund that the line does not use."""
    name = path.partition(".")[0]
    return any(name == case and line.of_case(case, "") != f"{case}." for case in _CASES)
