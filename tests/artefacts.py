"""Everything a buyer's machine holds after a test, down to what lies inside its files."""

import base64
import io
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile, is_zipfile

from PIL import Image

_EMBEDDED = re.compile(rb"data:[\w/+.-]+;base64,([A-Za-z0-9+/=]+)")


def pieces(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The bytes of every file below `folder`, of what a zip or a page holds, and of what a picture
    says of itself.
    """
    for file in folder.rglob("*"):
        if file.is_file():
            yield from _inside(str(file.relative_to(folder)), file.read_bytes())


def _inside(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, content
    if is_zipfile(io.BytesIO(content)):
        with ZipFile(io.BytesIO(content)) as pack:
            for member in pack.namelist():
                yield from _inside(f"{name}/{member}", pack.read(member))
    elif content.startswith((b"\x89PNG", b"\xff\xd8")):
        with Image.open(io.BytesIO(content)) as picture:
            said = [*picture.info.items(), *picture.getexif().items()]
            yield f"{name} (its metadata)", repr(said).encode()
    for number, part in enumerate(_EMBEDDED.findall(content)):
        yield from _inside(f"{name} (embedded {number})", base64.b64decode(part))


def shapes(secret: str) -> set[bytes]:
    """The ways in which a secret may stand in a file."""
    plain = secret.encode()
    return {plain, base64.b64encode(plain), plain.hex().encode(), secret.encode("utf-16-le")}
