import os
import stat
from pathlib import Path

import pytest

from autoclaim.edge.places import find_places, prepare_places
from autoclaim.edge.private_files import make_private_folder, write_privately
from autoclaim.errors import MachineFault


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_one_folder_holds_everything_when_the_buyer_names_one(tmp_path: Path) -> None:
    places = find_places(tmp_path / "home")

    assert {part.parent for part in (places.config, places.data, places.logs)} == {
        tmp_path / "home"
    }
    assert tmp_path / "home" in places.ledger.parents


@pytest.mark.parametrize("home", [None, "", "  "])
def test_without_a_named_folder_the_platforms_own_are_used(home: str | None) -> None:
    places = find_places(home)

    assert "autoclaim" in str(places.config)
    assert places.data.is_absolute()


def test_a_tilde_is_the_buyers_home() -> None:
    places = find_places("~/claims")

    assert places.data == Path.home() / "claims" / "data"


def test_looking_for_the_places_makes_nothing(tmp_path: Path) -> None:
    find_places(tmp_path / "home")

    assert not (tmp_path / "home").exists()


def test_all_folders_are_the_buyers_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)

    prepare_places(find_places(tmp_path / "deep" / "home"))

    os.umask(before)
    made = [tmp_path / "deep", *(part for part in (tmp_path / "deep").rglob("*"))]
    assert len(made) > 6
    assert {mode_of(part) for part in made} == {0o700}


def test_a_folder_open_to_others_is_narrowed(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir(mode=0o755)

    make_private_folder(folder)

    assert mode_of(folder) == 0o700


def test_a_home_that_cannot_be_written_says_so_and_what_to_do(locked_folder: Path) -> None:
    with pytest.raises(MachineFault, match="cannot write to") as fault:
        prepare_places(find_places(locked_folder / "home"))

    assert "AUTOCLAIM_HOME" in fault.value.next_step


def test_a_folder_that_is_there_and_cannot_be_written_is_found_out_at_once(
    locked_folder: Path,
) -> None:
    with pytest.raises(MachineFault, match="cannot write to"):
        make_private_folder(locked_folder)


def test_a_file_in_the_place_of_the_home_says_so(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("not a folder")

    with pytest.raises(MachineFault, match="home") as fault:
        prepare_places(find_places(tmp_path / "home"))

    assert "file stands where a folder is needed" in fault.value.next_step


def test_a_written_file_is_the_buyers_alone_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write_privately(tmp_path / "kept", b"old")
    write_privately(tmp_path / "kept", b"new")

    assert (tmp_path / "kept").read_bytes() == b"new"
    assert mode_of(tmp_path / "kept") == 0o600
    assert [part.name for part in tmp_path.iterdir()] == ["kept"]


def test_a_file_that_cannot_be_replaced_is_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()

    with pytest.raises(MachineFault, match="kept"):
        write_privately(tmp_path / "kept", b"new")

    assert [part.name for part in tmp_path.iterdir()] == ["kept"]
