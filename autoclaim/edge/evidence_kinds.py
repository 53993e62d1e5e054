"""What a file really is, by how it begins: its name may say anything."""

from pathlib import Path
from typing import Literal, NamedTuple

from autoclaim.errors import WrongInput

Kind = Literal["picture", "video", "paper"]

_HEAD = 64  # bytes
_BOX_HEADER = 8  # bytes of an ISO box: 4 of length, 4 of name (ISO/IEC 14496-12, 4.2)
_LONG_BOX = 1  # the length that says: the real one follows in 8 bytes
_MOST_BOXES = 10_000
_LONGEST_DESCRIPTION = 64 * 1024 * 1024  # bytes; an hour of film has about one million
_PICTURE_SUFFIXES = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp"}
_VIDEO_SUFFIXES = {".mp4", ".mov", ".m4v", ".webm", ".mkv", ".avi", ".3gp"}
_STILL_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"avif")
# Where phones write the place a film was made: QuickTime's own atom, and the newer key.
_PLACES = (b"\xa9xyz", b"com.apple.quicktime.location")


class FileKind(NamedTuple):
    """What a file is, and what the buyer should know about it (sentences)."""

    kind: Kind
    warnings: tuple[str, ...] = ()


def kind_of(file: Path, *, longest_video: int) -> FileKind:
    """What the file is; a film is checked to be whole, and against `longest_video` bytes.

    Raises:
        WrongInput: empty, unreadable, cut short, or not what its name says.
    """
    head = _head(file)
    if head[4:8] == b"ftyp" and head[8:12] in _STILL_BRANDS:
        raise WrongInput(
            f"{file.name} is a picture in a format that forms do not take (HEIC or AVIF).",
            "Save it as a JPEG (a phone can); nothing was sent.",
        )
    if _is_video(head):
        return FileKind("video", _check_video(file, head, longest_video))
    if _is_picture(head) or file.suffix.lower() in _PICTURE_SUFFIXES:
        return FileKind("picture")
    if file.suffix.lower() in _VIDEO_SUFFIXES:
        raise WrongInput(
            f"{file.name} is no film: it does not begin like one.",
            "Give the file as the camera made it; nothing was sent.",
        )
    return FileKind("paper")


def _head(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
    except OSError as fault:
        because = (fault.strerror or "it cannot be opened").lower()
        raise WrongInput(
            f"{file} cannot be read: {because}.", "Nothing was opened or sent."
        ) from None
    if not head:
        raise WrongInput(f"{file} is empty or not a file.", "Nothing was opened or sent.")
    return head


def _is_picture(head: bytes) -> bool:
    starts = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM")
    return head.startswith(starts) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def _is_video(head: bytes) -> bool:
    matroska = head.startswith(b"\x1aE\xdf\xa3")
    return head[4:8] == b"ftyp" or matroska or (head[:4] == b"RIFF" and head[8:12] == b"AVI ")


def _check_video(file: Path, head: bytes, longest: int) -> tuple[str, ...]:
    size = file.stat().st_size
    warnings = []
    if size > longest:
        warnings.append(
            f"{file.name} has {size:,} bytes; above {longest:,} forms often refuse a film. "
            "Make it shorter."
        )
    if head[4:8] == b"ftyp":
        described = _description(file, size)
        if any(place in described for place in _PLACES):
            warnings.append(
                f"{file.name} tells where it was filmed, and films are sent as they are. "
                "Save a copy without the place if that should stay with you."
            )
    return tuple(warnings)


def _description(file: Path, size: int) -> bytes:
    """The bytes of the `moov` box. WrongInput when it is missing or the file ends too early."""
    described, at = b"", 0
    with file.open("rb") as opened:
        for _ in range(_MOST_BOXES):
            opened.seek(at)
            header = opened.read(_BOX_HEADER)
            if not header:
                break
            if len(header) < _BOX_HEADER:
                raise _cut_short(file)
            length, name = int.from_bytes(header[:4]), header[4:]
            if length == _LONG_BOX:
                length = int.from_bytes(opened.read(8))
            length = length or size - at
            if length < _BOX_HEADER or at + length > size:
                raise _cut_short(file)
            if name == b"moov":
                described = opened.read(min(length - _BOX_HEADER, _LONGEST_DESCRIPTION))
            at += length
    if not described:
        raise _cut_short(file)
    return described


def _cut_short(file: Path) -> WrongInput:
    return WrongInput(
        f"{file.name} is a film that was cut short: it cannot be played.",
        "Copy it from the camera again; nothing was sent.",
    )
