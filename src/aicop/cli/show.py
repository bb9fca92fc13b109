"""The command ``show``: parse a key, find what it names, print everything known about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from aicop.cli.options import key_edition_option, prints_record, uses_library
from aicop.ids import ControlId, PhaseId, PrincipleId, ProvisionId, StatementId
from aicop.records import to_plain
from aicop.vocabulary import FrameworkStatus

if TYPE_CHECKING:
    from aicop.catalogue.catalogue import Catalogue
    from aicop.cli.output import Output
    from aicop.library.library import Library
    from aicop.model.edition import Guidance, Phase, Principle, Provision, Reference, Source


def _source(source: Source) -> str:
    return f"{source.document}, {source.locator} ({source.grade})"


def _reference(reference: Reference) -> str:
    """Return the title with its part, after the publisher unless the title names it."""
    publisher = reference.publisher
    prefix = f"{publisher}: " if publisher and publisher not in reference.title else ""
    return f"{prefix}{reference.title}{f', {reference.locator}' if reference.locator else ''}"


def _guidance_fields(guidance: Guidance) -> dict[str, object]:
    fields: dict[str, object] = {
        "guide: threats": [item.title for item in guidance.threats],
        "guide: threat summary": guidance.threat_summary,
    }
    for number, item in enumerate(guidance.measures, start=1):
        examples = f" Examples: {', '.join(item.scenarios)}." if item.scenarios else ""
        better = f" Belongs rather to {item.fits}." if item.fits else ""
        exceptions = "".join(
            f" Not applicable to {none.scenario}{f': {none.reason}' if none.reason else '.'}"
            for none in item.not_applicable
        )
        fields[f"guide: measure {number}"] = (
            f"{item.heading}. {item.summary} [{item.kind}]{examples}{exceptions}{better}"
        )
    for part in ("threats", "measures", "references"):
        fields[f"guide: {part} also from"] = getattr(guidance, f"{part}_from")
    fields["guide: references"] = [_reference(item) for item in guidance.references]
    fields["guide: errors not carried over"] = guidance.slips
    fields["guide: pages"] = [str(page) for page in guidance.pages]
    return {name: value for name, value in fields.items() if value}


def _provision_fields(provision: Provision, catalogue: Catalogue, library: Library) -> dict[str, object]:
    principle = catalogue.principle(provision.principle)
    fields: dict[str, object] = {
        "key": provision.id,
        "title": provision.title,
        "phase": catalogue.phase(provision.phase).title,
        "principle": f"{principle.id.number}. {principle.title}",
        "parent": provision.parent,
        "children": [item.id.number for item in catalogue.children(provision.id)],
    }
    for statement in provision.statements:
        known = "" if statement.as_printed else f" ({statement.attribution})"
        when = f" (when: {statement.condition})" if statement.condition else ""
        fields[f"statement {statement.ordinal}"] = (
            f"{statement.who}{known} {statement.modality} {statement.action}{when}"
        )
        fields[f"counterparties {statement.ordinal}"] = [
            f"{item.party} ({item.capacity})" for item in statement.counterparties
        ]
        for remark in statement.remarks:
            fields[f"{remark.kind} {statement.ordinal}"] = remark.text
        if statement.source:
            fields[f"source {statement.ordinal}"] = _source(statement.source)
    fields["footnotes"] = [str(number) for number in provision.footnotes]
    for pointer in provision.pointers:
        fields[f"pointer to clause {pointer.clause}"] = pointer.purpose
    notes = [*provision.annotations, *(note for item in provision.pointers for note in item.annotations)]
    for number, annotation in enumerate(notes, start=1):
        fields[f"annotation {number}"] = (
            f"{annotation.observation} Our reading: {annotation.reading} Why: {annotation.reason}"
        )
    fields |= _guidance_fields(provision.guidance) if provision.guidance else {}
    fields["source"] = _source(provision.source)
    fields["counterparts"] = [
        item for other in library.lineages.related(catalogue.id) for item in library.counterparts(provision.id, other)
    ]
    return fields


def _principle_fields(principle: Principle, catalogue: Catalogue, library: Library) -> dict[str, object]:
    pointers = [
        f"{item.prerequisite.number} ({item.kind}, {item.basis}): {item.rationale}"
        for item in library.graph(catalogue.id).of_principles
        if item.dependant == principle.id
    ]
    return {
        "key": principle.id,
        "title": principle.title,
        "phase": catalogue.phase(principle.phase).title,
        "clause": principle.clause,
        "primarily applies to": principle.applies_to or "not stated in this edition",
        "preamble": principle.preamble,
        "cites": [f"{item.printed} ({item.document})" for item in principle.citations],
        "provisions": [match.provision.id.number for match in catalogue.select(principle=principle.id)],
        "depends on": pointers,
        "annotations": [f"{item.observation} Our reading: {item.reading}" for item in principle.annotations],
        "source": _source(principle.source),
    }


def _phase_fields(phase: Phase, catalogue: Catalogue) -> dict[str, object]:
    within = [item for item in catalogue.principles if item.phase == phase.id]
    return {
        "key": phase.id,
        "title": phase.title,
        "clause": phase.clause,
        "ISO/IEC 22989 stage": phase.stage,
        "principles": [f"{item.id.number}. {item.title}" for item in within],
        "provisions": len(catalogue.select(phase=phase.id)),
        "source": _source(phase.source),
    }


def _control_fields(key: ControlId | StatementId, library: Library) -> tuple[dict[str, object], object]:
    framework = library.framework(key.edition)
    control = framework[key]
    fields: dict[str, object] = {
        "key": control.id,
        "title": control.title,
        "summary": control.words,
        "kind": control.kind,
        "nature": control.nature,
        "parent": control.parent,
        "children": [item.id for item in framework.children(key)],
        "deleted or changed later": control.amended,
        "also known as": control.aliases,
    }
    edition = framework.edition
    status = edition.status.value if edition.status is not FrameworkStatus.OWN else None
    status = f"{status}, checked on {edition.checked}" if edition.checked else status
    last = {"framework": edition.title, "status": status, "note": edition.note}
    # The user's own columns may have the names of these fields.
    own = {f"{name} (own)" if name in fields | last else name: value for name, value in control.extra}
    record: Any = to_plain(control)
    return fields | own | last, record | {"extra": dict(control.extra)}


@click.command()
@click.argument("key")
@key_edition_option
@prints_record
@uses_library
def show(out: Output, library: Library, key: str, edition: str | None) -> None:
    """
    Show a provision, principle, phase, or an element of another framework, with everything known about it.

    KEY is a key such as uk-ai-cop:5.4.1, "EN 304 223 5.2.4-1" or AML.M0005.
    """
    found = library.parse(key, edition)
    fields: dict[str, object]
    record: object
    if isinstance(found, ControlId | StatementId):
        fields, record = _control_fields(found, library)
    else:
        catalogue = library.catalogue(found.edition)
        if isinstance(found, ProvisionId):
            record = provision = catalogue[found]
            fields = _provision_fields(provision, catalogue, library)
        elif isinstance(found, PrincipleId):
            record = principle = catalogue.principle(found)
            fields = _principle_fields(principle, catalogue, library)
        else:
            assert isinstance(found, PhaseId)
            record = phase = catalogue.phase(found)
            fields = _phase_fields(phase, catalogue)
    out.record({name: value for name, value in fields.items() if value not in (None, [], "", ())}, record)


COMMANDS = {"show": show}
