"""The cases of the specification, read in place where they lie beside the project."""

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.rules.shipped import ROOT

FOLDER = ROOT.parent / "shared" / "cases"


def cases() -> list[dict[str, Any]]:
    """The cases, none when the folder is not there."""
    path = FOLDER / "rules.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []


def faults(expected: dict[str, Any], decision: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Where a decision differs from what a case expects, as the cases' own runner compares."""
    runner = _runner(FOLDER / "run_cases.py")
    yield from runner.differences(expected, decision)
    yield from runner.general_faults(decision)


def _runner(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_cases", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
