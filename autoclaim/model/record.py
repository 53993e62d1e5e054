"""Records: small things made once for every order line, and never changed afterwards."""

from dataclasses import dataclass
from typing import Self, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def record(noun: type[T]) -> type[T]:
    """A dataclass with slots, which the type checker holds frozen.

    Nothing is held while the program runs: that would make each record cost three times as much,
    and every order line needs some eight of them.
    """
    return dataclass(slots=True)(noun)


class Replaceable:
    """A record of which copies with other values are made."""

    __slots__: tuple[str, ...] = ()

    def _replace(self, **changes: object) -> Self:
        """The same with some fields changed, as a named tuple does it."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return type(self)(**{**fields, **changes})
