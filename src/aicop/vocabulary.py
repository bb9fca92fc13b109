"""
The closed word lists of the publications and of aicop, with the tables about them.

Where a list is the publisher's, each value is the publisher's own word, spelt as the Code spells it.
"""

from __future__ import annotations

import re
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from aicop.spelling import unknown_term

if TYPE_CHECKING:
    from collections.abc import Mapping

Term = TypeVar("Term", bound=StrEnum)


class Modality(StrEnum):
    """
    How strongly a statement speaks.

    Source: the Code's terminology table; ETSI Drafting Rules, clause 3.2.
    """

    SHALL = "shall"
    SHOULD = "should"
    MAY = "may"
    CAN = "can"


RANK: Mapping[Modality, int] = MappingProxyType(
    {Modality.SHALL: 3, Modality.SHOULD: 2, Modality.MAY: 1, Modality.CAN: 0}
)
"""Strength, for comparing and sorting: a requirement over a recommendation over a permission over a possibility."""


class Role(StrEnum):
    """
    Who a statement speaks of: the five stakeholders, and Organisation, which carries duties without being one.

    Source: the Code's stakeholder table and principles 1 and 2; EN 304 223, Table 4-1.
    """

    DEVELOPER = "Developer"
    SYSTEM_OPERATOR = "System Operator"
    DATA_CUSTODIAN = "Data Custodian"
    END_USER = "End-user"
    AFFECTED_ENTITY = "Affected Entity"
    ORGANISATION = "Organisation"


class Joiner(StrEnum):
    """The word between several duty holders."""

    AND = "and"
    OR = "or"
    AND_OR = "and/or"


class Attribution(StrEnum):
    """How the text gives a statement its duty holder."""

    STATED = "stated"
    """Named in the sentence."""
    CARRIED_OVER = "carried over"
    """Named in the sentence or the parent provision before."""
    IMPLIED = "implied"
    """Left by a passive for the reader to infer."""


class Capacity(StrEnum):
    """In which capacity a counterparty is named: to whom a duty is owed, or against whom it defends. Our words."""

    INFORMED = "informed"
    """Told something."""
    GIVEN = "given"
    """Handed a document, software, a component or access."""
    INCLUDED = "included"
    """Brought into a discussion or decision."""
    TRAINED = "trained"
    """Taught, or held to keep up with what is taught."""
    ENCOURAGED = "encouraged"
    """Invited to act, without a duty."""
    PROTECTED = "protected"
    """Meant to be safer for it."""
    SUPPORTED = "supported"
    """Helped to do something of their own."""
    SUPPORTING = "supporting"
    """Helping the duty holder."""
    ENGAGED = "engaged"
    """Hired or called in to do the work."""
    ASSESSED = "assessed"
    """Looked into before or while being relied on."""
    CONTRACT_PARTY = "contract party"
    """At the other end of an agreement."""
    SOURCE = "source"
    """Whose specification is followed."""
    TRANSFEREE = "transferee"
    """Receiving ownership."""
    GUARDED_AGAINST = "guarded against"
    """Whose possible abuse the duty prevents."""
    NAMED_IN_CONDITION = "named in condition"
    """Only in the circumstance that brings the duty about."""


class RemarkKind(StrEnum):
    """What a remark beside a duty does."""

    EXAMPLE = "example"
    RATIONALE = "rationale"
    EXPLANATION = "explanation"


class Grade(StrEnum):
    """How a fact was obtained."""

    DIRECT = "direct"
    """Read in a stored copy of the publication itself."""
    SECOND_HAND = "second-hand"
    """From somebody else's account of it."""
    INFERRED = "inferred"
    """Concluded from other facts."""
    JUDGEMENT = "judgement"
    """Not a fact of the publication: ours."""


class Event(StrEnum):
    """What happened to an edition on a date."""

    PUBLISHED = "published"
    ADOPTED = "adopted"
    ANNOUNCED_BY = "latest announcement by national bodies"
    TRANSPOSED_BY = "latest national publication"
    WITHDRAWN_BY = "latest withdrawal of conflicting national standards"


class Status(StrEnum):
    """Where an edition stands."""

    CURRENT = "current"
    SUPERSEDED = "superseded"


class Change(StrEnum):
    """
    What kind of change led from a provision or title of one edition to its counterpart in another.

    From the lightest to the weightiest; `ANY_RELATION` where one of the texts was not available.
    """

    IDENTICAL = "identical"
    SPELLING = "spelling"
    FOOTNOTE = "footnote"
    """A footnote marker came or went; the footnote itself was not seen."""
    WORDING = "wording"
    REFERENCE = "reference"
    """The document or clause that the text points to changed."""
    STRENGTH = "strength"
    """The verb changed."""
    SCOPE = "scope of duty"
    """Who is bound, or to what, changed."""
    UNKNOWN = "unknown"


class ThreatKind(StrEnum):
    """What sort of thing a threat term names. Our words."""

    ATTACK = "attack"
    WEAKNESS = "weakness"
    CONSEQUENCE = "consequence"


class Scenario(StrEnum):
    """
    The four worked scenarios of the Implementation Guide.

    Source: DSIT Implementation Guide, section 2 and the tables of section 3.
    """

    CHATBOT = "Chatbot App"
    FRAUD_DETECTION = "ML Fraud Detection"
    LLM_PLATFORM = "LLM Platform"
    OPEN_ACCESS = "Open-Access LLM Model"


class MeasureKind(StrEnum):
    """What sort of work an example measure is. Our words."""

    TRAINING = "training and awareness"
    GOVERNANCE = "governance and risk assessment"
    SECURE_DESIGN = "secure design"
    DOCUMENTATION = "documentation and audit trail"
    ACCESS_CONTROL = "access control"
    DATA_PROTECTION = "data protection"
    INFRASTRUCTURE = "infrastructure and interface protection"
    SUPPLY_CHAIN = "supply chain assurance"
    TESTING = "testing and evaluation"
    OVERSIGHT = "human oversight"
    MONITORING = "logging and monitoring"
    RESPONSE = "incident response and recovery"
    UPDATES = "updates and vulnerability handling"
    COMMUNICATION = "communication"
    DISPOSAL = "disposal"


class ArtefactKind(StrEnum):
    """What sort of thing an artefact is. Our words."""

    DOCUMENT = "document"
    """Planned and written."""
    RECORD = "record"
    """Evidence of what happened."""
    CONTROL = "control"
    """A measure in place."""
    CAPABILITY = "capability"
    """Something that people are able to do."""
    COMMUNICATION = "communication"
    """A message that reaches somebody."""


class DependencyKind(StrEnum):
    """
    How a provision depends on another. Our words.

    From the strongest to the weakest.
    """

    REFINES = "refines"
    """The dependant is a sub-provision of the prerequisite."""
    REQUIRES = "requires"
    """The dependant cannot be met without the prerequisite."""
    REFERS = "refers"
    """The text of the dependant, or the Guide, points to the prerequisite."""
    TRIGGERS = "triggers"
    """An event in the prerequisite starts work under the dependant."""
    INFORMS = "informs"
    """The dependant works better with what the prerequisite gives."""


HARD: frozenset[DependencyKind] = frozenset({DependencyKind.REFINES, DependencyKind.REQUIRES})
"""The kinds that any order of work must respect; they make no circle."""


class Basis(StrEnum):
    """On what a dependency rests. Our words."""

    PRINTED = "printed"
    """The text says so."""
    GUIDE = "guide"
    """The Implementation Guide says so."""
    ARTEFACT_FLOW = "artefact flow"
    """The dependant uses an artefact that the prerequisite produces; computed."""
    EDITORIAL = "editorial"
    """Our judgement."""


class FrameworkStatus(StrEnum):
    """Where an edition of a framework stands. Our words."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    DRAFT = "draft"
    LIVING = "living"
    """Changes without editions; ours is named by the day of the copy."""
    OWN = "own"
    """A user's."""


class LicenceClass(StrEnum):
    """What may be shipped of a framework. Our words."""

    A = "A"
    """Text and titles."""
    B = "B"
    """Titles; longer text or whole mappings only under the same licence."""
    C = "C"
    """Ids and short titles as facts."""


class Nature(StrEnum):
    """What sort of thing an element of a framework is. Our words."""

    REQUIREMENT = "requirement"
    """Asks something of somebody."""
    MITIGATION = "mitigation"
    """Says what to do against something."""
    RISK = "risk"
    TECHNIQUE = "technique"
    """What an attacker does."""
    ROLE = "role"
    STAGE = "stage"
    """Of a life cycle."""
    DOCUMENT = "document"
    HEADING = "heading"
    """Stands over things of several natures and says nothing of its own."""


ASKING: frozenset[Nature] = frozenset({Nature.REQUIREMENT, Nature.MITIGATION})
"""The natures of what asks something: only between such things do set relations hold."""


class Relation(StrEnum):
    """
    How what two requirements ask stands to each other. Always read *source RELATION target*.

    Source: NIST IR 8477; the words are those of OSCAL's control mapping model.
    """

    EQUAL = "equal-to"
    SUBSET = "subset-of"
    SUPERSET = "superset-of"
    INTERSECTS = "intersects-with"
    NONE = "no-relationship"


class Predicate(StrEnum):
    """
    What a mapping says of its source and its target. Always read *source PREDICATE target*.

    The first five are the relations; the others are links, which never enter their algebra, but for `RELATED` between
    two things that ask something.
    """

    EQUAL = "equal-to"
    SUBSET = "subset-of"
    SUPERSET = "superset-of"
    INTERSECTS = "intersects-with"
    NONE = "no-relationship"
    RELATED = "related-to"
    """Published as related, the type not stated."""
    ASSOCIATED = "associated-with"
    """Named together; whether they have anything in common is not stated."""
    MITIGATES = "mitigates"
    """The source makes a risk or technique less likely, limits its harm or brings it to light."""
    CITES = "cites"
    """The source names a document."""
    CORRESPONDS = "corresponds-to"
    """Two roles, stages, risks or techniques that mean about the same."""
    NOTHING = "nothing-found"
    """The whole target was gone through, and nothing in it is related. Has no target."""


class MappingBasis(StrEnum):
    """On what a mapping rests. Our words."""

    PUBLISHED = "published"
    """Its publisher says so."""
    GUIDE = "guide"
    """The Implementation Guide says so."""
    EDITORIAL = "editorial"
    """Our judgement."""
    OWN = "own"
    """A user's judgement."""
    IMPORTED = "imported"
    """Read from a file of another format, which does not say."""
    DERIVED = "derived"
    """Follows from other mappings."""


UNSTATED: frozenset[MappingBasis] = frozenset({MappingBasis.IMPORTED, MappingBasis.DERIVED})
"""The bases of mappings that need not say who judged, when, why and how surely."""


class Knowledge(StrEnum):
    """How the judge of a mapping knew the target. Our words."""

    TEXT = "text"
    """Its text was read."""
    CONTENT = "content"
    """Its content was known, the text not in hand."""
    TITLE = "title"
    """Only its title was known."""


class Coverage(StrEnum):
    """What is known of how far an item is covered by a target. Our words."""

    COVERED = "covered"
    """Some element of the target asks all that the item asks, for certain."""
    PARTLY = "partly covered"
    """Something is shared for certain, or it is mitigated."""
    OPEN = "open"
    """There are mappings, and they leave open whether anything is shared."""
    NOT_COVERED = "looked at, not covered"
    """It was looked at, and nothing related was found."""
    UNSEEN = "never looked at"
    """No mapping speaks of it."""


_SEPARATORS = re.compile(r"[\s_/-]+")


def _plain(text: str) -> str:
    return _SEPARATORS.sub(" ", text).strip().casefold()


def term(vocabulary: type[Term], text: str) -> Term:
    """
    Read a word of a closed vocabulary, whatever its case, hyphens or plural s.

    >>> term(Role, "end users")
    <Role.END_USER: 'End-user'>

    Raises:
        UnknownTerm: *text* is no word of *vocabulary*.
    """
    plain = _plain(text)
    forms = {_plain(member): member for member in vocabulary}
    forms |= {f"{form}s": member for form, member in forms.items()}
    forms |= {f"{form[:-1]}ies": member for form, member in forms.items() if form.endswith("y")}
    try:
        return forms[plain]
    except KeyError:
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", vocabulary.__name__).lower()
        raise unknown_term(words, text, tuple(member.value for member in vocabulary)) from None
