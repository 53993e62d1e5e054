"""Nothing in the browser folder presses, submits or sends anything by itself."""

import ast
import re
from pathlib import Path

import pytest

BROWSER = Path(__file__).parents[2] / "autoclaim" / "browser"
PRESSING = {
    "check",
    "click",
    "dblclick",
    "dispatch_event",
    "down",
    "drag_to",
    "insert_text",
    "post",
    "press",
    "press_sequentially",
    "request_submit",
    "select_option",
    "set_checked",
    "set_input_files",
    "submit",
    "tap",
    "type",
    "uncheck",
    "up",
}
SENDING = {"http", "httpx", "requests", "socket", "urllib.request", "urllib3"}


@pytest.mark.parametrize("path", sorted(BROWSER.glob("*.py")), ids=lambda path: path.name)
def test_no_code_presses_or_sends(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    imported = {
        name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    } | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert called & PRESSING == set()
    assert imported & SENDING == set()


def test_only_the_origin_guard_fills_a_box() -> None:
    filling = [path.name for path in BROWSER.glob("*.py") if ".fill(" in path.read_text()]

    assert filling == ["origin_guard.py"]


@pytest.mark.parametrize("path", sorted(BROWSER.glob("*.py")), ids=lambda path: path.name)
def test_no_script_run_in_a_page_presses_or_sends(path: Path) -> None:
    texts = [
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]

    assert not [
        text for text in texts if re.search(r"\.(click|submit|requestSubmit)\(|fetch\(", text)
    ]


def test_the_panel_touches_no_control_of_the_store() -> None:
    script = (BROWSER / "panel.js").read_text(encoding="utf-8")

    assert not re.search(
        r"\.(click|submit|requestSubmit|dispatchEvent|sendBeacon|send)\(|\bfetch\(|"
        r"XMLHttpRequest|innerHTML|outerHTML|insertAdjacentHTML|document\.write",
        script,
    )
