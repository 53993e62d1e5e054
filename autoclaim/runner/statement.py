"""The words sent with a claim: only what the facts and the buyer say, one sentence a line.

A template's line that names a fact which is not known is left out, so that nothing is asserted
that nobody said; what matters most stands first, and a form that takes less gets the first lines.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import NamedTuple, Self

from autoclaim.edge.hostile_text import clean_text
from autoclaim.errors import MachineFault, WrongInput

LANGUAGES = ("en", "es", "pt", "de", "fr")
SAID_BY_BUYER = frozenset({"note", "quantity_received", "amount"})


class Asserted(NamedTuple):
    """One fact that the statement asserts: its name, what stands there, and whose word it is."""

    name: str
    value: str
    source: str  # "you" or "the store"


class _Known(str):
    """A fact's text that knows its name, so that the sandbox can tell when it is printed."""

    __slots__ = ("name",)
    name: str

    def __new__(cls, name: str, text: str) -> Self:
        """Make the text of the fact `name`."""
        known = super().__new__(cls, text)
        known.name = name
        return known


class Sentence(NamedTuple):
    """One line of a statement, and the names of the facts it asserts."""

    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """The sentences in order of weight, and the facts they were filled with."""

    sentences: tuple[Sentence, ...]
    facts: Mapping[str, str]
    language: str

    @property
    def text(self) -> str:
        """The whole statement."""
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def asserts(self) -> tuple[Asserted, ...]:
        """Each fact once, in the order in which it is asserted."""
        names = dict.fromkeys(name for one in self.sentences for name in one.facts)
        return tuple(
            Asserted(name, self.facts[name], "you" if name in SAID_BY_BUYER else "the store")
            for name in names
        )


def write_statement(name: str, facts: Mapping[str, str], language: str) -> Statement:
    """Fill the template `name` (a kind of problem, or `refund_overdue`) with what is known.

    Raises:
        WrongInput: there is no template in that language.
        MachineFault: the installed template does more than print facts.
    """
    if language not in LANGUAGES:
        raise WrongInput(
            f"There are no statements in {language!r}.", f"There are: {', '.join(LANGUAGES)}."
        )
    template = files("autoclaim") / "statements" / language / f"{name}.jinja"
    clean = {fact: clean_text(value).strip() for fact, value in facts.items()}
    lines = template.read_text(encoding="utf-8").splitlines()
    return Statement(tuple(_filled(lines, clean)), clean, language)


def language_of(country: str | None) -> str:
    """The first official language of a country that there are statements in, else English."""
    if country is None:
        return "en"
    from babel.languages import get_official_languages

    spoken = get_official_languages(country, de_facto=True)
    return next((one for one in spoken if one in LANGUAGES), "en")


def _filled(lines: list[str], facts: Mapping[str, str]) -> Iterator[Sentence]:
    from jinja2 import StrictUndefined, TemplateError, UndefinedError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    printed: list[str] = []
    sandbox = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,  # plain text for a form's box, never HTML
        finalize=lambda value: _heard(value, printed),
    )
    known = {name: _Known(name, text) for name, text in facts.items()}
    for line in lines:
        printed.clear()
        try:
            text = sandbox.from_string(line).render(known)
        except UndefinedError:
            continue
        except TemplateError as fault:
            raise MachineFault(
                f"A statement's template is broken: {fault}.", "Install autoclaim again."
            ) from None
        yield Sentence(" ".join(text.split()), tuple(dict.fromkeys(printed)))


def _heard(value: object, printed: list[str]) -> object:
    if isinstance(value, _Known):
        printed.append(value.name)
    return value
