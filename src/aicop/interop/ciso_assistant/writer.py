"""
Write CISO Assistant libraries in YAML: an edition, a framework, or the mappings of a crosswalk.

A framework is a tree of requirement nodes. A node is assessable, which means that it is a question in an audit, if it
is a requirement or mitigation and no other node is a part of it. In an edition, all provisions and sub-provisions are
assessable. The strongest verb of a provision is its importance, and phases and duty holders are implementation groups.

A crosswalk is written as a set of mappings and the inverse of that set, because CISO Assistant reads a set in one
direction. CISO Assistant transfers an audit result from a node to its counterpart along each row, whatever the
relationship. So only rows between assessable nodes are written, and no rows that state that nothing is shared. Facts
without a field are written to annotations. `FORMAT` lists the facts that are lost.

Source: the loader of CISO Assistant (its classes StoredLibrary and LibraryImporter) and its models, as of 2026.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from aicop.catalogue.catalogue import Catalogue
from aicop.crosswalk.core import Crosswalk
from aicop.errors import NothingToWrite, count_phrase
from aicop.files.json_text import drop_empty
from aicop.files.yaml_text import dump_yaml
from aicop.ids import ControlId, ProvisionId, StatementId
from aicop.interop.ciso_assistant.urns import PACKAGER, label, node, urn, write_annotation
from aicop.interop.common.format import Format, ImportOptions
from aicop.interop.common.identifiers import day
from aicop.interop.common.properties import (
    as_framework,
    element_properties,
    framework_properties,
    guidance_notes,
    scope,
)
from aicop.interop.common.rows import Rows, rows_of, single_ends
from aicop.mappings.columns import COLUMNS
from aicop.mappings.writer import cells
from aicop.relations import INVERSE, Scheme, word_for
from aicop.vocabulary import ASKING, RANK, Modality, Predicate, Relation, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aicop.frameworks.framework import Framework
    from aicop.ids import Key
    from aicop.interop.common.format import ImportResult
    from aicop.interop.common.protocol import Sample
    from aicop.model.edition import Provision
    from aicop.model.mapping import Mapping as Row

Plain = dict[str, Any]

FORMAT = Format(
    name="ciso-assistant",
    title="CISO Assistant library (YAML)",
    suffix=".yaml",
    writes=("edition", "framework", "crosswalk"),
    reads=("framework", "crosswalk"),
    predicates=frozenset(Predicate(one.value) for one in Relation if one is not Relation.NONE),
    keeps="ids, parents, kinds, natures, titles and words; the verbs, duty holders, phases and threats of editions; "
    "all facts of a mapping",
    loses=(
        "statements and roles of editions as elements: written as descriptions and implementation groups",
        "links, relations without a type, and rows that state no relationship or no counterpart",
        "joint mappings, of several elements taken together",
        "mappings of headings, statements and other elements that are not assessable",
        "all but the most confident of several judgements of one pair",
        "mappings of a framework to itself, and the name of the set that a mapping belongs to",
        "the language of other frameworks: all text is marked as English",
        "of editions: counterparties, joiners and attributions of duty holders, and remarks",
        "of editions: preambles, citations, pointers, footnotes, terms, sources, annotations and AI Act roles",
        "of the Implementation Guide: references and scenarios",
        "dates that are only a month or a year: written as the first day",
        "withdrawn elements, and notes on elements that a later text deleted or changed",
        "the user's own columns of a framework",
        "dependencies and artefacts",
    ),
    # PyYAML is needed for reading only.
    extra="yaml",
    resources=True,
)


_KEYED = re.compile(r"['\"]?[\w-]+['\"]?\s*:(?:\s|$)")
"""The beginning of a YAML mapping; tables do not begin like this."""
_LIBRARY = re.compile(r"^(?:urn|objects|ref_id):", re.MULTILINE)


def recognises(sample: Sample) -> bool:
    """Return whether a file is a library, in YAML or in JSON."""
    # A library has these fields at the top level. The first line must be a field too, which shows that it is YAML.
    if isinstance(sample.fields.get("objects"), dict):
        return True
    said = (row for row in sample.text.splitlines() if row.strip() and not row.startswith(("#", "---", "%")))
    return _KEYED.match(next(said, "")) is not None and _LIBRARY.search(sample.text) is not None


MAX_NAME_LENGTH = 200
"""The maximum length of a name, in characters."""

_IMPORTANCE: Mapping[Modality, str] = MappingProxyType(
    {
        Modality.SHALL: "mandatory",
        Modality.SHOULD: "recommended",
        Modality.MAY: "nice_to_have",
        Modality.CAN: "nice_to_have",
    }
)
ROW_FACTS = tuple(name for name in COLUMNS if name not in {"source", "relationship", "target", "strength"})
"""The columns of a mapping that are written to its annotation."""


def _name(title: str) -> str:
    return title if len(title) <= MAX_NAME_LENGTH else f"{title[: MAX_NAME_LENGTH - 1]}…"


def assessable(framework: Framework) -> frozenset[Key]:
    """Return the elements that an audit covers: requirements and mitigations that have no parts except statements."""
    nodes = [key for key in framework if not isinstance(key, StatementId)]
    wholes = {framework.whole_of(key) for key in nodes}
    return frozenset(key for key in nodes if framework[key].nature in ASKING and key not in wholes)


def rows(crosswalk: Crosswalk) -> Rows:
    """
    Return the rows of a crosswalk that CISO Assistant can express and uses correctly, and phrases that count the rest.

    Of several rows for the same pair, the one with the highest confidence is kept.
    """
    known = rows_of(crosswalk, FORMAT.predicates, joint=FORMAT.joint)
    if crosswalk.source.id == crosswalk.target.id:
        itself = f"{count_phrase(len(known.rows), 'row')}: source and target are the same framework"
        return Rows((), known.omitted + (itself,) * bool(known.rows))
    ends = assessable(crosswalk.source), assessable(crosswalk.target)
    found: dict[tuple[Key, Key], Row] = {}
    left: Counter[str] = Counter()
    for row in known.rows:
        pair = single_ends(row)
        if pair[0] not in ends[0] or pair[1] not in ends[1]:
            left["an element is not assessable"] += 1
        elif (known_row := found.setdefault(pair, row)) is not row:
            left["less confident than another row for the same pair"] += 1
            found[pair] = max(known_row, row, key=lambda one: -1 if one.confidence is None else one.confidence)
    return Rows(
        tuple(found.values()),
        (*known.omitted, *(f"{count_phrase(count, 'row')}: {why}" for why, count in left.items())),
    )


def _property_text(facts: Mapping[str, str | tuple[str, ...]]) -> dict[str, str]:
    return {name: said if isinstance(said, str) else ", ".join(said) for name, said in facts.items() if name != "key"}


def _group(text: str) -> str:
    return text.lower().replace(" ", "-")


def _fields_and_annotation(catalogue: Catalogue, item: Provision) -> tuple[Plain, dict[str, str]]:
    """Return the facts that only provisions of editions have: those with a field, then those for the annotation."""
    menace = urn("threat", label(catalogue.id))
    verbs = tuple(dict.fromkeys(said.modality for said in item.statements))
    holders = tuple(dict.fromkeys(holder for said in item.statements for holder in said.duty_holders))
    threats = item.guidance.threats if item.guidance is not None else ()
    fields = {
        "implementation_groups": [item.phase.slug, *map(_group, holders)],
        "importance": _IMPORTANCE[max(verbs, key=RANK.__getitem__)],
        "threats": [f"{menace}:{one.key}" for one in threats],
    }
    return fields, {"modality": ", ".join(verbs), "duty_holders": ", ".join(holders)}


def _nodes(item: Catalogue | Framework) -> Iterator[Plain]:
    """Yield the requirement nodes in the publisher's order."""
    framework, facts, remarks = as_framework(item), element_properties(item), guidance_notes(item)
    asking = assessable(framework)
    roles = {ControlId(item.id, one.role) for one in item.stakeholders} if isinstance(item, Catalogue) else frozenset()
    depths: dict[Key, int] = {}
    # The URN of a parent is needed again for each of its children.
    named = functools.cache(node)

    def depth(key: Key) -> int:
        if key not in depths:
            above = framework[key].parent
            depths[key] = 1 if above is None else 1 + depth(above)
        return depths[key]

    for one in framework.controls:
        # Statements are in the description of their provision, and roles are implementation groups.
        if isinstance(one.id, StatementId) or one.id in roles:
            continue
        title, annotation = one.title or "", _property_text(facts[one.id])
        fields: Plain = {}
        if isinstance(item, Catalogue) and isinstance(one.id, ProvisionId):
            fields, more = _fields_and_annotation(item, item[one.id])
            annotation |= more
        # A long name is truncated, so the whole title is written to the annotation, from which it is read back.
        if len(title) > MAX_NAME_LENGTH:
            annotation["title"] = title
        yield drop_empty(
            {
                "urn": named(one.id),
                "assessable": one.id in asking,
                "depth": depth(one.id),
                "parent_urn": None if one.parent is None else named(one.parent),
                "ref_id": one.id.local,
                "name": _name(title),
                "description": one.words,
                "annotation": "\n\n".join(
                    filter(None, (write_annotation(annotation), "\n".join(remarks.get(one.id, ()))))
                ),
            }
            | fields
        )


def _groups(catalogue: Catalogue) -> list[Plain]:
    """Return the implementation groups: the phases, then the duty holders as the edition defines them."""
    phases = [{"ref_id": one.id.slug, "name": one.title} for one in catalogue.phases]
    defined = {one.role: one.definition for one in catalogue.stakeholders}
    said = (said for item in catalogue.values() for said in item.statements)
    holders = {holder for one in said for holder in one.duty_holders}
    roles = [
        drop_empty({"ref_id": _group(one), "name": one.value, "description": defined.get(one)})
        for one in Role
        if one in holders
    ]
    return [*phases, *roles]


def _library(reference: str, facts: Plain, objects: Plain) -> Plain:
    """Return a library with its metadata."""
    return drop_empty(
        {
            "urn": urn("library", reference),
            "locale": "en",
            "ref_id": reference,
            "name": facts["name"],
            "description": facts["description"],
            "copyright": facts.get("copyright"),
            "version": facts["version"],
            "publication_date": facts.get("date") and day(facts["date"]),
            "provider": facts.get("provider"),
            "packager": PACKAGER,
            "dependencies": facts.get("dependencies"),
            "objects": objects,
        }
    )


def _framework(item: Catalogue | Framework, version: int) -> Plain:
    """Return the library of an edition or framework."""
    edition = as_framework(item).edition
    reference, name = label(edition.id), _name(edition.title)
    words = "Requirements are in the words of the aicop project, not of the publisher. " * isinstance(item, Catalogue)
    description = f"{words}{scope(item) or edition.title}"
    framework: Plain = {
        "urn": urn("framework", reference),
        "ref_id": reference,
        "name": name,
        "description": description,
        "annotation": write_annotation(
            _property_text(framework_properties(item)) | ({} if name == edition.title else {"title": edition.title})
        ),
    }
    objects: Plain = {"framework": framework}
    if isinstance(item, Catalogue):
        framework["implementation_groups_definition"] = _groups(item)
        menace = urn("threat", reference)
        threats = [
            {"urn": f"{menace}:{one.key}", "ref_id": one.key, "name": one.title, "description": one.definition}
            for one in item.threats
        ]
        objects = drop_empty({"threats": threats}) | objects
    framework["requirement_nodes"] = list(_nodes(item))
    facts = {
        "name": name,
        "description": description,
        "copyright": edition.licence and f"Licence of the publication: {edition.licence}",
        "version": version,
        "date": edition.published,
        "provider": edition.publisher,
    }
    return _library(reference, facts, objects)


def _annotation(row: Row) -> str:
    said = cells(row)
    return write_annotation({name: said[name] for name in ROW_FACTS if said[name]})


def _mapping(ends: tuple[Key, Key], relation: Relation, strength: int | None, annotation: str) -> Plain:
    return drop_empty(
        {
            "source_requirement_urn": node(ends[0]),
            "target_requirement_urn": node(ends[1]),
            "relationship": word_for(relation, Scheme.CISO_ASSISTANT),
            "strength_of_relationship": strength,
            "annotation": annotation,
        }
    )


def _set(ends: tuple[Framework, Framework], facts: dict[str, str], mappings: list[Plain]) -> Plain:
    """Return a set of mappings; *facts* is given only for an inverse set, whose reference then gets a suffix."""
    source, target = (one.id for one in ends)
    reference = f"{label(source)}_to_{label(target)}{'_turned_round' * bool(facts)}"
    return {
        "urn": urn("req_mapping_set", reference),
        "ref_id": reference,
        "name": f"{source} to {target}",
        "annotation": write_annotation({"source": str(source), "target": str(target)} | facts),
        "source_framework_urn": urn("framework", label(source)),
        "target_framework_urn": urn("framework", label(target)),
        "requirement_mappings": mappings,
    }


def _mappings(crosswalk: Crosswalk, version: int) -> Plain:
    """Return the library of a crosswalk: the set of its rows, and the inverse of that set."""
    known = rows(crosswalk)
    source, target = crosswalk.source, crosswalk.target
    left = f"Skipped {'; '.join(known.omitted)}." if known.omitted else ""
    if not known.rows:
        raise NothingToWrite(FORMAT.name, str(source.id), str(target.id), known.omitted)
    there, back = [], []
    for row in known.rows:
        one, other = single_ends(row)
        relation = Relation(row.predicate.value)
        there.append(_mapping((one, other), relation, row.strength, _annotation(row)))
        reason = write_annotation({"rationale": row.rationale}) if row.rationale else ""
        # Each direction has a strength of its own.
        back.append(_mapping((other, one), INVERSE[relation], row.reverse_strength, reason))
    sets = [_set((source, target), {}, there)]
    sets.append(_set((target, source), {"inverse_of": sets[0]["urn"]}, back))
    dates = [row.date for row in known.rows if row.date is not None]
    facts = {
        "name": f"Mapping {source.id} to {target.id}",
        "description": f"{count_phrase(len(there), 'mapping')}, and their inverses. {left}".strip(),
        "version": version,
        "date": max(dates, default=None),
        "provider": "; ".join(dict.fromkeys(row.author for row in known.rows if row.author))[:MAX_NAME_LENGTH],
        "dependencies": [urn("library", label(one.id)) for one in (source, target)],
    }
    reference = f"mapping_{label(source.id)}_to_{label(target.id)}"
    return _library(reference, facts, {"requirement_mapping_sets": sets})


def dumps(item: Catalogue | Framework | Crosswalk, version: int = 1) -> str:
    r"""
    Write an edition, a framework or a crosswalk as a library.

    CISO Assistant updates a stored library only if the *version* of the new one is greater.

    >>> from aicop import load
    >>> dumps(load("uk-ai-cop")).partition("\n")[0]
    'urn: urn:aicop:risk:library:uk-ai-cop_2025-01'

    Raises:
        NothingToWrite: CISO Assistant cannot express any row of the crosswalk, and rejects an empty set.
    """
    library = _mappings(item, version) if isinstance(item, Crosswalk) else _framework(item, version)
    return dump_yaml(library)


def loads(content: bytes | str, file: str = "<text>.yaml", options: ImportOptions = ImportOptions()) -> ImportResult:
    """
    Read the frameworks and mappings of a library.

    Raises:
        InvalidDocument: with all faults, each with its place.
        InvalidId: *options* gives a framework in the file an invalid key or label.
        UnknownEdition: *options* names a framework that does not exist.
        MissingExtra: PyYAML is not installed.
    """
    # Imported here because it loads pydantic, which only reading needs.
    from aicop.interop.ciso_assistant.reader import read

    return read(content, file, options, ROW_FACTS)
