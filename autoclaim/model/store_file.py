"""What a `store.toml` says, parsed once: the runner reads it, and the store's own scenario too."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

_STORES = 8  # more than there are, and a mended file beside the one that came along


@lru_cache(_STORES)
def tables_of(text: str) -> Mapping[str, Any]:
    """The tables of the file with this text; for reading only, because others read them too.

    Raises `tomllib.TOMLDecodeError` for a text that is no TOML.
    """
    return tomllib.loads(text)
