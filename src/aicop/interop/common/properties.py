"""
Properties of frameworks and their elements, beyond id, parent, title and words.

They are for formats that allow properties in aicop's namespace. Editions of the Code have additional properties: verbs,
duty holders and phases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.catalogue.catalogue import Catalogue
from aicop.files.json_text import drop_empty
from aicop.frameworks.edition_view import from_catalogue
from aicop.ids import ControlId, StatementId

if TYPE_CHECKING:
    from aicop.frameworks.framework import Framework
    from aicop.ids import Key
    from aicop.model.edition import Counterparty, Provision, Statement

_GUIDE = "DSIT Implementation Guide of the Code"
Properties = dict[str, str | tuple[str, ...]]
"""Maps property names to values, several values as a tuple; properties without a value are left out."""

OMITTED = (
    "withdrawn elements, and notes on elements that a later text deleted or changed",
    "from editions: preambles, citations, pointers, footnotes, terms, sources and annotations",
    "from editions: how the text words duty holders and counterparties, and the roles of the AI Act",
    "from editions: the kind of each remark, and dates other than the date of publication",
    "from the Implementation Guide: scenarios, references and threat terms",
    "dependencies and artefacts",
)
"""Phrases for the facts that neither these properties nor a `Framework` contain."""


def as_framework(item: Catalogue | Framework) -> Framework:
    """Return *item* as a Framework, converting a Catalogue."""
    return from_catalogue(item) if isinstance(item, Catalogue) else item


def scope(item: Catalogue | Framework) -> str | None:
    """Return the scope of an edition, in aicop's words; None for other frameworks, or if no scope is recorded."""
    return " ".join(one.statement for one in item.scope) or None if isinstance(item, Catalogue) else None


def address(framework: Framework) -> str | None:
    """Return the official address of a framework as a URL, or None if it has none."""
    written = framework.edition.address
    return written if written is None or "://" in written else f"https://{written}"


def english(framework: Framework) -> bool:
    """Return True for the view of an edition, whose words are in English; other frameworks may be in any language."""
    # Only the view of an edition begins with the id of a phase; other frameworks contain only `ControlId`.
    return not isinstance(next(iter(framework), None), ControlId | None)


def framework_properties(item: Catalogue | Framework) -> Properties:
    """Return the properties of a framework or edition as a whole."""
    edition = as_framework(item).edition
    known = {
        "key": str(edition.id),
        "published": edition.published,
        "status": edition.status,
        "licence_of_the_publication": edition.licence,
        "note": edition.note,
    }
    if not isinstance(item, Catalogue):
        return drop_empty(known)
    own = item.edition
    more = {
        "force": own.force,
        "supersedes": own.supersedes,
        "implements": own.implements,
        "identifiers": own.identifiers,
        "digest": own.digest,
    }
    return drop_empty(known | more)


def element_properties(item: Catalogue | Framework) -> dict[Key, Properties]:
    """Return the properties of each element, in order."""
    found = {
        one.id: drop_empty({"key": str(one.id), "kind": one.kind, "nature": one.nature})
        for one in as_framework(item).controls
    }
    if isinstance(item, Catalogue):
        for key, more in _of_edition(item).items():
            found[key] |= more
    return found


def _of_edition(catalogue: Catalogue) -> dict[Key, Properties]:
    """Return the properties that are specific to elements of an edition."""
    found: dict[Key, Properties] = {
        phase.id: drop_empty({"clause": phase.clause, "stage": phase.stage}) for phase in catalogue.phases
    }
    for principle in catalogue.principles:
        lines = {"phase": principle.phase.slug, "clause": principle.clause, "applies_to": principle.applies_to}
        found[principle.id] = drop_empty(lines)
    for provision in catalogue.values():
        found[provision.id] = {"phase": provision.phase.slug, "grade": provision.source.grade}
        found |= {StatementId(provision.id, said.ordinal): _statement(provision, said) for said in provision.statements}
    return found


def _statement(provision: Provision, said: Statement) -> Properties:
    return drop_empty(
        {
            "phase": provision.phase.slug,
            "modality": said.modality,
            "duty_holders": said.duty_holders,
            "joiner": said.joiner,
            "attribution": said.attribution,
            "grade": said.source.grade if said.source else None,
            "condition": said.condition,
            "counterparties": tuple(map(_party, said.counterparties)),
        }
    )


def _party(other: Counterparty) -> str:
    return f"{other.role or other.party} ({other.capacity})"


def guidance_notes(item: Catalogue | Framework) -> dict[Key, tuple[str, ...]]:
    """
    Return remarks and guidance, in aicop's words, for the elements of an edition that have any.

    Statements have the remarks of the text; provisions have the threats and example measures of a guide. The result is
    empty for other frameworks.
    """
    if not isinstance(item, Catalogue):
        return {}
    found: dict[Key, tuple[str, ...]] = {}
    for provision in item.values():
        guide = provision.guidance
        if guide is not None:
            found[provision.id] = (
                f"{_GUIDE}, {guide.number}, threats: {guide.threat_summary}",
                *(f"{_GUIDE}, {guide.number}, {one.heading}: {one.summary}" for one in guide.measures),
            )
        for said in provision.statements:
            if said.remarks:
                found[StatementId(provision.id, said.ordinal)] = tuple(remark.text for remark in said.remarks)
    return found
