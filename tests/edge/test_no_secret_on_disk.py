"""Everything one run writes, searched for what must never be written."""

import base64
import json
import logging

import pytest
import structlog

from autoclaim.edge.evidence import ClaimFolder
from autoclaim.edge.ledger import Ledger
from autoclaim.edge.locks import hold_account
from autoclaim.edge.logs import keep_fault, redactor, start_logs
from autoclaim.edge.places import Places
from autoclaim.edge.secrets import Secrets
from autoclaim.edge.sessions import Sessions
from autoclaim.errors import MachineFault
from autoclaim.model.account import Account
from autoclaim.model.claim import Receipt
from tests.edge.builders import NOON, a_draft, an_order

PASSWORD = "un-secreto-de-verdad-7"
COOKIE = "c00kie-value-of-the-session"
PASSPHRASE = "a long enough sentence"


def a_whole_run(places: Places, secrets: Secrets, ledger: Ledger, account: Account) -> None:
    """Signs in, reads, claims and fails, leaving on the disk all that a run leaves there."""
    start_logs(places.logs)
    redactor.learn(PASSWORD)
    state = {"cookies": [{"name": "sid", "value": COOKIE}]}
    sessions = Sessions(places.sessions, secrets, print)
    with hold_account(places.locks, account):
        secrets.set_password(account, PASSWORD)
        ledger.add_account(account.name, store=account.store, email=account.email, at=NOON)
        sessions.seal(account, state, at=NOON)
        logging.getLogger("autoclaim").info("signed in", extra={"cookies": state})
        structlog.get_logger("autoclaim").info("typed", password=PASSWORD, state=f"sid={COOKIE}")
        ledger.see_orders([an_order()], account=account.name, at=NOON)
        claim_id = ledger.start_claim(a_draft(), at=NOON)
        folder = ClaimFolder(places.evidence, claim_id)
        folder.keep_picture("Page", b"png", "https://store.example/order", NOON)
        folder.write_receipt(
            Receipt(result="verified", order_id="1", line_id=None, kind="dispute")
        )
    places.vault.write_bytes(places.vault.read_bytes() + b"changed")
    with pytest.raises(MachineFault) as fault:
        secrets.set_password(account, PASSWORD)
    keep_fault(fault.value, places.logs)


@pytest.mark.usefixtures("logging_as_before")
def test_no_file_of_a_run_holds_password_cookie_or_passphrase(
    places: Places, secrets: Secrets, ledger: Ledger, account: Account
) -> None:
    a_whole_run(places, secrets, ledger, account)

    files = [file for file in places.data.parent.rglob("*") if file.is_file()]
    assert {file.name for file in files} >= {
        "ledger.sqlite3",
        "vault.json",
        "autoclaim.log",
        "receipt.json",
        "index.jsonl",
        "01-page.png",
    }
    for secret in (PASSWORD, COOKIE, PASSPHRASE):
        shapes = [secret.encode(), base64.b64encode(secret.encode()), json.dumps(secret).encode()]
        holding = [str(f) for f in files for shape in shapes if shape in f.read_bytes()]
        assert holding == []
