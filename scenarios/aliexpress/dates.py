"""Days and moments as the store prints them → ISO texts of the facts.

A format is tried as it stands; nothing is guessed. A date that no format fits (one without a year,
a range) comes back as it was printed, so that it shows up as unreadable instead of vanishing.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache

from autoclaim.model import Time

from . import words
from .repeated import kept

_CLOCK = r"(?:(?P<hh>[01]?\d|2[0-3]):(?P<mm>[0-5]\d)(?::(?P<ss>[0-5]\d))?)"
_YEARS = range(2000, 2100)
_YEAR = re.compile(r"\d{4}")  # no format is without one
_LONGEST_NUMBER = 13  # digits of milliseconds until 2286; more is no moment of this era
_NAME = r"\d{0,2}[^\W\d_]+"  # one word, as nearly all months are: "march", "9월"


def day(printed: str | None, language: str | None = None) -> str | None:
    """A printed date as `YYYY-MM-DD`, with its time of day (no offset) when one is printed.

    `language` (`pt`, `de` …) opens the formats that read one way there and another way elsewhere.
    None for no text; the text itself when no format fits it.
    """
    if printed is None or not printed.strip():
        return None
    return read_day(printed, language) or " ".join(printed.split())


def read_day(printed: str, language: str | None = None) -> str | None:
    """The same, but None when no format fits."""
    return _day_of_year(" ".join(printed.split()), language) if _YEAR.search(printed) else None


@kept
def _day_of_year(cleaned: str, language: str | None) -> str | None:
    for pattern in _patterns(language):
        found = pattern.fullmatch(cleaned)
        iso = found and _iso(found)
        if iso:
            return iso
    return None


def moment(milliseconds: str | None) -> str | None:
    """Milliseconds since 1970 (digits) as an ISO moment in UTC, whole seconds."""
    if not milliseconds:
        return None
    if (
        not (milliseconds.isascii() and milliseconds.isdigit())
        or len(milliseconds) > _LONGEST_NUMBER
    ):
        return milliseconds
    when = datetime.fromtimestamp(int(milliseconds) // 1000, UTC)
    return when.strftime("%Y-%m-%dT%H:%M:%SZ") if when.year in _YEARS else milliseconds


def earlier(one: str | None, other: str | None) -> str | None:
    """The one that falls on the earlier day; the readable one when the other cannot be read."""
    times = [time for time in (one, other) if time]
    readable = [time for time in times if Time.read(time)]
    return min(readable or times, key=_day_of, default=None)


def days_after(start: object, days: int) -> str | None:
    """The day so many days after the day of `start` on the store's clock; that day is day 0."""
    time = Time.read(start)
    return (time.day + timedelta(days=days)).isoformat() if time else None


def _day_of(written: str) -> date:
    time = Time.read(written)
    return time.day if time else date.max


def last_day_in(printed: str | None, language: str | None = None) -> str | None:
    """The last date within a text that has other words too; the text itself when there is none."""
    if printed is None or not printed.strip():
        return None
    return _last_day(" ".join(printed.split()), language)


@kept
def _last_day(cleaned: str, language: str | None) -> str | None:
    found = list(_days_in(cleaned, language))
    return day(found[-1], language) if found else cleaned


def _days_in(cleaned: str, language: str | None) -> Iterator[str]:
    """All that is printed like a day and names a month, in its order."""
    like_a_day, place = _any_date(language), 0
    while found := like_a_day.search(cleaned, place):
        is_one = _names_a_month(found[0], language)
        if is_one:
            yield found[0]
        place = found.end() if is_one else found.start() + 1


def _names_a_month(printed: str, language: str | None) -> bool:
    read = (pattern.fullmatch(printed) for pattern in _patterns(language))
    return any(found is not None and _month(found) is not None for found in read)


@cache
def _any_date(language: str | None) -> re.Pattern[str]:
    return re.compile(_without_names(_patterns(language)), re.IGNORECASE)


def _without_names(patterns: Iterable[re.Pattern[str]]) -> str:
    known = "|".join(pattern.pattern for pattern in patterns)
    return rf"(?<!\w)(?:{re.sub(r'[?]P<[a-z_]+>', '?:', known)})(?!\w)"


def holds_day(printed: str) -> bool:
    """Whether a day in a known format stands in the text."""
    return any(_days_in(" ".join(printed.split()), None))


def promised_days(texts: Iterable[str], promise: str) -> list[str]:
    """The days printed with the words of `promise` (store.toml [promises]) in any of `texts`.

    A day in an unknown format is among them as it was printed.
    """
    found = []
    for printed in texts:
        cleaned = " ".join(printed.split())
        for sentence in words.table("promises")[promise]:
            if not _first_words(sentence).search(cleaned):
                continue
            readable, printed_so = _promise_patterns(sentence)
            match = readable.search(cleaned) or (printed_so and printed_so.search(cleaned))
            if match:
                found.append(day(match["day"]) or "")
                break
    return found


@cache
def _first_words(sentence: str) -> re.Pattern[str]:
    """The first words of a wording: quickly made, where the pattern of any day takes a moment."""
    before, _, after = sentence.partition("{day}")
    return re.compile(re.escape(before or after), re.IGNORECASE)


@cache
def _promise_patterns(sentence: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    """How a wording reads with a date in a known format, and with any other."""
    unnamed = _without_names(_patterns(None))
    before, _, after = (re.escape(part) for part in sentence.partition("{day}"))
    readable = re.compile(rf"{before}(?P<day>{unnamed}){after}", re.IGNORECASE)
    other = re.compile(rf"{before}(?P<day>[^·•;|<]{{4,40}})", re.IGNORECASE) if before else None
    return readable, other


@cache
def _patterns(language: str | None) -> tuple[re.Pattern[str], ...]:
    formats = words.table("dates")
    own = formats.get(language or "", []) if language in formats["languages"] else []
    return tuple(_pattern(form) for form in [*formats["any"], *own])


def _pattern(form: str) -> re.Pattern[str]:
    """A format of store.toml as a pattern, with a time of day before or after the date or none."""
    parts = {
        "{month}": rf"(?P<month>{_like_a_month()})\.?",
        "{d}": r"(?P<d>\d{1,2})(?:\.|st|nd|rd|th|er)?",
        "{dd}": r"(?P<d>\d{2})",
        "{M}": r"(?P<m>\d{1,2})",
        "{MM}": r"(?P<m>\d{2})",
        "{y}": r"(?P<y>\d{4})",
    }
    spelled = re.escape(form).replace(r"\{", "{").replace(r"\}", "}")
    for name, part in parts.items():
        spelled = spelled.replace(name, part)
    return re.compile(
        rf"(?:{_CLOCK}\s)?{spelled}" + rf"(?:,?\s{_CLOCK.replace('?P<', '?P<after_')})?",
        re.IGNORECASE,
    )


def _iso(found: re.Match[str]) -> str | None:
    parts, month = found.groupdict(), _month(found)
    if month is None or int(parts["y"]) not in _YEARS:
        return None
    try:
        on = date(int(parts["y"]), month, int(parts["d"])).isoformat()
    except ValueError:
        return None
    hour, minute = (parts[name] or parts[f"after_{name}"] for name in ("hh", "mm"))
    second = parts["ss"] or parts["after_ss"]
    return f"{on}T{int(hour):02d}:{minute}" + (f":{second}" if second else "") if hour else on


def _month(found: re.Match[str]) -> int | None:
    """The month by its number or name; None for a word that is none."""
    parts = found.groupdict()
    if parts.get("m"):
        return int(parts["m"])
    return _months().get((parts.get("month") or "").casefold())


@cache
def _months() -> dict[str, int]:
    """Month names and abbreviations in all languages → number."""
    months = words.table("months").items()
    return {name: int(number) for number, names in months for name in names}


@cache
def _like_a_month() -> str:
    """Any word, and the names of more than one.

    All names in each of the formats would take a tenth of a second to compile.
    """
    others = [name for name in _months() if not re.fullmatch(_NAME, name)]
    return "|".join([*map(re.escape, sorted(others, key=len, reverse=True)), _NAME])
