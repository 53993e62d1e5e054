"""Tell every channel what it has not told yet: one message each, and nothing twice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from autoclaim.edge.ledger import ReminderTold
from autoclaim.edge.notify import Channel
from autoclaim.errors import MachineFault
from autoclaim.model.config import Config, ReminderConfig
from autoclaim.model.deadline import Deadline
from autoclaim.model.reminder import Age, Due
from autoclaim.runner.deadline_words import name_of, next_step
from autoclaim.runner.messages import (
    Trouble,
    ages_line,
    due_lines,
    due_title,
    gap_lines,
    put_together,
)
from autoclaim.runner.notify import Sent, channels, give
from autoclaim.runner.reminders import as_told, due_reminders, is_loud, is_pressing, open_windows
from autoclaim.runner.wiring import Wiring


@dataclass(frozen=True, slots=True)
class Seen:
    """What a run saw: the open deadlines, how old each account's facts are, and what failed.

    `notes` are no failures: each is told once.
    """

    deadlines: Sequence[Deadline]
    ages: Sequence[Age] = ()
    troubles: Sequence[Trouble] = ()
    last_run_at: datetime | None = None
    notes: Sequence[Trouble] = ()


@dataclass(slots=True)
class _Draft:
    """A message before it is put together, and what to keep once it was taken."""

    title: str = ""
    blocks: list[list[str]] = field(default_factory=list)
    step: str = ""
    dues: list[Due] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)

    def add(self, title: str, lines: list[str], step: str) -> None:
        """The first to speak gives the title and the next step."""
        self.title = self.title or title
        self.step = self.step or step
        self.blocks.append(lines)


@dataclass(frozen=True, slots=True)
class _Told:
    """What one channel told before: topics with their moments, reminders; and this moment."""

    topics: dict[str, datetime]
    reminders: set[ReminderTold]
    now: datetime

    def since(self, topic: str) -> timedelta:
        """How long ago the topic was told; for ever if never."""
        at = self.topics.get(topic)
        return self.now - at if at else timedelta.max

    def within(self, days: int, topic: str) -> bool:
        # Half a day of leeway: a daily timer is never quite a whole number of days apart.
        return self.since(topic) < timedelta(days=days) - timedelta(hours=12)


def tell(wiring: Wiring, config: Config, seen: Seen) -> list[Sent]:
    """One message to each channel that has something to say; what failed stays due.

    What was told but could not be kept (a full disk) is told again: late rather than never.
    """
    sent = []
    for channel in channels(wiring, config.notify):
        draft = _draft(wiring, channel, config.reminders, seen)
        if draft.blocks:
            sent.append(_send(wiring, channel, draft, seen))
    return sent


def _send(wiring: Wiring, channel: Channel, draft: _Draft, seen: Seen) -> Sent:
    now = wiring.now()
    around = [gap_lines(seen.last_run_at, now), *draft.blocks, [ages_line(seen.ages, now)]]
    answer = give(channel, put_together(draft.title, around, draft.step))
    if not answer.well:
        return answer
    try:
        wiring.ledger.keep_told(channel.name, as_told(draft.dues), at=now)
        wiring.ledger.keep_topics(channel.name, draft.topics, at=now)
    except MachineFault as fault:  # a full disk: the next channel gets its message all the same
        return Sent(
            channel.name,
            f"{channel.name} was told, which could not be kept: {fault}",
            fault.next_step,
        )
    return answer


def _draft(wiring: Wiring, channel: Channel, config: ReminderConfig, seen: Seen) -> _Draft:
    """What this channel is to be told, the most urgent first."""
    now = wiring.now()
    draft = _Draft()
    ledger, name = wiring.ledger, channel.name
    told = _Told(ledger.topics_told(name, now=now), ledger.told(name, now=now), now)
    _add_windows(draft, seen, config, told)
    for trouble in _news(seen, told):
        draft.add(_trouble_title(trouble), _trouble_lines(trouble), trouble.next_step)
        draft.topics.append(trouble.topic)
    for note in seen.notes:
        if note.topic not in told.topics:
            draft.add(note.title, [note.what_happened], note.next_step)
            draft.topics.append(note.topic)
    for age in _unread_for_long(seen.ages, config.alarm_days, told):
        draft.add(f"{age.account} was not read for days", _alarm(age, now), _look(age))
        draft.topics.append(f"alarm:{age.account}")
    if not draft.blocks and not seen.troubles and _heartbeat_due(config, told):
        draft.add("looked, nothing to do", _heartbeat(seen), "autoclaim list --open")
        draft.topics.append("heartbeat")
    draft.topics.append("spoken")
    return draft


def _add_windows(draft: _Draft, seen: Seen, config: ReminderConfig, told: _Told) -> None:
    """The windows that are due; with a digest all open ones at its time, else what presses."""
    dues, title = due_reminders(seen.deadlines, told.reminders, config, told.now), due_title
    if config.digest_days:
        if told.within(config.digest_days, "digest"):
            dues = [due for due in dues if is_pressing(due, told.reminders)]
        else:
            every = open_windows(seen.deadlines, config, told.now, told.reminders)
            listed = {due.deadline.key for due in every}
            dues = every + [due for due in dues if due.deadline.key not in listed]
            draft.topics.append("digest")
            title = _digest_title
    if dues:
        draft.add(title(dues), due_lines(dues), next_step(dues[0].deadline))
        draft.dues = dues


def _digest_title(dues: Sequence[Due]) -> str:
    return f"{len(dues)} open windows, the first: {due_title(dues[:1])}"


def _news(seen: Seen, told: _Told) -> Iterator[Trouble]:
    """What failed and was not told since the account was last read well."""
    good = {age.account: age.read_at for age in seen.ages}
    for trouble in seen.troubles:
        before, read_at = told.topics.get(trouble.topic), good.get(trouble.account)
        read_since = before and read_at and before < read_at
        if before is None or (read_since and not trouble.title):
            yield trouble


def _trouble_title(trouble: Trouble) -> str:
    return trouble.title or f"{trouble.account} could not be read, you are needed"


def _trouble_lines(trouble: Trouble) -> list[str]:
    if trouble.title:
        return [trouble.what_happened, trouble.next_step]
    return [f"{trouble.account} could not be read: {trouble.what_happened}", trouble.next_step]


def _unread_for_long(ages: Sequence[Age], days: int, told: _Told) -> list[Age]:
    """The accounts without a good reading for so many days, told again as often."""
    limit = timedelta(days=days)
    return [
        age
        for age in ages
        if not age.is_removed
        and told.now - (age.read_at or age.added_at) >= limit
        and not told.within(days, f"alarm:{age.account}")
    ]


def _alarm(age: Age, now: datetime) -> list[str]:
    days = (now - (age.read_at or age.added_at)).days
    return [
        f"{age.account} was not read for {days} days.",
        "Windows may open and close without being seen until it is.",
    ]


def _look(age: Age) -> str:
    return f"autoclaim scan --account {age.account}"


def _heartbeat_due(config: ReminderConfig, told: _Told) -> bool:
    days = config.heartbeat_days
    return bool(days) and not told.within(days, "spoken")


def _heartbeat(seen: Seen) -> list[str]:
    dated = [one for one in seen.deadlines if is_loud(one) and one.safe_on]
    if not dated:
        return ["Looked: nothing to do, and no window is open."]
    soonest = min(dated, key=lambda one: (one.safe_on is None, one.safe_on))
    return [f"Looked: nothing to do. The next window: {name_of(soonest)}, by {soonest.safe_on}."]
