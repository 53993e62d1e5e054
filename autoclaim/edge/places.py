"""Where autoclaim keeps things on this machine. Nothing is read from the environment here."""

from pathlib import Path
from typing import NamedTuple

from autoclaim.edge.private_files import make_private_folder


class Places(NamedTuple):
    """The folders and files of one buyer; `prepare_places` makes the folders."""

    config: Path
    data: Path
    logs: Path

    @property
    def ledger(self) -> Path:
        """The SQLite file of everything seen, decided and done."""
        return self.data / "ledger.sqlite3"

    @property
    def evidence(self) -> Path:
        """One folder per claim, with its pictures, files and receipt."""
        return self.data / "evidence"

    @property
    def sessions(self) -> Path:
        """The sealed browser sessions, one file per account."""
        return self.data / "sessions"

    @property
    def locks(self) -> Path:
        """The lock files, one per account."""
        return self.data / "locks"

    @property
    def profiles(self) -> Path:
        """The browser profiles of the accounts that keep one."""
        return self.data / "profiles"

    @property
    def unread_page(self) -> Path:
        """The newest page that could not be read, made anonymous: for `doctor --report`."""
        return self.data / "unread-page.json"

    @property
    def traces(self) -> Path:
        """What visits did, step by step, where that was asked for."""
        return self.logs / "traces"

    @property
    def vault(self) -> Path:
        """The encrypted file that stands in for a keychain."""
        return self.data / "vault.json"


def find_places(home: str | Path | None) -> Places:
    """The buyer's places: below `home` (AUTOCLAIM_HOME) when given, else the platform's own.

    `home` may begin with `~` and may be relative to the working folder; empty counts as not
    given. Nothing is made and nothing is read.
    """
    if home is None or not str(home).strip():
        return _platform_places()
    root = Path(home).expanduser().absolute()
    return Places(config=root / "config", data=root / "data", logs=root / "logs")


def _platform_places() -> Places:
    from platformdirs import PlatformDirs

    folders = PlatformDirs("autoclaim", appauthor=False)
    return Places(
        config=folders.user_config_path,
        data=folders.user_data_path,
        logs=folders.user_log_path,
    )


def prepare_places(places: Places) -> Places:
    """Makes all folders, readable by the buyer alone, and gives `places` back.

    Raises `MachineFault` when one cannot be made or written, before anything else is done.
    """
    for folder in (
        places.config,
        places.data,
        places.logs,
        places.evidence,
        places.sessions,
        places.locks,
    ):
        make_private_folder(folder)
    return places
