"""Immutable records of an assessment: what is known of one system against one edition."""

from __future__ import annotations

import attrs

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop.ids import EditionId, Key, StatementId
from aicop.model.converters import as_tuple
from aicop.vocabulary import Role, Vocabulary


class Verdict(Vocabulary):
    """
    The verdict of an assessor on a statement. The first three are those of ETSI TS 104 216.

    A statement without a verdict is *not assessed*, which a row may also say.
    """

    PASS = "pass"  # noqa: S105 -- not a password
    FAIL = "fail"
    INCONCLUSIVE = "inconclusive"
    NOT_APPLICABLE = "not applicable"
    """The statement does not apply to the system; the row states the reason."""
    NOT_ASSESSED = "not assessed"


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class System:
    """The facts about an assessment: the file ``assessment.toml``."""

    name: str
    """The name of its folder, such as ``chat-assistant``."""
    title: str
    edition: EditionId
    """The edition that the system is assessed against."""
    roles: tuple[Role, ...] = attrs.field(converter=as_tuple[Role, ...])
    """The roles that the organisation holds for the system. Statements of other roles are out of scope."""
    owner: str | None = None
    unit: str | None = None
    """The organisational unit, by which several systems can be grouped."""
    facts: tuple[str, ...] = attrs.field(default=(), converter=as_tuple[str, ...])
    """The facts from which the roles followed; see `aicop.applicability.Fact`."""
    inherits: tuple[str, ...] = attrs.field(default=(), converter=as_tuple[str, ...])
    """
    The systems of the library from which verdicts are inherited, such as a platform or a supplier's product.

    A statement without a verdict takes that of the first of them that has one.
    """


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class VerdictRow:
    """A row of ``verdicts.csv``: the verdict on a statement, for all roles held or for one role."""

    key: StatementId
    role: Role | None = None
    """The role that the verdict is about; None for all roles held, which is the usual case."""
    verdict: Verdict = Verdict.NOT_ASSESSED
    reason: str | None = None
    """Why the statement is not applicable, or why it is in scope although none of its roles is held."""
    evidence: tuple[str, ...] = attrs.field(default=(), converter=as_tuple[str, ...])
    """The ids of evidence, in the order of the row."""
    owner: str | None = None
    """Who works on the statement."""
    assessor: str | None = None
    assessed: str | None = None
    """The ISO date of the verdict."""
    due: str | None = None
    """The ISO date by which an open statement is to be done."""
    review: str | None = None
    """The ISO date on which the verdict is to be looked at again; from then on, a pass is stale."""
    accepted_by: str | None = None
    """Who accepted the risk of a fail."""
    accepted_until: str | None = None
    """The last day, as an ISO date, on which the risk of a fail is accepted."""
    note: str | None = None
    review_reason: str | None = None
    """Why a person must look at the verdict again, such as a change of the edition; None once they have."""
    digest: str | None = None
    """The digest of the statement when the verdict was given."""
    extra: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=as_tuple[tuple[str, str], ...])
    """The cells of columns of your own, by column."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class ControlRow:
    """
    A row of ``controls.csv``: the verdict and evidence on an element of another framework, such as your own control.

    Nothing follows from it for a statement; it is *relevant to* those that the element is mapped to.
    """

    key: Key
    verdict: Verdict = Verdict.NOT_ASSESSED
    reason: str | None = None
    """Why the element is not applicable."""
    evidence: tuple[str, ...] = attrs.field(default=(), converter=as_tuple[str, ...])
    """The ids of evidence, in the order of the row."""
    owner: str | None = None
    assessor: str | None = None
    assessed: str | None = None
    """The ISO date of the verdict."""
    note: str | None = None
    digest: str | None = None
    """The digest of the element when the verdict was given."""
    extra: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=as_tuple[tuple[str, str], ...])
    """The cells of columns of your own, by column."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Evidence:
    """A row of ``evidence.csv``: something that is relevant to statements. It does not satisfy them."""

    id: str
    """Unique in the library, because all systems share one pool."""
    title: str
    kind: str | None = None
    """Such as document, record, configuration or test result."""
    location: str | None = None
    """A path in the folder of the library, or a web address, which is never fetched."""
    sha256: str | None = None
    """The digest of the file when it was collected, as 64 hexadecimal digits."""
    collected: str | None = None
    """The ISO date on which it was collected."""
    valid_until: str | None = None
    """The last day, as an ISO date, on which it is valid."""
    artefact: str | None = None
    """The key of the artefact that it is an example of; see `aicop.graph.artefacts`."""
    note: str | None = None
    extra: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=as_tuple[tuple[str, str], ...])
    """The cells of columns of your own, by column."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class HistoryRow:
    """A row of ``history.csv``: a verdict as it was recorded, to which nothing is changed later."""

    row: VerdictRow
    recorded: str
    """The ISO date on which it was recorded."""
    by: str
    """Who or what recorded it."""
