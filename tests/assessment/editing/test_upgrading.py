"""Assessments that are carried to another edition."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aicop import Library, load
from aicop.assessment import Assessment, Outcome, load_all, recorded, save, upgrade, upgrade_connected
from aicop.assessment import load as load_assessment
from aicop.assessment.editing.upgrading import edition_of_mark, upgrade_mark
from aicop.assessment.files.tables import dumps_verdicts
from aicop.catalogue import loads
from aicop.errors import InvalidDocument, LibraryWithoutFolder, NoLineage, UnknownEdition
from aicop.model import ControlRow, HistoryRow
from aicop.vocabulary import Role
from tests.assessment.examples import CODE, assessment, system, verdict
from tests.assessment.files.test_reader import TOML, library
from tests.assessment.upgrades import LIBRARY, NEW, OLD, ON, POOL, WAYS, check, main, random_assessment
from tests.examples import derived_edition, plain_statement
from tests.lineage.examples import small_edition

if TYPE_CHECKING:
    from pathlib import Path

STANDARD = load("etsi-en-304-223")
TO_STANDARD = "From uk-ai-cop@2025-01 to etsi-en-304-223@2.1.1:"
BY_HAND: list[tuple[str, str, dict[str, Any], str, str | None]] = [
    # Key, verdict, other cells, key in the standard, and why a person must look at it.
    ("1.1#1", "not applicable", {"reason": "No staff."}, "5.1.1-1#1", None),
    (
        "2.1#1",
        "pass",
        {"evidence": ("EV-1", "EV-2"), "review": "2027-01-01"},
        "5.1.2-1#1",
        "footnote. The marker of footnote 5 was dropped. Footnote 5 was not in hand; whoever has it should see whether "
        "its pointer still matters.",
    ),
    ("2.7#1", "inconclusive", {"due": "2026-12-01", "owner": "Ann"}, "5.1.2-7#1", None),
    (
        "2.7#2",
        "fail",
        {"accepted_by": "CISO", "accepted_until": "2026-12-31", "note": "Two\nlines"},
        "5.1.2-7#2",
        "reference. The provider is to follow the standard itself instead of the Code. The document that a provider is "
        "held to is another one; contracts and questionnaires may have to name it.",
    ),
    (
        "5.4#1",
        "pass",
        {"role": Role.DEVELOPER},
        "5.2.1-4#1",
        "pointer, spelling. A pointer to clause 5.2.3 was added for securing data; US spelling. The pointer probably "
        "names the wrong clause; see the annotation on 5.2.1-4.",
    ),
    # The pointer of the provision is in neither of its statements.
    ("5.4.1#2", "pass", {"extra": (("Ticket", "T-1"), ("Empty", ""))}, "5.2.1-4.1#2", None),
    ("6.1#1", "fail", {"assessor": "Bob", "assessed": "2026-05-05"}, "5.2.2-1#1", None),
    (
        "8.3#2",
        "pass",
        {"review_reason": "Look again."},
        "5.2.4-3#2",
        "strength. Giving others the log was permitted (may) and is now possible (can). A permission became a statement "
        "of possibility; neither is a duty.",
    ),
    ("9.1#1", "pass", {"review_reason": "Look again."}, "5.2.5-1#1", None),
    (
        "13.1#1",
        "not assessed",
        {"note": "Later."},
        "5.5.1-1#1",
        "wording. The sentence that gives the reason was repaired, and may became can in it; the duty is the same. The "
        "duty is unchanged; texts that quote the reason need the new wording.",
    ),
]


def test_an_assessment_is_carried_from_the_code_to_the_standard() -> None:
    """Each verdict goes where the lineage table says, with all its cells; what the table wants looked at is marked."""
    rows = [verdict(key, said, **more) for key, said, more, _, _ in BY_HAND]
    before = assessment(*rows, pool=POOL)
    before = attrs.evolve(
        before, verdicts=tuple(attrs.evolve(row, digest=before.digest(row.key)) for row in before.verdicts)
    )
    found = upgrade(before, Library(), "etsi-en-304-223", "2026-11-30")
    after = found.assessment
    assert (str(found.old), str(found.new)) == ("uk-ai-cop@2025-01", "etsi-en-304-223@2.1.1")
    assert (after.system, after.catalogue) == (attrs.evolve(before.system, edition=STANDARD.id), STANDARD)
    expected = []
    for key, said, more, new, why in BY_HAND:
        row = verdict(new, said, STANDARD, **more)
        # Of a statement that has changed, the digest stays that of the text that was assessed.
        digest = after.digest(row.key) if why is None else before.digest(CODE.find(key))  # type: ignore[arg-type]
        marks = " ".join(filter(None, (row.review_reason, why and f"{TO_STANDARD} {why}"))) or None
        expected.append(attrs.evolve(row, digest=digest, review_reason=marks))
    assert list(after.verdicts) == expected
    assert [(item.outcome.value, item.reason) for item in found.verdicts] == [
        ("carried", None) if why is None else ("marked for review", f"{TO_STANDARD} {why}")
        for _, _, _, _, why in BY_HAND
    ]
    assert found.counts == {
        Outcome.CARRIED: 5,
        Outcome.MARKED: 5,
        Outcome.SPLIT: 0,
        Outcome.MERGED: 0,
        Outcome.REMOVED: 0,
    }
    assert (found.added, after.evidence, after.pool) == ((), before.evidence, before.pool)
    # The history has the old rows under their old keys, then the new ones.
    assert [item.row for item in after.history] == [*before.verdicts, *after.verdicts]
    assert {(item.recorded, item.by) for item in after.history} == {("2026-11-30", "upgrade to etsi-en-304-223@2.1.1")}
    back = upgrade(after, Library(), CODE.id, "2026-12-01").assessment
    assert [attrs.evolve(row, review_reason=None) for row in back.verdicts] == [
        attrs.evolve(row, review_reason=None) for row in before.verdicts
    ]


def test_where_a_text_was_not_available_a_person_must_look() -> None:
    """That the duty is the same is not known of a statement of the technical specification that nobody compared."""
    found = upgrade(assessment(verdict("1.1#1"), verdict("1.1.1#1")), Library(), "etsi-ts-104-223", ON)
    assert [item.outcome.value for item in found.verdicts] == ["marked for review", "carried"]
    assert found.verdicts[0].reason == (
        "From uk-ai-cop@2025-01 to etsi-ts-104-223@1.1.1: unknown. Between Code and EN: US spelling. Whether that came "
        "with the TS or with the EN is not known."
    )


@settings(max_examples=200)
@given(st.integers(0, 2**32), st.sampled_from(WAYS))
def test_nothing_is_lost_in_an_upgrade(seed: int, way: tuple[Any, Any]) -> None:
    """The laws of `tests.assessment.upgrades` hold for random assessments."""
    check(random_assessment(random.Random(seed), way[0]), LIBRARY, way[1])


def test_many_upgrades_are_checked_by_a_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The task counts what it checked, and names the assessment that breaks a law."""
    main(["--count", "4", "--seed", "2"])
    assert capsys.readouterr().out.startswith("4 assessments upgraded and back: ")

    def broken(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("tests.assessment.upgrades.check", broken)
    with pytest.raises(AssertionError):
        main(["--count", "1"])
    assert "assessment 0 of seed 1" in capsys.readouterr().err


def small(*rows: Any, **more: Any) -> Assessment:  # noqa: ANN401
    """Return an assessment against the first of two small editions."""
    about = Assessment(
        system=system(edition=OLD.id, roles=(Role.DEVELOPER,)), catalogue=OLD, verdicts=tuple(rows), pool=POOL
    )
    return attrs.evolve(about, **more)


def of(key: str, said: str = "pass", **more: Any) -> Any:  # noqa: ANN401
    """Return a row about the first of two small editions."""
    return verdict(key, said, OLD, **more)


def test_a_split_statement_passes_its_verdict_on() -> None:
    """Each part has a copy, marked for review with all parts; the row is once in the history."""
    row = of("1.1#2", evidence=("EV-1",), note="Both", digest="0" * 16, extra=(("Ticket", "T-1"),))
    found = upgrade(small(row), LIBRARY, NEW.id, ON)
    reason = "From code@1 to code@2: identical. Said in two. code@1:1.1#2 was split into code@2:1.1#2 and code@2:1.2#1."
    assert list(found.assessment.verdicts) == [
        attrs.evolve(row, key=NEW.find(key), review_reason=reason) for key in ("1.1#2", "1.2#1")
    ]
    [item] = found.verdicts
    assert (item.outcome, [key.local for key in item.new], item.reason) == (Outcome.SPLIT, ["1.1#2", "1.2#1"], reason)


def test_merged_statements_have_the_worst_verdict() -> None:
    """Evidence, notes and columns of all arrive, dates are the earliest, and all rows are in the history."""
    rows = [
        of("1.3#1", evidence=("EV-1", "EV-2"), owner="Ann", review="2027-01-01", extra=(("Ticket", "T-1"),)),
        of(
            *("1.3#2", "fail"),
            evidence=("EV-3", "EV-1"),
            due="2026-12-01",
            review="2026-12-31",
            note="Broken",
            extra=(("Ticket", "T-2"),),
        ),
    ]
    found = upgrade(small(*rows), LIBRARY, NEW.id, ON)
    [row] = found.assessment.verdicts
    assert row == verdict(
        *("1.3#1", "fail", NEW),
        evidence=("EV-1", "EV-2", "EV-3"),
        owner="Ann",
        due="2026-12-01",
        review="2026-12-31",
        note="Broken",
        review_reason="code@2:1.3#1 was merged from code@1:1.3#1 (pass) and code@1:1.3#2 (fail).",
        extra=(("Ticket", "T-1 | T-2"),),
    )
    assert [item.row for item in found.assessment.history] == [*rows, row]
    assert {(item.outcome, item.reason) for item in found.verdicts} == {
        (Outcome.MERGED, "code@2:1.3#1 was merged from code@1:1.3#1 and code@1:1.3#2.")
    }


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("pass", {}), ("not applicable", {"reason": "R"}), "pass"),
        (("inconclusive", {}), ("pass", {}), "inconclusive"),
        # A part that nobody assessed is worse than a pass, but better than a fail.
        (("pass", {}), None, "not assessed"),
        (("fail", {}), None, "fail"),
        (("not applicable", {"reason": "R"}), ("not applicable", {"reason": "S"}), "not applicable"),
    ],
)
def test_the_worst_of_two_verdicts(first: Any, second: Any, expected: str) -> None:  # noqa: ANN401
    """The order is that of the roll-up; a statement without a verdict counts as not assessed."""
    rows = [of(key, given[0], **given[1]) for key, given in (("1.3#1", first), ("1.3#2", second)) if given is not None]
    [row] = upgrade(small(*rows), LIBRARY, NEW.id, ON).assessment.verdicts
    assert row.verdict.value == expected
    if expected == "not applicable":
        assert row.reason == "R | S"
    if second is None:
        assert row.review_reason is not None
        assert row.review_reason.endswith(f"code@1:1.3#1 ({first[0]}) and code@1:1.3#2 (not assessed).")


def test_of_two_fails_the_one_that_nobody_accepts_is_worse() -> None:
    """An accepted risk does not cover another; of two accepted ones, the earlier day counts."""
    first = {"accepted_by": "Ann", "accepted_until": "2027-06-30"}
    second = {"accepted_by": "Bob", "accepted_until": "2026-12-31"}
    for other, expected in (({}, (None, None)), (second, ("Bob", "2026-12-31"))):
        rows = of("1.3#1", "fail", **first), of("1.3#2", "fail", **other)
        [row] = upgrade(small(*rows), LIBRARY, NEW.id, ON).assessment.verdicts
        assert (row.accepted_by, row.accepted_until) == expected


def test_a_part_that_is_out_of_scope_does_not_count() -> None:
    """A statement that binds no role held is neither assessed nor open, so that the other decides alone."""
    about = small(of("1.3#1"), system=system(edition=OLD.id, roles=(Role.END_USER,)))
    [row] = upgrade(about, LIBRARY, NEW.id, ON).assessment.verdicts
    assert row.verdict.value == "pass"
    assert row.review_reason == "code@2:1.3#1 was merged from code@1:1.3#1 (pass)."


def test_a_role_of_its_own_is_kept_in_a_merge() -> None:
    """For a role, the verdict for all roles of the other part counts; general rows stay general."""
    rows = of("1.3#1"), of("1.3#2", "fail", role=Role.DEVELOPER)
    found = upgrade(small(*rows), LIBRARY, NEW.id, ON).assessment.verdicts
    assert [(row.role, row.verdict.value) for row in found] == [(None, "pass"), (Role.DEVELOPER, "fail")]


def test_a_removed_statement_is_kept_in_the_history() -> None:
    """It is reported with the reason of the lineage, and what the new edition adds is named."""
    row = of("2.4#1", evidence=("EV-1",))
    before = small(row, history=(HistoryRow(row=row, recorded="2026-01-01", by="Ann"),))
    found = upgrade(before, LIBRARY, NEW.id, ON)
    assert found.assessment.verdicts == ()
    # It was recorded already.
    assert found.assessment.history == before.history
    [item] = found.of_outcome("removed")
    assert (item.old, item.new, item.reason) == (row, (), "From code@1 to code@2: removed.")
    assert [key.local for key in found.added] == ["2.7#1"]


def derived(**more: object) -> Library:
    """Return a library with an edition that changes the Code."""
    return Library().with_edition(loads(json.dumps(derived_edition("uk-ai-cop@2025-01", **more)), "x.json"))


def test_a_derived_edition_is_reached_and_left_like_any_other() -> None:
    """What it inherits is carried, what it changes is marked with its note, and what it drops is kept in the history."""
    said = plain_statement("shall", "Developer", "name accounts")
    ours = derived(
        own=[{"number": "6.9", "principle": 6, "title": "Name accounts", "statements": [said]}],
        changed=[{"number": "9.1", "changes": ["wording"], "note": "Named after our tools.", "title": "New"}],
        dropped=[{"number": "13.1", "reason": "We never transfer models."}],
    )
    before = assessment(verdict("5.1#1"), verdict("9.1#1"), verdict("13.1#1"))
    found = upgrade(before, ours, "acme-code", ON)
    assert [(item.outcome.value, [str(key) for key in item.new], item.reason) for item in found.verdicts] == [
        ("carried", ["acme-code@2026:5.1#1"], None),
        (
            *("marked for review", ["acme-code@2026:9.1#1"]),
            "From uk-ai-cop@2025-01 to acme-code@2026: wording. Named after our tools.",
        ),
        ("removed", [], "From uk-ai-cop@2025-01 to acme-code@2026: removed. We never transfer models."),
    ]
    assert [str(key) for key in found.added] == ["acme-code@2026:6.9#1"]
    # Onward to the standard, through the Code.
    onward = upgrade(found.assessment, ours, "etsi-en-304-223", ON)
    assert [str(row.key) for row in onward.assessment.verdicts] == [
        "etsi-en-304-223@2.1.1:5.2.1-1#1",
        "etsi-en-304-223@2.1.1:5.2.5-1#1",
    ]


def test_a_verdict_for_a_role_that_is_no_longer_bound_becomes_general() -> None:
    """It is marked with the reason, and joined with what is said of all roles."""
    said = plain_statement("shall", "Developer", "identify assets")
    ours = derived(
        changed=[{"number": "5.4", "changes": ["scope of duty"], "note": "Developers alone.", "statements": [said]}]
    )
    alone = verdict("5.4#1", "pass", role=Role.SYSTEM_OPERATOR, note="By role")
    [row] = upgrade(assessment(alone), ours, "acme-code", ON).assessment.verdicts
    assert (row.role, row.verdict.value, row.note) == (None, "pass", "By role")
    assert row.review_reason == (
        "From uk-ai-cop@2025-01 to acme-code@2026: scope of duty. Developers alone. "
        "The verdict was for the role System Operator, which acme-code@2026:5.4#1 does not bind."
    )
    both = assessment(alone, verdict("5.4#1", "fail"), verdict("5.4#1", role=Role.DEVELOPER))
    found = upgrade(both, ours, "acme-code", ON).assessment.verdicts
    assert [(one.role, one.verdict.value, one.note) for one in found] == [
        (None, "fail", "By role"),
        (Role.DEVELOPER, "pass", None),
    ]


def test_verdicts_on_the_new_edition_cannot_stay_among_those_on_other_frameworks() -> None:
    """They would be faults once the edition is the one that is assessed, and so are named before."""
    controls = [ControlRow(key=STANDARD.find(number)) for number in ("5.2.1-1", "5.2.1-2")]
    with pytest.raises(InvalidDocument) as caught:
        upgrade(assessment(controls=controls), LIBRARY, "etsi-en-304-223", ON)
    said = "is an item of the edition to upgrade to; delete the row, and record its verdict after the upgrade"
    assert [(fault.file, fault.problem) for fault in caught.value.faults] == [
        ("assessments/chat/controls.csv", f"etsi-en-304-223@2.1.1:5.2.1-{number} {said}") for number in (1, 2)
    ]
    # Those on any other framework stay.
    assert upgrade(assessment(controls=controls), LIBRARY, "etsi-ts-104-223", ON).assessment.controls == tuple(controls)


def test_an_edition_must_be_another_one_that_lineage_reaches() -> None:
    """An unknown edition, the same one and one without lineage are told apart."""
    about = assessment()
    with pytest.raises(UnknownEdition):
        upgrade(about, Library(), "acme", ON)
    with pytest.raises(UnknownEdition, match="cannot be compared with itself"):
        upgrade(about, Library(), "uk-ai-cop", ON)
    with pytest.raises(NoLineage):
        upgrade(about, Library().with_edition(small_edition("alone", "1", {"1.1": 1})), "alone", ON)


def test_the_mark_of_an_upgrade_names_its_edition() -> None:
    """The history says which edition followed; what people write there is none."""
    assert edition_of_mark(upgrade_mark(CODE.id)) == CODE.id
    assert edition_of_mark("Ann") is None
    assert edition_of_mark("upgrade to something newer") is None


# In the folder of a library.

TO = "etsi-en-304-223@2.1.1"


def test_an_upgraded_assessment_is_saved_and_read(tmp_path: Path) -> None:
    """The facts keep their comments, the history its old keys, and everything is read as it was."""
    toml = "# Ours\n" + TOML.format(name="chat").replace('edition = "', 'edition   = "') + 'owner = "Ann" # and Bob\n'
    rows = assessment(verdict("5.1#1", note="=1"), verdict("8.3#2", "fail")).verdicts
    files = {
        "assessment.toml": toml,
        "verdicts.csv": dumps_verdicts(rows),
        "history.csv": "key,verdict,recorded,by\n5.1,fail,2026-01-02,Ann\n",
    }
    about = library(tmp_path, chat=files)
    found = upgrade(load_assessment(about, "chat"), about, TO, ON)
    written = save([found.assessment])
    assert [path.name for path in written] == ["verdicts.csv", "history.csv", "assessment.toml"]
    again = load_assessment(about, "chat")
    assert again == found.assessment
    text = (tmp_path / "assessments/chat/assessment.toml").read_text(encoding="utf-8")
    assert text == toml.replace("uk-ai-cop@2025-01", TO)
    assert [str(item.row.key) for item in again.history] == [
        *("uk-ai-cop@2025-01:5.1#1", "uk-ai-cop@2025-01:5.1#1", "uk-ai-cop@2025-01:8.3#2"),
        *(f"{TO}:5.2.1-1#1", f"{TO}:5.2.4-3#2"),
    ]
    # Saved again, nothing changes.
    before = {path: path.read_bytes() for path in written}
    save([again])
    assert {path: path.read_bytes() for path in written} == before


def test_systems_that_inherit_are_upgraded_together(tmp_path: Path) -> None:
    """A system alone could not be read afterwards; others stay as they are."""
    inherits = TOML.format(name="chat") + 'inherits = ["cloud"]\n'
    also = TOML.format(name="web") + 'inherits = ["cloud"]\n'
    pass_ = {"verdicts.csv": "key,verdict\n5.1,pass\n"}
    about = library(
        tmp_path,
        chat={"assessment.toml": inherits},
        cloud=pass_,
        web={"assessment.toml": also},
        other=pass_,
    )
    found = upgrade_connected(about, "chat", TO, ON)
    assert [one.assessment.system.name for one in found] == ["chat", "cloud", "web"]
    save(one.assessment for one in found)
    chat, cloud, other, web = load_all(about)
    assert {str(one.catalogue.id) for one in (chat, cloud, web)} == {TO}
    assert str(other.catalogue.id) == "uk-ai-cop@2025-01"
    assert chat.state("5.2.1-1", ON).inherited_from == "cloud"


def test_only_what_has_a_folder_can_be_saved() -> None:
    """An assessment that was made in Python has no files."""
    with pytest.raises(LibraryWithoutFolder):
        save([assessment()])


@pytest.mark.parametrize("line", ['"edition" = "uk-ai-cop@2025-01"', 'edition = """uk-ai-cop@2025-01"""'])
def test_an_edition_that_cannot_be_changed_is_told(tmp_path: Path, line: str) -> None:
    """Facts that are written in an unusual way stay as they are, and so does everything else."""
    toml = TOML.format(name="chat").replace('edition = "uk-ai-cop@2025-01"', line)
    about = library(tmp_path, chat={"assessment.toml": toml, "verdicts.csv": "key,verdict\n5.1,pass\n"})
    found = upgrade(load_assessment(about, "chat"), about, TO, ON)
    with pytest.raises(InvalidDocument) as caught:
        save([found.assessment])
    assert caught.value.faults[0].problem == f'cannot be changed automatically; write: edition = "{TO}"'
    assert not (tmp_path / "assessments/chat/history.csv").exists()


def test_the_history_of_other_editions_is_read(tmp_path: Path) -> None:
    """A key may be of an edition of one's own that has left the library; one that never was is a fault."""
    head = "key,verdict,recorded,by\n"
    gone = "acme-code@2020:5.1#1,pass,2026-01-01,Ann\n"
    about = library(tmp_path, chat={"history.csv": f"{head}{gone}uk-ai-cop@2025-01:5.1#1,pass,2026-01-01,Ann\n"})
    assert [str(item.row.key) for item in load_assessment(about, "chat").history] == [
        "acme-code@2020:5.1#1",
        "uk-ai-cop@2025-01:5.1#1",
    ]
    (tmp_path / "assessments/chat/history.csv").write_text(f"{head}{TO}:5.1#1,pass,2026-01-01,Ann\n", encoding="utf-8")
    with pytest.raises(InvalidDocument) as caught:
        load_assessment(about, "chat")
    assert caught.value.faults[0].path == "line 2, column 'key'"


def test_what_was_changed_by_hand_is_recorded_before_it_changes() -> None:
    """A row that the history does not have is added as it was; one that it has is not repeated."""
    old, new = verdict("5.1#1", note="by hand"), verdict("5.1#1", "fail")
    before = assessment(old, verdict("5.2#1"))
    after = before.with_verdicts([new])
    first = recorded(before, after, ON, "Ann")
    assert first.history == tuple(HistoryRow(row=row, recorded=ON, by="Ann") for row in (old, new))
    second = recorded(first, first.with_verdicts([old]), ON, "Ann")
    assert [item.row for item in second.history] == [old, new, old]
    assert recorded(first, first, ON, "Ann") == first
