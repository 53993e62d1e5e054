"""The page that could not be read, without whom and what it is about: `doctor --report`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autoclaim.edge.anonymising import Anonymiser
from autoclaim.edge.private_files import write_privately
from autoclaim.errors import MachineFault, WrongInput
from autoclaim.runner.wiring import Wiring


def write_page_report(wiring: Wiring, file: Path) -> Path:
    """Write one anonymised file about the newest page that could not be read.

    Raises:
        WrongInput: no page was kept.
        MachineFault: something personal would still stand in it; nothing was written.
    """
    kept = _kept(wiring)
    anonymiser = Anonymiser(_names(wiring, kept), _things(wiring))
    for answer in kept["answers"]:
        anonymiser.learn_values(_json_in(answer["text"]))
    for text in wiring.flow(kept["store"], "private_parts").addresses(kept["html"]):
        anonymiser.learn_text(text)
    report = {key: _cleaned(anonymiser, value) for key, value in kept.items()}
    written = json.dumps(report, ensure_ascii=False, indent=1)
    anonymiser.must_be_clean(written)
    write_privately(file, written.encode("utf-8", "replace"))
    return file


def _kept(wiring: Wiring) -> dict[str, Any]:
    try:
        kept: dict[str, Any] = json.loads(wiring.places.unread_page.read_bytes())
    except FileNotFoundError:
        raise WrongInput(
            "There is no page that could not be read.",
            "A report is made after a command has ended with exit code 4.",
        ) from None
    except ValueError:
        raise MachineFault(
            f"{wiring.places.unread_page} is damaged.", "Run the scan again."
        ) from None
    return kept


def _names(wiring: Wiring, kept: dict[str, Any]) -> Iterator[str]:
    """What the buyer is called: by the pages' greeting, and by the accounts' own names."""
    yield from wiring.flow(kept["store"], "private_parts").names(kept["html"])
    yield from (account.email for account in wiring.ledger.accounts())


def _things(wiring: Wiring) -> Iterator[str]:
    """What was bought and from whom: nobody else's business either."""
    for order in wiring.ledger.orders():
        seller, lines = order.facts.get("seller"), order.facts.get("lines")
        if isinstance(seller, dict):
            yield str(seller.get("name") or "")
        for line in lines if isinstance(lines, list) else []:
            yield str(line.get("title") or "")


def _json_in(text: str) -> object:
    """The JSON in an answer, JSONP or not; None for anything else."""
    start, end = text.find("{"), text.rfind("}")
    try:
        return json.loads(text[start : end + 1])
    except ValueError:
        return None


def _cleaned(anonymiser: Anonymiser, value: object) -> object:
    if isinstance(value, str):
        return anonymiser.clean(value)
    if isinstance(value, list):
        return [_cleaned(anonymiser, one) for one in value]
    if isinstance(value, dict):
        return {key: _cleaned(anonymiser, one) for key, one in value.items()}
    return value
