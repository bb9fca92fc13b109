"""
What is known of a framework and of each of its elements beside id, parent, title and words.

For the formats that leave room for properties of others. Of an edition that is more: verbs, duty holders, phases.
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
"""Names to what is said, several things as a tuple; what is not said is left out."""

OMITTED = (
    "what the publisher withdrew",
    "of editions: preambles, citations, pointers, footnotes, terms, sources and annotations",
    "of editions: the words that name duty holders, roles of the AI Act, how the text gives a counterparty",
    "of editions: the kind of a remark, and dates other than that of publication",
    "of the guide: scenarios, references and terms for threats",
    "dependencies and artefacts",
)
"""What is known and stands neither here nor in a `Framework`."""


def as_framework(item: Catalogue | Framework) -> Framework:
    """Give a framework as it is, and an edition seen as one."""
    return from_catalogue(item) if isinstance(item, Catalogue) else item


def scope(item: Catalogue | Framework) -> str | None:
    """Give what an edition covers, in our words; None for other frameworks, and where nothing is recorded."""
    return " ".join(one.statement for one in item.scope) or None if isinstance(item, Catalogue) else None


def address(framework: Framework) -> str | None:
    """Give the official address with a scheme; None where there is none."""
    written = framework.edition.address
    return written if written is None or "://" in written else f"https://{written}"


def english(framework: Framework) -> bool:
    """Whether its words are known to be English: those of an edition are ours, those of others their publishers'."""
    return not isinstance(next(iter(framework), None), ControlId | None)


def framework_properties(item: Catalogue | Framework) -> Properties:
    """Give the facts about a framework or an edition as a whole."""
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
    """Give the facts about each element, in order."""
    found = {
        one.id: drop_empty({"key": str(one.id), "kind": one.kind, "nature": one.nature})
        for one in as_framework(item).controls
    }
    if isinstance(item, Catalogue):
        for key, more in _of_edition(item).items():
            found[key] |= more
    return found


def _of_edition(catalogue: Catalogue) -> dict[Key, Properties]:
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
            "condition": said.condition,
            "counterparties": tuple(map(_party, said.counterparties)),
        }
    )


def _party(other: Counterparty) -> str:
    return f"{other.role or other.party} ({other.capacity})"


def guidance_notes(item: Catalogue | Framework) -> dict[Key, tuple[str, ...]]:
    """
    Give what is said beside duties, in our words, for the elements of an edition that have it.

    Remarks of the text for statements; threats and example measures of a guide for provisions.
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
