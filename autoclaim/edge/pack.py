"""The evidence pack: one zip with an index page that needs nothing else and prints well."""

import base64
import hashlib
import os
import zipfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from autoclaim.edge.hostile_text import clean_text
from autoclaim.edge.private_files import as_machine_fault, make_private_folder, open_privately

INDEX = "index.html"
TEXT = "text-to-paste.txt"


class PackFact(NamedTuple):
    """Something the claim rests on, and whose word it is."""

    name: str
    value: str
    source: str


class PackEvent(NamedTuple):
    """Something that happened; `when` is a day or a moment in words."""

    when: str
    what: str
    source: str


class PackFile(NamedTuple):
    """A kept file: its path in the zip, where it lies now, and what is known of it."""

    path: str
    lies_at: Path
    title: str
    shows: str
    sha256: str
    taken_at: str
    address: str
    original: str  # SHA-256 of the buyer's own file that this copy was made of, or nothing
    is_picture: bool
    altered: bool


class PackPage(NamedTuple):
    """Everything on the index page, in words; the template decides nothing."""

    order_id: str
    title: str
    made_at: str
    to_do: Sequence[str]
    link: str | None
    statement: str | None
    facts: Sequence[PackFact]
    timeline: Sequence[PackEvent]
    files: Sequence[PackFile]
    missing: Sequence[str]


def write_pack(path: Path, page: PackPage) -> None:
    """Replace the file with the pack; readable by the buyer alone.

    Raises:
        MachineFault: it cannot be written; an earlier pack is then whole.
    """
    make_private_folder(path.parent)
    half_written = path.with_name(f".{path.name}.{os.getpid()}.new")
    with as_machine_fault(path):
        try:
            with (
                open(half_written, "wb", opener=open_privately) as file,
                zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack,
            ):
                _fill(pack, page)
            half_written.replace(path)
        except BaseException:
            half_written.unlink(missing_ok=True)
            raise


def _fill(pack: zipfile.ZipFile, page: PackPage) -> None:
    pack.writestr(INDEX, page_html(page))
    if page.statement:
        pack.writestr(TEXT, page.statement + "\n")
    for file in page.files:
        if file.lies_at.is_file():
            pack.write(file.lies_at, file.path)


def page_html(page: PackPage) -> str:
    """The index page; it has no script and may load nothing but the pictures beside it."""
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup

    style = _part("page.css")
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, finalize=_harmless
    )
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src 'self' file:; style-src 'sha256-{digest}'"
    # Our own style sheet is the only text that is not escaped.
    ours = Markup(style)  # noqa: S704
    return environment.from_string(_part("page.html")).render(page=page, style=ours, policy=policy)


def _part(name: str) -> str:
    return (files("autoclaim.edge") / "pack_page" / name).read_text(encoding="utf-8")


def _harmless(value: object) -> object:
    """A text as it may be printed: escaping keeps tags out, this keeps the unseen out."""
    return clean_text(value, keep_lines=True) if type(value) is str else value
