"""The buyer's account at a store, as autoclaim keeps it. The password is never part of it."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Account(BaseModel):
    """One account of the buyer: `name` is what the buyer calls it, unique on this machine.

    `level`, `country` (two capitals) and `time_zone` (IANA) are facts about the buyer that the
    rules ask for (contracts.md 1, `buyer`); None = not said. `profile`: its browser keeps a
    profile of its own, in place of the sealed session.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    store: str
    email: str
    added_at: datetime
    level: Literal["silver", "gold", "platinum", "diamond"] | None = None
    country: str | None = None
    time_zone: str | None = None
    profile: bool = False

    def buyer(self) -> dict[str, str]:
        """The `buyer` of a facts document; what is not known is absent."""
        said = {"level": self.level, "country": self.country, "time_zone": self.time_zone}
        return {name: value for name, value in said.items() if value}
