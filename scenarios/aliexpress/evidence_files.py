"""Whether a form takes a file, by what the form itself says: kinds, size and number."""

import mimetypes
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Locator, Page

from autoclaim.errors import PageChanged, StoreUnreachable, WrongInput

from .waiting import until

UPLOAD_WITHIN = 120.0  # seconds: a video over a slow line
_PICTURE = "[class*='upload--imageThumb--']"
_SIZE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(KB|MB|GB)\b", re.IGNORECASE)
_UNITS = {"KB": 1024, "MB": 1024**2, "GB": 1024**3}
_COUNT = re.compile(r"(?<![\d.,/])(\d{1,2})(?![\d.,]|\s*(?:KB|MB|GB)\b)", re.IGNORECASE)


class Limits(NamedTuple):
    """What a file input says of itself; None = it does not say. `largest` is in bytes."""

    accepts: str | None
    largest: int | None
    most: int | None


def limits_in(box: Locator, field: Locator) -> Limits:
    """The limits of the file input `box`, and of the words in the `field` around it."""
    if not box.count():
        return Limits(None, None, 0)
    around = field.inner_text() if field.count() else ""
    size = _SIZE.search(around)
    count = _COUNT.search(around)
    only_one = box.get_attribute("multiple") is None
    return Limits(
        accepts=box.get_attribute("accept"),
        largest=int(float(size[1].replace(",", ".")) * _UNITS[size[2].upper()]) if size else None,
        most=1 if only_one else (int(count[1]) if count else None),
    )


def check_files(files: Sequence[Path], limits: Limits) -> None:
    """Raise WrongInput for the first file that the form would not take, and name the limit."""
    if limits.most is not None and len(files) > limits.most:
        raise WrongInput(
            f"The store's form takes {limits.most} files, not {len(files)}.",
            "Leave some out; nothing was sent.",
        )
    for file in files:
        if not file.is_file():
            raise WrongInput(f"{file} is not there.", "Give a file that is; nothing was sent.")
        if not _is_accepted(file, limits.accepts):
            raise WrongInput(
                f"The store's form does not take {file.name}: it takes {limits.accepts}.",
                "Give a file of one of these kinds; nothing was sent.",
            )
        if limits.largest is not None and file.stat().st_size > limits.largest:
            raise WrongInput(
                f"{file.name} has {file.stat().st_size:,} bytes; the form takes "
                f"{limits.largest:,}.",
                "Make it smaller; nothing was sent.",
            )


def until_taken(page: Page, file: Path, is_there: Callable[[], object]) -> None:
    """Wait until the form has the file.

    Raises:
        PageChanged: no picture of any file is shown.
        StoreUnreachable: the store is still at it.
    """
    if until(page, is_there, UPLOAD_WITHIN):
        return
    if not page.locator(_PICTURE).count():
        raise PageChanged(page.url, f"the picture of {file.name} in the form")
    raise StoreUnreachable(
        f"The store did not take {file.name} within {UPLOAD_WITHIN:.0f} seconds.",
        "Nothing was sent. Try again, or leave the file out.",
    )


def _is_accepted(file: Path, accepts: str | None) -> bool:
    """By the rules of the `accept` attribute: kinds, kinds with `*`, and endings."""
    kind = mimetypes.guess_type(file.name)[0] or ""
    wanted = [part.strip().lower() for part in (accepts or "").split(",") if part.strip()]
    return not wanted or any(
        part in (kind, "*/*", file.suffix.lower())
        or (part.endswith("/*") and kind.startswith(part[:-1]))
        for part in wanted
    )
