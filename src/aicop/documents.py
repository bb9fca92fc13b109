"""
The gate: what every file must look like, whoever wrote it.

The models mirror the files one to one. A document that passes is handed on as plain data; a document that does not
raises `aicop.errors.InvalidDocument` with all its faults, each with its place.
"""

from __future__ import annotations

import difflib
import json
import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from aicop.errors import Fault, InvalidDocument, excerpt
from aicop.ids import NUMBER
from aicop.reading import join, parse_json, parse_table, refuse
from aicop.vocabulary import (
    Attribution,
    Capacity,
    Change,
    Event,
    Grade,
    Joiner,
    MeasureKind,
    Modality,
    RemarkKind,
    Role,
    Scenario,
    Status,
    ThreatKind,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pydantic_core import ErrorDetails

Text = Annotated[str, StringConstraints(min_length=1, pattern=r"^\S(?:[^\r\n]*\S)?$")]
"""One line without blanks at its ends."""
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
EditionLabel = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*$")]
Number = Annotated[str, StringConstraints(pattern=f"^{NUMBER}$")]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Date = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?$")]
DocumentKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$")]
Digest = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]
Ordinal = Annotated[int, Field(ge=1, le=9999)]


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class SourceDocument(_Document):
    key: Slug
    document: Text
    locator: Text
    grade: Grade
    read: Day
    note: Text | None = None


class AnnotationDocument(_Document):
    observation: Text
    reading: Text
    reason: Text
    erratum: bool


class EventDateDocument(_Document):
    event: Event
    date: Date
    source: Slug


class ScopeStatementDocument(_Document):
    key: Slug
    statement: Text
    source: Slug


class ActRoleDocument(_Document):
    role: Text
    condition: Text | None = None


class StakeholderDocument(_Document):
    role: Role
    definition: Text
    ai_act_roles: tuple[ActRoleDocument, ...] = ()
    source: Slug
    annotations: tuple[AnnotationDocument, ...] = ()


class TermDocument(_Document):
    name: Text
    definition: Text | None = None
    source: Slug


class CitationDocument(_Document):
    printed: Text
    document: Text


class RemarkDocument(_Document):
    kind: RemarkKind
    text: Text


class CounterpartyDocument(_Document):
    role: Role | None = None
    party: Text
    capacity: Capacity
    attribution: Attribution


class StatementDocument(_Document):
    modality: Modality
    duty_holders: Annotated[tuple[Role, ...], Field(min_length=1)]
    joiner: Joiner | None = None
    attribution: Attribution
    as_printed: Text | None = None
    counterparties: tuple[CounterpartyDocument, ...] = ()
    condition: Text | None = None
    action: Text
    remarks: tuple[RemarkDocument, ...] = ()


class PointerDocument(_Document):
    clause: Text
    principle: Ordinal
    purpose: Text
    annotations: tuple[AnnotationDocument, ...] = ()


class ProvisionDocument(_Document):
    number: Number
    title: Text
    parent: Number | None = None
    guidance: Number | None = None
    statements: Annotated[tuple[StatementDocument, ...], Field(min_length=1)]
    pointers: tuple[PointerDocument, ...] = ()
    footnotes: tuple[Ordinal, ...] = ()
    source: Slug
    annotations: tuple[AnnotationDocument, ...] = ()


class PrincipleDocument(_Document):
    number: Ordinal
    title: Text
    clause: Number | None = None
    applies_to: tuple[Role, ...] | None = None
    preamble: Text | None = None
    citations: tuple[CitationDocument, ...] = ()
    source: Slug
    annotations: tuple[AnnotationDocument, ...] = ()
    provisions: Annotated[tuple[ProvisionDocument, ...], Field(min_length=1)]


class PhaseDocument(_Document):
    slug: Annotated[str, StringConstraints(pattern=r"^[a-z]+(?:-[a-z]+)*$")]
    title: Text
    clause: Number | None = None
    stage: Text | None = None
    source: Slug
    principles: Annotated[tuple[PrincipleDocument, ...], Field(min_length=1)]


class EditionDocument(_Document):
    """An edition file: ``data/editions/<document>@<edition>.json``."""

    document: Slug
    edition: EditionLabel
    title: Text
    publisher: Text
    status: Status
    force: Text
    dates: tuple[EventDateDocument, ...] = ()
    supersedes: tuple[Text, ...] = ()
    implements: tuple[Text, ...] = ()
    address: Text
    identifiers: tuple[Text, ...] = ()
    digest: Digest | None = None
    licence: Text
    ships: Text
    source: Slug
    annotations: tuple[AnnotationDocument, ...] = ()
    sources: tuple[SourceDocument, ...]
    scope: tuple[ScopeStatementDocument, ...] = ()
    stakeholders: tuple[StakeholderDocument, ...] = ()
    terms: tuple[TermDocument, ...] = ()
    guidance: Text | None = None
    phases: Annotated[tuple[PhaseDocument, ...], Field(min_length=1)]


class ThreatDocument(_Document):
    key: Slug
    title: Text
    kind: ThreatKind
    definition: Text


class ThreatsDocument(_Document):
    """The threat vocabulary: ``data/threats.json``."""

    source: SourceDocument
    threats: tuple[ThreatDocument, ...]


class NotApplicableDocument(_Document):
    scenario: Scenario
    reason: Text | None = None


class MeasureDocument(_Document):
    heading: Text
    kind: MeasureKind
    summary: Text
    scenarios: tuple[Scenario, ...] = ()
    not_applicable: tuple[NotApplicableDocument, ...] = ()
    fits: Number | None = None


class ReferenceDocument(_Document):
    document: DocumentKey
    title: Text
    publisher: Text | None = None
    locator: Text | None = None


class GuidanceEntryDocument(_Document):
    number: Number
    pages: tuple[Ordinal, ...]
    threats: tuple[Slug, ...]
    threats_from: Number | None = None
    threat_summary: Text
    measures: tuple[MeasureDocument, ...] = ()
    measures_from: Number | None = None
    references: tuple[ReferenceDocument, ...] = ()
    references_from: Number | None = None
    slips: tuple[Text, ...] = ()


class GuidanceDocument(_Document):
    """What a guide says beside the provisions of one edition: ``data/guidance/<document>@<edition>.json``."""

    document: Slug
    edition: EditionLabel
    title: Text
    address: Text
    digest: Digest | None = None
    licence: Text
    source: SourceDocument
    entries: tuple[GuidanceEntryDocument, ...]


class RegisteredEditionDocument(_Document):
    edition: EditionLabel
    note: Text


class RegisteredDocument(_Document):
    key: Slug
    names: tuple[Text, ...]
    numbering: Literal["uk", "etsi"]
    editions: Annotated[tuple[EditionLabel, ...], Field(min_length=1)]
    not_carried: tuple[RegisteredEditionDocument, ...] = ()


class ForeignIdDocument(_Document):
    pattern: Text
    framework: Text


class RegisterDocument(_Document):
    """Which documents and editions there are, and how people write them: ``data/register.json``."""

    documents: tuple[RegisteredDocument, ...]
    guides: tuple[Text, ...]
    foreign: tuple[ForeignIdDocument, ...]


class LineageRowDocument(_Document):
    """A row of ``data/lineage/<old>--<new>.tsv``; `changes` holds kinds of change, the weightiest first, by "; "."""

    old: Annotated[str, StringConstraints(pattern=rf"^(?:P[1-9][0-9]?|{NUMBER})$")]
    new: Annotated[str, StringConstraints(pattern=rf"^(?:P[1-9][0-9]?|{NUMBER})$")]
    changes: Annotated[str, StringConstraints(pattern=rf"^(?:{'|'.join(Change)})(?:; (?:{'|'.join(Change)}))*$")]
    grade: Grade
    note: Text | Literal[""] = ""
    review: Text | Literal[""] = ""


class ControlDocument(_Document):
    """An element of a framework; also a row of a framework's table."""

    id: Text
    parent: Text | None = None
    kind: Text
    title: Text | None = None


class FrameworkDocument(_Document):
    """Another catalogue, or an organisation's own control library."""

    framework: Slug
    edition: EditionLabel
    title: Text
    publisher: Text | None = None
    controls: tuple[ControlDocument, ...]


PUBLISHED: tuple[type[BaseModel], ...] = (
    EditionDocument,
    FrameworkDocument,
    GuidanceDocument,
    LineageRowDocument,
    RegisterDocument,
    ThreatsDocument,
)
"""The models whose JSON Schema is published under ``docs/reference/schemas/``."""


def _fields(model: type[BaseModel]) -> set[str]:
    """All field names that occur in *model* or below it."""
    schema = model.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return {name for part in parts for name in part.get("properties", ())}


def _place(steps: Iterable[str | int]) -> str:
    path = ""
    for step in steps:
        path = join(path, step)
    return path


def _problem(error: ErrorDetails, model: type[BaseModel]) -> str:  # noqa: PLR0911 -- a return for each kind of error
    kind, given = error["type"], error["input"]
    shown = f", not {excerpt(given)}" if isinstance(given, str) else ""
    if kind == "missing":
        return "this field is missing"
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(str(error["loc"][-1]), sorted(_fields(model)), n=1)
        return f"unknown field{f'; did you mean {near[0]}?' if near else ''}"
    if kind == "enum":
        words = re.findall(r"'([^']+)'", error["ctx"]["expected"])
        near = difflib.get_close_matches(str(given), words, n=1, cutoff=0.7)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        return f"must be one of {', '.join(words)}{shown}{hint}"
    if kind == "string_type":
        quoted = f"; write it in quotes: {json.dumps(str(given))}" if isinstance(given, int | float) else ""
        return f"must be text, not {type(given).__name__}{quoted}"
    if kind == "string_pattern_mismatch":
        return f"{excerpt(given)} does not have the form of this field, {error['ctx']['pattern']}"
    if kind == "too_short":
        return f"needs at least {error['ctx']['min_length']} item"
    message = error["msg"]
    return f"{message[0].lower()}{message[1:]}{shown}"


def _faults(error: ValidationError, model: type[BaseModel], file: str) -> tuple[Fault, ...]:
    items = error.errors(include_url=False)
    places = [item["loc"] for item in items]

    # Pydantic counts only the good items of a list; a list with a bad one is not empty for that.
    def idle(item: ErrorDetails) -> bool:
        loc = item["loc"]
        return item["type"] == "too_short" and any(other[: len(loc)] == loc != other for other in places)

    return tuple(Fault(file, _place(item["loc"]), _problem(item, model)) for item in items if not idle(item))


def check_json(model: type[BaseModel], content: bytes | str, file: str) -> dict[str, Any]:
    """
    Pass a JSON document through the gate and give it back as plain data.

    Raises:
        InvalidDocument: with all faults.
    """
    value = parse_json(content, file)
    if not isinstance(value, dict):
        refuse(file, "", f"must be a JSON object, not {type(value).__name__}")
    _validate(model, value, file)
    return value


def _validate(model: type[BaseModel], value: dict[str, Any], file: str) -> None:
    try:
        model.model_validate_json(json.dumps(value))
    except ValidationError as error:
        raise InvalidDocument.from_faults(_faults(error, model, file)) from error


def check_table(
    model: type[BaseModel], content: bytes | str, file: str, *, delimiter: str = "\t"
) -> list[dict[str, str]]:
    """
    Pass a table with a header row through the gate; empty cells are left out of the rows given back.

    Raises:
        InvalidDocument: with all faults, each with its line.
    """
    header, rows = parse_table(content, file, delimiter=delimiter)
    return _check_rows(model, header, rows, file)


def _check_header(model: type[BaseModel], header: Sequence[str], file: str) -> Iterator[Fault]:
    known = list(model.model_fields)
    for name in header:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            yield Fault(file, "line 1", f"unknown column {excerpt(name)}{hint}")
        elif header.count(name) > 1:
            yield Fault(file, "line 1", f"the column {name!r} stands here more than once")
    for name, field in model.model_fields.items():
        if field.is_required() and name not in header:
            yield Fault(file, "line 1", f"the column {name!r} is missing")


def _check_rows(
    model: type[BaseModel], header: list[str], lines: list[tuple[list[str], int]], file: str
) -> list[dict[str, str]]:
    if faults := tuple(dict.fromkeys(_check_header(model, header, file))):
        raise InvalidDocument.from_faults(faults)
    rows = []
    found: list[Fault] = []
    for cells, line in lines:
        if len(cells) != len(header):
            found.append(Fault(file, f"line {line}", f"{len(cells)} cells where the header has {len(header)}"))
            continue
        row = {name: cell for name, cell in zip(header, cells, strict=True) if cell}
        try:
            model.model_validate_strings(row)
        except ValidationError as error:
            found += (
                Fault(file, f"line {line}, column {_place(item['loc'])!r}", _problem(item, model))
                for item in error.errors(include_url=False)
            )
        rows.append(row)
    if found:
        raise InvalidDocument.from_faults(tuple(found))
    return rows


def check_framework(content: bytes | str, file: str, **facts: str) -> dict[str, Any]:
    """
    Pass a framework file through the gate: JSON when its name ends so, else a TSV or CSV of controls.

    A table has the columns ``id``, ``kind`` and, where wanted, ``parent`` and ``title``; what it cannot hold
    (``framework``, ``edition``, ``title``, ``publisher``) is given in *facts*.

    Raises:
        InvalidDocument: with all faults.
    """
    if file.lower().endswith(".json"):
        return check_json(FrameworkDocument, content, file)
    delimiter = "," if file.lower().endswith(".csv") else "\t"
    value = dict(facts) | {"controls": check_table(ControlDocument, content, file, delimiter=delimiter)}
    _validate(FrameworkDocument, value, file)
    return value
