"""Subscriptions from a CSV file: all of its rows, or none."""

import csv
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from autoclaim.errors import WrongInput
from autoclaim.model.subscription import Subscription
from autoclaim.runner.subscriptions import read_subscription
from autoclaim.runner.wiring import Wiring

# A column is named as the option of `subscription add`, or as the field.
COLUMNS = {
    "started": "started_on",
    "renews": "renews_on",
    "margin": "margin_days",
}
MONEY = {"price", "trial_price"}
YES, NO = {"yes", "true", "1"}, {"no", "false", "0"}
MOST_BYTES = 5_000_000


class Imported(NamedTuple):
    """How many subscriptions were new, changed, and the same as before."""

    new: int
    changed: int
    unchanged: int


def import_subscriptions(wiring: Wiring, file: Path) -> Imported:
    """Keep the subscriptions of a CSV file with a header; what it says of a known one counts.

    Raises:
        WrongInput: a file, a column or a row that cannot be read; nothing was stored.
    """
    wanted = [_read(number, row) for number, row in _rows(file)]
    names = [one.key for one in wanted]
    for one in wanted:
        if names.count(one.key) > 1:
            raise WrongInput(f"{file.name} names {one.name} twice.", "Nothing was done.")
    imported = Imported(0, 0, 0)
    with wiring.ledger.together():
        known = wiring.ledger.subscriptions()
        for one in wanted:
            imported = _keep(wiring, one, known.get(one.key), imported)
    return imported


def _keep(wiring: Wiring, one: Subscription, before: Any, so_far: Imported) -> Imported:  # noqa: ANN401
    if before is None:
        wiring.ledger.add_subscription(one.as_json(), at=wiring.now())
        return so_far._replace(new=so_far.new + 1)
    if before.facts == one.as_json():
        return so_far._replace(unchanged=so_far.unchanged + 1)
    wiring.ledger.edit_subscription(one.as_json(), at=wiring.now())
    return so_far._replace(changed=so_far.changed + 1)


def _rows(file: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    text = _text(file)
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.DictReader(text.splitlines(), delimiter=delimiter, strict=True)
    _check_header(reader.fieldnames or [])
    try:
        for row in reader:
            if None in row or None in row.values():
                raise WrongInput(
                    f"Row {reader.line_num} has not as many cells as the header.",
                    "Nothing was done.",
                )
            yield reader.line_num, row
    except csv.Error as fault:
        raise WrongInput(f"Row {reader.line_num}: {fault}.", "Nothing was done.") from None


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise WrongInput(f"{file} is too large for a list of subscriptions.")
        return file.read_bytes().decode("utf-8-sig")
    except OSError as fault:
        raise WrongInput(
            f"{file} cannot be read: {fault.strerror}.", "Nothing was done."
        ) from None
    except UnicodeDecodeError:
        raise WrongInput(f"{file} is not UTF-8.", "Save it as “CSV UTF-8”.") from None


def _check_header(header: Any) -> None:  # noqa: ANN401 - csv's own type is narrower than it is
    known = [*Subscription.model_fields, *COLUMNS, "currency"]
    for name in map(_field, header):
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"Known are: {', '.join(known)}."
            raise WrongInput(f"There is no column {name!r}.", hint)
    missing = {"name", "price", "currency", "every"} - set(map(_field, header))
    if missing:
        raise WrongInput(
            f"A column is missing: {', '.join(sorted(missing))}.", "Nothing was done."
        )


def _field(column: str) -> str:
    name = column.strip().lower().replace("-", "_").replace(" ", "_")
    return COLUMNS.get(name, name)


def _read(number: int, row: Mapping[str, str]) -> Subscription:
    cells = {_field(name): cell.strip() for name, cell in row.items() if cell and cell.strip()}
    currency = cells.pop("currency", "")
    facts: dict[str, Any] = dict(cells)
    for name in MONEY & set(cells):
        facts[name] = {"amount": cells[name], "currency": currency.upper()}
    try:
        return read_subscription(facts)
    except WrongInput as wrong:
        raise WrongInput(f"Row {number}: {wrong}", "Nothing was done.") from None
