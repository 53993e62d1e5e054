"""The buyer's account at a store, as autoclaim keeps it. The password is never part of it."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class Account(BaseModel):
    """One account of the buyer: `name` is what the buyer calls it, unique on this machine."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    store: str
    email: str
    added_at: datetime
