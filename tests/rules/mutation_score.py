"""The mutation score of `autoclaim/rules/`, file by file, from what mutmut has kept.

    make mutate                          # runs mutmut, then this
    python tests/rules/mutation_score.py

A mutant counts as killed when a test fails or does not end. One that no test reaches, or that was
not tried yet, counts as alive.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ALIVE = {0: "survived", 5: "no test", 33: "no test"}  # mutmut's exit codes; all others killed it


def main() -> None:
    """Print one row a file, then the whole."""
    whole: Counter[str] = Counter()
    for name, found in sorted(_files()):
        whole += found
        _say(name, found)
    _say("all", whole)


def _files() -> Iterator[tuple[str, Counter[str]]]:
    folder = ROOT / "mutants" / "autoclaim" / "rules"
    for path in folder.rglob("*.meta"):
        codes = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"].values()
        found = Counter(
            "not tried" if code is None else ALIVE.get(code, "killed") for code in codes
        )
        if found:
            yield str(path.relative_to(folder).with_suffix("")), found


def _say(name: str, found: Counter[str]) -> None:
    score = f"{100 * found['killed'] / found.total():6.1f} %" if found else "       -"
    rest = ", ".join(
        f"{count} {what}" for what, count in sorted(found.items()) if what != "killed"
    )
    sys.stdout.write(f"{name:<24} {score} of {found.total():>5}   {rest}\n")


if __name__ == "__main__":
    main()
