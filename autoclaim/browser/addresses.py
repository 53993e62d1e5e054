"""Addresses: whose they are, how they are named in a message, and the store's own, filled in."""

from collections.abc import Mapping
from urllib.parse import quote, urlsplit, urlunsplit

from autoclaim.model.origin import is_this_machine
from autoclaim.model.site import StoreSite

_USUAL_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


def origin_of(address: str) -> str | None:
    """Give `scheme://host[:port]` of an address, or None where it has no origin of its own.

    `about:blank`, `data:`, `blob:` and what cannot be read have none: they are never on a list.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _USUAL_PORTS or not parts.hostname:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    usual = port in (None, _USUAL_PORTS[parts.scheme])
    return f"{parts.scheme}://{host}" if usual else f"{parts.scheme}://{host}:{port}"


def is_loopback(origin: str) -> bool:
    """Whether an origin is this very machine."""
    return is_this_machine(urlsplit(origin).hostname or "")


def without_query(address: str) -> str:
    """Give an address without query and fragment: fit for a message or a record."""
    return address.split("?", 1)[0].split("#", 1)[0]


def store_address(site: StoreSite, name: str, values: Mapping[str, object]) -> str:
    """Fill the address `name` of the store; a path stands on the first of the store's origins.

    An address on an origin that is not the store's is moved onto the first one: that is how all
    hosts collapse onto a loopback store, and why nothing else is ever opened.

    Raises:
        KeyError: the store has no address of that name, or a value for it is missing.
    """
    filled = site.addresses[name].format_map(
        {key: quote(str(value), safe="") for key, value in values.items()}
    )
    if origin_of(filled) in site.origins:
        return filled
    parts = urlsplit(filled)
    home = urlsplit(site.origins[0])
    return urlunsplit((home.scheme, home.netloc, parts.path or "/", parts.query, parts.fragment))
