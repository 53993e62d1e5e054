"""config.toml: what the buyer wants to be told, and where. A typo is named, never passed over."""

import tomllib
from difflib import get_close_matches
from pathlib import Path

from pydantic import BaseModel, ValidationError

from autoclaim.edge.private_files import as_machine_fault
from autoclaim.errors import WrongInput
from autoclaim.model.config import Config, NotifyConfig

CONFIG_NAME = "config.toml"


def read_config(folder: Path) -> Config:
    """The config in `folder` (Places.config); without a file all defaults.

    Raises:
        WrongInput: no TOML, an unknown key (the nearest right word is named), or a wrong value.
    """
    file = folder / CONFIG_NAME
    try:
        with as_machine_fault(file):
            text = file.read_text(encoding="utf-8") if file.exists() else ""
        return Config.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise WrongInput(
            f"{file} is not TOML: {wrong}.", "Correct it; nothing was done."
        ) from None
    except ValidationError as wrong:
        fault = wrong.errors()[0]
        raise _refused(file, [str(part) for part in fault["loc"]], fault["msg"]) from None


def read_channels(folder: Path) -> NotifyConfig:
    """The table [notify] by itself: a mistake elsewhere must not keep itself from being told.

    Where not even that can be read, the defaults; never raises.
    """
    try:
        document = tomllib.loads((folder / CONFIG_NAME).read_text(encoding="utf-8"))
        return NotifyConfig.model_validate(document.get("notify", {}))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError):
        return NotifyConfig()


def _refused(file: Path, path: list[str], because: str) -> WrongInput:
    known = list(_fields(path[:-1]))
    where = ".".join(path)
    if not path or path[-1] in known or not known:
        return WrongInput(f"{file}: {where}: {because}.", "Correct it; nothing was done.")
    near = get_close_matches(path[-1], known, n=1, cutoff=0)
    return WrongInput(
        f"{file}: there is no {where}.", f"Did you mean {near[0]}? Known: {', '.join(known)}."
    )


def _fields(path: list[str]) -> dict[str, type[BaseModel]]:
    """The names that may stand below `path`, each with its model if it is a table."""
    tables: dict[str, type[BaseModel]] = _names_of(Config)
    for name in path:
        model = tables.get(name)
        tables = _names_of(model) if model and issubclass(model, BaseModel) else {}
    return tables


def _names_of(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    kinds = {name: field.annotation for name, field in model.model_fields.items()}
    return {name: kind if isinstance(kind, type) else BaseModel for name, kind in kinds.items()}
