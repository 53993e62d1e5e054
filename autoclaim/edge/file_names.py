"""File names made of texts that may come from anywhere: readable, short, and never a path."""

import hashlib
import re
import unicodedata

_LONGEST = 40  # characters; with digest and suffix well below every file system's 255 bytes
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)  # names Windows keeps


def readable_name(text: str) -> str:
    """The letters and digits of the text, without accents, joined by hyphens; never empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = "-".join(re.findall(r"[A-Za-z0-9]+", plain))[:_LONGEST].strip("-").lower()
    return f"{name or 'unnamed'}-" if _RESERVED.fullmatch(name) else name or "unnamed"


def distinct_name(*texts: str) -> str:
    """A readable name that differs whenever one of the texts differs."""
    digest = hashlib.sha256("\x00".join(texts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{readable_name(texts[-1])}-{digest[:12]}"


def safe_suffix(suffix: str) -> str:
    """The suffix as `.letters` in lower case, or nothing when it is anything else."""
    return suffix.lower() if re.fullmatch(r"\.[A-Za-z0-9]{1,8}", suffix) else ""
