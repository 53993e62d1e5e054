"""One pass: look at every account, decide, follow up, remind, write report and calendar."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from autoclaim.edge.ledger import StoredRun
from autoclaim.edge.locks import hold_run
from autoclaim.edge.notify import Output
from autoclaim.edge.places import find_places
from autoclaim.errors import AlreadyRunning, AutoclaimError
from autoclaim.model.deadline import Deadline
from autoclaim.model.reminder import Message
from autoclaim.runner.calendar import write_calendar
from autoclaim.runner.config import read_channels, read_config
from autoclaim.runner.deadline_words import doing, name_of
from autoclaim.runner.deadlines import (
    account_ages,
    all_deadlines,
    all_judged,
    not_put_off,
    open_deadlines,
)
from autoclaim.runner.looking import Looked, look_at, troubles
from autoclaim.runner.mending import mend_if_damaged
from autoclaim.runner.messages import ages_line
from autoclaim.runner.network_home import network_home
from autoclaim.runner.notify import Sent, channels, give
from autoclaim.runner.reminders import open_windows
from autoclaim.runner.report import write_report
from autoclaim.runner.telling import Seen, tell
from autoclaim.runner.wiring import Wiring, as_account

OFTEN_ENOUGH = timedelta(hours=20)  # `--if-due`: a run not longer ago than this is enough
# Of several things that went wrong, the first of these is the exit code (contracts.md 3): what is
# broken here, then what nobody knows how to read, then what waits for the buyer.
WORST_FIRST = (1, 4, 5, 3, 2, 6, 7)


@dataclass(slots=True)
class Ran:
    """What a run did. `lines` are the three that sum it up."""

    looked: Sequence[Looked]
    windows: Sequence[Deadline]
    sent: Sequence[Sent]
    files: dict[str, Path] = field(default_factory=dict)
    faults: list[AutoclaimError] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """The worst that happened."""
        met = {one.exit_code for one in self.looked} | {one.exit_code for one in self.faults}
        met |= {1 for one in self.sent if not one.well}
        return next((code for code in WORST_FIRST if code in met), 0)

    @property
    def lines(self) -> tuple[str, str, str]:
        """What was read, what is open, and what was told and written."""
        return _reading_line(self.looked), _windows_line(self.windows), _telling_line(self)

    def as_json(self) -> dict[str, object]:
        """The document of `run --json`."""
        return {
            "format": 1,
            "exit_code": self.exit_code,
            "accounts": [one.as_json() for one in self.looked],
            "open_windows": len(self.windows),
            "told": [{"channel": one.channel, "fault": one.fault or None} for one in self.sent],
            "files": {name: str(path) for name, path in self.files.items()},
            "lines": list(self.lines),
        }


def is_due(wiring: Wiring) -> bool:
    """Whether the last run is long enough ago, or could not look."""
    last = wiring.ledger.last_run()
    return last is None or not last.looked or not _is_recent(wiring, last)


def _is_recent(wiring: Wiring, last: StoredRun) -> bool:
    """Whether it was a short while ago; a run in the future shows a clock set back."""
    return timedelta(0) <= wiring.now() - last.at < OFTEN_ENOUGH


def run(wiring: Wiring, name: str | None, *, if_due: bool = False) -> Ran | None:
    """One headless pass over all accounts, or the one named. It never fills a form.

    A damaged ledger is mended first. None: `if_due`, and there was a run a short while ago. Only a
    run over all accounts counts as one: after a look at one of them the others are due still.

    Raises:
        AlreadyRunning: another run is going on, or the ledger is damaged and in use.
        WrongInput, MachineFault: config or ledger cannot be used; the channels were told.
    """
    try:
        with hold_run(wiring.places.locks):
            mended = mend_if_damaged(wiring)
            if mended and not _tell_all(wiring, mended):
                wiring.told.say(mended.text.partition("\n")[0])
            return None if if_due and not is_due(wiring) else _pass(wiring, name)
    except AlreadyRunning:
        raise
    except AutoclaimError as error:
        _cry(wiring, error, name)
        raise
    except Exception as fault:
        what = f"autoclaim failed ({type(fault).__name__}); this is a fault of ours."
        _cry(wiring, AutoclaimError(what), name)
        raise


def _pass(wiring: Wiring, name: str | None) -> Ran:
    config = read_config(wiring.places.config)
    last = wiring.ledger.last_run()
    stored = [wiring.ledger.account(name)] if name else wiring.ledger.accounts()
    accounts = [as_account(one) for one in stored]

    looked = look_at(wiring, accounts)
    judged = all_judged(wiring)
    every = all_deadlines(wiring, judged)
    still_open = open_deadlines(wiring, every, judged)

    ages, last_at = account_ages(wiring, still_open), last.at if last else None
    due = not_put_off(wiring, still_open, judged)
    notes = list(filter(None, [network_home(wiring)]))
    seen = Seen(due, ages, list(troubles(looked)), last_at, notes)
    windows = [due.deadline for due in open_windows(still_open, config.reminders, wiring.now())]
    ran = Ran(looked, windows, tell(wiring, config, seen))
    _write(
        wiring,
        ran,
        report=lambda: write_report(wiring, config, judged, every),
        calendar=lambda: write_calendar(wiring, still_open, config.reminders),
    )
    if name is None:
        wiring.ledger.run_finished(StoredRun(wiring.now(), ran.exit_code, ran.lines))
    return ran


def _write(wiring: Wiring, ran: Ran, **makers: Callable[[], Path]) -> None:
    """Report and calendar; one that cannot be written does not stop the other."""
    for name, make in makers.items():
        try:
            ran.files[name] = make()
        except AutoclaimError as fault:
            ran.faults.append(fault)
            wiring.told.say(f"{fault} {fault.next_step}")


def _cry(wiring: Wiring, error: AutoclaimError, name: str | None) -> None:
    """Tell every channel that nothing could be looked at, and keep it where that is possible.

    A timer that asks every hour then tries every hour, and tells the same once a day.
    """
    lines = (f"Nothing was looked at: {error}", f"Next: {error.next_step or 'autoclaim doctor'}")
    if name is None and _was_told(wiring, lines):
        return
    text = "\n\n".join((lines[0], _ages(wiring), lines[1]))
    _tell_all(wiring, Message("autoclaim: could not look", f"{text}\n"))
    if name is None:
        failed = StoredRun(wiring.now(), error.exit_code, lines, looked=False)
        with suppress(AutoclaimError):
            wiring.ledger.run_finished(failed)


def _ages(wiring: Wiring) -> str:
    try:
        return ages_line(account_ages(wiring), wiring.now())
    except AutoclaimError:
        return "How old the facts are cannot be told: the ledger cannot be read."


def _was_told(wiring: Wiring, lines: tuple[str, ...]) -> bool:
    try:
        last = wiring.ledger.last_run()
    except AutoclaimError:
        return False
    return last is not None and last.lines == lines and _is_recent(wiring, last)


def _tell_all(wiring: Wiring, message: Message) -> bool:
    """Give every channel a message that does not wait; whether the terminal is one of them."""
    # The folder as it is: where nothing can be written, the channels may still be read.
    reached = channels(wiring, read_channels(find_places(wiring.settings.home).config))
    for channel in reached:
        give(channel, message)
    return Output.name in {channel.name for channel in reached}


def _reading_line(looked: Sequence[Looked]) -> str:
    if not looked:
        return "Read: no account; judged from what was imported or entered."
    good = [one for one in looked if one.is_read]
    read = f"{len(good)} of {len(looked)} accounts" if len(looked) != len(good) else _many(good)
    counts = [sum(getattr(one, what) for one in good) for what in ("orders", "new", "changed")]
    line = f"Read: {read}, {counts[0]} orders looked at, {counts[1]} new, {counts[2]} changed."
    partly = " ".join(one.fault for one in good if one.fault)
    missed = ", ".join(f"{one.account} ({one.fault})" for one in looked if not one.is_read)
    return " ".join(filter(None, (line, partly, f"Not read: {missed}" if missed else "")))


def _many(looked: Sequence[Looked]) -> str:
    return "1 account" if len(looked) == 1 else f"{len(looked)} accounts"


def _windows_line(windows: Sequence[Deadline]) -> str:
    if not windows:
        return "Open: no window that asks for something."
    first = windows[0]
    many = "1 window" if len(windows) == 1 else f"{len(windows)} windows"
    return f"Open: {many}; first by {first.safe_on}: {doing(first)}, {name_of(first)}."


def _telling_line(ran: Ran) -> str:
    told = ", ".join(one.channel for one in ran.sent if one.well) or "nobody, nothing was due"
    failed = "".join(f" Failed: {one.fault}" for one in ran.sent if not one.well)
    steps = [one.next_step for one in ran.looked]
    steps += [one.next_step for one in ran.sent] + [one.next_step for one in ran.faults]
    step = next(filter(None, steps), "autoclaim report --open")
    return f"Told: {told}.{failed} Next: {step}"
