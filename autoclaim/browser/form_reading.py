"""Reading the filled form again, however often, and saying what changed in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from autoclaim.errors import AutoclaimError
from autoclaim.model.claim import FieldCheck

Checks = tuple[FieldCheck, ...]


class Form(Protocol):
    """The filled form of a scenario, which can be read again at any moment."""

    def fields(self) -> Mapping[str, str]:
        """Give what the form in the page holds now, by field name."""


def compared(planned: Mapping[str, str], found: Mapping[str, str]) -> Checks:
    """Set each planned field beside what the form holds; a filled field nobody planned comes last.

    >>> [check.agrees for check in compared({"reason": "Late"}, {"reason": "Late", "tip": "1"})]
    [True, False]
    """
    checks = [
        FieldCheck(name=name, planned=value, found=found.get(name))
        for name, value in planned.items()
    ]
    unplanned = [
        FieldCheck(name=name, planned=None, found=value)
        for name, value in found.items()
        if name not in planned and value
    ]
    return (*checks, *unplanned)


def changed(before: Checks, after: Checks) -> tuple[str, ...]:
    """Name the fields that hold something else than before."""
    held = {check.name: check.found for check in before}
    holds = {check.name: check.found for check in after}
    return tuple(name for name in {**held, **holds} if held.get(name) != holds.get(name))


def is_unread(checks: Checks) -> bool:
    """Whether nothing of the form could be read."""
    return all(check.found is None for check in checks)


@dataclass(frozen=True)
class FormReading:
    """The form in its page, and what it was planned to hold."""

    page: Page
    form: Form
    planned: Mapping[str, str]

    def again(self, within: int, or_else: int = 0) -> Checks:
        """Read the form with that many milliseconds for each look; unread fields hold None.

        `or_else`: so many where nothing could be read, as of a page that is busy for a moment.
        """
        found = self._once(within)
        return self._once(or_else) if or_else and is_unread(found) else found

    def _once(self, within: int) -> Checks:
        self.page.set_default_timeout(within)
        try:
            return compared(self.planned, self.form.fields())
        except (PlaywrightError, AutoclaimError, LookupError, ValueError):
            return compared(self.planned, {})
