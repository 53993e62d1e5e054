"""The shipped policies, read once for all rule tests, and the moment used when none is given."""

from datetime import UTC, datetime
from pathlib import Path

from autoclaim.model import Decision, Facts
from autoclaim.rules import Policies, decide

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "autoclaim" / "policies" / "aliexpress"
TEXTS = {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.toml"))}
POLICIES = Policies.from_toml(TEXTS)
CLOCK = datetime(2026, 4, 10, 19, tzinfo=UTC)


def decided(document: dict[str, object]) -> list[Decision]:
    """The decisions for a facts document of plain JSON values."""
    return decide(Facts.model_validate(document), POLICIES, CLOCK)
