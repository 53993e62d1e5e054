"""Pictures of the store's own pages about an order line, taken while reading them."""

from datetime import datetime

from autoclaim.edge.locks import hold_account
from autoclaim.model import Claim
from autoclaim.runner.evidence import OWN_PICTURES, About, order_folder
from autoclaim.runner.wiring import Company, Wiring


def take_pictures(wiring: Wiring, subject: About) -> int:
    """Keep a picture of each page that shows what was promised; gives how many there are.

    Raises:
        NeedsPerson, PageChanged, StoreUnreachable: as the scenario says.
    """
    account = wiring.account(subject.stored.account)
    folder = order_folder(wiring, subject.stored)
    before = len(folder.kept())
    claim = Claim(
        account=account.name,
        store=subject.stored.store,
        order_id=subject.stored.order_id,
        line_id=subject.line_id,
        kind="dispute",
    )

    def keep(title: str, picture: bytes, address: str, taken_at: datetime) -> None:
        shows, line_id = OWN_PICTURES.get(title), subject.line_id
        folder.keep_picture(title, picture, address, taken_at, shows=shows, line_id=line_id)

    company = Company(wiring.told, keep)
    with (
        hold_account(wiring.places.locks, account),
        wiring.visit(account, headed=wiring.reads_in_a_window(), company=company) as visit,
    ):
        wiring.flow(claim.store, "keep_pictures").run(visit, claim)
    return len(folder.kept()) - before
