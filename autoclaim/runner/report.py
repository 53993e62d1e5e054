"""The report: everything the ledger holds on one page, judged as of now."""

from collections.abc import Sequence
from pathlib import Path

from autoclaim.edge.ledger import StoredClaim
from autoclaim.edge.report import Card, ClaimRow, Page, RefundRow, Row, Tile, write_page
from autoclaim.errors import WrongInput
from autoclaim.model.config import Config
from autoclaim.model.deadline import Deadline
from autoclaim.model.uncollected import uncollected
from autoclaim.runner.deadline_words import short_basis
from autoclaim.runner.deadlines import (
    account_ages,
    all_deadlines,
    all_judged,
    open_deadlines,
    order_address,
    order_page,
    read_order_key,
)
from autoclaim.runner.listing import Judged
from autoclaim.runner.messages import ages_line
from autoclaim.runner.refunds import Refund, buyers_currency, in_currency, refunds, totals
from autoclaim.runner.reminders import (
    as_due,
    has_closed,
    is_dated,
    is_loud,
    is_over,
    the_day,
    urgency,
)
from autoclaim.runner.report_parts import (
    Clock,
    claim_clock,
    highest_bars,
    last_months,
    money,
    month_rows,
    row_order,
    subscription_row,
    table_row,
    to_do_card,
    together,
    window_bar,
)
from autoclaim.runner.subscription_totals import total_costs
from autoclaim.runner.subscriptions import judged_subscriptions
from autoclaim.runner.wiring import Wiring

REPORT_NAME = "report.html"
MOST_CARDS, MOST_BARS, MOST_REFUNDS = 24, 60, 400
SOON_DAYS = 7


def write_report(
    wiring: Wiring,
    config: Config,
    judged: Sequence[Judged] | None = None,
    deadlines: Sequence[Deadline] | None = None,
    output: Path | None = None,
) -> Path:
    """Write the report and give its path; `judged` and `deadlines` where they are known already.

    Raises `MachineFault` when the file cannot be written.
    """
    known = all_judged(wiring) if judged is None else judged
    every = all_deadlines(wiring, known) if deadlines is None else deadlines
    path = output or wiring.places.data / REPORT_NAME
    with uncollected():
        write_page(path, _Report(wiring, known, every).page(config))
    return path


class _Report:
    """The parts of one report, each from the same moment."""

    def __init__(
        self, wiring: Wiring, judged: Sequence[Judged], every: Sequence[Deadline]
    ) -> None:
        now = wiring.now()
        self._wiring = wiring
        self._clock = Clock(now, the_day(now))
        self._claims = wiring.ledger.claims()
        self._every = sorted(every, key=row_order)
        # Keys are taken apart once: of a long history, and for each claim, it takes a while.
        self._orders = [
            (read_order_key(one.key), one) for one in self._every if one.kind == "order"
        ]
        self._open = [
            one for one in open_deadlines(wiring, every, judged) if not is_over(one, now)
        ]
        loud = [one for one in self._open if is_loud(one) and one.action != "wait"]
        self._to_do = sorted((as_due(one, now) for one in loud), key=urgency)
        self._refunds = refunds(judged)
        self._subscriptions = judged_subscriptions(wiring)
        self._accounts = [account.name for account in wiring.ledger.accounts()]

    def page(self, config: Config) -> Page:
        """The whole page."""
        now = self._clock.now
        windows = [one for one in self._open if is_dated(one) and not has_closed(one, now)]
        dated = sorted((as_due(one, now) for one in windows), key=urgency)
        cards, rows = self._cards(), self._order_rows()
        months = last_months(self._converted(config.report.currency))
        bars = [window_bar(due.deadline, self._clock) for due in dated]
        return Page(
            as_of=f"{self._clock.now.astimezone():%Y-%m-%d}",
            ages=ages_line(account_ages(self._wiring, self._open), self._clock.now),
            tiles=self._tiles(),
            cards=[card for card in cards if card.day],
            waiting=[card for card in cards if not card.day],
            more_cards=max(0, len(self._to_do) - MOST_CARDS),
            ticks=self._clock.ticks(),
            today_at=self._clock.at(self._clock.today),
            bars=bars[:MOST_BARS],
            more_bars=max(0, len(bars) - MOST_BARS),
            claims=[self._claim(claim) for claim in self._claims if claim.blocks],
            months=month_rows(months),
            highest=[f"{most:f} {name}" for name, most in highest_bars(months).items()],
            totals=totals(self._refunds, config.report.currency, self._clock.today),
            refunds=self._refund_rows(),
            orders=[row for row in rows if row.group != "over"],
            past=[row for row in rows if row.group == "over"],
            subscriptions=self._subscription_rows(),
            costs=self._costs(config.report.currency),
            accounts=self._accounts,
        )

    def _converted(self, named: str | None) -> list[Refund]:
        currency = buyers_currency(self._refunds, named)
        return in_currency(self._refunds, currency, self._clock.today)

    def _tiles(self) -> list[Tile]:
        left = [due.days_left for due in self._to_do if due.days_left is not None]
        soon = sum(days <= SOON_DAYS for days in left)
        states = [one.state for one in self._refunds]
        claims = sum(claim.blocks for claim in self._claims)
        late = states.count("overdue")
        return [
            Tile("ask for you", str(len(self._to_do)), "calm", "#now"),
            Tile("of these within 7 days", str(soon), "urgent" if soon else "good", "#now"),
            Tile("claims under way", str(claims), "calm", "#claims"),
            Tile("refunds due", str(states.count("due")), "calm", "#refunds"),
            Tile("refunds overdue", str(late), "urgent" if late else "good", "#refunds"),
        ]

    def _cards(self) -> list[Card]:
        zones = self._clock.zones(self._wiring.ledger.accounts())
        return [
            to_do_card(
                dues,
                order_address(self._wiring, dues[0].deadline),
                zones.get(dues[0].deadline.account or ""),
                self._clock.now,
            )
            for dues in together(self._to_do)[:MOST_CARDS]
        ]

    def _order_rows(self) -> list[Row]:
        several = len(self._accounts) > 1
        return [
            table_row(one, key.order_id, self._page_of(key.store, key.order_id), several=several)
            for key, one in self._orders
        ]

    def _subscription_rows(self) -> list[Row]:
        known = {one.subscription.name: one.subscription for one in self._subscriptions}
        return [
            subscription_row(one, known[one.key])
            for one in self._every
            if one.kind == "subscription"
        ]

    def _costs(self, currency: str | None) -> list[str]:
        try:
            return total_costs(self._wiring, self._subscriptions, currency).lines()
        except WrongInput:  # no rate to the currency of the refunds: each in its own, then
            return total_costs(self._wiring, self._subscriptions, None).lines()

    def _claim(self, claim: StoredClaim) -> ClaimRow:
        about = [
            one
            for key, one in self._orders
            if key[:2] == (claim.store, claim.order_id) and claim.line_id in {None, key.line_id}
        ]
        return ClaimRow(
            claim.order_id,
            self._page_of(claim.store, claim.order_id),
            claim.kind,
            claim.state.replace("_", " "),
            str((claim.receipt or {}).get("reference") or ""),
            claim_clock(claim, about[0]) if about else "",
        )

    def _refund_rows(self) -> list[RefundRow]:
        return [
            RefundRow(
                one.state,
                one.title,
                one.order_id,
                self._page_of(one.store, one.order_id),
                money(one.promised),
                f"{one.due_on} ({short_basis(one.due_basis)})" if one.due_on else "",
                " ".join(filter(None, [money(one.received), str(one.received_on or "")])),
            )
            for one in self._refunds[:MOST_REFUNDS]
        ]

    def _page_of(self, store: str, order_id: str) -> str | None:
        return order_page(self._wiring, store, order_id)
