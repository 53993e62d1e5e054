"""Make fixtures of a page report: what `autoclaim doctor --report` wrote, in one command.

    python tests/pages/adopt.py autoclaim-page-report.json NAME

Writes the page and each answer it received into tests/pages/saved/, each with the facts that are
read from it today beside it. Correct those by hand to what the page really tells: the test then
fails until the reader is mended. Nothing that is there already is overwritten.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from autoclaim.errors import WrongInput
from autoclaim.runner import catalogue

SAVED = Path(__file__).with_name("saved")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("report", type=Path)
    asked.add_argument("name")
    asked.add_argument("--into", type=Path, default=SAVED)
    options = asked.parse_args()
    report = json.loads(options.report.read_text(encoding="utf-8"))
    for file, content in fixtures(report, options.name):
        place = options.into / file
        facts = place.with_name(f"{place.stem}.expected.json")
        if place.exists() or facts.exists():
            raise SystemExit(f"{place} is there already: choose another name.")
        place.write_text(content, encoding="utf-8")
        facts.write_text(read_today(report["store"], file, content), encoding="utf-8")
        print(f"{place}\n{facts}")
    print(f"What was not found: {report['looked_for']}. Now correct the expected facts.")


def fixtures(report: dict[str, object], name: str) -> Iterator[tuple[str, str]]:
    """File name and content of the page, if it stood, and of each answer that was heard."""
    address, html, answers = (report[key] for key in ("address", "html", "answers"))
    if html:
        saved_from = f"<!-- saved from url=({len(str(address)):04d}){address} -->"
        yield f"{name}.html", f"{saved_from}\n{html}"
    for place, answer in enumerate(answers if isinstance(answers, list) else [], start=1):
        yield f"{name}_{place}.json", answer["text"]


def read_today(store: str, file: str, content: str) -> str:
    """The facts that are read from it now; none from what is refused."""
    payloads = catalogue.flow(store, "payloads")
    try:
        orders = [order.as_facts() for order in payloads.read_saved(file, content.encode())]
    except WrongInput:
        orders = []
    return json.dumps(orders, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
