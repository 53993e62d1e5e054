"""Each saved page or answer lies beside the facts it tells; one failure per fact."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autoclaim.runner import catalogue

payloads = catalogue.flow("aliexpress", "payloads")
SAVED = Path(__file__).with_name("saved")
PAGES = sorted(path for path in SAVED.iterdir() if not path.name.endswith(".expected.json"))


def expected(saved: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        saved.with_name(f"{saved.stem}.expected.json").read_text(encoding="utf-8")
    )
    return found


def read(saved: Path) -> list[dict[str, Any]]:
    return [order.as_facts() for order in payloads.read_saved(saved.name, saved.read_bytes())]


def facts(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict) and value:
        for key, part in value.items():
            yield from facts(part, f"{path}.{key}")
    elif isinstance(value, list) and value:
        for place, part in enumerate(value):
            yield from facts(part, f"{path}[{place}]")
    else:
        yield path, value


ALL_FACTS = [
    pytest.param(page, path, value, id=f"{page.stem}{path}")
    for page in PAGES
    for path, value in facts(expected(page))
]


@pytest.mark.parametrize(("saved", "path", "value"), ALL_FACTS)
def test_the_page_tells_the_fact(saved: Path, path: str, value: object) -> None:
    told = dict(facts(read(saved)))

    assert told.get(path) == value


@pytest.mark.parametrize("saved", PAGES, ids=lambda saved: saved.stem)
def test_the_page_tells_no_other_fact(saved: Path) -> None:
    told = dict(facts(read(saved)))

    assert set(told) - {path for path, _ in facts(expected(saved))} == set()


@pytest.mark.parametrize("saved", PAGES, ids=lambda saved: saved.stem)
def test_names_and_addresses_are_never_taken(saved: Path) -> None:
    told = json.dumps(read(saved), ensure_ascii=False)

    assert "Duarte" not in told
    assert "Rua das Luzes" not in told
    assert "00000-000" not in told
    assert "0011 " not in told
