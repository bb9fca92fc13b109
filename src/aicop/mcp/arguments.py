"""The arguments of each tool, as models from which their JSON Schemas are made."""

from __future__ import annotations

from typing import Annotated, ClassVar, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from aicop.vocabulary import MeasureKind, Modality, Role

MAX_KEYS = 100
"""The maximum number of keys in one call."""
MAX_ITEMS = 100
"""The maximum number of items in one answer."""
_MAX_TEXT = 500

_Item = TypeVar("_Item")


def _as_list(value: object) -> object:
    # A number is refused as an item, with advice that says how to write it.
    return [value] if isinstance(value, str | int) else value


# Language models often write one word where the schema asks for a list.
Several = Annotated[list[_Item], BeforeValidator(_as_list)]
"""A list, or text in place of a list of one; the JSON Schema has the list alone."""

Text = Annotated[str, Field(min_length=1, max_length=_MAX_TEXT)]
Key = Annotated[
    Text,
    Field(description="A key in any common spelling.", examples=["uk-ai-cop:5.4.1", "EN 304 223 5.2.4-1", "AML.M0005"]),
]
Name = Annotated[
    Text,
    Field(
        description="An edition or framework: its id, key or a name; list_frameworks lists them.",
        examples=["uk-ai-cop", "etsi-en-304-223@2.1.1", "iso-iec-42001"],
    ),
]
Edition = Annotated[Text, Field(description="An edition of the Code.", examples=["uk-ai-cop", "etsi-en-304-223"])]
Via = Annotated[
    Several[Name],
    Field(max_length=4, description="Compose through these frameworks, in order. Default: found by itself."),
]
Limit = Annotated[int, Field(ge=1, le=MAX_ITEMS, description="The maximum number of items in the answer.")]
Offset = Annotated[int, Field(ge=0, description="The number of items to skip, to read on after a shortened answer.")]


class Arguments(BaseModel):
    """The base of all arguments: unknown ones are errors."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", frozen=True)


class OneKey(Arguments):
    """A key."""

    key: Key
    edition: Annotated[Name | None, Field(description="Where bare numbers, such as 5.4.1, are looked up.")] = None


class Selection(Arguments):
    """Filters for the statements of an edition."""

    edition: Edition = "uk-ai-cop"
    role: Annotated[Several[Role], Field(description="Who has the duty.")] = []
    counterparty: Annotated[Several[Role], Field(description="Whom the statement also names.")] = []
    modality: Annotated[Several[Modality], Field(description="The verb: shall, should, may or can.")] = []
    phase: Annotated[Several[Text], Field(examples=[["secure-design"]])] = []
    principle: Annotated[Several[Text], Field(examples=[["P5"]])] = []
    threat: Annotated[Several[Text], Field(description="A threat that the guidance names.")] = []
    measure: Annotated[Several[MeasureKind], Field(description="A kind of measure that the guidance has.")] = []
    limit: Limit = 20
    offset: Offset = 0


class Keys(Arguments):
    """Keys to check."""

    keys: Annotated[
        Several[Annotated[str, Field(max_length=_MAX_TEXT)]],
        Field(min_length=1, max_length=MAX_KEYS, description="One key per item."),
    ]
    edition: Annotated[Name | None, Field(description="Where bare numbers, such as 5.4.1, are looked up.")] = None


class KeyAndEdition(Arguments):
    """A key, and another edition."""

    key: Key
    edition: Edition


class KeyToMap(Arguments):
    """A key, and perhaps the framework to map it to."""

    key: Key
    framework: Annotated[Name | None, Field(description="Default: every framework with mappings of the item.")] = None
    via: Annotated[Via, Field(description="Compose through these frameworks, in order; needs framework.")] = []
    limit: Limit = 20
    offset: Offset = 0


class TwoKeys(Arguments):
    """Two items of different frameworks; several items that are mapped together are joined by ``|``."""

    one: Key
    other: Key
    via: Via = []
    limit: Limit = 5
    offset: Offset = 0


class Covering(Arguments):
    """Two frameworks, and what of the first one to count."""

    source: Annotated[Name, Field(description="The edition or framework that is covered or not.")]
    target: Annotated[Name, Field(description="The edition or framework that covers it.")]
    via: Via = []
    within: Annotated[
        Several[Text],
        Field(description="Count only these items of the source and what is below them.", examples=[["P6"]]),
    ] = []
    of: Annotated[Several[Text], Field(description="Count items of these kinds.", examples=[["statement"]])] = []
    strength: Annotated[int | None, Field(ge=1, le=10, description="The minimum strength of a mapping.")] = None
    limit: Limit = 20
    offset: Offset = 0


class Words(Arguments):
    """Words to search for."""

    text: Text
    within: Annotated[Several[Name], Field(description="Only these frameworks. Default: all.")] = []
    limit: Limit = 10
    offset: Offset = 0


class Listing(Arguments):
    """What of a list to show."""

    limit: Limit = MAX_ITEMS
    offset: Offset = 0
