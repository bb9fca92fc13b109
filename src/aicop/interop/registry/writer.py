"""
The registry for embedders in any language: one small JSON file with the ids of the editions and their counterparts.

Programs that validate, tag or migrate keys need only this file and no Python. It contains no restatements, no guidance
and no other frameworks. `FORMAT` lists the facts that are lost. ``docs/reference/schemas/registry.schema.json`` is its
schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aicop.catalogue.shipped import load
from aicop.errors import UnknownEdition
from aicop.files.json_text import dump_json
from aicop.interop.common.format import Format
from aicop.lineage import counterpart
from aicop.manifest import document_entries, editions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aicop.catalogue.catalogue import Catalogue
    from aicop.interop.common.protocol import Sample
    from aicop.model.edition import Principle, Provision

VERSION = 1
"""The version of the file's structure. It increases when embedders have to change their code."""

FORMAT = Format(
    name="registry",
    title="Registry JSON 1, for embedders in any language",
    suffix=".json",
    writes=("edition",),
    reads=(),
    predicates=(),
    keeps="keys, titles, parents, phases, verbs and duty holders, the status of each edition, and counterparts",
    loses=(
        "the action and condition of statements",
        "counterparties, remarks, pointers, guidance, sources and annotations",
        "licence, legal force, scope, stakeholders, terms, citations, preambles, and dates other than publication",
        "kinds of change between editions",
        "dependencies, artefacts and other frameworks",
    ),
    extra=None,
    everything=True,
)


def recognises(sample: Sample) -> bool:
    """Return whether a file states that it is a registry."""
    return sample.fields.get("format") == "aicop-registry"


def _principle(item: Principle) -> dict[str, Any]:
    return {
        "key": str(item.id),
        "number": item.id.number,
        "title": item.title,
        "phase": str(item.phase),
        "applies_to": None if item.applies_to is None else [role.value for role in item.applies_to],
    }


def _provision(item: Provision, others: Iterable[Catalogue]) -> dict[str, Any]:
    return {
        "key": str(item.id),
        "number": item.id.number,
        "title": item.title,
        "principle": str(item.principle),
        "phase": str(item.phase),
        "parent": None if item.parent is None else str(item.parent),
        "grade": item.source.grade.value,
        "statements": [
            {
                "key": f"{item.id}#{said.ordinal}",
                "modality": said.modality.value,
                "duty_holders": [role.value for role in said.duty_holders],
                "joiner": None if said.joiner is None else said.joiner.value,
                "attribution": said.attribution.value,
                "grade": (said.source or item.source).grade.value,
            }
            for said in item.statements
        ],
        "counterparts": {str(other.id): str(counterpart(item.id, other.id)) for other in others},
    }


def _edition(catalogue: Catalogue, others: Iterable[Catalogue]) -> dict[str, Any]:
    edition = catalogue.edition
    # A tuple, because each provision iterates over it again.
    listed = tuple(others)
    return {
        "key": str(edition.id),
        "title": edition.title,
        "names": [name for item in document_entries() if item.key == edition.id.document for name in item.names],
        "publisher": edition.publisher,
        "published": edition.published,
        "status": edition.status.value,
        "checked": edition.checked,
        "supersedes": list(edition.supersedes),
        "implements": list(edition.implements),
        "address": edition.address,
        "phases": [{"key": str(item.id), "title": item.title} for item in catalogue.phases],
        "principles": [_principle(item) for item in catalogue.principles],
        "provisions": [_provision(item, listed) for item in catalogue.values()],
    }


def dumps(*items: Catalogue) -> str:
    """
    Write the registry of the given shipped editions, or of all shipped editions if none is given.

    Each provision is listed with its counterparts in all other shipped editions, not only in the given editions.

    >>> import json
    >>> json.loads(dumps())["editions"][0]["provisions"][0]["counterparts"]["etsi-en-304-223@2.1.1"]
    'etsi-en-304-223@2.1.1:5.1.1-1'

    Raises:
        UnknownEdition: an edition does not ship, so its counterparts are not known.
    """
    shipped = tuple(map(load, editions()))
    for item in items:
        # Compared by content, because counterparts are known only for the shipped content of an edition.
        if item not in shipped:
            advice = "the registry contains only shipped editions; "
            raise UnknownEdition(str(item.id), tuple(map(str, editions())), advice)
    written = [_edition(item, (other for other in shipped if other.id != item.id)) for item in items or shipped]
    return dump_json({"format": "aicop-registry", "version": VERSION, "editions": written})
