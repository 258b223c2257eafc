"""Validation of knowledge files against their schemas, with errors that name file, entry and reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, WrapValidator
from pydantic_core import PydanticCustomError

from analyzer.errors import KnowledgeError
from analyzer.knowledge.files import MOST_BYTES, KnowledgeFile
from analyzer.knowledge.overlay import Entry, Raw, Tables
from analyzer.regular import read_regular

if TYPE_CHECKING:
    from pydantic import ValidatorFunctionWrapHandler
    from pydantic_core import ErrorDetails

S = TypeVar("S", bound=BaseModel)
T = TypeVar("T")

SHAPE = "shape"
"""Type of the errors raised by ``form``, whose message states what a value must be."""
_FORMS = {
    "bool_type": "true or false",
    "dict_type": "a table",
    "float_type": "a number",
    "int_type": "a whole number",
    "list_type": "a list",
    "model_type": "a table",
    "string_type": "words in quotation marks",
}
"""The required form of a value, by pydantic's type of the error."""


class Schema(BaseModel):
    """Base of the schemas of tables in knowledge files; keys that are not declared are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


def form(words: str) -> WrapValidator:
    """Return a validator that replaces the message of any error by ``must be <words>``."""

    def check(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
        try:
            return handler(value)
        except ValidationError:
            raise PydanticCustomError(SHAPE, "must be {words}", {"words": words}) from None

    return WrapValidator(check)


def check_entries(schema: type[S], entries: Mapping[str, Raw]) -> dict[str, Entry[S]]:
    """Return the entries, validated by the schema.

    Raises:
        KnowledgeError: An entry does not fit; the message names its file, its id or row, the key and the reason.
    """
    checked: dict[str, Entry[S]] = {}
    for id, entry in entries.items():
        try:
            value = schema.model_validate(entry.value)
        except ValidationError as error:
            table, key, reason = explain(error, schema)
            location = ".".join((entry.name, *map(str, table)))
            raise KnowledgeError(f"[{location}] {f'{key} ' if key else ''}{reason}", file=entry.file) from None
        checked[id] = Entry(entry.id, value, entry.file, entry.name)
    return checked


def check_tables(schema: type[S], tables: Tables) -> S:
    """Return plain tables, validated by the schema.

    Raises:
        KnowledgeError: They do not fit; the message names the user's file where the fault is in it.
    """
    try:
        return schema.model_validate(tables.value)
    except ValidationError as error:
        key = error.errors()[0]["loc"]
        raise _error(error, schema, tables.file_of(key)) from None


def check_file(schema: type[S], path: Path) -> S:
    """Return the content of a TOML file outside the knowledge, validated by the schema.

    Args:
        schema: The schema of the whole file.
        path: The file.

    Raises:
        KnowledgeError: The file is missing or does not fit.
    """
    try:
        file = KnowledgeFile(path, path.name, read_regular(path, MOST_BYTES))
    except OSError as error:
        raise KnowledgeError(f"cannot be read: {error.strerror or error}", file=path) from error
    try:
        return schema.model_validate(file.toml())
    except ValidationError as error:
        raise _error(error, schema, path) from None


def _error(error: ValidationError, schema: Any, file: Path) -> KnowledgeError:
    table, key, reason = explain(error, schema)
    if table:
        reason = f"[{'.'.join(map(str, table))}] {f'{key} ' if key else ''}{reason}"
    elif key:
        reason = f"[{key}] {reason}"
    return KnowledgeError(reason, file=file)


def explain(error: ValidationError, schema: Any) -> tuple[Sequence[str | int], str, str]:
    """Return table (as the path of its keys), key (empty: the table itself) and reason of the first error."""
    faults = error.errors()
    first = faults[0]
    if not first["loc"]:
        return (), "", _reason(first)
    *table, key = first["loc"]
    if first["type"] in ("missing", "extra_forbidden"):
        faults_in_table = [fault for fault in faults if list(fault["loc"][:-1]) == table]
        return table, "", _about_keys(faults_in_table, _keys_of(schema, table))
    if key == "[key]":  # pydantic's name for a fault in the key itself
        *table, key = table
    return table, str(key), _reason(first)


def _keys_of(schema: Any, table: Sequence[str | int]) -> list[str]:
    """Return the keys that the schema allows in a table."""
    for key in table:
        fields = getattr(schema, "model_fields", {})
        schema = fields[key].annotation if key in fields else None
    return list(getattr(schema, "model_fields", ()))


def _about_keys(faults: Sequence[ErrorDetails], keys: Sequence[str]) -> str:
    """Return a sentence on the unknown and missing keys of a table."""
    lacking = [str(fault["loc"][-1]) for fault in faults if fault["type"] == "missing"]
    unknown = [str(fault["loc"][-1]) for fault in faults if fault["type"] == "extra_forbidden"]
    parts = []
    if unknown:
        meant = get_close_matches(unknown[0], [*lacking, *keys], n=1)
        parts.append(f"has the unknown key {', '.join(unknown)}" + (f"; perhaps {meant[0]} is meant" if meant else ""))
        lacking = [key for key in lacking if key not in meant]
    if lacking:
        parts.insert(0, f"lacks the key {', '.join(lacking)}")
    return " and ".join(parts)


def _reason(fault: ErrorDetails) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == SHAPE:
        return fault["msg"]
    if kind == "value_error":
        return str(context["error"])
    if kind == "literal_error":
        allowed = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        return f"must be one of {allowed}, not {fault['input']!r}"
    if kind in _FORMS:
        return f"must be {_FORMS[kind]}"
    return fault["msg"][:1].lower() + fault["msg"][1:]
