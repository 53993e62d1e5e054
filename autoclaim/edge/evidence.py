"""A claim's or order's folder: pictures and files with their hashes, and the receipt beside them.

`index.jsonl` has one line per kept file and is only ever appended to. A file is whole on the disk
before its line is written; a line cut short by a crash is passed over.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from autoclaim.edge.file_names import distinct_name, readable_name, safe_suffix
from autoclaim.edge.private_files import (
    FILE_MODE,
    as_machine_fault,
    make_private_folder,
    open_privately,
    write_privately,
)
from autoclaim.errors import WrongInput
from autoclaim.model.claim import EvidenceFile, Receipt

_INDEX = "index.jsonl"
_JPEG = b"\xff\xd8"
_CHUNK = 1024 * 1024  # bytes; a video is copied without being held in memory


class ClaimFolder:
    """The folder of one claim below `root` (`Places.evidence`); made when something is kept.

    What the buyer adds before there is a claim lies in the order's folder (`of_order`).

    Every keeping method raises `MachineFault` when the folder cannot be written.
    """

    def __init__(self, root: Path, claim_id: str) -> None:
        plain = readable_name(claim_id)
        self.path = root / (plain if plain == claim_id else distinct_name(claim_id))

    @classmethod
    def of_order(cls, root: Path, store: str, order_id: str) -> "ClaimFolder":
        """The folder of an order, whatever claims come of it."""
        return cls(root, distinct_name("order", store, order_id))

    def keep(
        self,
        title: str,
        content: bytes,
        suffix: str,
        *,
        address: str = "",
        taken_at: datetime,
        **more: str | None,
    ) -> EvidenceFile:
        """Keeps bytes under a name made of the title; `address` is where they were taken from.

        `more` are the other fields of `EvidenceFile`: `shows`, `line_id`, `original`.
        """
        file = self._free_name(title, suffix)
        write_privately(file, content)
        digest = hashlib.sha256(content).hexdigest()
        return self._note(file, digest, title, address, taken_at, **more)

    def keep_picture(
        self,
        title: str,
        picture: bytes,
        address: str,
        taken_at: datetime,
        **more: str | None,
    ) -> None:
        """Keeps a picture of a page, a JPEG or PNG; `more` as in `keep`."""
        suffix = ".jpg" if picture.startswith(_JPEG) else ".png"
        self.keep(title, picture, suffix, address=address, taken_at=taken_at, **more)

    def attach(
        self, file: Path, *, at: datetime, address: str = "", **more: str | None
    ) -> EvidenceFile:
        """Copies one of the buyer's files, with its hash; the original is not touched.

        `address` is where the buyer says it comes from; `more` as in `keep`.
        Raises `WrongInput` when it is missing, no plain file, or cannot be read.
        """
        copy = self._free_name(file.stem, file.suffix)
        with _opened(file) as source:
            digest = _copy(source, copy)
        return self._note(copy, digest, file.name, address, at, **more)

    def kept(self) -> list[EvidenceFile]:
        """All kept files in the order they were kept, each `file` a whole path."""
        return list(self._noted())

    def write_receipt(self, receipt: Receipt) -> Path:
        """Writes the receipt as JSON; an earlier one of the same claim stays beside it."""
        make_private_folder(self.path)
        earlier = len(list(self.path.glob("receipt*.json")))
        file = self.path / (f"receipt-{earlier + 1}.json" if earlier else "receipt.json")
        write_privately(file, receipt.model_dump_json(indent=2).encode() + b"\n")
        return file

    def _free_name(self, title: str, suffix: str) -> Path:
        make_private_folder(self.path)
        numbers = (file.name.partition("-")[0] for file in self.path.iterdir())
        number = max((int(text) for text in numbers if text.isdecimal()), default=0) + 1
        return self.path / f"{number:02}-{readable_name(title)}{safe_suffix(suffix)}"

    def _note(
        self,
        file: Path,
        digest: str,
        title: str,
        address: str,
        taken_at: datetime,
        **more: str | None,
    ) -> EvidenceFile:
        noted = EvidenceFile(
            file=file.name,
            sha256=digest,
            title=title,
            address=address,
            taken_at=taken_at,
            **more,
        )
        self._append(json.dumps(noted.model_dump(mode="json")).encode() + b"\n")
        return noted.model_copy(update={"file": str(file)})

    def _append(self, line: bytes) -> None:
        index = self.path / _INDEX
        with as_machine_fault(index), open(index, "a+b", opener=open_privately) as file:
            if file.tell() and not _ends_whole(file):
                line = b"\n" + line
            file.write(line)
            file.flush()
            os.fsync(file.fileno())

    def _noted(self) -> Iterator[EvidenceFile]:
        index = self.path / _INDEX
        with as_machine_fault(index):
            lines = index.read_bytes().splitlines() if index.exists() else []
        for line in lines:
            try:
                noted = EvidenceFile.model_validate_json(line)
            except ValidationError:
                continue
            # Only a bare name: an index changed by hand must not lead out of the folder.
            yield noted.model_copy(update={"file": str(self.path / Path(noted.file).name)})


def altered(kept: EvidenceFile) -> bool:
    """Whether the bytes of a kept file are no longer what its hash says, or are gone."""
    return _digest(Path(kept.file)) != kept.sha256


def _opened(file: Path) -> BinaryIO:
    try:
        if not file.is_file():
            raise WrongInput(
                f"There is no file {file}." if not file.exists() else f"{file} is not a file.",
                "Check the name; nothing was done.",
            )
        return file.open("rb")
    except OSError as reason:
        because = os.strerror(reason.errno or 0).lower()
        raise WrongInput(
            f"The file {file} cannot be read: {because}.", "Nothing was done."
        ) from reason


def _copy(source: BinaryIO, to: Path) -> str:
    digest = hashlib.sha256()
    with as_machine_fault(to):
        number = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
        try:
            with os.fdopen(number, "wb") as copy:
                while chunk := source.read(_CHUNK):
                    digest.update(chunk)
                    copy.write(chunk)
                copy.flush()
                os.fsync(copy.fileno())
        except BaseException:
            to.unlink(missing_ok=True)
            raise
    return digest.hexdigest()


def _digest(file: Path) -> str | None:
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return None


def _ends_whole(file: BinaryIO) -> bool:
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"
