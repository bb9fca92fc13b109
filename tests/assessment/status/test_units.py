"""Status by unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop.assessment import Level, State, Verdict
from aicop.errors import UnknownTerm
from aicop.model import VerdictRow
from aicop.vocabulary import Modality, Role
from tests.assessment.examples import CODE, ON, assessment, system, verdict

if TYPE_CHECKING:
    from aicop.assessment import Assessment
    from aicop.ids import StatementId

KEYS = list(assessment().statements)


def drawn(pairs: dict[StatementId, str]) -> Assessment:
    """Return an assessment with these verdicts."""
    return assessment(*(VerdictRow(key=key, verdict=Verdict(said), reason="R.") for key, said in pairs.items()))


def test_what_is_required_and_what_is_recommended_have_a_status_each() -> None:
    """In principle 8, a fail of a should statement leaves the shall statements as they are; may has no status."""
    found = {unit.key: unit for unit in assessment(verdict("8.3#1", "fail"), verdict("8.3#2")).status(ON).units}
    unit = found["uk-ai-cop@2025-01:P8"]
    assert (unit.shall, unit.should) == (State.NOT_ASSESSED, State.FAIL)
    assert (unit.title, unit.statements, unit.in_scope) == ("Document your data, models and prompts", 8, 8)
    assert unit.count("pass") == unit.count(State.PASS, modality="may") == 1
    assert unit.count("pass", "fail", modality=Modality.SHOULD) == 1


def test_a_unit_without_a_requirement_never_passes_by_it() -> None:
    """A unit without a shall statement has no shall-status, whatever its verdicts are."""
    about = assessment(*(verdict(str(key)) for key in KEYS))
    found = about.status(ON, "provision").units
    without = [unit for unit in found if unit.shall is None]
    # 23 of the 72 provisions have no requirement.
    assert (len(found), len(without)) == (72, 23)
    assert {unit.shall for unit in found} == {State.PASS, State.OUT_OF_SCOPE, None}


def test_units_are_those_of_the_level_in_printed_order() -> None:
    """Each level has its units: 88 statements, 72 provisions, 13 principles, 5 phases, 1 edition, the roles held."""
    about = assessment()
    assert [len(about.status(ON, level).units) for level in Level] == [88, 72, 13, 5, 1, 2]
    assert [unit.key for unit in about.status(ON, "role").units] == ["Developer", "System Operator"]
    assert [unit.title for unit in about.status(ON, "phase").units] == [phase.title for phase in CODE.phases]
    assert about.status(ON, "edition").units[0].title == CODE.edition.title
    found = about.status(ON)
    assert (found.system, str(found.edition), found.on) == ("chat", "uk-ai-cop@2025-01", ON)
    with pytest.raises(UnknownTerm):
        about.status(ON, "planet")


def test_the_status_of_a_role_counts_the_statements_that_bind_it() -> None:
    """A role has the statements that bind it, counted from the table of the publication: one for end-users."""
    about = assessment(verdict("5.4#1"), system=system(roles=(Role.END_USER,)))
    [unit] = about.status(ON, Level.ROLE).units
    assert (unit.statements, unit.in_scope, unit.shall) == (1, 1, State.PASS)


@given(st.dictionaries(st.sampled_from(KEYS), st.sampled_from([item.value for item in Verdict]), max_size=20))
def test_every_statement_is_counted_once(pairs: dict[StatementId, str]) -> None:
    """At each level but that of roles, the counts partition all statements, and scope is what is not out of it."""
    about = drawn(pairs)
    for level in (Level.STATEMENT, Level.PROVISION, Level.PRINCIPLE, Level.PHASE, Level.EDITION):
        units = about.status(ON, level).units
        assert sum(item.statements for unit in units for item in unit.counts) == len(KEYS)
        for unit in units:
            assert sum(item.statements for item in unit.counts) == unit.statements
            assert unit.in_scope == unit.statements - unit.count(State.OUT_OF_SCOPE)
    [whole] = about.status(ON, "edition").units
    for unit in about.status(ON, "provision").units:
        # No part is worse than the whole.
        if unit.shall is State.FAIL:
            assert whole.shall is State.FAIL


@given(st.permutations(KEYS[:6]))
def test_the_order_of_verdicts_does_not_matter(keys: list[StatementId]) -> None:
    """Verdicts are kept in printed order."""
    said = dict(zip(KEYS[:6], ["pass", "fail", "pass", "inconclusive", "not applicable", "pass"], strict=True))
    assert drawn({key: said[key] for key in keys}) == drawn(said)


def test_status_can_be_that_of_some_roles() -> None:
    """Only statements that bind one of the roles are counted, and only roles that are held are units."""
    about = assessment(verdict("5.1#1"))
    [unit] = about.status(ON, "edition", role="developer").units
    assert unit.statements == len(about.states(ON, role="developer"))
    [both] = about.status(ON, "edition", role=["developer", "system operator"]).units
    assert both.statements == len(about.states(ON, role=["developer", "system operator"]))
    assert [unit.key for unit in about.status(ON, "role", role=["developer", "end-user"]).units] == ["Developer"]
    with pytest.raises(UnknownTerm):
        about.status(ON, role="janitor")
