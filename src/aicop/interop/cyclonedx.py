"""
CycloneDX: an edition or a framework as a standard in the definitions of a bill of materials. Written only.

Each element is a requirement under its parent. Each statement of an edition is a separate requirement, since the
statements of a provision can have different verbs. One level per verb lists the statements with that verb. Facts for
which the format has no field are properties whose names begin with ``urn:aicop:``. The properties of the standard as a
whole are at the root of the document, because CycloneDX standards have no properties. No timestamp is written: it would
date the file, not the standard. `FORMAT` lists the facts that are lost.
"""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from aicop.catalogue.catalogue import Catalogue
from aicop.files.json_text import drop_empty, dump_json
from aicop.ids import StatementId
from aicop.interop.common.format import Format
from aicop.interop.common.identifiers import BASE, iri, uuid
from aicop.interop.common.properties import (
    OMITTED,
    address,
    as_framework,
    element_properties,
    framework_properties,
    guidance_notes,
    scope,
)
from aicop.spelling import unknown_term
from aicop.vocabulary import Modality

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aicop.frameworks.framework import Framework
    from aicop.interop.common.properties import Properties
    from aicop.interop.common.protocol import Sample
    from aicop.model.framework import Control

Version = Literal["1.6", "1.7"]
VERSIONS: tuple[Version, ...] = ("1.6", "1.7")

FORMAT = Format(
    name="cyclonedx",
    title="CycloneDX 1.6 or 1.7, definitions of standards",
    suffix=".cdx.json",
    writes=("edition", "framework"),
    reads=(),
    predicates=(),
    keeps="ids, parents, kinds, natures, titles, words; for editions also verbs, duty holders, conditions and remarks",
    loses=(
        "crosswalks: CycloneDX has no typed relationship between standards",
        "the difference between requirements and other elements, such as roles: a property states the kind of each",
        "the user's own columns of a framework",
        *OMITTED,
    ),
    extra=None,
    versions=VERSIONS,
)


def recognises(sample: Sample) -> bool:
    """Return whether a file is a CycloneDX bill of materials in JSON."""
    return "bomFormat" in sample.fields


_MEANS: Mapping[Modality, str] = MappingProxyType(
    {
        Modality.SHALL: "requirements",
        Modality.SHOULD: "recommendations",
        Modality.MAY: "permissions",
        Modality.CAN: "possibilities",
    }
)
"""The meaning of each verb, for the description of its level."""


def _properties(facts: Properties) -> list[dict[str, str]]:
    """Return facts as properties; a fact with several values becomes several properties."""
    pairs = ((name, (said,) if isinstance(said, str) else said) for name, said in facts.items())
    return [{"name": BASE + name.replace("_", "-"), "value": str(one)} for name, several in pairs for one in several]


def _requirement(item: Control, facts: Properties, remarks: tuple[str, ...]) -> dict[str, Any]:
    return drop_empty(
        {
            "bom-ref": iri(item.id),
            "identifier": item.id.local,
            "title": item.title,
            "text": item.words,
            "descriptions": list(remarks),
            "parent": None if item.parent is None else iri(item.parent),
            "properties": _properties(facts),
        }
    )


def _levels(catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    """Yield one level per verb that the edition uses, the strongest first."""
    for verb in Modality:
        keys = [
            StatementId(item.id, said.ordinal)
            for item in catalogue.values()
            for said in item.statements
            if said.modality is verb
        ]
        if keys:
            # Levels of other standards are often cumulative, so the description states that these are not.
            yield {
                "bom-ref": f"{iri(catalogue.id)}#{verb}",
                "identifier": verb.value,
                "title": verb.value,
                "description": f"Statements whose verb is {verb}: {_MEANS[verb]}. No level includes another.",
                "requirements": [iri(key) for key in keys],
            }


def _standard(item: Catalogue | Framework) -> dict[str, Any]:
    framework = as_framework(item)
    facts, remarks, edition = element_properties(item), guidance_notes(item), framework.edition
    official = address(framework)
    return drop_empty(
        {
            "bom-ref": iri(edition.id),
            "name": edition.title,
            "version": edition.id.label,
            "description": scope(item),
            "owner": edition.publisher,
            "requirements": [_requirement(one, facts[one.id], remarks.get(one.id, ())) for one in framework.controls],
            "levels": list(_levels(item)) if isinstance(item, Catalogue) else [],
            "externalReferences": [{"url": official, "type": "documentation"}] if official else [],
        }
    )


def dumps(item: Catalogue | Framework, version: Version = "1.6") -> str:
    """
    Write an edition or a framework as a CycloneDX document.

    The serial number is derived from the version and the content, so the output is reproducible.

    >>> from aicop import load
    >>> written = json.loads(dumps(load("uk-ai-cop")))["definitions"]["standards"][0]
    >>> [(level["identifier"], len(level["requirements"])) for level in written["levels"]]
    [('shall', 59), ('should', 28), ('may', 1)]

    Raises:
        UnknownTerm: *version* is not one of `VERSIONS`.
    """
    if version not in VERSIONS:
        vocabulary = "CycloneDX version that aicop writes"
        raise unknown_term(vocabulary, version, VERSIONS)
    # The serial number is derived from all content and the version, so that the documents of two versions differ in it.
    says = {"definitions": {"standards": [_standard(item)]}, "properties": _properties(framework_properties(item))}
    document = {
        "$schema": f"http://cyclonedx.org/schema/bom-{version}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": version,
        "serialNumber": f"urn:uuid:{uuid('cyclonedx', version, json.dumps(says))}",
        "version": 1,
        **says,
    }
    return dump_json(document)
