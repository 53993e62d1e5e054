"""`--help` and `--version` are quick because they import next to nothing."""

import json
import subprocess
import sys

import pytest

HEAVY = {
    "playwright",
    "pydantic",
    "rich",
    "keyring",
    "asyncio",
    "ssl",
    "email",
    "sqlite3",
    "structlog",
}
REPORT = """
import json, sys
sys.argv = ["autoclaim", {argument!r}]
from autoclaim.cli import main
try:
    main()
except SystemExit as ended:
    assert not ended.code
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_it_imports_nothing_heavy(argument: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", REPORT.format(argument=argument)],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.partition(".")[0] for name in json.loads(done.stderr)}

    assert "autoclaim" in done.stdout
    assert loaded & HEAVY == set()
