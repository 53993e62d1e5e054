"""The terminal: words in, words out. `main` is the entry point of the program."""

import gc
import sys

# Objects made since the last look for what nobody uses. A command makes a few hundred thousand
# that it keeps, and walking over them so often takes a tenth of a second of a claim.
_LOOK_AFTER = 10_000


def main() -> None:
    """Run one command line and exit by the codes of contracts.md, section 3."""
    from autoclaim import __version__

    if sys.argv[1:] == ["--version"]:  # the quickest answer needs no parser
        sys.stdout.write(f"autoclaim {__version__}\n")
        return
    gc.set_threshold(_LOOK_AFTER)
    from autoclaim.cli.ending import run_to_the_end
    from autoclaim.cli.table_of_commands import autoclaim

    sys.exit(run_to_the_end(autoclaim, sys.argv[1:]))
