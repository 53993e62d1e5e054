"""The policy editions that ship with autoclaim, read from the package's own TOML files."""

from functools import cache
from importlib.resources import files

from autoclaim.rules import Policies


@cache
def policies() -> Policies:
    """All editions and overlays of all stores.

    Raises:
        PolicyError: a policy file is wrong; the message names the file and the place.
    """
    folder = files("autoclaim") / "policies"
    return Policies.from_toml(
        {
            f"{store.name}/{file.name}": file.read_bytes()
            for store in folder.iterdir()
            if store.is_dir()
            for file in store.iterdir()
            if file.name.endswith(".toml")
        }
    )
