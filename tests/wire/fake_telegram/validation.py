"""Checks every incoming call against aiogram's typed methods: unknown method or field, missing field, wrong type.

aiogram takes seconds to import, so only the server imports this module, and only when checking is on.
"""

import json
from collections.abc import Iterator
from typing import Any, get_args, get_origin

import aiogram.methods
from aiogram.methods import TelegramMethod
from aiogram.types import BufferedInputFile, InputFile
from aiogram.types.base import TelegramObject
from pydantic import BaseModel, ValidationError

from tests.wire.fake_telegram.arguments import Arguments

METHODS: dict[str, type[TelegramMethod[Any]]] = {
    method.__api_method__.lower(): method
    for name in aiogram.methods.__all__
    if isinstance(method := getattr(aiogram.methods, name), type)
    and issubclass(method, TelegramMethod)
    and method is not TelegramMethod
}


def violations(method_name: str, arguments: Arguments) -> list[str]:
    """What is wrong with the call by the letter of the Bot API, in words; empty when nothing is."""
    method = METHODS.get(method_name.lower())
    if method is None:
        return [f"{method_name}: no such method"]
    wrong = [f"{method_name}: unknown field {name!r}" for name in arguments.values if name not in method.model_fields]
    values = {
        name: _native(method.model_fields[name].annotation, value)
        for name, value in arguments.values.items()
        if name in method.model_fields
    }
    for name, upload in arguments.uploads.items():
        if name in method.model_fields:
            values[name] = BufferedInputFile(upload.content, upload.name)
        elif f"attach://{name}" not in json.dumps(values, default=str):
            wrong.append(f"{method_name}: file {name!r} is attached but not used")
    try:
        checked = method.model_validate(values)
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        return wrong + [f"{method_name}: {problem}" for problem in problems]
    return wrong + [f"{method_name}: unknown field {path}" for path in _extras(checked, top=True)]


def _native(annotation: Any, value: Any) -> Any:
    """Form fields carry objects and lists as JSON text; unpack those the method declares as such."""
    if not isinstance(value, str) or not value.startswith(("{", "[")) or not _takes_objects(annotation):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _takes_objects(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, TelegramObject):
        return not issubclass(annotation, InputFile)
    return get_origin(annotation) is list or any(map(_takes_objects, get_args(annotation)))


def _extras(value: Any, path: str = "", top: bool = False) -> Iterator[str]:
    """Fields deep inside that no type of the Bot API has: aiogram's models keep them silently."""
    if isinstance(value, BaseModel):
        if not top:
            yield from (f"{path}.{name}" for name in value.model_extra or {})
        for name in value.model_fields_set:
            yield from _extras(getattr(value, name, None), f"{path}.{name}".strip("."))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _extras(item, f"{path}[{number}]")
