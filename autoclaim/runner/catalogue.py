"""Where the stores are: finds `scenarios/<store>/` and `fixtures/<store>/` and imports from them.

Both folders lie beside the package in a checkout and inside it in a wheel. They are registered
under the package names `autoclaim_scenarios` and `autoclaim_fixtures`, so that nothing of theirs
can clash with another package of the same name, and nothing imports a scenario by another name.

The buyer's own scenario folders come first, file by file: a mended `store.toml` or `pages.py` in
one of them stands in place of the file that came with autoclaim.
"""

import importlib
import sys
import threading
import tomllib
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from autoclaim.errors import MachineFault, WrongInput

if TYPE_CHECKING:
    from autoclaim.model.site import StoreSite

_PACKAGE = Path(__file__).resolve().parents[1]
_one_registers = threading.Lock()  # a visit's scenario gets ready in a thread of its own


def stores(own_folders: Sequence[Path] = ()) -> list[str]:
    """The names of all stores there are scenarios for, sorted.

    Raises MachineFault when autoclaim was installed without its scenarios.
    """
    found = {
        file.parent.name
        for folder in _scenario_folders(own_folders)
        for file in folder.glob("*/store.toml")
    }
    return sorted(found)


def site(
    store: str, origin_override: str | None = None, own_folders: Sequence[Path] = ()
) -> "StoreSite":
    """The store's addresses and guard lists, from its `store.toml`.

    `origin_override` (AUTOCLAIM_STORE_ORIGIN) stands in for all origins; only a loopback
    `http://` origin is accepted, else WrongInput. WrongInput too for a store that is not there.
    """
    from autoclaim.model.origin import loopback_origin
    from autoclaim.model.site import StoreSite
    from autoclaim.model.store_file import tables_of

    file = _file(store, "store.toml", own_folders)
    try:
        table = tables_of(file.read_text(encoding="utf-8"))["site"]
        written = StoreSite(name=store, **table)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as wrong:
        raise WrongInput(
            f"{file}: the table [site] cannot be used ({type(wrong).__name__}).",
            "Correct the file, or remove it to use the one that came with autoclaim.",
        ) from wrong
    if origin_override is None:
        return written
    origin = loopback_origin(origin_override)
    if origin is None:
        raise WrongInput(
            "AUTOCLAIM_STORE_ORIGIN may only name a store on this machine.",
            "Give an origin such as http://127.0.0.1:8000, or unset it to use the real store.",
        )
    return _collapsed(written, origin)


def flow(store: str, name: str, own_folders: Sequence[Path] = ()) -> ModuleType:
    """The module `scenarios/<store>/<name>.py`, imported; WrongInput names what is missing."""
    _file(store, f"{name}.py", own_folders)
    _register("autoclaim_scenarios", _scenario_folders(own_folders))
    return importlib.import_module(f"autoclaim_scenarios.{store}.{name}")


def fixture(store: str, name: str = "server") -> ModuleType:
    """The module `fixtures/<store>/<name>.py` of the local store, imported."""
    folder = _shipped("fixtures")
    if not (folder / store / f"{name}.py").is_file():
        raise WrongInput(
            f"There is no local {store} store: {folder / store / name}.py is missing.",
            "`autoclaim demo` works with the stores that have one.",
        )
    _register("autoclaim_fixtures", [folder])
    return importlib.import_module(f"autoclaim_fixtures.{store}.{name}")


def _file(store: str, name: str, own_folders: Sequence[Path]) -> Path:
    folders = _scenario_folders(own_folders)
    for folder in folders:
        if (folder / store / name).is_file():
            return folder / store / name
    known = stores(own_folders)
    if store not in known:
        raise WrongInput(
            f"autoclaim knows no store named {store!r}.",
            f"Known: {', '.join(known) or 'none'}. scenarios/README.md tells how to add one.",
        )
    raise WrongInput(
        f"The store {store} cannot do this: {folders[-1] / store / name} is missing.",
        "scenarios/README.md lists the files that a store has.",
    )


def _scenario_folders(own_folders: Sequence[Path]) -> list[Path]:
    return [*(folder for folder in own_folders if folder.is_dir()), _shipped("scenarios")]


def _shipped(name: str) -> Path:
    for folder in (_PACKAGE / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise MachineFault(
        f"This installation of autoclaim has no folder {name}.",
        "Install it again: `pip install --force-reinstall autoclaim`.",
    )


def _register(package: str, folders: Sequence[Path]) -> None:
    """Make `package` importable from `folders`, the first of them first."""
    places = [str(folder) for folder in folders]
    with _one_registers:
        present = sys.modules.get(package)
        if present is None or list(present.__path__) != places:
            _put(package, places)


def _put(package: str, places: list[str]) -> None:
    # Other folders than before: what was imported from the former ones must not linger. Another
    # thread may import something meanwhile.
    for name in list(sys.modules):
        if name.startswith(f"{package}."):
            del sys.modules[name]
    module = ModuleType(package, "Scenarios or fixtures, found by autoclaim.runner.catalogue.")
    module.__path__ = places
    module.__spec__ = ModuleSpec(package, loader=None, is_package=True)
    module.__spec__.submodule_search_locations = places
    sys.modules[package] = module


def _collapsed(written: "StoreSite", origin: str) -> "StoreSite":
    """All hosts of the store on one origin, under the same paths."""
    moved = {
        name: origin + address[len("https://") + address.removeprefix("https://").find("/") :]
        if address.startswith("https://")
        else address
        for name, address in written.addresses.items()
    }
    return written.model_copy(
        update={"origins": (origin,), "sign_in_origins": (origin,), "addresses": moved}
    )
