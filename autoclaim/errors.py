"""Everything that can go wrong, as a tree; each with its exit code and the next step.

* AutoclaimError          1  a fault of ours or of the machine     → see the log
  + WrongInput            2  the command line or a file is wrong   → correct it, nothing was done
  | + FactsRefused        2  a facts document cannot be read       → the path of the key is named
  | + PolicyError         2  a policy file is wrong                → fix the TOML
  + NeedsPerson           3  a sign-in, a code, a choice           → the buyer acts, we wait
  | + ChoiceNeeded        3  several fit, one is the buyer's       → pick it, or name it
  | + WrongPassword       3  the store refused the password        → `account add` again
  | + Challenged          3  a captcha or code, with a cool-down   → sign in with a window
  | + CoolingDown         3  a challenge was met a while ago       → wait until the moment named
  + PageChanged           4  the page is not what we know          → nothing was guessed; report it
  + OutcomeUnknown        5  sent, but no confirmation seen        → `follow-up`; never resend
  + AlreadyRunning        6  another autoclaim uses this account   → wait for it
  + NotSent               7  the buyer said no, or nobody came     → nothing was sent
  + StoreUnreachable      1  the store did not answer, or with 5xx → try again later
  + MachineFault          1  no browser, keychain, or room         → the command that mends it

Who raises one says in one sentence what happened and, in `next_step`, what the buyer does now.
"""

from collections.abc import Sequence
from datetime import datetime


class AutoclaimError(Exception):
    """Base of all; `str(error)` is one sentence, `next_step` one more (may be empty)."""

    exit_code = 1

    def __init__(self, what_happened: str, next_step: str = "") -> None:
        super().__init__(what_happened)
        self.next_step = next_step


class WrongInput(AutoclaimError):
    """The command line or a file given to it is wrong; nothing was done."""

    exit_code = 2


class FactsRefused(WrongInput):
    """A facts document that cannot be read; `path` is where (`orders[0].lnes`)."""

    def __init__(self, path: str, because: str) -> None:
        super().__init__(f"{path}: {because}", "Correct the facts document; nothing was done.")
        self.path = path


class PolicyError(WrongInput):
    """A policy file is wrong."""


class NeedsPerson(AutoclaimError):
    """Something only the buyer can do: a sign-in, a code, a captcha, a choice."""

    exit_code = 3


class ChoiceNeeded(NeedsPerson):
    """Only the buyer can pick one of `options`, the store's words; `option` takes the pick."""

    def __init__(self, question: str, options: Sequence[str], option: str) -> None:
        super().__init__(question, f"Choose one of these with {option}: {'; '.join(options)}")
        self.options = tuple(options)


class WrongPassword(NeedsPerson):
    """The store refused the e-mail or the password."""


class Challenged(NeedsPerson):
    """A captcha or a code was asked where nobody could answer; the runner stores a cool-down."""


class CoolingDown(NeedsPerson):
    """A challenge was met a short while ago; `until` is when reading may go on (aware)."""

    def __init__(self, until: datetime) -> None:
        super().__init__(
            "The store asked for a person a short while ago; autoclaim rests until "
            f"{until.astimezone():%H:%M %Z}.",
            "Sign in yourself with `autoclaim sign-in`, or try again then.",
        )
        self.until = until


class PageChanged(AutoclaimError):
    """The page at `address` is not what the scenario knows: `looked_for` was not found."""

    exit_code = 4

    def __init__(self, address: str, looked_for: str) -> None:
        super().__init__(
            f"The page {address} is not what autoclaim knows: {looked_for} was not found.",
            "Nothing was guessed and nothing was sent. Report it: `autoclaim doctor --report` "
            "writes the page without names and numbers.",
        )
        self.address = address
        self.looked_for = looked_for


class OutcomeUnknown(AutoclaimError):
    """The buyer sent something, but no confirmation was seen: reread, never resend."""

    exit_code = 5


class AlreadyRunning(AutoclaimError):
    """Another autoclaim is at work on this account."""

    exit_code = 6


class NotSent(AutoclaimError):
    """Nothing was sent; `reason` is "declined", "closed" (the window) or "timed out"."""

    exit_code = 7

    def __init__(self, what_happened: str, next_step: str = "", reason: str = "declined") -> None:
        super().__init__(what_happened, next_step)
        self.reason = reason


class StoreUnreachable(AutoclaimError):
    """The store did not answer, or answered with a server error."""


class MachineFault(AutoclaimError):
    """Something is missing on this machine: a browser, a keychain, room on the disk."""
