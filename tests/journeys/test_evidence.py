"""Evidence as a buyer keeps it: copied, checked, counted against a checklist, and packed."""

import hashlib
import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from tests.terminal import Ended, Machine, a_machine

ORDER = "8200000000000001"
PLACE = 0x8825


def an_order(order_id: str = ORDER) -> dict[str, object]:
    return {
        "store": "aliexpress",
        "order_id": order_id,
        "status": "awaiting_delivery",
        "placed_at": "2026-09-01",
        "paid_at": "2026-09-02",
        "total": {"amount": "24.99", "currency": "USD"},
        "shipments": [
            {
                "shipment_id": "p1",
                "tracking_number": "LP001",
                "state": "delivered",
                "shipped_at": "2026-09-04",
                "promised_by": "2026-11-20",
                "delivered_at": "2026-11-18",
            }
        ],
        "lines": [
            {
                "line_id": "1",
                "shipment_id": "p1",
                "title": "A lamp <script>alert(1)</script>",
                "quantity": 1,
                "paid": {"amount": "24.99", "currency": "USD"},
            }
        ],
    }


def a_photo(file: Path) -> Path:
    exif = Image.Exif()
    exif.get_ifd(PLACE)[2] = (40.0, 25.0, 0.0)
    Image.effect_noise((60, 40), 80).convert("RGB").save(file, exif=exif)
    return file


def exif_of(file: str) -> Image.Exif:
    with Image.open(file) as picture:
        return picture.getexif()


@pytest.fixture
def damaged(tmp_path: Path) -> Machine:
    """A machine that knows two orders; the lamp of the first arrived damaged."""
    machine = a_machine(tmp_path)
    machine.environment["AUTOCLAIM_NOW"] = "2026-11-24T12:00:00-08:00"
    facts = {"format": 1, "orders": [an_order(), an_order("8200000000000002")]}
    (tmp_path / "facts.json").write_text(json.dumps(facts))
    assert machine.run("import", str(tmp_path / "facts.json")).code == 0
    machine.run("problem", ORDER, "--kind", "damaged", "--note", "The glass is cracked")
    return machine


def listed(machine: Machine) -> dict[str, object]:
    document: dict[str, object] = machine.run("evidence", "list", ORDER, "--json").json()
    return document


def add(machine: Machine, *words: str) -> Ended:
    return machine.run("evidence", "add", ORDER, *words)


def test_a_file_is_copied_with_hash_time_and_source_and_left_where_it_was(
    damaged: Machine, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.7 a letter")

    added = add(damaged, str(letter), "--from", "the carrier's counter")

    assert added.code == 0, added.err
    [kept] = damaged.run("evidence", "list", ORDER, "--json").json()["files"]
    assert kept["sha256"] == hashlib.sha256(letter.read_bytes()).hexdigest()
    assert Path(kept["file"]).read_bytes() == letter.read_bytes()
    assert kept["taken_at"] == "2026-11-24T12:00:00-08:00"
    assert kept["address"] == "the carrier's counter"
    assert kept["line_id"] == "1"


def test_a_photo_gets_a_copy_for_the_form_that_does_not_tell_the_place(
    damaged: Machine, tmp_path: Path
) -> None:
    photo = a_photo(tmp_path / "crack.jpg")
    before = photo.read_bytes()

    added = add(damaged, str(photo), "--shows", "damage")

    original, copy = damaged.run("evidence", "list", ORDER, "--json").json()["files"]
    assert "the place and camera removed" in added.err
    assert PLACE in exif_of(original["file"])
    assert PLACE not in exif_of(copy["file"])
    assert copy["original"] == original["sha256"]
    assert photo.read_bytes() == before


def test_what_persuades_is_listed_with_what_is_missing(damaged: Machine, tmp_path: Path) -> None:
    add(damaged, str(a_photo(tmp_path / "crack.jpg")), "--shows", "damage")

    shown = damaged.run("evidence", "list", ORDER)

    assert "The damage, from near (there)" in shown.out
    assert "which one it is (still needed)" in shown.out
    assert "the carrier at once if the packing is broken (would help)" in shown.out


def test_the_same_file_is_kept_once(damaged: Machine, tmp_path: Path) -> None:
    photo = str(a_photo(tmp_path / "crack.jpg"))
    add(damaged, photo)

    again = add(damaged, photo)

    assert "kept already" in again.err
    assert len(damaged.run("evidence", "list", ORDER, "--json").json()["files"]) == 2


@pytest.mark.parametrize(
    ("name", "content", "words", "said"),
    [
        pytest.param("a.png", b"no picture", [], "no picture", id="no-picture"),
        pytest.param("a.mp4", b"no film", [], "no film", id="no-film"),
        pytest.param("a.pdf", b"", [], "empty", id="empty"),
        pytest.param("a.pdf", b"%PDF", ["--shows", "smell"], "no 'smell'", id="not-on-the-list"),
        pytest.param("a.pdf", b"%PDF", ["--line", "9"], "no line 9", id="no-such-line"),
    ],
)
def test_what_is_no_evidence_is_refused_and_nothing_is_kept(
    damaged: Machine, tmp_path: Path, name: str, content: bytes, words: list[str], said: str
) -> None:
    (tmp_path / name).write_bytes(content)

    refused = add(damaged, str(a_photo(tmp_path / "good.jpg")), str(tmp_path / name), *words)

    assert refused.code == 2
    assert said in refused.err
    assert listed(damaged)["files"] == []


def test_a_kept_file_that_was_changed_is_said(damaged: Machine, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7 a letter")
    add(damaged, str(tmp_path / "letter.pdf"))
    [kept] = damaged.run("evidence", "list", ORDER, "--json").json()["files"]
    Path(kept["file"]).write_bytes(b"%PDF-1.7 another")

    shown = damaged.run("evidence", "list", ORDER)

    assert "NO LONGER WHAT WAS KEPT" in shown.out


def test_the_pack_is_one_zip_with_a_page_that_tells_it_all(
    damaged: Machine, tmp_path: Path
) -> None:
    add(damaged, str(a_photo(tmp_path / "crack.jpg")), "--shows", "damage")

    packed = damaged.run("evidence", "pack", ORDER, "--output", str(tmp_path / "pack.zip"))

    assert packed.code == 0, packed.err
    [original, copy] = damaged.run("evidence", "list", ORDER, "--json").json()["files"]
    with ZipFile(tmp_path / "pack.zip") as pack:
        page = pack.read("index.html").decode()
        [picture] = [name for name in pack.namelist() if name.startswith("files/")]
        assert hashlib.sha256(pack.read(picture)).hexdigest() == copy["sha256"]
    assert picture in page
    assert copy["sha256"] in page
    assert original["sha256"] in page
    assert "2026-11-20" in page
    assert "The glass is cracked" in page
    assert "<script" not in page
    assert "default-src &#39;none&#39;" in page


def test_the_pack_is_the_buyers_alone(damaged: Machine, tmp_path: Path) -> None:
    damaged.run("evidence", "pack", ORDER, "--output", str(tmp_path / "pack.zip"))

    assert (tmp_path / "pack.zip").stat().st_mode & 0o077 == 0
