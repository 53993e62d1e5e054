"""Decide a facts document of any size: orders flow through, and memory does not grow with them."""

import json
import shutil
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from autoclaim.errors import FactsRefused, WrongInput
from autoclaim.rules.decide import Judge
from autoclaim.rules.streaming import Lot, decide_lot, judge_without_orders, lots
from autoclaim.runner.shipped_policies import policies

IN_ONE_GO = 1024 * 1024  # bytes; a smaller document is read as a whole, which is quicker
LOTS_A_BATCH = 500  # orders handed to a process at a time: few enough to keep all of them busy
AHEAD = 4  # batches a process may be ahead of the printing


@dataclass(frozen=True, slots=True)
class Batch:
    """A document on the disk; `heading` is everything in it but its orders."""

    file: BinaryIO
    heading: Mapping[str, object]
    clock: datetime

    def orders(self) -> Iterator[object]:
        """The orders from the first, as plain JSON values; each call begins anew."""
        import ijson

        self.file.seek(0)
        with _said_as_wrong_input():
            yield from ijson.items(self.file, "orders.item")

    def decisions(self, jobs: int) -> Iterator[str]:
        """The decisions as JSON texts, in input order; `jobs` processes share the work.

        Raises:
            FactsRefused: before the first decision, when the document must be refused.
        """
        if jobs > 1:
            yield from self._side_by_side(jobs)
            return
        judge = judge_without_orders(self.heading, policies(), self.clock)
        for lot in lots(self.orders):
            yield from (_text(decision.as_json()) for decision in decide_lot(judge, lot))

    def _side_by_side(self, jobs: int) -> Iterator[str]:
        waiting: deque[Future[list[str]]] = deque()
        judge_without_orders(self.heading, policies(), self.clock)  # refuse before starting any
        told = (self.heading, self.clock)
        with ProcessPoolExecutor(jobs, initializer=_begin, initargs=told) as pool:
            every = lots(self.orders)
            while batch := list(islice(every, LOTS_A_BATCH)):
                waiting.append(pool.submit(_decide_batch, batch))
                if len(waiting) > jobs * AHEAD:
                    yield from waiting.popleft().result()
            for done in waiting:
                yield from done.result()


@contextmanager
def spooled(begun: bytes, rest: BinaryIO) -> Iterator[BinaryIO]:
    """A file that can be gone through more than once, of what was read already and the rest."""
    with TemporaryFile() as file:
        file.write(begun)
        shutil.copyfileobj(rest, file)
        yield file


def open_batch(
    file: BinaryIO, clock: datetime, *, now: str | None = None, policy: str | None = None
) -> Batch:
    """The document in `file`; `now` and `policy`, if given, replace its own.

    Raises:
        WrongInput: no JSON object.
        FactsRefused: its orders are no list.
    """
    heading = _heading(file)
    heading |= {"now": now} if now else {}
    heading |= {"policy": policy} if policy else {}
    return Batch(file, heading, clock)


def _heading(file: BinaryIO) -> dict[str, object]:
    """Everything but the orders, in one pass that builds none of them."""
    import ijson

    heading: dict[str, object] = {}
    listed = False
    file.seek(0)
    with _said_as_wrong_input():
        builder: ijson.ObjectBuilder | None = None
        key = ""
        for prefix, event, value in ijson.parse(file):
            if prefix == "" and event == "map_key":
                key, builder = value, ijson.ObjectBuilder()
            elif key == "orders":
                listed = listed or event == "start_array"
            elif builder is not None and prefix:
                builder.event(event, value)
                heading[key] = getattr(builder, "value", None)
    if not listed:
        raise FactsRefused("orders", "a facts document has a list of orders")
    return heading


@contextmanager
def _said_as_wrong_input() -> Iterator[None]:
    import ijson

    try:
        yield
    except ijson.JSONError as fault:
        raise WrongInput(f"The facts are not JSON: {fault}.", "Nothing was done.") from None


_judge: Judge | None = None


def _begin(heading: Mapping[str, object], clock: datetime) -> None:
    """Once in each process: the policies and the document's heading."""
    global _judge  # noqa: PLW0603 - a process of its own, with one document
    _judge = judge_without_orders(heading, policies(), clock)


def _decide_batch(batch: list[Lot]) -> list[str]:
    judge = cast("Judge", _judge)
    return [_text(one.as_json()) for lot in batch for one in decide_lot(judge, lot)]


def _text(decision: Mapping[str, object]) -> str:
    return json.dumps(decision, ensure_ascii=False)
