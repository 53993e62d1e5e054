import hashlib
import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from autoclaim.edge.evidence import ClaimFolder, altered
from autoclaim.edge.places import Places
from autoclaim.errors import MachineFault, WrongInput
from autoclaim.model.claim import Receipt
from tests.edge.builders import NOON

PNG = b"\x89PNG\r\n\x1a\n a picture"
JPEG = b"\xff\xd8\xff a picture"
ADDRESS = "https://store.example/order/1"


@pytest.fixture
def folder(places: Places) -> ClaimFolder:
    return ClaimFolder(places.evidence, "c1")


def test_a_picture_is_kept_with_its_hash_address_and_moment(folder: ClaimFolder) -> None:
    folder.keep_picture("The order page", PNG, ADDRESS, NOON)

    (kept,) = folder.kept()
    assert Path(kept.file) == folder.path / "01-the-order-page.png"
    assert Path(kept.file).read_bytes() == PNG
    assert kept.sha256 == hashlib.sha256(PNG).hexdigest()
    assert (kept.title, kept.address, kept.taken_at) == ("The order page", ADDRESS, NOON)


def test_a_picture_is_named_by_what_it_is(folder: ClaimFolder) -> None:
    folder.keep_picture("The order page", JPEG, ADDRESS, NOON, shows="order", line_id="1")

    (kept,) = folder.kept()
    assert Path(kept.file) == folder.path / "01-the-order-page.jpg"
    assert (kept.shows, kept.line_id) == ("order", "1")


def test_pictures_of_the_same_title_stand_side_by_side(folder: ClaimFolder) -> None:
    for moment in range(3):
        taken_at = NOON + timedelta(minutes=moment)
        folder.keep("Page", f"picture {moment}".encode(), ".png", taken_at=taken_at)

    assert [Path(kept.file).name for kept in folder.kept()] == [
        "01-page.png",
        "02-page.png",
        "03-page.png",
    ]
    assert [kept.taken_at for kept in folder.kept()] == sorted(
        kept.taken_at for kept in folder.kept() if kept.taken_at
    )


def test_a_hundred_files_and_more_are_kept_apart(folder: ClaimFolder) -> None:
    for number in range(102):
        folder.keep("x", str(number).encode(), "", taken_at=NOON)

    assert len({kept.file for kept in folder.kept()}) == 102
    assert not any(altered(kept) for kept in folder.kept())


def test_a_buyers_file_is_copied_and_left_where_it_was(
    folder: ClaimFolder, tmp_path: Path
) -> None:
    photo = tmp_path / "Broken Cup.JPG"
    photo.write_bytes(b"jpeg")

    copy = folder.attach(photo, at=NOON)

    assert Path(copy.file).name == "01-broken-cup.jpg"
    assert Path(copy.file).read_bytes() == photo.read_bytes() == b"jpeg"
    assert (copy.title, copy.sha256) == ("Broken Cup.JPG", hashlib.sha256(b"jpeg").hexdigest())
    assert folder.kept() == [copy]


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        pytest.param(lambda _: None, "There is no file", id="missing"),
        pytest.param(Path.mkdir, "is not a file", id="a folder"),
        pytest.param(os.mkfifo, "is not a file", id="a pipe"),
    ],
)
def test_a_file_that_cannot_be_attached_is_said(
    folder: ClaimFolder, tmp_path: Path, make: object, sentence: str
) -> None:
    make(tmp_path / "photo.jpg")

    with pytest.raises(WrongInput, match=sentence):
        folder.attach(tmp_path / "photo.jpg", at=NOON)

    assert folder.kept() == []


def test_all_that_is_kept_is_the_buyers_alone(folder: ClaimFolder, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"jpeg")
    folder.keep_picture("Page", PNG, ADDRESS, NOON)
    folder.attach(tmp_path / "photo.jpg", at=NOON)

    assert {file.stat().st_mode & 0o777 for file in folder.path.iterdir()} == {0o600}
    assert folder.path.stat().st_mode & 0o777 == 0o700


def test_a_changed_or_missing_file_is_found_out(folder: ClaimFolder) -> None:
    for number in range(3):
        folder.keep("Page", str(number).encode(), ".png", taken_at=NOON)
    first, second, _ = folder.kept()

    Path(first.file).write_bytes(b"changed")
    Path(second.file).unlink()

    assert [kept for kept in folder.kept() if altered(kept)] == [first, second]


def test_a_line_cut_short_by_a_crash_spoils_no_other(folder: ClaimFolder) -> None:
    folder.keep("One", b"1", "", taken_at=NOON)
    folder.keep("Two", b"2", "", taken_at=NOON)
    index = folder.path / "index.jsonl"
    index.write_bytes(index.read_bytes()[:-20])

    folder.keep("Three", b"3", "", taken_at=NOON)

    assert [Path(kept.file).name for kept in folder.kept()] == ["01-one", "03-three"]


def test_a_file_kept_but_not_noted_before_a_crash_is_not_overwritten(folder: ClaimFolder) -> None:
    folder.keep("Page", b"first", ".png", taken_at=NOON)
    (folder.path / "index.jsonl").unlink()

    folder.keep("Page", b"second", ".png", taken_at=NOON)

    assert (folder.path / "01-page.png").read_bytes() == b"first"
    assert (folder.path / "02-page.png").read_bytes() == b"second"


def test_an_index_changed_by_hand_does_not_lead_out_of_the_folder(folder: ClaimFolder) -> None:
    folder.keep("Page", PNG, ".png", taken_at=NOON)
    index = folder.path / "index.jsonl"
    index.write_text(index.read_text().replace("01-page.png", "../../../etc/passwd"))

    (kept,) = folder.kept()

    assert Path(kept.file).parent == folder.path


def test_a_folder_without_evidence_has_none(folder: ClaimFolder) -> None:
    assert folder.kept() == []
    assert not folder.path.exists()


def test_each_receipt_of_a_claim_stays(folder: ClaimFolder) -> None:
    receipt = Receipt(result="not_seen", order_id="1001", line_id=None, kind="cancel")

    first = folder.write_receipt(receipt)
    second = folder.write_receipt(receipt.model_copy(update={"result": "verified"}))

    assert json.loads(first.read_bytes())["result"] == "not_seen"
    assert json.loads(second.read_bytes())["result"] == "verified"
    assert folder.kept() == []


def test_evidence_that_cannot_be_written_is_said(locked_folder: Path) -> None:
    with pytest.raises(MachineFault, match="cannot write"):
        ClaimFolder(locked_folder, "c1").keep("Page", PNG, ".png", taken_at=NOON)


@pytest.mark.parametrize("claim_id", ["../c1", "c1/../../x", "", "C1", "a\x00"])
def test_no_claims_number_leads_out_of_the_evidence(places: Places, claim_id: str) -> None:
    folder = ClaimFolder(places.evidence, claim_id)

    assert folder.path.parent == places.evidence
    assert folder.path != ClaimFolder(places.evidence, "c1").path


@given(title=some.text(max_size=300), suffix=some.text(max_size=12) | some.just(".png"))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_title_makes_a_file_in_the_folder(
    folder: ClaimFolder, title: str, suffix: str
) -> None:
    kept = folder.keep(title, PNG, suffix, taken_at=NOON)

    file = Path(kept.file)
    assert file.parent == folder.path
    assert file.read_bytes() == PNG
    assert len(file.name) < 60
    assert file.name.isascii()
