"""
OSCAL 1.2 in JSON: catalogs, profiles and control mappings.

An edition is written as a catalog: phases and principles become groups, provisions and sub-provisions become nested
controls, and statements become parts of them. A framework is written as a catalog too, a selection of provisions as a
profile, and a crosswalk as a mapping collection. Any catalog of OSCAL 1.x can be read as a framework, and any mapping
collection as mappings. `FORMAT` lists the facts that are lost.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aicop.catalogue.catalogue import Catalogue
from aicop.crosswalk.denominator import as_set
from aicop.errors import KeyMistake, UnknownKey, reject
from aicop.frameworks.edition_view import from_catalogue
from aicop.frameworks.framework import Framework
from aicop.interop.common.format import Format, ImportOptions
from aicop.interop.common.identifiers import oscal_ids
from aicop.interop.oscal.catalog_writer import document, metadata, of_edition, of_framework, own, resource
from aicop.interop.oscal.mapping_writer import HOLDS, of_crosswalk, rows
from aicop.vocabulary import Modality, Role, term

if TYPE_CHECKING:
    from aicop.catalogue.catalogue import OneOrMore
    from aicop.crosswalk.core import Crosswalk
    from aicop.interop.common.format import ImportResult
    from aicop.interop.common.protocol import Sample

__all__ = ["FORMAT", "dumps", "loads", "profile", "rows"]

FORMAT = Format(
    name="oscal",
    title="OSCAL 1.2 JSON: catalog, profile and mapping-collection",
    suffix=".json",
    writes=("edition", "framework", "crosswalk"),
    reads=("framework", "crosswalk"),
    predicates=HOLDS,
    joint=True,
    keeps=(
        "keys, hierarchy, kinds, natures, titles, words, statements and the user's own columns; mappings, except for "
        "the name of their set"
    ),
    loses=(
        "links, which are predicates other than the five relations",
        "related-to, for which OSCAL has no word",
        "the name of the set that a mapping belongs to",
        "separate judgements of one pair by the same author: merged into one when read",
        "the order of rows without a counterpart relative to the other rows",
        "withdrawn elements, and notes on elements that a later text deleted or changed",
        "line breaks in the user's own columns, and their empty cells",
        "from the Implementation Guide: scenarios, references, and how threats and measures apply to each provision",
        "citations, pointers, footnotes, terms, scope, sources and annotations",
        "the documents that an edition supersedes or implements, its identifiers, digest, and dates except publication",
        "dates that are only a month or a year: written as the first day",
        "dependencies between provisions, and the flow of artefacts from one provision to another",
        "escaping for OSCAL's Markdown: text is written without changes",
    ),
    extra=None,
    resources=True,
    own_columns=True,
)

_MODELS = (
    "catalog",
    "mapping-collection",
    "profile",
    "component-definition",
    "system-security-plan",
    "assessment-plan",
    "assessment-results",
    "plan-of-action-and-milestones",
)
# A root key of YAML at the beginning of a line, or a root element of XML in the namespace of OSCAL.
_NOT_JSON = re.compile(
    r"^(?:catalog|profile|mapping-collection|component-definition|system-security-plan):"
    r"|<(?:[a-z]+:)?(?:catalog|profile|mapping-collection)\b[^>]*csrc\.nist\.gov/ns/oscal",
    re.MULTILINE,
)


def recognises(sample: Sample) -> bool:
    """
    Return whether a file is an OSCAL document in JSON, of any model.

    Raises:
        InvalidDocument: the file is OSCAL in YAML or XML.
    """
    if _NOT_JSON.search(sample.head) is not None:
        reject(sample.file, "", "is OSCAL in YAML or XML; only OSCAL in JSON can be read, so convert it first")
    return any(isinstance(sample.fields.get(model), dict) for model in _MODELS)


_WHOLE = (
    "Provisions are selected as a whole, so they can contain statements that do not match the filter. The properties "
    "named statement list those that match."
)


def dumps(item: Catalogue | Framework | Crosswalk) -> str:
    """
    Write an edition or a framework as a catalog, or a crosswalk as a mapping collection.

    Raises:
        NothingToWrite: no row of the crosswalk relates two elements, and OSCAL does not allow an empty mapping.
    """
    if isinstance(item, Catalogue):
        return of_edition(item)
    if isinstance(item, Framework):
        return of_framework(item)
    return of_crosswalk(item)


def profile(catalogue: Catalogue, *, role: OneOrMore | None = None, modality: OneOrMore | None = None) -> str:
    """
    Write the selected provisions as a profile.

    A provision is selected if one of its statements has any of the duty holders and any of the modalities; a filter
    that is not given matches every statement. The profile imports the catalog that `dumps` writes, which must be saved
    beside it as ``document@edition.json``.

    Raises:
        UnknownTerm: a role or modality does not exist.
        UnknownKey: no provision is selected.
    """
    roles = [term(Role, word).value for word in sorted(as_set(role) or ())]
    verbs = [term(Modality, word).value for word in sorted(as_set(modality) or ())]
    chosen = catalogue.select(role=role, modality=modality)
    told = [f"for {' or '.join(roles)}"] * bool(roles) + [f"with the verb {' or '.join(verbs)}"] * bool(verbs)
    what = f"statements {' '.join(told)}" if told else "all statements"
    if not chosen:
        advice = f"{catalogue.id} has none, and a profile needs at least one; widen the filter."
        raise UnknownKey(what, KeyMistake.NO_ITEM, advice)
    known = oscal_ids(from_catalogue(catalogue))
    edition = catalogue.edition
    beside = resource(edition.id, edition.title)
    facts = [own("duty-holder", role) for role in roles] + [own("modality", verb) for verb in verbs]
    facts += [own("statement", f"{one.provision.id}#{said.ordinal}") for one in chosen for said in one.statements]
    head = metadata(f"{edition.title}: {what}", edition.id.label, edition.source.read, props=facts, remarks=_WHOLE)
    with_ids = [known[one.provision.id] for one in chosen]
    return document(
        "profile",
        {
            "metadata": head,
            "imports": [{"href": f"#{beside['uuid']}", "include-controls": [{"with-ids": with_ids}]}],
            # The resolved profile keeps the groups of the catalog.
            "merge": {"as-is": True},
            "back-matter": {"resources": [beside]},
        },
    )


dumps_selection = profile
"""The name of this function in every format that has its own way to write a selection of provisions."""


def loads(content: bytes | str, file: str = "<text>.json", options: ImportOptions = ImportOptions()) -> ImportResult:
    """
    Read a catalog of OSCAL 1.x as a framework, or a mapping collection as mappings.

    Raises:
        InvalidDocument: with all faults, each with its place.
        InvalidId: *options* gives the framework in the file an invalid key or label.
        UnknownEdition: *options* names a framework that does not exist.
    """
    # Imported here because it loads pydantic, which only reading needs.
    from aicop.interop.oscal.catalog_reader import loads as read

    return read(content, file, options)
