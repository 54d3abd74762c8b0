"""`dataclass`, `field`, `replace`, `fields`: the standard ones' names and meaning, made faster.

A command that runs for a third of a second cannot spend half of it on making classes: the
standard decorator compiles six functions for each class when it is defined, and importing it
brings `inspect` along. Here a class costs a few microseconds; only its `__init__` is compiled,
and only when the first instance is made. Type checkers see ordinary dataclasses (PEP 681).

What is different: classes always have slots; there is no ordering, no `kw_only`, no `InitVar`.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, overload

Made = TypeVar("Made")

_MISSING: Any = object()


class FrozenError(AttributeError):
    """An attempt to change a frozen record."""


class Field:
    """One field of a record."""

    __slots__ = ("compare", "default", "default_factory", "init", "name", "repr", "type")

    def __init__(
        self, default: Any, default_factory: Any, init: bool, repr: bool, compare: bool
    ) -> None:
        self.name = ""
        self.type: Any = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.compare = compare


def field(
    *,
    default: Any = _MISSING,
    default_factory: Any = _MISSING,
    init: bool = True,
    repr: bool = True,
    compare: bool = True,
) -> Any:
    """A field with more to say than a type and a default."""
    return Field(default, default_factory, init, repr, compare)


@overload
def dataclass(cls: type[Made], /) -> type[Made]: ...
@overload
def dataclass(
    *, frozen: bool = False, slots: bool = True, eq: bool = True
) -> Callable[[type[Made]], type[Made]]: ...


@dataclass_transform(field_specifiers=(field,))
def dataclass(
    cls: type[Any] | None = None, /, *, frozen: bool = False, slots: bool = True, eq: bool = True
) -> Any:
    """Make a class a record of its annotated names: always with slots, frozen if asked."""
    if cls is None:
        return lambda made: _record(made, frozen, eq)
    return _record(cls, frozen, eq)


def fields(record: Any) -> tuple[Field, ...]:
    """The fields of a record or of its class, in order."""
    found: tuple[Field, ...] = record.__record_fields__
    return found


def is_dataclass(value: object) -> bool:
    """Whether `value` is a record or a record's class."""
    return hasattr(value, "__record_fields__")


def replace(record: Made, /, **changes: Any) -> Made:
    """A new record with some fields changed. Fields that `__init__` does not take are made anew."""
    for each in fields(record):
        if each.init and each.name not in changes:
            changes[each.name] = getattr(record, each.name)
    return type(record)(**changes)


def _record(cls: type[Any], frozen: bool, eq: bool) -> type[Any]:
    space = dict(cls.__dict__)
    space.pop("__dict__", None)
    space.pop("__weakref__", None)
    known: dict[str, Field] = {}
    for base in reversed(cls.__mro__[1:]):
        for each in base.__dict__.get("__record_fields__", ()):
            known[each.name] = each
    own: list[str] = []
    for name, annotation in space.get("__annotations__", {}).items():
        if str(annotation).startswith(("ClassVar", "typing.ClassVar")):
            continue
        each = space.pop(name, _MISSING)
        if not isinstance(each, Field):
            each = Field(each, _MISSING, True, True, True)
        each.name, each.type = name, annotation
        if name not in known:
            own.append(name)
        known[name] = each
    space["__slots__"] = tuple(own)
    space["__qualname__"] = cls.__qualname__
    space["__record_fields__"] = tuple(known.values())
    space.setdefault("__match_args__", tuple(f.name for f in known.values() if f.init))
    space.setdefault("__repr__", _repr)
    space.setdefault("__getstate__", _get_state)
    space.setdefault("__setstate__", _set_state)
    if frozen:
        space["__setattr__"] = _refuse_set
        space["__delattr__"] = _refuse_delete
    if eq and "__eq__" not in cls.__dict__:
        compared = [f.name for f in known.values() if f.compare]
        key: Callable[[Any], Any] = attrgetter(*compared) if compared else _no_key

        def __eq__(self: Any, other: object) -> Any:
            return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

        def __hash__(self: Any) -> int:
            return hash(key(self))

        space["__eq__"] = __eq__
        space["__hash__"] = __hash__ if frozen else None

    def first_init(self: Any, *values: Any, **named: Any) -> None:
        made.__init__ = _compiled_init(made, frozen)
        made.__init__(self, *values, **named)

    space.setdefault("__init__", first_init)
    maker: Any = type(cls)
    made: Any = maker(cls.__name__, cls.__bases__, space)
    return made  # type: ignore[no-any-return]


def _compiled_init(cls: type[Any], frozen: bool) -> Any:
    """`__init__` as one would write it by hand; frozen records set their slots directly."""
    parameters, body = ["self"], []
    names: dict[str, Any] = {"_MISSING": _MISSING}
    for each in fields(cls):
        name = each.name
        value = name
        if each.init:
            if each.default_factory is not _MISSING:
                parameters.append(f"{name}=_MISSING")
                names[f"_make_{name}"] = each.default_factory
                value = f"_make_{name}() if {name} is _MISSING else {name}"
            elif each.default is not _MISSING:
                parameters.append(f"{name}=_default_{name}")
                names[f"_default_{name}"] = each.default
            else:
                parameters.append(name)
        elif each.default_factory is not _MISSING:
            names[f"_make_{name}"] = each.default_factory
            value = f"_make_{name}()"
        elif each.default is not _MISSING:
            names[f"_default_{name}"] = each.default
            value = f"_default_{name}"
        else:
            continue  # __post_init__ sets it
        if frozen:
            names[f"_set_{name}"] = getattr(cls, name).__set__
            body.append(f"    _set_{name}(self, {value})")
        else:
            body.append(f"    self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append("    self.__post_init__()")
    source = f"def __init__({', '.join(parameters)}):\n" + ("\n".join(body) or "    pass")
    exec(source, names)
    init = names["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _no_key(_: object) -> tuple[()]:
    return ()


def _repr(self: Any) -> str:
    shown = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.repr)
    return f"{type(self).__qualname__}({shown})"


def _get_state(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for each, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)


def _refuse_set(self: Any, name: str, value: object) -> None:
    raise FrozenError(f"cannot assign to field {name!r}")


def _refuse_delete(self: Any, name: str) -> None:
    raise FrozenError(f"cannot delete field {name!r}")
