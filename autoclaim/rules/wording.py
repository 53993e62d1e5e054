"""From sayings to sentences: `why` and `why_not` are worded here, when somebody reads them."""

from collections.abc import Iterable, Mapping

from autoclaim.model.decision import WhyNot
from autoclaim.rules.answers import Answer, Saying
from autoclaim.rules.fact_words import ACTION_WORDS
from autoclaim.rules.readings import OTHERS, WHY_NOT
from autoclaim.rules.sentences import WHY


def worded(words: Mapping[str, str], saying: Saying) -> str:
    """One saying in words; days are written as ISO days."""
    name, *arguments = saying
    return words[str(name)].format(*arguments)


def sentences(why: Iterable[Saying], others: Iterable[Saying] = ()) -> str:
    """The reading used, then each other reading, each once."""
    said = [worded(WHY, saying) for saying in why]
    said += [worded(OTHERS, saying) for saying in others]
    return " ".join(dict.fromkeys(said))


def under_other_edition(edition: str, answer: Answer) -> Saying:
    """What the answer would be under the other edition."""
    action = ACTION_WORDS[answer.action]
    if answer.window is not None and answer.action == "closed":
        return ("other_edition_over", edition, answer.window.last_on)
    if answer.window is None:
        return ("other_edition", edition, action)
    return ("other_edition_until", edition, action, answer.window.last_on)


def refusals(answer: Answer) -> tuple[WhyNot, ...]:
    """The actions that are not open, each once, never the answer itself."""
    said: dict[str, WhyNot] = {}
    for action, because in answer.why_not:
        if action != answer.action and action not in said:
            said[action] = WhyNot(action, worded(WHY_NOT, because))
    return tuple(said.values())
