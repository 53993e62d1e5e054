"""The problems the buyer said, laid over the facts the store gave."""

from collections.abc import Mapping
from typing import Any

Facts = dict[str, Any]  # contracts.md, section 1: one order
Problem = Mapping[str, object]
# Per line; the key None means every line, the value None that the buyer took it back.
Said = dict[str | None, Problem | None]


def hear(said: Said, line_id: str | None, problem: Problem | None) -> None:
    """Adds what the buyer said later to what was said before, in place.

    A word on one line stands beside a word on the whole order and is the more precise of the two;
    taking back the whole order takes back everything.
    """
    if line_id is None and problem is None:
        said.clear()
    said[line_id] = problem


def with_problems(facts: Facts, said: Said) -> Facts:
    """The order's facts with `problem` set, or removed, on the lines the buyer spoke of.

    An order read without lines gets one, and a line that is not among those read is added: what
    the buyer said is never lost. The given facts are not changed.
    """
    lines = [_judged(line, said) for line in facts.get("lines") or [{}]]
    known = {line.get("line_id") for line in lines}
    lines += [
        {"line_id": line_id, "problem": dict(problem)}
        for line_id, problem in said.items()
        if line_id is not None and problem is not None and line_id not in known
    ]
    lines = [line for line in lines if line]
    return {**facts, "lines": lines} if lines else dict(facts)


def _judged(line: Facts, said: Said) -> Facts:
    line_id = line.get("line_id")
    if line_id in said:
        problem = said[line_id]
    elif None in said:
        problem = said[None]
    else:
        return line
    rest = {key: value for key, value in line.items() if key != "problem"}
    return rest if problem is None else {**rest, "problem": dict(problem)}
