"""The view of an edition of the Code as a `Framework`: phases, principles, provisions, statements and roles."""

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
    from aicop.ids import PhaseId, PrincipleId
    from aicop.model.edition import Principle, Provision, Statement


@functools.cache
def from_shipped(edition: EditionId) -> Framework:
    """Return the framework view of a shipped edition; the same object on every call."""
    return _view_of(load_edition(edition))


def _statement_text(said: Statement) -> str:
    """Return a statement as one sentence: duty holders, verb, action and condition."""
    return f"{said.who} {said.modality} {said.action}{f', when {said.condition}' if said.condition else ''}"


def _of_provision(item: Provision) -> Iterator[Control]:
    """Yield the element of a provision, then those of its statements."""
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
    """Yield all elements of an edition: the hierarchy in printed order, then the roles."""
    principles: dict[PhaseId, list[Principle]] = {}
    for principle in catalogue.principles:
        principles.setdefault(principle.phase, []).append(principle)
    provisions: dict[PrincipleId, list[Provision]] = {}
    for item in catalogue.values():
        provisions.setdefault(item.principle, []).append(item)
    for phase in catalogue.phases:
        yield Control(id=phase.id, parent=None, kind="phase", nature=Nature.STAGE, title=phase.title)
        for principle in principles.get(phase.id, ()):
            yield Control(
                id=principle.id, parent=phase.id, kind="principle", nature=Nature.REQUIREMENT, title=principle.title
            )
            for item in provisions.get(principle.id, ()):
                yield from _of_provision(item)
    for holder in catalogue.stakeholders:
        key = ControlId(catalogue.id, holder.role)
        yield Control(id=key, parent=None, kind="role", nature=Nature.ROLE, title=holder.role, words=holder.definition)


def from_catalogue(catalogue: Catalogue) -> Framework:
    """
    Return an edition as a framework of phases, principles, provisions, statements and roles.

    A statement is a part of its provision, and a provision is a part of its principle. Principles are not parts of
    their phase, because a phase is a stage and only groups them.
    """
    # Compare by identity: another catalogue with the same id may have provisions that differ from the shipped ones.
    if catalogue.id in editions() and load_edition(catalogue.id) is catalogue:
        return from_shipped(catalogue.id)
    return _view_of(catalogue)


def _view_of(catalogue: Catalogue) -> Framework:
    """Build the framework view of any catalogue."""
    edition = catalogue.edition
    facts = FrameworkEdition(
        id=edition.id,
        title=edition.title,
        publisher=edition.publisher,
        published=edition.published,
        status=FrameworkStatus(edition.status.value),
        checked=edition.checked,
        licence=edition.licence,
        licence_class=None,
        address=edition.address,
        ids_official=True,
        titles="titles of provisions are ours",
        complete=True,
        note=None,
        source=edition.source,
    )
    # A sub-provision is a part of the principle, not of its parent provision. The wholes are unions: a provision
    # requires exactly what its statements require, and a principle what its provisions require.
    return Framework(facts, _of_edition(catalogue), (), {"sub-provision"}, unions=True, numbers=catalogue.index)
