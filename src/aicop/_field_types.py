"""
Ids and records as field types of pydantic.

An id is read from text in any spelling that `aicop.parse` reads, and written in its canonical form. An id of a document
or framework that ships must exist. Of any other only the form is checked, unless the library that holds it is named:
``model.model_validate(data, context={"library": library})``.

A record is read from plain data as `aicop.to_dict` writes it, and written like that.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Mapping
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

import attrs
from pydantic import TypeAdapter
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError, core_schema

from aicop._pydantic import plain_fields
from aicop.errors import InvalidDocument, InvalidId, UnknownEdition, UnknownKey
from aicop.ids import ControlId, EditionId, JointId, PhaseId, PrincipleId, ProvisionId, StatementId
from aicop.keys.kinds import kind_words
from aicop.keys.typed import read_edition, read_id
from aicop.records import to_plain
from aicop.relations import RelationSet
from aicop.vocabulary import Relation, Vocabulary, known_term

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import SchemaSerializer

    from aicop.ids import End

# Our patterns are those of JavaScript and Rust too, which JSON Schema and pydantic use.
_EDITION = r"[a-z0-9]+(-[a-z0-9]+)*@[0-9A-Za-z]+([.-][0-9A-Za-z]+)*"
_NUMBER = r"[0-9]+(\.[0-9]+)*(-[0-9]+(\.[0-9]+)*)?"
_WRITTEN: dict[type[Any], tuple[str, str]] = {
    EditionId: (_EDITION, "etsi-en-304-223@2.1.1"),
    ProvisionId: (f"{_EDITION}:{_NUMBER}", "uk-ai-cop@2025-01:5.4.1"),
    StatementId: (f"{_EDITION}:{_NUMBER}#[1-9][0-9]*", "uk-ai-cop@2025-01:2.3#1"),
    PrincipleId: (f"{_EDITION}:P[1-9][0-9]*", "uk-ai-cop@2025-01:P5"),
    PhaseId: (f"{_EDITION}:[a-z]+(-[a-z]+)*", "uk-ai-cop@2025-01:secure-design"),
    ControlId: (f"{_EDITION}:.+", "nist-csf@2.0:PR.DS-01"),
    JointId: (rf"{_EDITION}:[^|]+(\|{_EDITION}:[^|]+)+", "acme@2026:AC-1|acme@2026:AC-2"),
}
"""For each class of ids: the pattern of its canonical form, and an example."""

_SIMPLE: dict[object, core_schema.CoreSchema] = {
    str: core_schema.str_schema(strict=True),
    int: core_schema.int_schema(strict=True),
    bool: core_schema.bool_schema(strict=True),
    float: core_schema.float_schema(allow_inf_nan=False),
}
"""The schemas of types that are plain data already."""

_ANYTHING = r"\S"
"""What is read may have any spelling; it has at least one character that is not blank."""


def core_schema_of(cls: type[Any], handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
    """Return the schema by which pydantic reads and writes an id, a set of relations or a record."""
    if cls in _WRITTEN:
        return _id_schema((cls,))
    if issubclass(cls, Vocabulary):
        return _term_schema(cls)
    return _relations_schema() if cls is RelationSet else _record_schema(cls, handler)


@functools.cache
def serializer_of(cls: type[Any]) -> SchemaSerializer:
    """Return the serializer of an id, a term or a record; it is made once for each class."""
    return TypeAdapter(cls).serializer


def core_schema_of_union(union: object) -> core_schema.CoreSchema:
    """Return the schema by which pydantic reads and writes an id of one of the classes of a union."""
    return _id_schema(get_args(union))


def _id_schema(kinds: tuple[type[Any], ...]) -> core_schema.CoreSchema:
    """Return the schema of an id of one of several classes."""

    def in_json(handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        canonical = "|".join(_WRITTEN[kind][0] for kind in kinds)
        found = {"type": "string", "description": f"The id of {kind_words(kinds)}.", "pattern": f"^({canonical})$"}
        if handler.mode == "validation":
            found["description"] += " It is written in its canonical form; other spellings are read too."
            found["pattern"] = _ANYTHING
        return found | {"examples": [_WRITTEN[kind][1] for kind in kinds]}

    def read(value: object, info: core_schema.ValidationInfo) -> End | EditionId:
        return _read_id(kinds, value, info)

    # The name is in the location of an error where pydantic tries several types.
    read.__qualname__ = read.__name__ = " | ".join(kind.__name__ for kind in kinds)
    return core_schema.with_info_plain_validator_function(
        read,
        serialization=core_schema.to_string_ser_schema(when_used="json-unless-none"),
        metadata=_shown(in_json),
    )


def _library_of(info: core_schema.ValidationInfo) -> Any:  # noqa: ANN401 -- whatever the caller names
    """Return the library that ids are looked up in, or None."""
    return info.context.get("library") if isinstance(info.context, dict) else None


def _read_id(kinds: tuple[type[Any], ...], value: object, info: core_schema.ValidationInfo) -> End | EditionId:
    library = _library_of(info)
    if not isinstance(value, (str, *_WRITTEN)):
        wrong = "aicop_type"
        raise PydanticCustomError(wrong, "must be text, the id of {of}", {"of": kind_words(kinds)})
    try:
        return read_edition(str(value), library) if kinds == (EditionId,) else read_id(str(value), kinds, library)
    except (UnknownKey, UnknownEdition, InvalidId) as error:
        kind = "aicop_id"
        raise PydanticCustomError(kind, "{advice}", {"advice": str(error)}) from error


def _term_schema(cls: type[Vocabulary]) -> core_schema.CoreSchema:
    """Return the schema of a term: in strict models as it is written, in others as `aicop.vocabulary.term` reads it."""

    def read(value: object, read_word: core_schema.ValidatorFunctionWrapHandler) -> Any:  # noqa: ANN401 -- of the class
        found = known_term(cls, value) if isinstance(value, str) else None
        return read_word(value) if found is None else found

    exact = _exact_term_schema(cls)
    return core_schema.lax_or_strict_schema(
        core_schema.no_info_wrap_validator_function(read, exact, serialization=exact["serialization"]),
        exact,
        ref=_name_of(cls),
        metadata=_shown(lambda _: _term_in_json(cls)),
    )


def _exact_term_schema(cls: type[Vocabulary]) -> core_schema.JsonOrPythonSchema:
    """Return the schema of a term as it is written."""
    # Not pydantic's own schema of enumerations, which reads whatever the class reads.
    words = core_schema.literal_schema([word.value for word in cls])

    def read(value: object, read_word: core_schema.ValidatorFunctionWrapHandler) -> object:
        return value if isinstance(value, cls) else cls(read_word(value))

    # In JSON and tables there are no instances, and they are read faster without this test.
    return core_schema.json_or_python_schema(
        core_schema.no_info_after_validator_function(cls, words),
        core_schema.no_info_wrap_validator_function(read, words),
        serialization=core_schema.plain_serializer_function_ser_schema(str, when_used="json-unless-none"),
        metadata=_shown(lambda _: _term_in_json(cls)),
    )


def _term_in_json(cls: type[Vocabulary]) -> JsonSchemaValue:
    words = [word.value for word in cls]
    return {"title": cls.__name__, "description": cleandoc(cls.__doc__ or ""), "enum": words, "type": "string"}


def _name_of(cls: type[Any]) -> str:
    """Return the name by which a schema that has several fields of a class defines it once."""
    return f"{cls.__module__}.{cls.__qualname__}:{id(cls)}"


def _shown(in_json: Callable[[GetJsonSchemaHandler], JsonSchemaValue]) -> dict[str, Any]:
    """Return the metadata by which pydantic finds the JSON Schema of a part."""
    return {"pydantic_js_functions": [lambda _, handler: in_json(handler)]}


def _relations_schema() -> core_schema.CoreSchema:
    """Return the schema of a set of relations, which is written as the list of its relations."""
    words = core_schema.list_schema(_exact_term_schema(Relation))
    return _made_of(RelationSet, words, lambda found, _: RelationSet(found))


def _made_of(
    cls: type[Any], plain: core_schema.CoreSchema, make: Callable[[Any, Any], object]
) -> core_schema.CoreSchema:
    """
    Return the schema of a class whose instances are made of plain data, and written as such.

    *make* is given the plain data after it was read, and the library that was named for ids, or None.
    """

    def in_json(handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        summary = cleandoc(cls.__doc__ or "").partition("\n")[0]
        return handler(plain) | {"title": cls.__name__, "description": summary}

    # Not a union, whose errors would name both alternatives.
    def read(
        value: object, read_plain: core_schema.ValidatorFunctionWrapHandler, info: core_schema.ValidationInfo
    ) -> object:
        return value if isinstance(value, cls) else make(read_plain(value), _library_of(info))

    return core_schema.with_info_wrap_validator_function(
        read,
        plain,
        ref=_name_of(cls),
        serialization=core_schema.plain_serializer_function_ser_schema(to_plain),
        metadata=_shown(in_json),
    )


def _record_schema(cls: type[Any], handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
    """Return the schema of a record: a mapping with its fields, and no others."""
    hints = get_type_hints(cls)
    fields = {
        field.alias or field.name: core_schema.typed_dict_field(
            _field_schema(hints[field.name], handler, cls), required=field.default is attrs.NOTHING
        )
        for field in plain_fields(cls)
    }
    plain = core_schema.typed_dict_schema(fields, cls_name=cls.__name__, extra_behavior="forbid")
    make = getattr(cls, "__aicop_from_plain__", None)
    return _made_of(cls, plain, lambda found, library: cls(**found) if make is None else _made_by(make, found, library))


def _made_by(make: Callable[[Any, Any], object], found: object, library: object) -> object:
    """Return a record that its class makes of plain data; its faults become errors of pydantic."""
    try:
        return make(found, library)
    except InvalidDocument as error:
        kind = "aicop_fault"
        lines: list[InitErrorDetails] = [
            {
                "type": PydanticCustomError(kind, "{problem}", {"problem": fault.problem}),
                "loc": (fault.path,),
                "input": found,
            }
            for fault in error.faults
        ]
        raise ValidationError.from_exception_data(error.message, lines) from error


def _field_schema(hint: Any, handler: GetCoreSchemaHandler, within: type[Any]) -> core_schema.CoreSchema:  # noqa: ANN401, PLR0911 -- a type; a return for each kind
    """
    Return the schema of a field, which converts nothing but text to ids and words, and lists to tuples.

    *within* is the record whose field it is, and which it may refer to.
    """
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    if hint is within:
        return core_schema.definition_reference_schema(_name_of(within))
    inner = get_args(hint)
    if get_origin(hint) in {Union, types.UnionType}:
        kinds = tuple(kind for kind in inner if kind in _WRITTEN)
        others = [_field_schema(kind, handler, within) for kind in inner if kind not in (*kinds, type(None))]
        # All classes of ids together, so that one message says what is wrong.
        choices = [*others, _id_schema(kinds)] if kinds else others
        found = choices[0] if len(choices) == 1 else core_schema.union_schema([*choices])
        return core_schema.nullable_schema(found) if type(None) in inner else found
    if get_origin(hint) is tuple:
        parts = [_field_schema(kind, handler, within) for kind in inner if kind is not Ellipsis]
        last = 0 if Ellipsis in inner else None
        return core_schema.tuple_schema(parts, variadic_item_index=last)
    if get_origin(hint) is Mapping:
        return core_schema.dict_schema(*(_field_schema(kind, handler, within) for kind in inner))
    if isinstance(hint, type) and issubclass(hint, Vocabulary):
        return _exact_term_schema(hint)
    return handler.generate_schema(hint)
