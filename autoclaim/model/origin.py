"""Origins on this very machine: the only ones that may stand in for a store's."""

import ipaddress
from urllib.parse import urlsplit


def is_this_machine(host: str) -> bool:
    """Whether a host name is this machine: `localhost`, 127.0.0.0/8 or ::1."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def loopback_origin(text: str) -> str | None:
    """The bare `http://host[:port]` that `text` writes when it is this machine's, else None.

    A path, a query, a fragment, a name or a password in it makes it none (contracts.md 4).
    """
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    bare = not (parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc)
    if parts.scheme != "http" or not bare or not is_this_machine(parts.hostname or ""):
        return None
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"http://{host}:{port}" if port else f"http://{host}"
