"""Sentences about an assessment."""

from __future__ import annotations

from aicop.assessment import Flag, State
from aicop.assessment.reporting.phrases import CAUTION, FLAG_MEANINGS, STATE_MEANINGS, VERBS, summary
from aicop.vocabulary import Modality
from tests.assessment.examples import ON, assessment, system, verdict


def test_every_state_flag_and_verb_has_a_meaning() -> None:
    """No state, flag or verb is without its sentence or name."""
    assert {*STATE_MEANINGS} == {*State}
    assert [*FLAG_MEANINGS] == [*Flag]
    assert [*VERBS] == [*Modality]


def test_a_summary_has_counts_with_denominators() -> None:
    """A summary counts what is in scope, and what of it is in each state, requirements and recommendations apart."""
    about = assessment(
        verdict("5.1#1"),
        verdict("5.2#1", "fail"),
        verdict("5.3#1", "fail"),
        verdict("8.3#1", "not applicable", reason="None."),
    )
    [total] = about.status(ON, "edition").units
    assert summary(total) == (
        "87 of 88 statements are in scope; 1 is out of scope by rule.",
        "Requirements (shall), 58 in scope: 1 passes, 2 fail and 55 are not assessed.",
        "Recommendations (should), 28 in scope: 27 are not assessed and 1 is not applicable.",
        "Permissions (may), 1 in scope: 1 is not assessed.",
    )
    [few] = about.status(ON, "edition", role="Data Custodian").units
    assert summary(few)[0] == "0 of 6 statements are in scope; 6 are out of scope by rule."


def test_one_statement_is_counted_in_the_singular() -> None:
    """The verb agrees with the number."""
    about = assessment(system=system(roles=["Developer"]))
    [unit, *_] = about.status(ON, "statement").units
    assert summary(unit) == (
        "1 of 1 statement is in scope.",
        "Requirements (shall), 1 in scope: 1 is not assessed.",
    )


def test_nothing_claims_compliance() -> None:
    """The only mention of compliance is that it is not stated."""
    texts = [*STATE_MEANINGS.values(), *FLAG_MEANINGS.values()]
    assert not any("complian" in text for text in texts)
    assert "not a statement of compliance" in CAUTION
