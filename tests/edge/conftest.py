import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from autoclaim.edge.ledger import Ledger, open_ledger
from autoclaim.edge.places import Places, find_places, prepare_places
from autoclaim.edge.secrets import Secrets
from autoclaim.model.account import Account
from tests.edge.builders import NOON


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return prepare_places(find_places(tmp_path / "home"))


@pytest.fixture
def ledger(places: Places) -> Iterator[Ledger]:
    with open_ledger(places.ledger) as opened:
        yield opened


@pytest.fixture
def account() -> Account:
    return Account(name="mine", store="fairstore", email="ana@buyer.example", added_at=NOON)


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase"
    file.write_text("a long enough sentence\n")
    file.chmod(0o600)
    return file


@pytest.fixture
def secrets(places: Places, passphrase_file: Path) -> Secrets:
    return Secrets(places.vault, passphrase_file)


@pytest.fixture
def locked_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder this process may look into but not write to, even where the tests run as root."""
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o555)
    opened = [part for part in folder.parents if part.stat().st_mode & 0o005 != 0o005]
    modes = [part.stat().st_mode for part in opened]
    for part in opened:
        part.chmod(part.stat().st_mode | 0o005)
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(65534)
    yield folder
    if was_root:
        os.seteuid(0)
    for part, mode in zip(opened, modes, strict=True):
        part.chmod(mode)
    folder.chmod(0o755)


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    before = list(root.handlers)
    yield
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
        handler.close()
    structlog.reset_defaults()
