"""One broken policy per mistake; its first line says what the refusal must say."""

from pathlib import Path

import pytest

from autoclaim.errors import PolicyError
from autoclaim.rules import Policies
from tests.rules import tables
from tests.rules.shipped import TEXTS

FOLDER = tables.HERE / "broken"
GOOD = FOLDER / "good.toml"
TURNED = list(reversed(TEXTS.items()))
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


@pytest.mark.parametrize("name", ["not_toml", "no_source", "unknown_source", "unused_source"])
def test_what_is_wrong_in_one_file_is_said_with_its_name(name: str) -> None:
    text = (FOLDER / f"{name}.toml").read_bytes()

    with pytest.raises(PolicyError) as refused:
        Policies.from_toml({"good.toml": GOOD.read_bytes(), "other.toml": text})

    assert str(refused.value).startswith("other.toml: ")


def test_the_first_and_the_last_workday_may_be_the_same() -> None:
    row = '[refund.claim_workdays]\nis = [5, 5]\nunit = "workdays"\ncounted_from = "outcome"\n'
    cited = 'source = "terms"\nconfidence = "low"\n'

    policies = Policies.from_toml({"good.toml": GOOD.read_bytes() + (row + cited).encode()})

    assert policies.terms("good", None, None).refund_claim_workdays == (5, 5)


def test_no_edition_at_all_is_refused() -> None:
    with pytest.raises(PolicyError) as refused:
        Policies.from_toml({})

    assert str(refused.value).startswith("There is no policy edition at all.")
    assert refused.value.next_step == "Correct the policy file; nothing was decided."


def test_the_order_of_the_files_does_not_matter() -> None:
    given, turned = (Policies.from_toml(dict(texts)) for texts in (TEXTS.items(), TURNED))

    assert turned.editions == given.editions
    assert turned.overlays == given.overlays
    assert [file.overlay for file in given.overlays] == sorted(
        file.overlay for file in given.overlays
    )


def test_an_unknown_edition_is_refused_with_those_there_are() -> None:
    policies = Policies.from_toml(TEXTS)

    with pytest.raises(PolicyError) as refused:
        policies.edition("ed-1999")

    names = ", ".join(file.edition for file in policies.editions)
    assert refused.value.next_step == f"There are: {names}."


def test_an_edition_is_not_later_than_itself() -> None:
    policies = Policies.from_toml(TEXTS)

    assert policies.is_later("ed-2018", "ed-2017")
    assert not policies.is_later("ed-2018", "ed-2018")
    assert not policies.is_later("ed-2017", "ed-2018")
