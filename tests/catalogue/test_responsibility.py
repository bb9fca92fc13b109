"""The responsibility matrix of an edition."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import attrs
import pytest

from aicop import load
from aicop.catalogue import Duty, Responsibility, ResponsibilityMatrix, responsibility_matrix
from aicop.catalogue.responsibility import ROLE_COLUMNS
from aicop.errors import UnknownKey, UnknownTerm
from aicop.ids import StatementId
from aicop.manifest import editions
from aicop.tables import RESPONSIBILITIES
from aicop.vocabulary import Attribution, Capacity, Joiner, Modality, Role

if TYPE_CHECKING:
    from aicop import Catalogue


def test_a_part_has_verb_attribution_and_capacity(code: Catalogue) -> None:
    """3.2 binds two roles in three statements, and tells both who listens."""
    row = responsibility_matrix(code)["3.2"]
    provision = code["3.2"].id
    assert row["developer"].duties == (
        Duty(
            statement=StatementId(provision, 1),
            modality=Modality.SHALL,
            attribution=Attribution.IMPLIED,
            joiner=None,
        ),
    )
    operator = row[Role.SYSTEM_OPERATOR]
    assert [(one.statement.ordinal, one.modality, one.attribution) for one in operator.duties] == [
        (2, Modality.SHALL, Attribution.STATED),
        (3, Modality.SHOULD, Attribution.CARRIED_OVER),
    ]
    assert [(one.statement.ordinal, one.party, one.capacity) for one in operator.involvements] == [
        (1, "System Operators", Capacity.INFORMED)
    ]
    assert row.words("System Operator") == ("shall #2", "should (carried over) #3", "informed #1")
    assert row.words("End-user") == ("informed #2", "informed (carried over) #3")
    assert row["Organisation"] == Responsibility(role=Role.ORGANISATION, duties=(), involvements=())
    assert repr(row) == f"<ResponsibilityRow {provision}: Developer, System Operator, End-user>"


def test_alternatives_and_other_parties_are_marked(code: Catalogue) -> None:
    """Duty holders that are joined by `or` are marked, those joined by `and` are not; staff has no column of its own."""
    matrix = responsibility_matrix(code)
    assert matrix["2.7"].words("Developer") == ("shall (or) #1", "should (or, carried over) #2")
    assert matrix["2.7"].other_words == ("external provider: assessed #1", "external provider: assessed #2")
    assert matrix["2.1"].words("Developer") == ("shall (and/or)",)
    duty = matrix["2.2"]["Developer"].duties[0]
    assert (duty.joiner, duty.words) == (Joiner.AND, "shall")
    assert matrix["1.1.1"].other_words == ("staff members: trained",)


@pytest.mark.parametrize("edition", [str(edition) for edition in editions()])
def test_every_duty_and_counterparty_is_in_the_matrix_once(edition: str) -> None:
    """The matrix has every duty holder and every counterparty of every statement, and nothing else."""
    catalogue = load(edition)
    matrix = responsibility_matrix(catalogue)
    assert [row.provision for row in matrix.rows] == list(catalogue)
    bound = [
        (duty.statement, part.role) for row in matrix.rows for part in row.responsibilities for duty in part.duties
    ]
    statements = [(StatementId(item.id, said.ordinal), said) for item in catalogue.values() for said in item.statements]
    assert sorted(bound) == sorted((key, role) for key, said in statements for role in said.duty_holders)
    named = [
        (one.statement, one.party, one.capacity, one.attribution)
        for row in matrix.rows
        for found in (*(part.involvements for part in row.responsibilities), row.others)
        for one in found
    ]
    assert sorted(named) == sorted(
        (key, other.party, other.capacity, other.attribution)
        for key, said in statements
        for other in said.counterparties
    )


def test_filters_select_rows_and_statements(code: Catalogue) -> None:
    """A role selects what binds or names it, and keeps the parts of others; a verb selects statements."""
    matrix = responsibility_matrix(code, role="affected-entity")
    assert [row.provision.number for row in matrix.rows] == ["10.3"]
    assert matrix["10.3"].words("Developer") == ("should #1", "should (carried over) #2")
    permitted = responsibility_matrix(code, modality="may")
    assert [(row.provision.number, row.words("Developer")) for row in permitted.rows] == [("8.3", ("may #2",))]
    both = responsibility_matrix(code, role=["data-custodian", Role.ORGANISATION])
    assert {row.provision.number for row in both.rows} == {
        row.provision.number
        for row in responsibility_matrix(code).rows
        if {part.role for part in row.responsibilities} & {Role.DATA_CUSTODIAN, Role.ORGANISATION}
    }
    some = responsibility_matrix(code, phase="secure-design", principle=4)
    assert [row.provision.number for row in some.rows] == ["4.1", "4.2", "4.3", "4.4", "4.5"]
    assert responsibility_matrix(code, role="affected-entity", modality="may").rows == ()


def test_the_table_has_a_column_for_each_role(code: Catalogue) -> None:
    """Empty parts are None, several words are joined, and there is a column for every role."""
    assert set(ROLE_COLUMNS.values()) <= set(RESPONSIBILITIES.names)
    assert list(ROLE_COLUMNS) == list(Role)
    matrix = responsibility_matrix(code, principle=8)
    row = matrix.table()[0]
    assert row == {
        "key": "uk-ai-cop@2025-01:8.1",
        "title": code["8.1"].title,
        "principle": "uk-ai-cop@2025-01:P8",
        "phase": "uk-ai-cop@2025-01:secure-development",
        "statements": 2,
        "developer": "shall #1; should #2",
        "system_operator": "given #2",
        "data_custodian": "given #2",
        "end_user": None,
        "affected_entity": None,
        "organisation": None,
        "others": None,
    }


def test_matrices_are_shown(code: Catalogue) -> None:
    """The repr is one line; a notebook shows a column per role, and escapes what a user wrote."""
    matrix = responsibility_matrix(code, principle=1)
    assert repr(matrix) == "<ResponsibilityMatrix uk-ai-cop@2025-01: 5 provisions>"
    assert '<th style="text-align: left">End-user</th>' in matrix._repr_html_()
    others = [attrs.evolve(matrix["1.2.2"].others[0], party="<b>")]
    hostile = attrs.evolve(matrix, rows=[attrs.evolve(matrix["1.2.2"], others=others)])
    assert "&lt;b&gt;: trained" in hostile._repr_html_()


def test_wrong_names_are_refused(code: Catalogue) -> None:
    """Roles, verbs, phases and rows that do not exist raise errors with advice."""
    matrix = responsibility_matrix(code, principle=1)
    with pytest.raises(UnknownTerm, match="'boss' is not a role"):
        responsibility_matrix(code, role="boss")
    with pytest.raises(UnknownTerm, match="'boss' is not a role"):
        matrix["1.1"]["boss"]
    with pytest.raises(UnknownTerm, match="is not a modality"):
        responsibility_matrix(code, modality="must")
    with pytest.raises(UnknownKey):
        responsibility_matrix(code, phase="secure-lunch")
    with pytest.raises(UnknownTerm, match=r"'2\.1' is not a provision of the matrix; use one of"):
        matrix["2.1"]


def test_rows_are_found_by_id_key_and_number(code: Catalogue) -> None:
    """The three forms find the same row."""
    matrix: ResponsibilityMatrix = responsibility_matrix(code)
    provision = code["5.4.1"].id
    assert matrix[provision] is matrix[str(provision)] is matrix["5.4.1"]
    assert json.loads(json.dumps(matrix.table())) == matrix.table()
