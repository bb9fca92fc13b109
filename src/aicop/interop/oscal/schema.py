"""
The structure that OSCAL files must have to be imported: strict about fields that are used, lenient about the rest.

Catalogs of any version 1.x are accepted, and mapping collections, which OSCAL has since 1.2. Only the outermost level
is a pydantic model. Everything below is validated as dictionaries, because building model objects for the tens of
thousands of elements in a catalog takes seven times as long.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Required

from pydantic import AfterValidator, BaseModel, Field, StringConstraints
from typing_extensions import TypedDict

from aicop.errors import count_phrase, excerpt
from aicop.interop.common.identifiers import BASE
from aicop.interop.common.merging import MERGED, OF_GROUPS, ROUNDED

if TYPE_CHECKING:
    from collections import Counter

Plain = dict[str, Any]
Cells = dict[str, str]

OSCAL = "http://csrc.nist.gov/ns/oscal"
"""The namespace of OSCAL's own names, and the default of a property that states none."""
HEAD = frozenset({"title", "version", "last-modified", "oscal-version"})
"""The metadata fields that are imported or that only describe the file."""


Several = list[Any]
"""A list that is only counted."""
Given = Annotated[str, StringConstraints(min_length=1)]


def _first(version: str) -> str:
    """Return *version*; raise ValueError unless it is 1.x, with or without the prefix ``v``."""
    if not version.removeprefix("v").startswith("1."):
        message = "only OSCAL 1.x can be read"
        raise ValueError(message)
    return version


class Prop(TypedDict, total=False):
    name: Required[str]
    value: Required[str]
    ns: str
    group: str
    remarks: str


# A class body cannot declare a field whose name contains a hyphen or is a Python keyword. Such fields are declared in a
# base class with the call syntax.
_Classed = TypedDict("_Classed", {"class": str}, total=False)


class Part(_Classed, total=False):
    id: str
    name: Required[str]
    prose: str
    props: list[Prop]
    links: Several
    parts: list[Part]


class Control(_Classed, total=False):
    id: Required[Given]
    title: Required[Given]
    params: Several
    props: list[Prop]
    links: Several
    parts: list[Part]
    controls: list[Control]


class Group(_Classed, total=False):
    id: Given
    title: Required[Given]
    params: Several
    props: list[Prop]
    links: Several
    parts: list[Part]
    groups: list[Group]
    controls: list[Control]


class Holder(TypedDict, total=False):
    id: str
    title: Required[Given]
    description: str
    props: list[Prop]


class Party(TypedDict, total=False):
    uuid: Required[str]
    name: str


Responsible = TypedDict("Responsible", {"role-id": str, "party-uuids": list[str]})
_Head = TypedDict(
    "_Head",
    {
        "oscal-version": Required[Annotated[str, AfterValidator(_first)]],
        "responsible-parties": list[Responsible],
    },
    total=False,
)


class Head(_Head, total=False):
    title: Required[Given]
    version: str
    props: list[Prop]
    links: Several
    roles: list[Holder]
    parties: list[Party]


class Link(TypedDict, total=False):
    href: Required[str]


class Resource(TypedDict, total=False):
    uuid: Required[str]
    props: list[Prop]
    rlinks: list[Link]


class Back(TypedDict, total=False):
    resources: list[Resource]


_Backed = TypedDict("_Backed", {"back-matter": Back}, total=False)


class Catalog(_Backed, total=False):
    metadata: Required[Head]
    params: Several
    groups: list[Group]
    controls: list[Control]


class Score(TypedDict, total=False):
    category: str
    percentage: Annotated[float, Field(ge=0, le=1, strict=True)]


_Item = TypedDict("_Item", {"id-ref": Given})


class Item(_Item, total=False):
    type: Required[str]
    props: list[Prop]
    links: Several


_Map = TypedDict("_Map", {"confidence-score": Score}, total=False)


class Map(_Map, total=False):
    ns: str
    relationship: Required[Given]
    sources: Required[Annotated[list[Item], Field(min_length=1)]]
    targets: Required[Annotated[list[Item], Field(min_length=1)]]
    qualifiers: Several
    props: list[Prop]
    links: Several
    remarks: str


class End(TypedDict, total=False):
    href: Required[str]
    props: list[Prop]


Select = TypedDict("Select", {"with-ids": list[str]}, total=False)
Gaps = TypedDict("Gaps", {"unmapped-controls": list[Select]}, total=False)
_Mapping = TypedDict(
    "_Mapping",
    {
        "source-resource": Required[End],
        "target-resource": Required[End],
        "source-gap-summary": Gaps,
        "target-gap-summary": Gaps,
    },
    total=False,
)


class Mapping(_Mapping, total=False):
    maps: Required[list[Map]]
    props: list[Prop]
    links: Several


class Collection(_Backed, total=False):
    metadata: Required[Head]
    mappings: Required[list[Mapping]]


class CatalogFile(BaseModel):
    """A file with a catalog."""

    catalog: Catalog


class CollectionFile(BaseModel):
    """A file with a mapping collection."""

    collection: Collection = Field(alias="mapping-collection")


_WORDS = {
    "withdrawn": ("withdrawn element", None),
    "titles": ("title that repeats the id", "titles that repeat the id"),
    "params": ("parameter", None),
    "parts": ("part", None),
    "props": ("property", "properties"),
    "parties": ("party", "parties"),
    "published": ("date of publication", "dates of publication"),
    "responsible-parties": ("responsible party", "responsible parties"),
    "document-ids": ("document id", None),
    "resources": ("back-matter resource", None),
    "confidence": ("confidence given as a category", "confidences given as categories"),
    "decimals": ROUNDED,
    "members": OF_GROUPS,
    "status": ("status", "statuses"),
    **MERGED,
    "gaps": ("list of unmapped controls", "lists of unmapped controls"),
}
"""The singular and plural of content that is not imported, if they cannot be derived from the name of the field."""


def omitted_phrases(counts: Counter[str]) -> tuple[str, ...]:
    """Return one phrase for each count that is not zero, such as ``3 parameters``."""
    return tuple(count_phrase(count, *(_WORDS.get(name) or _plain(name))) for name, count in counts.items() if count)


def _plain(name: str) -> tuple[str, None]:
    """Return the singular of a field name as words; a name that OSCAL would not use is quoted instead."""
    known = re.fullmatch(r"[a-z][a-z-]{1,30}", name) is not None
    return name.removesuffix("s").replace("-", " ") if known else f"field {excerpt(name)}", None


def ours(item: Plain) -> Cells:
    """Return the properties in the namespace of aicop, as values by name."""
    return {prop["name"]: prop["value"] for prop in item.get("props", ()) if prop.get("ns") == BASE}


def count_fields(item: Plain, known: frozenset[str], counts: Counter[str]) -> None:
    """Add to *counts* the fields of *item* that are not in *known*; a list counts once per item."""
    for name, value in item.items():
        if name not in known:
            counts[name] += len(value) if isinstance(value, list) else 1
