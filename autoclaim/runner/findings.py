"""What `doctor` finds: one thing looked at, and how it is."""

from collections.abc import Callable
from dataclasses import dataclass

from autoclaim.errors import AutoclaimError


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what was found, or what is wrong and the next step."""

    name: str
    found: str
    next_step: str = ""
    well: bool = True
    exit_code: int = 1

    def as_json(self) -> dict[str, object]:
        """One entry of `doctor --json`."""
        return {
            "name": self.name,
            "well": self.well,
            "found": self.found,
            "next_step": self.next_step or None,
        }


def looked(name: str, look: Callable[[], str]) -> Finding:
    """What `look` tells, or the fault that it raises as a finding."""
    try:
        return Finding(name, look())
    except AutoclaimError as error:
        return failed(name, error)


def failed(name: str, error: AutoclaimError) -> Finding:
    """A fault as a finding."""
    return Finding(name, str(error), error.next_step, well=False, exit_code=error.exit_code)
