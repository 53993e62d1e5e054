"""From sayings to sentences: `why` and `why_not` are worded here, when somebody reads them."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from autoclaim.model.decision import WhyNot
from autoclaim.rules.answers import Answer, Saying
from autoclaim.rules.sentences import OTHERS, WHY, WHY_NOT

if TYPE_CHECKING:
    from autoclaim.rules.joining import Judged


def worded(words: Mapping[str, str], saying: Saying) -> str:
    """One saying in words; days are written as ISO days."""
    name, *arguments = saying
    return words[str(name)].format(*arguments)


def sentences(why: Iterable[Saying], others: Iterable[Saying] = ()) -> str:
    """The reading used, then each other reading, each once."""
    said = [worded(WHY, saying) for saying in why]
    said += [worded(OTHERS, saying) for saying in others]
    return " ".join(dict.fromkeys(said))


def told(judged: "Judged") -> str:
    """The `why` of a joined answer; it names the other edition's answer when that differs."""
    answer = judged.answer
    why: list[Saying] = [answer.why]
    if judged.other is not None:
        why.append(_other_edition(judged.other))
    return sentences(why, answer.others)


def _other_edition(other: "Judged") -> Saying:
    edition, answer = other.case.terms.edition, other.answer
    action = answer.action.replace("_", " ")
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
