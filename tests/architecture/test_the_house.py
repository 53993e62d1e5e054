"""The house of CONTRIBUTING.md ("Where things are"), held by what stands in the files."""

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path
    for folder in ("autoclaim", "scenarios", "fixtures")
    for path in (ROOT / folder).rglob("*.py")
)
MOST_LINES = {"pages.py": 400}
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, FUNCTION):
            doc = ast.get_docstring(node)
            length = (node.end_lineno or 0) - node.lineno + 1
            yield node.name, length - (doc.count("\n") + 1 if doc else 0)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_short_and_so_are_its_functions(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    long_functions = [f"{name}: {length}" for name, length in functions(path) if length > 50]

    assert lines <= MOST_LINES.get(path.name, 300)
    assert long_functions == []


def test_most_files_and_functions_are_far_below_the_limit() -> None:
    files = [path.read_text(encoding="utf-8").count("\n") for path in SOURCES]
    lengths = [length for path in SOURCES for _, length in functions(path)]

    assert statistics.median(files) <= 110
    assert statistics.median(lengths) <= 9
    assert statistics.quantiles(lengths, n=10)[-1] <= 27


def test_the_package_names_no_store() -> None:
    stores = [
        folder.name
        for folder in (ROOT / "scenarios").iterdir()
        if (folder / "store.toml").exists()
    ]
    naming = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "autoclaim").rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if any(store in line.lower() for store in stores)
    ]

    assert stores
    assert naming == []


def test_every_store_has_its_three_places() -> None:
    places = ["scenarios", "fixtures", "autoclaim/policies"]
    stores = [
        {
            folder.name
            for folder in (ROOT / place).iterdir()
            if folder.is_dir() and folder.name[0] not in "._"
        }
        for place in places
    ]

    assert stores[0] == stores[1] == stores[2]


def test_no_folder_has_a_vague_name() -> None:
    vague = {"utils", "util", "common", "core", "helpers", "misc"}

    assert [path for path in SOURCES if vague & {*path.parts, path.stem}] == []


def test_a_flow_is_one_page_long_and_says_what_a_person_does() -> None:
    flows = [
        path for path in (ROOT / "scenarios").rglob("*.py") if "EFFECT = " in path.read_text()
    ]
    long = [path.name for path in flows if path.read_text().count("\n") > 60]
    silent = [path.name for path in flows if "by hand" not in path.read_text().lower()]

    assert flows
    assert long == []
    assert silent == []


def test_fixtures_and_tests_name_no_real_person() -> None:
    address = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
    files = [
        path
        for folder in ("fixtures", "tests", "scenarios")
        for path in (ROOT / folder).rglob("*")
    ]
    real = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in files
        if path.suffix in {".py", ".json", ".html", ".toml", ".md", ".js"}
        for found in address.finditer(path.read_text(encoding="utf-8"))
        if not found.group(1).endswith((".example", "127.0.0.1"))
    ]

    assert real == []
