"""The tables of assessments, written and changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import load as load_edition
from aicop.assessment import Verdict, dumps_evidence, dumps_history, dumps_verdicts, load
from aicop.errors import Fault, InvalidDocument
from aicop.model import Evidence, HistoryRow, VerdictRow
from aicop.vocabulary import Role
from tests.assessment.examples import assessment, verdict
from tests.assessment.files.test_reader import library

texts = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
KEYS = list(assessment().statements)
rows = st.builds(
    VerdictRow,
    key=st.sampled_from(KEYS),
    verdict=st.sampled_from([item for item in Verdict if item is not Verdict.NOT_APPLICABLE]),
    reason=st.none() | texts,
    evidence=st.lists(st.sampled_from(["EV-1", "EV-2"]), unique=True),
    owner=st.none() | texts,
    due=st.none() | st.dates().map(str),
    review=st.none() | st.dates().map(str),
    note=st.none() | texts,
    review_reason=st.none() | texts,
    digest=st.none() | st.just("0123456789abcdef"),
    extra=texts.map(lambda text: (("Ticket", text),)),
)


@given(st.lists(rows, unique_by=lambda row: row.key, max_size=6))
def test_verdicts_survive_a_round_trip(tmp_path_factory: pytest.TempPathFactory, drawn: list[VerdictRow]) -> None:
    """Every cell is read as it was written, columns of the user's own included."""
    pool = [Evidence(id=name, title="T", note="=1+1", extra=(("Own", "x"),)) for name in ("EV-1", "EV-2")]
    history = [HistoryRow(row=row, recorded="2026-01-01", by="Ann") for row in drawn]
    files = {"evidence.csv": dumps_evidence(pool)}
    if drawn:
        files |= {"verdicts.csv": dumps_verdicts(drawn), "history.csv": dumps_history(history)}
    found = load(library(tmp_path_factory.mktemp("library"), chat=files), "chat")
    assert found.verdicts == assessment(*drawn).verdicts
    assert list(found.evidence) == pool
    assert list(found.history) == history


def test_columns_are_in_a_fixed_order_and_own_ones_follow() -> None:
    """A table is made for diffs: fixed columns, one row per line, and own columns in the order of their use."""
    one = verdict("5.1#1", role=Role.DEVELOPER, extra=(("B", "1"),))
    other = verdict("5.2#1", extra=(("A", "=2"), ("B", "3")))
    header, first, second = dumps_verdicts([one, other]).splitlines()
    assert header == (
        "key,role,verdict,reason,evidence,owner,assessor,assessed,due,review,accepted_by,accepted_until,note,"
        "review_reason,digest,B,A"
    )
    assert first == "uk-ai-cop@2025-01:5.1#1,Developer,pass,,,,,,,,,,,,,1,"
    assert second == "uk-ai-cop@2025-01:5.2#1,,pass,,,,,,,,,,,,,3,'=2"


def test_rows_replace_those_of_the_same_statement_and_role() -> None:
    """A changed copy has the new rows; the assessment itself stays as it was."""
    before = assessment(verdict("5.1#1"), verdict("5.2#1"))
    after = before.with_verdicts([verdict("5.1#1", "fail"), verdict("5.1#1", "fail", role=Role.DEVELOPER)])
    assert [row.verdict.value for row in before.verdicts] == ["pass", "pass"]
    assert [(row.role, row.verdict.value) for row in after.verdicts] == [
        (None, "fail"),
        (Role.DEVELOPER, "fail"),
        (None, "pass"),
    ]


def test_rows_with_faults_are_refused() -> None:
    """All faults of the rows are raised at once; the assessment has not changed."""
    etsi = load_edition("etsi-en-304-223")
    foreign = VerdictRow(key=next(iter(assessment(catalogue=etsi).statements)), verdict=Verdict.PASS)
    with pytest.raises(InvalidDocument) as caught:
        assessment().with_verdicts([foreign, verdict("5.1#1", evidence=["EV-3"])])
    assert caught.value.faults == (
        Fault("verdicts", "row 1, column 'key'", f"the edition has no statement {foreign.key}"),
        Fault("verdicts", "row 2, column 'evidence'", "there is no evidence 'EV-3'; did you mean EV-2?"),
    )
