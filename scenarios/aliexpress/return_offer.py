"""What the form that asks for money back says of itself, and what it leaves unsaid."""

from collections.abc import Sequence

from playwright.sync_api import Page

from autoclaim.model import FormOffer, Money

from .evidence_files import Limits

_FIELD = "[class*='field--']"
_TITLE = "[class*='field--title--']"
_REQUIRED = "[required], [aria-required=true], [class*='required']"
# What is told → how it is named to the buyer where this form does not say it.
_USUALLY_SAID = {
    "maximum": "the most it gives back",
    "statement_limit": "how long the text may be",
    "accepts": "which files it takes",
    "most_files": "how many files it takes",
    "required": "which fields are required",
}


def offer_of(
    page: Page,
    reasons: Sequence[str],
    files: Limits,
    *,
    maximum: Money | None,
    statement_limit: int | None,
) -> FormOffer:
    """The offer of the form in `page`: `maximum` in money, `statement_limit` in characters."""
    told = {
        "maximum": maximum,
        "statement_limit": statement_limit,
        "accepts": files.accepts,
        "most_files": files.most,
        "required": tuple(_required(page)),
    }
    not_said = tuple(what for name, what in _USUALLY_SAID.items() if told[name] in (None, ()))
    return FormOffer.model_validate({**told, "reasons": tuple(reasons), "not_said": not_said})


def _required(page: Page) -> list[str]:
    """The titles of the fields that the form marks as required."""
    titles = [_one_line(text) for text in page.locator(_TITLE).all_inner_texts()]
    starred = [title for title in titles if title.endswith("*")]
    marked = page.locator(_FIELD).filter(has=page.locator(_REQUIRED)).locator(_TITLE)
    told = [*starred, *(_one_line(text) for text in marked.all_inner_texts())]
    return list(dict.fromkeys(title.strip("* ") for title in told))


def _one_line(text: str) -> str:
    return " ".join(text.split())
