"""The terminal: words in, words out. `main` is the entry point of the program."""

import sys


def main() -> None:
    """Run one command line and exit by the codes of contracts.md, section 3."""
    from autoclaim import __version__

    if sys.argv[1:] == ["--version"]:  # the quickest answer needs no parser
        sys.stdout.write(f"autoclaim {__version__}\n")
        return
    from autoclaim.cli.ending import run_to_the_end
    from autoclaim.cli.table_of_commands import autoclaim

    sys.exit(run_to_the_end(autoclaim, sys.argv[1:]))
