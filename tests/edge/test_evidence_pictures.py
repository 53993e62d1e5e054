"""Pictures and films of the buyer's: what they are, what they tell, and what a form gets."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from autoclaim.edge.evidence_kinds import kind_of
from autoclaim.edge.pictures import PictureLimits, prepare_picture
from autoclaim.errors import WrongInput

LIMITS = PictureLimits(200_000, 1000, ("image/jpeg", "image/png"))
GPS = 0x8825
MAKER, ORIENTATION = 0x010F, 0x0112


def a_picture(
    file: Path, size: tuple[int, int] = (40, 30), *, gps: bool = False, turned: bool = False
) -> Path:
    exif = Image.Exif()
    if gps:
        exif[MAKER] = "A Camera"
        exif.get_ifd(GPS)[2] = (40.0, 25.0, 0.0)
    if turned:
        exif[ORIENTATION] = 6
    Image.effect_noise(size, 80).convert("RGB").save(file, exif=exif)
    return file


def a_box(name: bytes, content: bytes = b"") -> bytes:
    return (8 + len(content)).to_bytes(4) + name + content


def a_film(file: Path, *, place: bytes = b"", whole: bool = True) -> Path:
    head = a_box(b"ftyp", b"isom\x00\x00\x02\x00isom")
    file.write_bytes(head + (a_box(b"moov", b"x" * 20 + place) if whole else b"") + a_box(b"mdat"))
    return file


def test_a_picture_that_fits_and_tells_nothing_is_used_as_it_is(tmp_path: Path) -> None:
    assert prepare_picture(a_picture(tmp_path / "small.jpg"), LIMITS) is None


def test_the_copy_for_the_form_does_not_tell_where_it_was_taken(tmp_path: Path) -> None:
    file = a_picture(tmp_path / "home.jpg", gps=True)
    before = file.read_bytes()

    prepared = prepare_picture(file, LIMITS)

    assert prepared is not None
    assert prepared.changes == ("the place and camera removed",)
    assert dict(Image.open(BytesIO(prepared.content)).getexif()) == {}
    assert b"A Camera" in before
    assert b"A Camera" not in prepared.content
    assert file.read_bytes() == before


def test_a_picture_that_was_turned_by_a_mark_is_upright_without_it(tmp_path: Path) -> None:
    prepared = prepare_picture(a_picture(tmp_path / "turned.jpg", turned=True), LIMITS)

    assert prepared is not None
    assert Image.open(BytesIO(prepared.content)).size == (30, 40)


def test_words_hidden_in_a_picture_do_not_go_out(tmp_path: Path) -> None:
    words = PngInfo()
    words.add_text("Comment", "taken at 1 Example Street")
    Image.new("RGB", (20, 20)).save(tmp_path / "told.png", pnginfo=words)

    prepared = prepare_picture(tmp_path / "told.png", LIMITS)

    assert prepared is not None
    assert prepared.suffix == ".png"
    assert b"Example Street" not in prepared.content


@pytest.mark.parametrize("name", ["large.jpg", "large.png"])
def test_a_picture_too_large_is_made_to_fit(tmp_path: Path, name: str) -> None:
    file = a_picture(tmp_path / name, (1400, 900))

    prepared = prepare_picture(file, LIMITS)

    assert file.stat().st_size > LIMITS.most_bytes
    assert prepared is not None
    assert len(prepared.content) <= LIMITS.most_bytes
    assert max(Image.open(BytesIO(prepared.content)).size) <= LIMITS.longest_side
    assert "instead of 1400" in prepared.changes[-1]


def test_a_kind_the_form_does_not_take_becomes_one_it_takes(tmp_path: Path) -> None:
    Image.new("RGB", (20, 20)).save(tmp_path / "drawn.gif")

    prepared = prepare_picture(tmp_path / "drawn.gif", LIMITS)

    assert prepared is not None
    assert prepared.suffix == ".jpg"
    assert prepared.changes == ("made a JPEG of a GIF",)


def test_the_same_picture_gives_the_same_copy(tmp_path: Path) -> None:
    file = a_picture(tmp_path / "home.jpg", gps=True)

    assert prepare_picture(file, LIMITS) == prepare_picture(file, LIMITS)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(500), "no picture", id="a-name-of-png-only"),
        pytest.param(b"hello", "does not begin", id="a-text"),
    ],
)
def test_what_is_no_picture_is_said(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "crack.png").write_bytes(content)

    with pytest.raises(WrongInput, match=said):
        prepare_picture(tmp_path / "crack.png", LIMITS)


def test_a_picture_cut_short_is_said(tmp_path: Path) -> None:
    file = a_picture(tmp_path / "crack.jpg", (300, 300))
    file.write_bytes(file.read_bytes()[:400])

    with pytest.raises(WrongInput, match="broken"):
        prepare_picture(file, LIMITS)


def test_a_small_file_that_unpacks_to_a_huge_picture_is_refused(tmp_path: Path) -> None:
    Image.new("1", (15_000, 10_000)).save(tmp_path / "bomb.png")

    with pytest.raises(WrongInput, match="15000 by 10000"):
        prepare_picture(tmp_path / "bomb.png", LIMITS)


def test_a_whole_film_is_a_film(tmp_path: Path) -> None:
    assert kind_of(a_film(tmp_path / "a.mp4"), longest_video=1000) == ("video", ())


def test_a_film_cut_short_is_said(tmp_path: Path) -> None:
    file = a_film(tmp_path / "a.mp4")
    file.write_bytes(file.read_bytes()[:-4])

    with pytest.raises(WrongInput, match="cut short"):
        kind_of(file, longest_video=1000)


def test_a_film_without_its_description_is_said(tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match="cut short"):
        kind_of(a_film(tmp_path / "a.mp4", whole=False), longest_video=1000)


def test_a_film_that_tells_its_place_or_is_long_is_kept_and_said(tmp_path: Path) -> None:
    film = a_film(tmp_path / "a.mp4", place=b"\xa9xyz+40.4-003.7/")

    kind, warnings = kind_of(film, longest_video=20)

    assert kind == "video"
    assert "Make it shorter" in warnings[0]
    assert "where it was filmed" in warnings[1]


@pytest.mark.parametrize("name", ["a.mp4", "a.mov", "a.webm"])
def test_a_film_by_name_only_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"not a film at all")

    with pytest.raises(WrongInput, match="no film"):
        kind_of(tmp_path / name, longest_video=1000)


def test_a_phones_own_picture_format_is_said_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "IMG_1.HEIC").write_bytes(a_box(b"ftyp", b"heic" + bytes(20)))

    with pytest.raises(WrongInput, match="HEIC") as refused:
        kind_of(tmp_path / "IMG_1.HEIC", longest_video=1000)

    assert "JPEG" in refused.value.next_step


def test_a_letter_is_a_paper(tmp_path: Path) -> None:
    (tmp_path / "carrier.pdf").write_bytes(b"%PDF-1.7\n...")

    assert kind_of(tmp_path / "carrier.pdf", longest_video=1000).kind == "paper"
