"""The nouns as plain JSON values and back: what is read is checked against the types of the fields, one by one."""

from __future__ import annotations

import math
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Noun = TypeVar("Noun")


class Malformed(ValueError):
    """A value that is not what its place asks for; the text says where and what."""


def encode(value: Any) -> Any:
    """Plain JSON values: nouns and mappings become objects, infinite numbers and other exact numbers text."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return float(value) if math.isfinite(value) else str(float(value))
        case Mapping():
            return {str(key): encode(inner) for key, inner in value.items()}
        case list() | tuple():
            return [encode(inner) for inner in value]
        case _ if is_dataclass(value):
            return {field.name: encode(getattr(value, field.name)) for field in fields(value)}
        case _ if hasattr(value, "tolist"):
            return encode(value.tolist())
        case _:
            return str(value)


def decode(noun: type[Noun], value: Any, where: str = "") -> Noun:
    """The noun of an object that ``encode`` made; raises Malformed for anything else."""
    if not isinstance(value, dict):
        raise Malformed(f"{where or 'it'} is no object")
    hints = _hints(noun)
    if unknown := sorted(set(value) ^ set(hints)):
        state = "unknown" if unknown[0] in value else "missing"
        raise Malformed(f"{where}.{unknown[0]} is {state}".lstrip("."))
    return noun(**{name: _read(hint, value[name], f"{where}.{name}") for name, hint in hints.items()})


@cache
def _hints(noun: type[Any]) -> dict[str, Any]:
    hints = get_type_hints(noun)
    return {field.name: hints[field.name] for field in fields(noun)}


def _read(hint: Any, value: Any, where: str) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if hint is Any:
        return value
    if is_dataclass(hint) and isinstance(hint, type):
        return decode(hint, value, where)
    if origin in (Union, types.UnionType):
        (other,) = [option for option in inner if option is not type(None)]
        return None if value is None else _read(other, value, where)
    if origin is tuple and isinstance(value, list):
        return tuple(_read(inner[0], item, f"{where}[{k}]") for k, item in enumerate(value))
    if origin not in (None, tuple, Literal) and isinstance(value, dict):
        return {key: _read(inner[1], item, f"{where}.{key}") for key, item in value.items()}
    return _scalar(hint, value, where)


def _scalar(hint: Any, value: Any, where: str) -> Any:
    if get_origin(hint) is Literal:
        if value in get_args(hint):
            return value
    elif hint is float:
        if (isinstance(value, int | float) and not isinstance(value, bool)) or value in (
            "inf",
            "-inf",
            "nan",
        ):
            return float(value)
    elif isinstance(hint, type) and isinstance(value, hint) and isinstance(value, bool) == (hint is bool):
        return value
    raise Malformed(f"{where.lstrip('.')} is {value!r:.40}")
