"""What the store's pages receive themselves, and what they show where nothing was heard."""

import re
import time

from autoclaim.browser.hearing import Hearing
from autoclaim.browser.visit import Visit
from autoclaim.errors import NeedsPerson

from . import waiting, words
from .envelope import Reply
from .joining import Glimpse
from .payloads import answer, seen_in_page
from .waiting import until

SIGN_IN_ADDRESS = re.compile(r"login\.aliexpress|/login|ug-login-page|passport\.aliexpress|havana")
PUNISH_ADDRESS = re.compile(r"/_____tmd_____/punish")
_USUALLY_WITHIN = 0.6  # seconds for an answer; only then is the page itself looked at
_HEARD_WITHIN = 0.5  # seconds from what a page shows to the end of the answer it shows


class Answers:
    """The answers of one kind that the store's pages receive, each taken once.

    `heard`: what was listened to already, where somebody has begun.
    """

    def __init__(self, visit: Visit, kind: str, heard: Hearing | None = None) -> None:
        self._visit = visit
        self._kind = kind
        self._heard = heard or visit.hear(
            re.compile(re.escape(words.table("replies")[kind]), re.IGNORECASE)
        )

    def take(self) -> list[Reply]:
        """The answers that came since the last time, without waiting.

        Raises:
            NeedsPerson: the store says that nobody is signed in, or wants to see a person.
        """
        heard = self._heard.take()
        replies = [reply for part in heard if (reply := answer(part.address, part.text))]
        if any(reply.signed_out or reply.challenged for reply in replies):
            raise _interrupted()
        return [reply for reply in replies if reply.succeeded and reply.kind == self._kind]

    def wait(self, seconds: float | None = None) -> list[Reply]:
        """The same, waiting until there is one; empty when none came in time."""
        end = time.monotonic() + min(waiting.PATIENCE, seconds or waiting.PATIENCE)
        while not (replies := self.take()) and (left := end - time.monotonic()) > 0:
            self._heard.wait(1, left)
        return replies

    def wait_or_see(self, sign: str) -> list[Reply]:
        """The same, but once `sign` (a selector) is shown, an answer has come or never will.

        A page shows nothing before its answer came; who has not heard it then (it stood in the
        page already, or could not be listened to) has to read what is shown.
        """
        replies = self.wait(_USUALLY_WITHIN)
        shows = self._visit.page.locator(sign)

        def came() -> bool:
            must_be_signed_in(self._visit)
            replies.extend(self.take())
            return bool(replies) or shows.count() > 0

        found = until(self._visit.page, came, rest=self._listen)
        return replies if found and replies else self.wait(_HEARD_WITHIN)

    def _listen(self, milliseconds: float) -> None:
        self._heard.wait(1, milliseconds / 1_000)

    def end(self) -> None:
        """Hear no more."""
        self._heard.stop()


def glimpses_shown(visit: Visit) -> list[Glimpse]:
    """What the page in front shows of each order."""
    must_be_signed_in(visit)
    return seen_in_page(visit.page.content(), visit.page.url)


def must_be_signed_in(visit: Visit) -> None:
    """Raise NeedsPerson when the sign-in box or a security check is in front."""
    if SIGN_IN_ADDRESS.search(visit.page.url) or PUNISH_ADDRESS.search(visit.page.url):
        raise _interrupted()


def _interrupted() -> NeedsPerson:
    return NeedsPerson(
        "The store ended the session, or wants to see a person.",
        "Run `autoclaim sign-in`; what was read so far is kept.",
    )
