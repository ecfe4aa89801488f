"""Values drawn for whatever a model or a command asks for, hostile ones among them."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import annotated_types
from hypothesis import reject
from hypothesis import strategies as st
from pydantic import BaseModel, StringConstraints, ValidationError

from tests.clocks import StandingClock
from tests.hostile import HOSTILE

TODAY: date = StandingClock().moment.date()

STEERING = (
    "\x1b[2J\x1b]0;title\x07", "\x1b]8;;http://x\x1b\\link", "\u202egpj.exe", "\u2066\u2069",
    "\x00", "\x7f\x9b31m", "\r\nSet: x", "\u2028\u2029\x85\x0b\x0c", "\ufeff", "\U000e0041",
    "[bold]x[/]", "[@click=app.quit]q[/]",
    "=cmd|' /C calc'!A0", "../../etc/passwd",
    "%s{0}{x!r}", "<script>", "\t|\t", '"\'\\', HOSTILE,
)  # fmt: skip
"""What tries to steer a terminal, a paper, a spreadsheet or whoever reads."""

LONG = "very long " * 12_000

plain_texts = st.sampled_from(
    ["", "Because it helps", "Asha Example", "Gesichtserkennung für Straßen", "名前", "🦊", "x"]
)
hostile_texts = st.one_of(
    st.lists(st.sampled_from(STEERING), min_size=1, max_size=3).map(" x ".join),
    st.text(max_size=20),
    st.text(st.characters(categories=["Cc", "Cf", "Co"]), min_size=1, max_size=6),
)
halves = st.sampled_from(["\ud800", "a\udfff\ud83d", "name \udc9b31m"])
"""Texts with halves of characters, which no file can hold."""


def mostly(
    usual: st.SearchStrategy[Any], odd: st.SearchStrategy[Any], once_in: int = 12
) -> st.SearchStrategy[Any]:
    """What is usual, and once in so many times something odd."""
    return st.integers(1, once_in).flatmap(lambda number: odd if number == once_in else usual)


texts = st.one_of(plain_texts, plain_texts, hostile_texts, st.just(LONG) | plain_texts)
days = st.one_of(
    st.integers(-40, 400).map(lambda days: TODAY + timedelta(days=days)),
    st.sampled_from([date.min, date(1899, 12, 31), date(2028, 2, 29), date(9999, 12, 31)]),
)
jsons: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
objects = st.dictionaries(texts, jsons, max_size=3)

Strategies = Mapping[str, st.SearchStrategy[Any]]


class NoStrategy(TypeError):
    """A type for which nothing here can draw a value."""


class Drawer:
    """Draws values by their annotations.

    `named` are strategies for texts of a name (`stage`), or for any field of a model (`Draft.on`);
    `patterns` those for texts of a pattern, which else are drawn from the pattern itself; `texts`
    those for all others.
    """

    def __init__(
        self,
        named: Strategies | None = None,
        patterns: Strategies | None = None,
        texts: st.SearchStrategy[str] = texts,
    ) -> None:
        self.named, self.patterns = dict(named or {}), dict(patterns or {})
        self.texts, self.words = texts, texts.filter(lambda text: bool(text.strip()))
        self._models: dict[type[BaseModel], st.SearchStrategy[Any]] = {}

    def model(self, model: type[BaseModel]) -> st.SearchStrategy[Any]:
        """Instances of a model, with any of its fields that need not be there left out."""
        if model not in self._models:
            self._models[model] = st.deferred(lambda: self._model(model))
        return self._models[model]

    def _model(self, model: type[BaseModel]) -> st.SearchStrategy[Any]:
        def made(fields: dict[str, Any]) -> BaseModel:
            try:
                return model.model_validate(fields)
            except ValidationError:  # as where cleaning leaves nothing of a text
                reject()

        return self.fields(model).map(made)

    def fields(self, model: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
        """The fields of a model by name, before it looks at them."""
        fields = {name: self.field(model, name) for name in model.model_fields}
        needed = {name for name, field in model.model_fields.items() if field.is_required()}
        return st.fixed_dictionaries(
            {name: each for name, each in fields.items() if name in needed},
            optional={name: each for name, each in fields.items() if name not in needed},
        )

    def field(self, model: type[BaseModel], name: str) -> st.SearchStrategy[Any]:
        """What one field of a model may hold."""
        info = model.model_fields[name]
        if (own := f"{model.__name__}.{name}") in self.named:
            return self.named[own]
        free = not any(getattr(each, "pattern", None) for each in info.metadata)
        if name in self.named and free and info.annotation in (str, str | None):
            must = any(getattr(each, "min_length", None) for each in info.metadata)
            return self.named[name].filter(str.strip) if must else self.named[name]
        return self.of(info.annotation, info.metadata)

    def of(self, annotation: Any, metadata: Sequence[Any] = ()) -> st.SearchStrategy[Any]:
        """Values that fit an annotation. Raises `NoStrategy`."""
        metadata = [more for each in metadata for more in getattr(each, "metadata", [each])]
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self.of(arguments[0], [*arguments[1:], *metadata])
        if origin in (Union, types.UnionType):
            return st.one_of([self.of(each) for each in arguments])
        if origin is Literal:
            return st.sampled_from(arguments)
        if origin in _COLLECTIONS:
            return self._collection(origin, arguments)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return self.model(annotation)
        if dataclasses.is_dataclass(annotation) and isinstance(annotation, type):
            hints = typing.get_type_hints(annotation)
            return st.builds(annotation, **{name: self.of(each) for name, each in hints.items()})
        if isinstance(annotation, type) and issubclass(annotation, Enum):
            return st.sampled_from(annotation)
        if annotation is str:
            return self._text(metadata)
        if annotation is int:
            return _whole_number(metadata)
        if annotation in _SIMPLE:
            return _SIMPLE[annotation]
        raise NoStrategy(f"nothing draws {annotation!r}")

    def _collection(self, origin: Any, arguments: Any) -> st.SearchStrategy[Any]:
        if origin in _MAPPINGS:
            key, value = arguments
            return st.dictionaries(self.of(key), self.of(value), max_size=3)
        if origin is tuple and arguments[-1] is not Ellipsis:
            return st.tuples(*(self.of(each) for each in arguments))
        made: Callable[[list[Any]], Any] = tuple if origin is tuple else list
        return st.lists(self.of(arguments[0]), max_size=3).map(made)

    def _text(self, metadata: Sequence[Any]) -> st.SearchStrategy[str]:
        for each in metadata:
            if isinstance(each, StringConstraints) and each.pattern is not None:
                pattern = str(each.pattern)
                drawn = st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True)
                return self.patterns.get(pattern, drawn.map(str.strip))
            if isinstance(each, StringConstraints) and each.min_length:
                return self.words
        return self.texts


def _whole_number(metadata: Sequence[Any]) -> st.SearchStrategy[int]:
    least, most = -3, 40
    for each in metadata:
        if isinstance(each, annotated_types.Ge):
            least = int(str(each.ge))
        if isinstance(each, annotated_types.Le):
            most = int(str(each.le))
    return st.integers(least, most) | (st.just(2**63 + 1) if most == 40 else st.just(most))


_MAPPINGS = (dict, Mapping, typing.Mapping)
_COLLECTIONS = (*_MAPPINGS, tuple, list, Sequence, AbstractSet, frozenset)
_SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    date: days,
    None: st.none(),
    type(None): st.none(),
    Any: jsons,
    Path: st.sampled_from([Path("register.json"), Path("nowhere"), Path("a\x00b"), Path(".")]),
}
