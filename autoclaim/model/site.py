"""What `scenarios/<store>/store.toml` says of a store: addresses and what may pass the guard."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class StoreSite(BaseModel):
    """The store's origins, addresses and guard lists; its words stay with the scenario.

    `origins` are all origins the store uses; `sign_in_origins` those where the password may be
    typed. Under AUTOCLAIM_STORE_ORIGIN both hold only that loopback origin. The guard lists are
    regular expressions that must fit the whole path of an address, or its whole path and query
    (see browser/submit_guard.py):
    `reads` never change anything (whatever their method), `steps` are the state-changing requests
    that filling a form needs (uploads, step changes), `final` the ones that send a claim of any
    kind. `final_of` holds those of a known kind: by kind of claim, and under `never` what no claim
    sends. A pattern may also fit the path, "?" and all that is said with it, unescaped. `names_of`
    are the names under which a request tells the numbers it is about, by `order` and `line`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    title: str
    origins: tuple[str, ...]
    sign_in_origins: tuple[str, ...]
    addresses: dict[str, str]  # name -> path, or full address; may hold {order_id} and the like
    reads: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    final: tuple[str, ...] = ()
    final_of: dict[str, tuple[str, ...]] = {}
    names_of: dict[Literal["order", "line"], tuple[str, ...]] = {}
    sign_in_writes: tuple[str, ...] = ()
