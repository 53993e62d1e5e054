"""What the buyer was told, by which channel, and how each run ended."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple, cast

from autoclaim.edge.ledger.events import Event, EventTable


class ReminderTold(NamedTuple):
    """One reminder as it was told: of which window, and which lead (days before `safe_on`)."""

    kind: str
    key: str
    action: str
    safe_on: date | None
    lead: int


class StoredRun(NamedTuple):
    """A run over all accounts: when it ended (aware), its exit code, and what it summed up.

    `looked` is False for one that got no further than to say why it could not look.
    """

    at: datetime
    exit_code: int
    lines: tuple[str, ...]
    looked: bool = True


class ReminderEvents(EventTable):
    """What the ledger knows of runs and messages.

    An event that lies in the future shows that the clock was set back since: it does not count,
    so that nothing is kept from the buyer because of a clock that once ran ahead.
    """

    def told(self, channel: str, *, now: datetime) -> set[ReminderTold]:
        """Every reminder that reached the buyer through `channel`, under today's names."""
        renamed = list(self.events("subscription_renamed"))
        return {
            _told(event.body, _name_of_today(event, renamed))
            for event in self.events("reminded")
            if event.body["channel"] == channel and event.at <= now
        }

    def keep_told(self, channel: str, reminders: Iterable[ReminderTold], *, at: datetime) -> None:
        """Keeps that the channel took these reminders; all or none of them."""
        with self.together():
            for one in reminders:
                day = one.safe_on.isoformat() if one.safe_on else None
                body = {**one._asdict(), "safe_on": day, "channel": channel}
                self.record(Event("reminded", at, body=body))

    def topics_told(self, channel: str, *, now: datetime) -> dict[str, datetime]:
        """Topic (`heartbeat`, `digest`, `alarm:…`, `trouble:…`) to when it was last told."""
        return {
            str(event.body["topic"]): event.at
            for event in self.events("notified")
            if event.body["channel"] == channel and event.at <= now
        }

    def keep_topics(self, channel: str, topics: Iterable[str], *, at: datetime) -> None:
        """Keeps that the channel took a message about these topics."""
        with self.together():
            for topic in topics:
                self.record(Event("notified", at, body={"topic": topic, "channel": channel}))

    def run_finished(self, run: StoredRun) -> None:
        """Keeps how a run ended."""
        body = {"exit_code": run.exit_code, "lines": list(run.lines), "looked": run.looked}
        self.record(Event("run_finished", run.at, body=body))

    def last_run(self) -> StoredRun | None:
        """The newest run that came to its end, or None when there was none."""
        event = self.last("run_finished")
        if event is None:
            return None
        lines = cast("list[str]", event.body["lines"])
        code, looked = int(str(event.body["exit_code"])), bool(event.body.get("looked", True))
        return StoredRun(event.at, code, tuple(lines), looked)

    def calendar_entries(self) -> dict[str, Mapping[str, object]]:
        """The newest state of every calendar entry ever written, by its uid."""
        return {str(event.body["uid"]): event.body for event in self.events("calendar_written")}

    def keep_calendar_entry(self, entry: Mapping[str, object], *, at: datetime) -> None:
        """Keeps an entry that is new or has changed; it has a `uid`."""
        self.record(Event("calendar_written", at, body=entry))


def _name_of_today(reminder: Event, renamed: Iterable[Event]) -> str:
    """The key of what was told: a subscription's name, as it was changed since."""
    key = str(reminder.body["key"])
    if reminder.body["kind"] == "subscription":
        for event in renamed:
            if event.id > reminder.id and event.body["name"] == key:
                key = str(event.body["to"])
    return key


def _told(body: Mapping[str, object], key: str) -> ReminderTold:
    day = body["safe_on"]
    return ReminderTold(
        kind=str(body["kind"]),
        key=key,
        action=str(body["action"]),
        safe_on=date.fromisoformat(str(day)) if day else None,
        lead=int(str(body["lead"])),
    )
