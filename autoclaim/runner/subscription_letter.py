"""A letter or mail for the buyer to send, from a template filled in a sandbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from autoclaim.errors import WrongInput
from autoclaim.model.guide import Letter

# What is not known stays in brackets, for the buyer to fill in. Nothing is ever invented.
BLANKS = {
    "buyer": "[your name]",
    "buyer_address": "[your address]",
    "email": "[your e-mail]",
    "provider": "[name and address of the provider]",
    "service": "[what it is]",
    "contract": "[contract or customer number]",
    "today": "[today's date]",
    "ends_on": "[the day it shall end]",
}


@dataclass(frozen=True, slots=True)
class Written:
    """A letter as text; `blanks` are the brackets that the buyer still has to fill in."""

    subject: str
    body: str
    blanks: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """As `subscription cancel --json` prints it."""
        return {"subject": self.subject, "body": self.body, "blanks": list(self.blanks)}


def write_letter(letter: Letter, language: str, known: Mapping[str, str | date | None]) -> Written:
    """Fill the template with what is known, by the names of `BLANKS`; days in `language`.

    A semicolon in a name or address begins a new line.

    Raises:
        WrongInput: the template names something else, or does more than print.
    """
    words = {name: _word(known.get(name), language) or blank for name, blank in BLANKS.items()}
    subject, body = (_fill(text, words) for text in (letter.subject, letter.body))
    blanks = tuple(blank for blank in BLANKS.values() if blank in subject + body)
    return Written(" ".join(subject.split()), body.strip() + "\n", blanks)


def _word(value: str | date | None, language: str) -> str:
    if isinstance(value, date):
        from babel.dates import format_date

        return format_date(value, format="long", locale=language)
    return "\n".join(part.strip() for part in (value or "").split(";"))


def _fill(template: str, words: Mapping[str, str]) -> str:
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    sandbox = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,
    )
    try:
        return sandbox.from_string(template).render(words)
    except (TemplateError, OverflowError, ValueError, TypeError, ZeroDivisionError) as fault:
        raise WrongInput(
            f"The template of the letter cannot be filled: {fault}.",
            f"It may name {', '.join(BLANKS)}.",
        ) from None
