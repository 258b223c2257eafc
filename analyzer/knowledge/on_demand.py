"""A mapping whose values are made when they are first asked for: patterns of a language that no text is written in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class OnDemand(Mapping[Key, Value]):
    """A mapping that makes each of its values once, at first use.

    Args:
        keys: Its keys.
        make: Makes the value of a key.
    """

    def __init__(self, keys: Sequence[Key], make: Callable[[Key], Value]) -> None:
        self._keys = keys
        self._make = make
        self._made: dict[Key, Value] = {}

    def __getitem__(self, key: Key) -> Value:
        if key not in self._made:
            if key not in self._keys:
                raise KeyError(key)
            self._made[key] = self._make(key)
        return self._made[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
