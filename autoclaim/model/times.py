"""Times as the facts give them: a moment, a day, or a moment without offset (rules.md 1.1)."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

# The clock every edition counts on; a policy file that names another one is refused.
POLICY_CLOCK = ZoneInfo("America/Los_Angeles")

_DAY = re.compile(r"(20[0-9]{2})-([0-9]{2})-([0-9]{2})")
_MOMENT = re.compile(
    r"(20[0-9]{2})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_LONGEST = len("2026-04-01T12:00:00.000000-07:00")  # so that no endless text is kept in the cache
_FARTHEST_OFFSET = timedelta(hours=14)
_ZONE_NAME = re.compile(r"[A-Za-z0-9_+\-]+(?:/[A-Za-z0-9_+\-]+)*")
_LONGEST_ZONE = 64
# Names that depend on how a machine's zone files were installed, not on the zone database.
_NOT_A_ZONE = ("localtime", "posixrules", "posix/", "right/")

Form = Literal["moment", "day", "wall"]


class Time:
    """One time of the facts, read once.

    `form` is `moment` (with offset), `day`, or `wall` (a moment without offset, read on the policy
    clock). `moment` is in UTC, for a day its first moment on the policy clock. `day` is the
    calendar day on the policy clock. `text` is what was written.
    """

    __slots__ = ("_seen", "day", "form", "has_offset", "moment", "text")

    text: str
    form: Form
    moment: datetime
    day: date
    has_offset: bool  # whether the facts fixed the moment themselves

    def __init__(self, text: str, form: Form, moment: datetime, day: date) -> None:
        self.text = text
        self.form = form
        self.moment = moment
        self.day = day
        self.has_offset = form == "moment"
        self._seen: tuple[ZoneInfo | None, date] = (None, day)  # the zone last asked for

    @classmethod
    def read(cls, text: object) -> "Time | None":
        """The time that `text` writes in one of the three forms, or None when it is of no form."""
        if not isinstance(text, str) or len(text) > _LONGEST:
            return None
        return _read(text)

    @classmethod
    def at(cls, moment: datetime) -> "Time":
        """The time of an aware `moment`, as when the document had written it with its offset."""
        return cls(moment.isoformat(), "moment", moment.astimezone(UTC), policy_day(moment))

    def day_in(self, zone: ZoneInfo | None) -> date:
        """The calendar day in `zone`, the buyer's; a day is that day in every zone."""
        seen = self._seen
        if seen[0] is not zone:
            same = zone is None or self.form == "day"
            seen = self._seen = (zone, self.day if same else self.moment.astimezone(zone).date())
        return seen[1]

    def early(self, zone: ZoneInfo | None) -> date:
        """The earlier of the day on the policy clock and the day in the buyer's `zone`."""
        seen = self._seen
        there = seen[1] if seen[0] is zone else self.day_in(zone)
        if there < self.day:
            return there
        return self.day

    def __eq__(self, other: object) -> bool:
        """Equal in every parsed value: the same form and the same moment."""
        if not isinstance(other, Time):
            return NotImplemented
        return self.form == other.form and self.moment == other.moment

    def __hash__(self) -> int:
        return hash((self.form, self.moment))

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Time({self.text!r})"

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: object, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """A string in JSON and in its schema; a `Time` among Python values."""
        written = core_schema.chain_schema(
            [core_schema.str_schema(), core_schema.no_info_plain_validator_function(_must_read)]
        )
        return core_schema.json_or_python_schema(
            json_schema=written,
            python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), written]),
            serialization=core_schema.to_string_ser_schema(),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, object]:
        """The three forms, as a pattern."""
        return {"type": "string", "pattern": f"^({_MOMENT.pattern}|{_DAY.pattern})$"}


def policy_day(moment: datetime) -> date:
    """The calendar day of an aware `moment` on the policy clock."""
    return moment.astimezone(POLICY_CLOCK).date()


@lru_cache(maxsize=1 << 16)
def first_moment(day: date) -> datetime:
    """The first moment of `day` on the policy clock, with that clock's offset."""
    return datetime.combine(day, time(), POLICY_CLOCK)


def zone_named(name: str) -> ZoneInfo | None:
    """The IANA zone called `name`, or None when there is none."""
    return _zone(name) if len(name) <= _LONGEST_ZONE else None


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo | None:
    if _ZONE_NAME.fullmatch(name) is None or name.startswith(_NOT_A_ZONE):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _must_read(text: str) -> Time:
    found = Time.read(text)
    if found is None:
        raise ValueError(
            "neither a moment nor a day: YYYY-MM-DDTHH:MM[:SS][Z|±HH:MM] or YYYY-MM-DD"
        )
    return found


@lru_cache(maxsize=1 << 14)
def _read(text: str) -> Time | None:
    """Times are read through a cache: histories repeat their days, and a `Time` never changes."""
    try:
        if day := _DAY.fullmatch(text):
            shown = date(*map(int, day.groups()))
            return Time(text, "day", first_moment(shown).astimezone(UTC), shown)
        if moment := _MOMENT.fullmatch(text):
            return _read_moment(text, moment)
    except ValueError:  # a day or an hour that does not exist
        return None
    return None


def _read_moment(text: str, parts: re.Match[str]) -> Time | None:
    *digits, offset = parts.groups(default="")
    year, month, day, hour, minute, second = (int(part or 0) for part in digits)
    wall = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - its zone comes next
    if not offset:
        # fold=0 reads a skipped or repeated hour with the offset in force before the change
        return Time(text, "wall", wall.replace(tzinfo=POLICY_CLOCK).astimezone(UTC), wall.date())
    zone = _offset(offset)
    if zone is None:
        return None
    at = wall.replace(tzinfo=zone)
    return Time(text, "moment", at.astimezone(UTC), policy_day(at))


def _offset(text: str) -> timezone | None:
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[4:6])
    distance = timedelta(hours=hours, minutes=minutes)
    if minutes > 59 or distance > _FARTHEST_OFFSET:  # noqa: PLR2004 - minutes of an hour
        return None
    return timezone(-distance if text[0] == "-" else distance)
