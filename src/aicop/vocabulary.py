"""
The closed vocabularies of the publications and of aicop, with tables about their terms.

If a vocabulary is the publisher's, each value is the publisher's own term in the Code's spelling.
"""

from __future__ import annotations

import functools
import re
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Self, TypeVar

from aicop._pydantic import field_type
from aicop.spelling import unknown_term

if TYPE_CHECKING:
    from collections.abc import Mapping

Term = TypeVar("Term", bound=StrEnum)


@field_type
class Vocabulary(StrEnum):
    """The base of all closed vocabularies. ``Role("end users")`` reads a term as `term` does."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return term(cls, value) if isinstance(value, str) else None


class Modality(Vocabulary):
    """
    The modal verb of a statement, which states how binding it is.

    Modal verbs are ordered by force: *shall*, a requirement, is greater than *should*, a recommendation, which is
    greater than *may*, a permission, and *can*, a possibility.

    Source: the Code's terminology table; ETSI Drafting Rules, clause 3.2.
    """

    SHALL = "shall"
    SHOULD = "should"
    MAY = "may"
    CAN = "can"

    def __lt__(self, other: str) -> bool:
        return RANK[self] < _rank(other)

    def __le__(self, other: str) -> bool:
        return RANK[self] <= _rank(other)

    def __gt__(self, other: str) -> bool:
        return RANK[self] > _rank(other)

    def __ge__(self, other: str) -> bool:
        return RANK[self] >= _rank(other)


RANK: Mapping[Modality, int] = MappingProxyType(
    {Modality.SHALL: 3, Modality.SHOULD: 2, Modality.MAY: 1, Modality.CAN: 0}
)
"""The strength of each modality, for sorting: requirement, recommendation, permission, possibility."""


def _rank(other: object) -> int:
    """Return the strength of what a modality is compared with, which is a modality or its text."""
    # A TypeError, as for text, so that libraries which sort mixed values can tell that these have no order.
    if not isinstance(other, str):
        message = f"a modality cannot be compared with {type(other).__name__}"
        raise TypeError(message)
    return RANK[Modality(other)]


class Role(Vocabulary):
    """
    A party that a statement names: one of the five stakeholders, or Organisation.

    An Organisation has duties but is not a stakeholder.

    Source: the Code's stakeholder table and principles 1 and 2; EN 304 223, Table 4-1.
    """

    DEVELOPER = "Developer"
    SYSTEM_OPERATOR = "System Operator"
    DATA_CUSTODIAN = "Data Custodian"
    END_USER = "End-user"
    AFFECTED_ENTITY = "Affected Entity"
    ORGANISATION = "Organisation"


class Joiner(Vocabulary):
    """The word that joins several duty holders."""

    AND = "and"
    OR = "or"
    AND_OR = "and/or"


class Attribution(Vocabulary):
    """How the text names the duty holder of a statement."""

    STATED = "stated"
    """Named in the sentence."""
    CARRIED_OVER = "carried over"
    """Named in the preceding sentence or in the parent provision."""
    IMPLIED = "implied"
    """Not named: the sentence is in the passive, and the reader has to infer the duty holder."""


class Capacity(Vocabulary):
    """
    The capacity in which a statement names a counterparty: who benefits, who takes part, or who is guarded against.

    The terms are aicop's own.
    """

    INFORMED = "informed"
    """Receives information."""
    GIVEN = "given"
    """Receives a document, software, a component or access."""
    INCLUDED = "included"
    """Is brought into a discussion or decision."""
    TRAINED = "trained"
    """Is trained, or required to keep up with the training."""
    ENCOURAGED = "encouraged"
    """Is invited to act, without a duty to do so."""
    PROTECTED = "protected"
    """Is meant to be safer because of the duty."""
    SUPPORTED = "supported"
    """Receives help with its own tasks."""
    SUPPORTING = "supporting"
    """Helps the duty holder."""
    ENGAGED = "engaged"
    """Is hired or called in to do the work."""
    ASSESSED = "assessed"
    """Is assessed before or while being relied on."""
    CONTRACT_PARTY = "contract party"
    """Is the other party to an agreement."""
    SOURCE = "source"
    """Wrote the specification that is followed."""
    TRANSFEREE = "transferee"
    """Receives ownership."""
    GUARDED_AGAINST = "guarded against"
    """Could commit the abuse that the duty prevents."""
    NAMED_IN_CONDITION = "named in condition"
    """Is named only in the circumstance that triggers the duty."""


class RemarkKind(Vocabulary):
    """The purpose of a remark that accompanies a duty."""

    EXAMPLE = "example"
    RATIONALE = "rationale"
    EXPLANATION = "explanation"


class Grade(Vocabulary):
    """How a fact was obtained."""

    DIRECT = "direct"
    """Read in a stored copy of the publication itself."""
    SECOND_HAND = "second-hand"
    """Taken from somebody else's account of the publication."""
    INFERRED = "inferred"
    """Concluded from other facts."""
    JUDGEMENT = "judgement"
    """Judged by the authors of aicop, and not a fact of the publication."""


class Event(Vocabulary):
    """The kind of a dated event in the life of an edition; some are deadlines."""

    PUBLISHED = "published"
    ADOPTED = "adopted"
    ANNOUNCED_BY = "latest announcement by national bodies"
    TRANSPOSED_BY = "latest national publication"
    WITHDRAWN_BY = "latest withdrawal of conflicting national standards"


class Status(Vocabulary):
    """The status of an edition."""

    CURRENT = "current"
    SUPERSEDED = "superseded"


class Change(Vocabulary):
    """
    The kind of change between a provision or title of one edition and its counterpart in another.

    The kinds are in order of significance, the least significant first. `UNKNOWN` means that one of the texts was not
    available. `ADDED` and `REMOVED` are read from old to new, like the rows in which they appear.
    """

    IDENTICAL = "identical"
    SPELLING = "spelling"
    FOOTNOTE = "footnote"
    """A footnote marker was added or removed; the footnote itself was not seen."""
    WORDING = "wording"
    POINTER = "pointer"
    """A pointer to another clause was added, changed or removed; what is required is the same."""
    REFERENCE = "reference"
    """What is required refers to another document or clause."""
    STRENGTH = "strength"
    """The modal verb changed."""
    SCOPE = "scope of duty"
    """The duty holder or the scope of the duty changed."""
    ADDED = "added"
    """The older edition has no counterpart."""
    REMOVED = "removed"
    """The newer edition has no counterpart."""
    UNKNOWN = "unknown"


class ThreatKind(Vocabulary):
    """The category of a threat term. The terms are aicop's own."""

    ATTACK = "attack"
    WEAKNESS = "weakness"
    CONSEQUENCE = "consequence"


class Scenario(Vocabulary):
    """
    The four worked scenarios of the Implementation Guide.

    Source: DSIT Implementation Guide, section 2 and the tables of section 3.
    """

    CHATBOT = "Chatbot App"
    FRAUD_DETECTION = "ML Fraud Detection"
    LLM_PLATFORM = "LLM Platform"
    OPEN_ACCESS = "Open-Access LLM Model"


class MeasureKind(Vocabulary):
    """The category of an example measure. The terms are aicop's own."""

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


class ArtefactKind(Vocabulary):
    """The kind of an artefact. The terms are aicop's own."""

    DOCUMENT = "document"
    """A text that is planned and written."""
    RECORD = "record"
    """Evidence of what happened."""
    CONTROL = "control"
    """A measure in place."""
    CAPABILITY = "capability"
    """An ability of people or systems."""
    COMMUNICATION = "communication"
    """Information that reaches a recipient."""


class DependencyKind(Vocabulary):
    """
    How a provision depends on another, the strongest kind first.

    The terms are aicop's own.
    """

    REFINES = "refines"
    """The dependant is a sub-provision of the prerequisite."""
    REQUIRES = "requires"
    """The dependant cannot be met without the prerequisite."""
    REFERS = "refers"
    """The text of the dependant, or the Implementation Guide, refers to the prerequisite."""
    TRIGGERS = "triggers"
    """An event in the prerequisite triggers work under the dependant."""
    INFORMS = "informs"
    """The dependant benefits from the results of the prerequisite."""


HARD: frozenset[DependencyKind] = frozenset({DependencyKind.REFINES, DependencyKind.REQUIRES})
"""The kinds that every order of work must respect. Dependencies of these kinds must not form a cycle."""


class Basis(Vocabulary):
    """The basis of a dependency. The terms are aicop's own."""

    PRINTED = "printed"
    """The text states it."""
    GUIDE = "guide"
    """The Implementation Guide states it."""
    ARTEFACT_FLOW = "artefact flow"
    """The dependant uses an artefact that the prerequisite produces; this is computed."""
    EDITORIAL = "editorial"
    """The authors of aicop judged it."""
    OWN = "own"
    """A user of aicop judged it."""


class FrameworkStatus(Vocabulary):
    """The status of an edition of a framework. The terms are aicop's own."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    DRAFT = "draft"
    LIVING = "living"
    """It changes without editions; aicop names its edition after the date on which it was retrieved."""
    OWN = "own"
    """It is a user's own framework."""


class LicenceClass(Vocabulary):
    """What the licence of a framework allows aicop to ship. The terms are aicop's own."""

    A = "A"
    """aicop may ship text and titles."""
    B = "B"
    """aicop may ship titles, but longer text or whole mappings only under the same licence."""
    C = "C"
    """aicop may ship only ids and short titles, as facts."""


class Nature(Vocabulary):
    """The category of an element of a framework. The terms are aicop's own."""

    REQUIREMENT = "requirement"
    """It requires or recommends something."""
    MITIGATION = "mitigation"
    """It states what to do against a risk or an attack."""
    RISK = "risk"
    TECHNIQUE = "technique"
    """It is a method that attackers use."""
    ROLE = "role"
    STAGE = "stage"
    """It is a stage of a life cycle."""
    DOCUMENT = "document"
    HEADING = "heading"
    """It groups elements of several natures and states nothing itself."""


ASKING: frozenset[Nature] = frozenset({Nature.REQUIREMENT, Nature.MITIGATION})
"""The natures of elements that state something to be done. Set relations apply only between such elements."""


class Relation(Vocabulary):
    """
    The relationship between two requirements, always read as *source RELATION target*.

    Source: NIST IR 8477; the terms are those of OSCAL's control mapping model.
    """

    EQUAL = "equal-to"
    SUBSET = "subset-of"
    SUPERSET = "superset-of"
    INTERSECTS = "intersects-with"
    NONE = "no-relationship"


class Predicate(Vocabulary):
    """
    The predicate of a mapping, always read as *source PREDICATE target*.

    The first five are the relations. The others are links, which are not in the algebra of relations, except for
    `RELATED` between two requirements or mitigations.
    """

    EQUAL = "equal-to"
    SUBSET = "subset-of"
    SUPERSET = "superset-of"
    INTERSECTS = "intersects-with"
    NONE = "no-relationship"
    RELATED = "related-to"
    """The two are called related, without a type of relation."""
    ASSOCIATED = "associated-with"
    """The two are named together, but it is not stated whether they have anything in common."""
    MITIGATES = "mitigates"
    """The source makes a risk or technique less likely, limits its harm or helps to detect it."""
    CITES = "cites"
    """The source cites a document."""
    CORRESPONDS = "corresponds-to"
    """Two roles, stages, risks or techniques have about the same meaning."""
    NOTHING = "nothing-found"
    """The whole target framework was searched and nothing related was found. The mapping has no target."""


class MappingBasis(Vocabulary):
    """The basis of a mapping. The terms are aicop's own."""

    PUBLISHED = "published"
    """The publisher of the mapping states it."""
    GUIDE = "guide"
    """The Implementation Guide states it."""
    EDITORIAL = "editorial"
    """The authors of aicop judged it."""
    OWN = "own"
    """The user judged it."""
    IMPORTED = "imported"
    """Read from a file in another format, which does not state the basis."""
    DERIVED = "derived"
    """Derived from other mappings."""


UNSTATED: frozenset[MappingBasis] = frozenset({MappingBasis.IMPORTED, MappingBasis.DERIVED})
"""The bases of mappings that need not state an author, a date, a rationale and a confidence."""


class Knowledge(Vocabulary):
    """How well the author of a mapping knew the target. The terms are aicop's own."""

    TEXT = "text"
    """The author read the text."""
    CONTENT = "content"
    """The author knew the content, but did not have the text at hand."""
    TITLE = "title"
    """The author knew only the title."""


class StrengthBand(Vocabulary):
    """A range of strengths, from 1 to 10. The ranges are aicop's own."""

    NEARLY_ALL = "9-10"
    MOST = "6-8"
    SOME = "3-5"
    LITTLE = "1-2"


def band_of(strength: int | None) -> StrengthBand | None:
    """
    Return the band of a strength from 0 to 10, or None if it is 0 or not stated.

    >>> band_of(8).value, band_of(None)
    ('6-8', None)
    """
    if not strength:
        return None
    return next(band for band in StrengthBand if strength >= int(band.partition("-")[0]))


class Coverage(Vocabulary):
    """How far a target framework is known to cover an item. The terms are aicop's own."""

    COVERED = "covered"
    """An element of the target certainly requires everything that the item requires, or all its parts are covered."""
    PARTLY = "partly covered"
    """The item or a part of it certainly has something in common with the target, or a measure mitigates the item."""
    OPEN = "open"
    """Mappings exist, but they do not determine whether item and target have anything in common."""
    NOT_COVERED = "reviewed, not covered"
    """An author judged the item and found no counterpart."""
    UNSEEN = "not reviewed"
    """No mapping mentions the item."""


def _plain(text: str) -> str:
    return re.sub(r"[\s_/-]+", " ", text).strip().casefold()


@functools.cache
def _forms(vocabulary: type[Term]) -> dict[str, Term]:
    """Return the terms of a vocabulary by every form in which `term` reads them."""
    # Plurals are added to the known forms and not cut off the text, because some terms end in s themselves.
    forms = {_plain(member): member for member in vocabulary}
    forms |= {f"{form}s": member for form, member in forms.items()}
    return forms | {f"{form[:-1]}ies": member for form, member in forms.items() if form.endswith("y")}


def known_term(vocabulary: type[Term], text: str) -> Term | None:
    """Return the term of a closed vocabulary for *text*, as `term` reads it, or None if there is none."""
    return _forms(vocabulary).get(_plain(text))


def term(vocabulary: type[Term], text: str) -> Term:
    """
    Return the term of a closed vocabulary for *text*, ignoring case, separators and a plural ending.

    >>> term(Role, "end users")
    <Role.END_USER: 'End-user'>

    Raises:
        UnknownTerm: *text* is not a term of *vocabulary*.
    """
    found = known_term(vocabulary, text)
    if found is None:
        # The name of the class in words, for the message: FrameworkStatus becomes "framework status".
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", vocabulary.__name__).lower()
        # The columns and options that hold a predicate are called relationship.
        words = "relationship" if vocabulary is Predicate else words
        raise unknown_term(words, text, tuple(member.value for member in vocabulary))
    return found
