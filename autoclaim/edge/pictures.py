"""The buyer's pictures, checked, and copied for the store's form: smaller, and without places.

Needs Pillow (`pip install 'autoclaim[pictures]'`). The buyer's own file is never changed.
"""

import warnings
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from autoclaim.errors import MachineFault, WrongInput

if TYPE_CHECKING:
    from PIL.Image import Image

# What phones and screens make. Each further reader of Pillow's would be one more that a crafted
# file could be aimed at.
_READ = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
_KINDS = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png"}
_MOST_PIXELS = 120_000_000  # the largest phone cameras have 108 million; a bomb has far more
_QUALITIES = (92, 85, 75)  # of JPEG, before the picture itself is made smaller
_SMALLER = 0.8
_LEAST_SIDE = 200  # pixels, below which a picture shows nothing
# What Pillow reads beside the pixels and that only tells how to show them.
_HARMLESS = {"icc_profile", "jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "gamma"}
_HARMLESS |= {"progressive", "progression", "transparency", "interlace", "srgb", "chromaticity"}
_HARMLESS |= {"background", "adobe", "adobe_transform", "compression", "version", "duration"}
_HARMLESS |= {"extension", "loop", "exif"}  # whether EXIF holds anything is asked of itself


class PictureLimits(NamedTuple):
    """What a form takes: bytes, pixels of the longer side, and kinds (`image/jpeg`)."""

    most_bytes: int
    longest_side: int
    kinds: tuple[str, ...]


class Prepared(NamedTuple):
    """A copy for the form, and in words what is different from the buyer's file."""

    content: bytes
    suffix: str
    changes: tuple[str, ...]


def prepare_picture(file: Path, limits: PictureLimits) -> Prepared | None:
    """A copy that the form takes and that does not tell where it was taken; None: it is fine.

    Raises:
        WrongInput: no picture, a broken one, or one that cannot be made small enough.
        MachineFault: Pillow is not installed.
    """
    image = _opened(file)
    told = set(image.info) - _HARMLESS
    changes = [_what_was_told(image)] if told or image.getexif() else []
    wrong_kind = _KINDS.get(image.format or "") not in limits.kinds
    if wrong_kind:
        changes.append(f"made a JPEG of a {image.format}")
    too_large = file.stat().st_size > limits.most_bytes
    if not changes and not too_large and max(image.size) <= limits.longest_side:
        return None
    content, suffix, side = _written(_bare(image), image.format or "", limits, file)
    if side != max(image.size):
        changes.append(f"made smaller: {side} pixels instead of {max(image.size)}")
    elif too_large:
        changes.append(f"{len(content):,} bytes instead of {file.stat().st_size:,}")
    return Prepared(content, suffix, tuple(changes))


def _opened(file: Path) -> "Image":
    try:
        from PIL import Image, UnidentifiedImageError
    except ImportError:
        raise MachineFault(
            "Pictures cannot be checked: Pillow is not installed.",
            "Install it: pip install 'autoclaim[pictures]'",
        ) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(file.read_bytes()), formats=_READ)
            if image.width * image.height > _MOST_PIXELS:
                raise _no_picture(file, f"it says it is {image.width} by {image.height} pixels")
            image.load()
    except UnidentifiedImageError:
        raise _no_picture(file, "it does not begin like one") from None
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as broken:
        raise _no_picture(file, f"it is broken ({broken})") from None
    return image


def _no_picture(file: Path, because: str) -> WrongInput:
    return WrongInput(
        f"{file.name} is no picture that can be opened: {because}.",
        "Give a JPEG or PNG (a phone can save one); nothing was sent.",
    )


def _what_was_told(image: "Image") -> str:
    gps = 0x8825  # the EXIF directory of the place (EXIF 2.32, 4.6.3)
    return "the place and camera removed" if gps in image.getexif() else "camera data removed"


def _bare(image: "Image") -> "Image":
    """The pixels the right way up, with nothing but their colours' meaning."""
    from PIL import ImageOps

    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image).copy()
    upright.info = {"icc_profile": profile} if profile else {}
    return upright


def _written(
    image: "Image", was: str, limits: PictureLimits, file: Path
) -> tuple[bytes, str, int]:
    """The smallest loss that fits: as it is, then coarser, then smaller; with its longer side."""
    side = min(max(image.size), limits.longest_side)
    if was == "PNG" and "image/png" in limits.kinds and side == max(image.size):
        content = _saved(image, "PNG")
        if len(content) <= limits.most_bytes:
            return content, ".png", side
    while side >= _LEAST_SIDE or side == max(image.size):
        smaller = image.convert("RGB")
        smaller.info = dict(image.info)
        smaller.thumbnail((side, side))
        for quality in _QUALITIES:
            content = _saved(smaller, "JPEG", quality)
            if len(content) <= limits.most_bytes:
                return content, ".jpg", side
        side = int(side * _SMALLER)
    raise WrongInput(
        f"{file.name} cannot be made smaller than {limits.most_bytes:,} bytes.",
        "Take a smaller picture of it; nothing was sent.",
    )


def _saved(image: "Image", kind: str, quality: int | None = None) -> bytes:
    into = BytesIO()
    image.save(into, kind, optimize=True, **({"quality": quality} if quality else {}))
    return into.getvalue()
