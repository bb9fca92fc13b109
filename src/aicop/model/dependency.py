"""Immutable records for dependencies and artefacts, with the same conventions as `aicop.model.edition`."""

from __future__ import annotations

import attrs

from aicop._notebook import one_line, shown
from aicop._pydantic import field_type
from aicop.ids import PrincipleId, ProvisionId
from aicop.model.converters import as_tuple
from aicop.vocabulary import ArtefactKind, Basis, DependencyKind, Role


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Artefact:
    """Something that provisions have people produce, maintain, use or pass on. The vocabulary is our own."""

    key: str
    title: str
    kind: ArtefactKind
    definition: str
    evidence: tuple[str, ...] = attrs.field(converter=as_tuple[str, ...])
    """The usual forms of evidence for it."""
    external: bool
    """Whether it comes from outside, so that no provision produces it."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Pass:
    """The handover of an artefact from one party to another, as a provision asks for it."""

    artefact: Artefact
    giver: Role
    receiver: str
    """The name of a role, or another party in lower case, such as ``staff`` or ``public``."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Flow:
    """The artefacts that one provision produces, maintains, uses and passes on."""

    provision: ProvisionId
    produces: tuple[Artefact, ...] = attrs.field(converter=as_tuple[Artefact, ...])
    maintains: tuple[Artefact, ...] = attrs.field(converter=as_tuple[Artefact, ...])
    uses: tuple[Artefact, ...] = attrs.field(converter=as_tuple[Artefact, ...])
    """Artefacts of other provisions that help to meet this one well."""
    passes: tuple[Pass, ...] = attrs.field(converter=as_tuple[Pass, ...])


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Dependency:
    """A typed dependency of one provision on another, with its rationale."""

    prerequisite: ProvisionId
    dependant: ProvisionId
    kind: DependencyKind
    basis: Basis
    rationale: str
    artefacts: tuple[Artefact, ...] = attrs.field(converter=as_tuple[Artefact, ...])
    """The artefacts that flow from the prerequisite to the dependant."""
    confidence: int | None
    """0 to 10: how sure we are that a second careful reader would agree; None for computed dependencies."""
    suspect: bool
    """True if the text probably points to the wrong place."""

    def __repr__(self) -> str:
        return one_line(self, f"{self.prerequisite} {self.kind.value} {self.dependant.number}: {self.rationale}")


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class PrincipleDependency:
    """
    A typed dependency of a whole principle on a provision, such as a pointer in its preamble.

    It is no dependency of the provisions of the principle, none of which points there.
    """

    prerequisite: ProvisionId
    dependant: PrincipleId
    kind: DependencyKind
    basis: Basis
    rationale: str
    confidence: int
    """0 to 10: how sure we are that a second careful reader would agree."""
