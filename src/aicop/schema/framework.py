"""Models for framework files: those of users, and those that ship."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from aicop.schema.base import StrictSchema
from aicop.schema.types import Alias, Day, EditionLabel, Name, OwnText, PartialDay, Slug, Text
from aicop.vocabulary import FrameworkStatus, Grade, LicenceClass, Nature

MAX_ID_LENGTH = 100
"""The maximum length of an element's id."""


class _ElementSchema(StrictSchema):
    id: Annotated[Text, StringConstraints(max_length=MAX_ID_LENGTH)]
    parent: Text | None = None
    kind: Text
    title: Text | None = None
    nature: Nature | None = None
    words: Text | None = None
    amended: Text | None = None


class ControlSchema(_ElementSchema):
    """
    An element of a framework.

    `amended` says how a later text deleted or changed the element. `aliases` are other names by which it is found.
    `extra` holds the user's own fields, as text.
    """

    aliases: tuple[Alias, ...] = ()
    extra: dict[Name, OwnText] = Field(default_factory=dict)


class ControlRowSchema(_ElementSchema):
    """A row of a framework table; `aliases` are joined by ``|``. All other columns are the user's own."""

    aliases: Text | None = None


class FrameworkSchema(StrictSchema):
    """A framework file: another catalogue, or an organisation's own control library."""

    framework: Slug
    edition: EditionLabel
    title: Text
    publisher: Text | None = None
    controls: tuple[ControlSchema, ...]


class ListedControlSchema(StrictSchema):
    """
    A row of ``data/frameworks/<framework>@<edition>.tsv``; `replaced_by` lists ids, separated by "; ".

    A withdrawn element is refused as a key. An amended one is not: it belongs to this edition, and a later text deleted
    or changed it.
    """

    id: Text
    parent: Text | Literal[""] = ""
    kind: Text
    title: Text | Literal[""] = ""
    withdrawn: Literal["yes", ""] = ""
    replaced_by: Text | Literal[""] = ""
    amended: Text | Literal[""] = ""


class FrameworkSourceSchema(StrictSchema):
    document: Text
    locator: Text
    grade: Grade
    read: Day


class FrameworkEntrySchema(StrictSchema):
    framework: Slug
    edition: EditionLabel
    names: tuple[Text, ...]
    edition_names: tuple[Text, ...]
    title: Text
    publisher: Text
    published: PartialDay | None = None
    status: FrameworkStatus
    checked: Day | None = None
    licence: Text
    licence_class: LicenceClass
    address: Text
    ids_official: bool
    titles: Text
    complete: bool
    natures: dict[str, Nature]
    apart: tuple[Text, ...] = ()
    pattern: Text | None = None
    id_suffix: Text | None = None
    id_abbreviations: dict[Text, Text] = Field(default_factory=dict)
    note: Text | None = None
    source: FrameworkSourceSchema

    @model_validator(mode="after")
    def _is_checked(self) -> Self:
        # What is current changes without anybody touching the file, so the word is only as good as its day.
        if (self.checked is not None) is not (self.status in {FrameworkStatus.CURRENT, FrameworkStatus.LIVING}):
            message = "state the day on which it was checked with the status current or living, and with no other"
            raise ValueError(message)
        return self


class FrameworksSchema(StrictSchema):
    """
    The editions of frameworks that ship: ``data/frameworks.json``.

    The bare name of a framework means the first of its editions. `checked` is the day on which an edition was last
    checked to be current or living. `natures` maps each kind of element to its nature.
    Elements of the kinds in `apart` are not parts of the element under which they are printed. Ids that match `pattern`
    may be written without the framework. `id_suffix` is what the publisher adds to its ids to name the edition, such as
    ``:2025``; an id is found with and without it. `id_abbreviations` are short forms of words at the start of ids.
    """

    frameworks: tuple[FrameworkEntrySchema, ...]
