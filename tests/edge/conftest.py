import logging
import os
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest
import structlog

from autoclaim.edge.ledger import Ledger, open_ledger
from autoclaim.edge.places import Places, find_places, prepare_places
from autoclaim.edge.redaction import Redactor
from autoclaim.edge.secrets import Secrets
from autoclaim.model.account import Account
from tests.edge.builders import NOON, PASSPHRASE

NOBODY = 65534


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
    file.write_text(f"{PASSPHRASE}\n")
    file.chmod(0o600)
    return file


@pytest.fixture
def secrets(places: Places, passphrase_file: Path) -> Secrets:
    return Secrets(places.vault, passphrase_file)


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """A folder this process may look into but not write to, even where the tests run as root."""
    folder = Path(mkdtemp())  # not pytest's own, whose parents are closed to everyone else
    folder.chmod(0o500)
    was_root = os.geteuid() == 0
    if was_root:
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    yield folder
    if was_root:
        os.seteuid(0)
    folder.chmod(0o700)
    rmtree(folder)


@pytest.fixture
def logging_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # What other tests of the same process taught it to hide may be a word of this one.
    monkeypatch.setattr("autoclaim.edge.logs.redactor", Redactor())
    root = logging.getLogger()
    before = list(root.handlers)
    yield
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
        handler.close()
    structlog.reset_defaults()
