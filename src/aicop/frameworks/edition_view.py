"""An edition of the Code seen as a framework: phases, principles, provisions, statements and roles."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from aicop.catalogue.shipped import load as load_edition
from aicop.frameworks.framework import Framework
from aicop.ids import ControlId, EditionId, StatementId
from aicop.manifest import editions
from aicop.model.framework import Control, FrameworkEdition
from aicop.vocabulary import FrameworkStatus, Nature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicop.catalogue.catalogue import Catalogue
    from aicop.model.edition import Provision, Statement


@functools.cache
def from_shipped(edition: EditionId) -> Framework:
    """See a shipped edition as a framework; the same object each time."""
    return _view_of(load_edition(edition))


def _statement_text(said: Statement) -> str:
    return f"{said.who} {said.modality} {said.action}{f', when {said.condition}' if said.condition else ''}"


def _of_provision(item: Provision) -> Iterator[Control]:
    words = [_statement_text(said) for said in item.statements]
    part = "provision" if item.parent is None else "sub-provision"
    yield Control(
        id=item.id,
        parent=item.principle if item.parent is None else item.parent,
        kind=part,
        nature=Nature.REQUIREMENT,
        title=item.title,
        words=". ".join(words),
    )
    for said, text in zip(item.statements, words, strict=True):
        key = StatementId(item.id, said.ordinal)
        yield Control(id=key, parent=item.id, kind="statement", nature=Nature.REQUIREMENT, title=None, words=text)


def _of_edition(catalogue: Catalogue) -> Iterator[Control]:
    for phase in catalogue.phases:
        yield Control(id=phase.id, parent=None, kind="phase", nature=Nature.STAGE, title=phase.title)
        for principle in catalogue.principles:
            if principle.phase == phase.id:
                yield Control(
                    id=principle.id,
                    parent=phase.id,
                    kind="principle",
                    nature=Nature.REQUIREMENT,
                    title=principle.title,
                )
                for item in catalogue.values():
                    if item.principle == principle.id:
                        yield from _of_provision(item)
    for holder in catalogue.stakeholders:
        key = ControlId(catalogue.id, holder.role)
        yield Control(id=key, parent=None, kind="role", nature=Nature.ROLE, title=holder.role, words=holder.definition)


def from_catalogue(catalogue: Catalogue) -> Framework:
    """
    See an edition as a framework: phases, principles, provisions, statements and roles.

    A statement is a part of its provision, a provision of its principle; a phase is a stage and has no parts.
    """
    if catalogue.id in editions() and load_edition(catalogue.id) is catalogue:
        return from_shipped(catalogue.id)
    return _view_of(catalogue)


def _view_of(catalogue: Catalogue) -> Framework:
    edition = catalogue.edition
    facts = FrameworkEdition(
        id=edition.id,
        title=edition.title,
        publisher=edition.publisher,
        published=edition.published,
        status=FrameworkStatus(edition.status.value),
        licence=edition.licence,
        licence_class=None,
        address=edition.address,
        ids_official=True,
        titles="those of provisions are ours",
        complete=True,
        note=None,
        source=edition.source,
    )
    controls = {item.id: item for item in _of_edition(catalogue)}
    return Framework(facts, (), controls, frozenset({"sub-provision"}), catalogue.find, unions=True)
