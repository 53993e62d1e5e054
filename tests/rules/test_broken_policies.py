"""One broken policy per mistake; its first line says what the refusal must say."""

from pathlib import Path

import pytest

from autoclaim.errors import PolicyError
from autoclaim.rules import Policies
from tests.rules import tables
from tests.rules.shipped import TEXTS

FOLDER = tables.HERE / "broken"
GOOD = FOLDER / "good.toml"
BROKEN = sorted(set(FOLDER.glob("*.toml")) - {GOOD})


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in BROKEN])
def test_a_broken_policy_is_refused_in_words(path: Path) -> None:
    words = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# says: ")

    with pytest.raises(PolicyError) as refused:
        Policies.from_toml({"good.toml": GOOD.read_bytes(), path.name: path.read_bytes()})

    assert words in str(refused.value)
    assert refused.value.next_step


def test_the_file_they_were_made_from_is_good() -> None:
    policies = Policies.from_toml({"good.toml": GOOD.read_bytes()})

    assert policies.newest == "good"


def test_no_edition_at_all_is_refused() -> None:
    with pytest.raises(PolicyError, match="no policy edition"):
        Policies.from_toml({})


def test_the_order_of_the_files_does_not_matter() -> None:
    reversed_texts = dict(reversed(TEXTS.items()))

    assert Policies.from_toml(reversed_texts).editions == Policies.from_toml(TEXTS).editions


def test_an_unknown_edition_is_refused_with_those_there_are() -> None:
    with pytest.raises(PolicyError) as refused:
        Policies.from_toml(TEXTS).edition("ed-1999")

    assert "seed-2021" in refused.value.next_step
