"""Browser profiles that stay: one folder per account that asked for it, as Chrome keeps it.

A profile meets fewer security checks than a fresh browser (site-facts 1.4), and is less safe than
a sealed session: Chrome writes its cookies itself, and whoever may read the folder is signed in.
"""

import shutil
from pathlib import Path

from autoclaim.edge.file_names import distinct_name
from autoclaim.edge.private_files import as_machine_fault, make_private_folder
from autoclaim.model.account import Account


def profile_folder(profiles: Path, account: Account) -> Path:
    """The account's folder below `profiles`, made for the buyer alone where it is missing.

    Raises `MachineFault` when it cannot be made.
    """
    make_private_folder(profiles)
    return make_private_folder(_folder(profiles, account))


def forget_profile(profiles: Path, account: Account) -> None:
    """Removes the account's profile with everything in it; none there is no fault."""
    folder = _folder(profiles, account)
    with as_machine_fault(folder):
        if folder.exists():
            shutil.rmtree(folder)


def _folder(profiles: Path, account: Account) -> Path:
    return profiles / distinct_name(account.store, account.name)
