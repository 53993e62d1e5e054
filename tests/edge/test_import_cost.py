import subprocess
import sys

import pytest

HEAVY = {"pydantic", "keyring", "cryptography", "structlog", "filelock", "platformdirs", "rich"}


@pytest.mark.parametrize("module", ["ledger", "places", "locks", "hostile_text"])
def test_what_list_needs_imports_nothing_heavy(module: str) -> None:
    words = f"import sys, autoclaim.edge.{module}; print(*sys.modules)"

    found = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, check=True
    )

    assert HEAVY & set(found.stdout.split()) == set()


def test_secrets_and_sessions_import_no_keychain_before_they_are_asked() -> None:
    words = "import sys, autoclaim.edge.sessions, autoclaim.edge.logs; print(*sys.modules)"

    found = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, check=True
    )

    assert {"keyring", "cryptography", "structlog"} & set(found.stdout.split()) == set()
