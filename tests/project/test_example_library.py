"""The example company of the tutorial: from its controls to coverage, other frameworks and another edition."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aicop import Library
from aicop.ids import JointId
from aicop.vocabulary import Coverage
from tests.cli.runner import Run, records

if TYPE_CHECKING:
    from aicop.crosswalk import Crosswalk
    from aicop.model import Mapping

FOLDER = Path(__file__).parent.parent.parent / "docs" / "examples" / "acme"
OPTION = ("--library", str(FOLDER))
CODE, STANDARD = "uk-ai-cop@2025-01", "etsi-en-304-223@2.1.1"
OTHERS = ["iso-iec-42001", "eu-ai-act"]

Cells = list[dict[str, str]]


def cells(name: str) -> Cells:
    """Return the rows of a table of the example, read without aicop."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


CONTROLS = cells("frameworks/acme@2026.csv")
ROWS = cells("mappings/acme-to-the-code.csv")


@pytest.fixture(scope="module")
def acme() -> Library:
    """Return the example library."""
    return Library.open(FOLDER)


@pytest.fixture
def aicop(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the command line."""
    return Run(capsys)


def through_the_code(library: Library, source: str, target: str) -> Crosswalk:
    """Return a crosswalk through the Code, or the one to the Standard, which needs no way to be named."""
    return library.crosswalk(source, target, via=None if "etsi" in source + target else CODE)


def way(*names: str) -> tuple[str, ...]:
    """Return the options for the same on the command line."""
    return OPTION if "etsi" in "".join(names) else ("--via", CODE, *OPTION)


def left_out(found: Crosswalk) -> list[str]:
    """Return the lines about what a crosswalk leaves out."""
    return [f"Left out: {item}." for item in found.omissions]


def test_the_example_has_what_a_company_has() -> None:
    """Forty controls with owners and frequencies, mapped at all levels, with joint rows and rows that found nothing."""
    assert len(CONTROLS) == len({row["Control ID"] for row in CONTROLS}) == 40
    assert all(row["Owner"] and row["Frequency"] for row in CONTROLS)
    targets = [row["target"] for row in ROWS]
    assert {"P6", "P7"} <= set(targets)
    assert {"2.7#1", "2.7#2", "5.4", "5.4.1", "8.3#1", "8.3#2", "13.1"} <= set(targets)
    assert [row["source"] for row in ROWS if "|" in row["source"]] == ["PE-1|PE-2", "AS-1|AS-2", "AC-3|AC-4|DA-3"]
    assert [row["target"] for row in ROWS if "|" in row["target"]] == ["7.2|7.2.1", "9.4|9.4.1", "5.3|6.5"]
    nothing = [(row["source"], row["target"]) for row in ROWS if row["relationship"] == "nothing-found"]
    assert sorted(nothing) == [("", "12.3"), ("", "2.1.1"), ("PE-5", ""), ("RI-4", "")]
    assert any(row["relationship"] == "no-relationship" for row in ROWS)
    assert any(row["strength"] and not row["reverse_strength"] for row in ROWS)


def test_a_library_is_a_value(acme: Library) -> None:
    """Opened twice, the library is equal and has the same digest."""
    again = Library.open(FOLDER)
    assert (again, again.digest) == (acme, acme.digest)
    assert again != Library()


def test_every_cell_is_read(acme: Library) -> None:
    """The controls and mappings hold what the tables say."""
    framework = acme.framework("acme")
    found = [
        {
            "Control ID": item.id.local,
            "Domain": item.parent and item.parent.local,
            "Title": item.title,
            "Text": item.words,
            **dict(item.extra),
        }
        for item in framework.controls
        if item.kind == "control"
    ]
    assert found == CONTROLS

    def cell(value: object) -> str:
        return "" if value is None else str(value)

    def end(value: object) -> str:
        members = value.members if isinstance(value, JointId) else () if value is None else (value,)
        return "|".join(str(member).partition(":")[2] for member in members)

    def read(row: Mapping) -> dict[str, str]:
        numbers = ("strength", "remainder", "reverse_strength", "reverse_remainder", "confidence", "rationale")
        ends = {"source": end(row.source), "target": end(row.target), "relationship": row.predicate.value}
        return ends | {name: cell(getattr(row, name)) for name in numbers}

    def ordered(rows: Cells) -> Cells:
        return sorted(rows, key=lambda row: sorted(row.items()))

    found_rows = [read(row) for row in acme.own_mappings()]
    assert ordered(found_rows) == ordered([{name: row[name] for name in found_rows[0]} for row in ROWS])


@pytest.mark.parametrize("row", CONTROLS, ids=lambda row: row["Control ID"])
def test_a_control_is_shown_with_its_owner(aicop: Run, acme: Library, row: dict[str, str]) -> None:
    """The command line and the library find each control and print the columns that are the company's own."""
    code, out, _ = aicop("show", f"acme:{row['Control ID']}", *OPTION, "--format", "csv")
    shown = dict(list(csv.reader(out.splitlines()))[1:])
    assert code == 0
    assert (shown["Owner"], shown["Frequency"]) == (row["Owner"], row["Frequency"])
    assert shown["key"] == str(acme.parse(f"acme:{row['Control ID']}"))


def test_own_columns_are_named_in_json(aicop: Run) -> None:
    """In JSON they are an object of their own."""
    code, out, _ = aicop("show", "acme:SC-2", *OPTION, "--format", "json")
    assert (code, json.loads(out)["extra"]) == (0, {"Owner": "Legal", "Frequency": "each contract"})


@pytest.mark.parametrize("target", [CODE, STANDARD, *OTHERS])
@pytest.mark.parametrize("backwards", [False, True])
def test_crosswalks_are_the_same_both_ways_of_asking(
    aicop: Run, acme: Library, target: str, *, backwards: bool
) -> None:
    """The command line prints the claims of the library, all of them, and names what is left out."""
    ends = (target, "acme") if backwards else ("acme", target)
    found = acme.crosswalk(*ends) if target == CODE else through_the_code(acme, *ends)
    options = OPTION if target == CODE else way(*ends)
    assert records(aicop, "crosswalk", *ends, *options) == found.table()
    _, _, err = aicop("crosswalk", *ends, *options)
    assert [line for line in err.splitlines() if line.startswith("Left out")] == left_out(found)


@pytest.mark.parametrize("strength", [None, 6])
@pytest.mark.parametrize("source", [CODE, STANDARD, *OTHERS])
def test_coverage_and_gaps_are_the_same_both_ways_of_asking(
    aicop: Run, acme: Library, source: str, strength: int | None
) -> None:
    """Classes, counts, bands and ids agree, and so do the gaps; the classes add up to the total."""
    found = acme.crosswalk(source, "acme") if source == CODE else through_the_code(acme, source, "acme")
    options = OPTION if source == CODE else way(source)
    least = () if strength is None else ("--strength", str(strength))
    report = found.coverage(strength=strength)
    printed = {row["class"]: row for row in records(aicop, "coverage", source, "acme", *least, *options)}
    assert {name: row["count"] for name, row in printed.items()} == {
        known.value: count for known, count in report.counts.items()
    }
    for known, bands in report.bands.items():
        row = printed[known.value]
        assert row["ids"] == [key.local for key in report.of(known)]
        assert [row[band.value if band else "no_strength"] for band in bands] == list(bands.values())
        assert sum(bands.values()) == row["count"]
    gaps = records(aicop, "gaps", source, "acme", *least, *options)
    assert [(row["item"], row["class"], row["strength"], row["remainder"]) for row in gaps] == [
        (str(gap.item), gap.coverage.value, gap.strength, list(gap.remainders)) for gap in found.gaps(strength=strength)
    ]
    _, _, err = aicop("coverage", source, "acme", *least, *options)
    assert [line for line in err.splitlines() if line.startswith("Left out")] == left_out(found)


def test_not_reviewed_is_what_no_row_names(acme: Library) -> None:
    """Exactly the provisions that no row names, by themselves, a statement or their principle, are not reviewed."""
    named = {one.partition("#")[0] for row in ROWS for one in row["target"].split("|")}
    wanted = [
        item.id.local
        for item in acme.catalogue(CODE).values()
        if item.id.local not in named and f"P{item.id.local.partition('.')[0]}" not in named
    ]
    report = acme.crosswalk(CODE, "acme").coverage()
    assert [key.local for key in report.of(Coverage.UNSEEN)] == wanted
    assert [key.local for key in report.of(Coverage.NOT_COVERED)] == ["2.1.1", "3.2", "12.3"]


def test_remainders_are_those_of_the_table(acme: Library) -> None:
    """Gaps quote the remainder of the reverse direction, in which the Code is asked about the controls."""
    stated = {row["reverse_remainder"] for row in ROWS if row["reverse_remainder"]}
    quoted = {text.partition(": ")[2] for gap in acme.crosswalk(CODE, "acme").gaps() for text in gap.remainders}
    # Statements without a counterpart follow, with their class.
    assert quoted & stated
    assert quoted - stated == {"not reviewed"}


def test_only_the_joint_row_covers(acme: Library) -> None:
    """AS-1 and AS-2 together cover 5.1; without the joint row, AS-1 alone covers it partly."""

    def known(rows: list[Mapping]) -> Coverage:
        alone = Library().with_framework(acme.framework("acme")).with_mappings(rows)
        [(_, found)] = alone.crosswalk(CODE, "acme").coverage(["5.1"]).items
        return found

    rows = list(acme.own_mappings())
    single = [row for row in rows if not isinstance(row.source, JointId)]
    assert (known(rows), known(single)) == (Coverage.COVERED, Coverage.PARTLY)


@pytest.mark.parametrize("other", OTHERS)
def test_candidates_are_as_certain_as_their_weakest_row(acme: Library, other: str) -> None:
    """Each path of a composed claim begins with a row of the company, and no claim is more certain than its rows."""
    found = through_the_code(acme, "acme", other)
    own = set(acme.own_mappings())
    claims = [claim for claim in found.claims() if claim.source is not None and claim.target is not None]
    assert len(claims) > 90
    for claim in claims:
        for path in claim.paths:
            first = next(step.mapping for step in path if step.mapping is not None)
            assert first in own
        steps = [step.mapping for path in claim.paths for step in path if step.mapping is not None]
        assert claim.confidence == min(row.confidence for row in steps if row.confidence is not None)


def test_nothing_is_lost_on_the_way_to_the_standard(acme: Library) -> None:
    """Each row is behind a claim about the Standard, or is named as left out; that is two rows, which found nothing."""
    found = acme.crosswalk("acme", STANDARD)
    assert [str(edition) for edition in found.via] == [CODE]
    moved = {step.mapping for claim in found.claims() for path in claim.paths for step in path}
    named = {row for item in found.omissions for row in item.mappings}
    own = set(acme.own_mappings())
    assert len(own) == len(ROWS) == 61
    assert own <= moved | named
    assert sorted(str(row.source) for row in own - moved) == ["acme@2026:PE-5", "acme@2026:RI-4"]
    counts = [acme.crosswalk(edition, "acme").coverage().counts for edition in (CODE, STANDARD)]
    assert counts[0] == counts[1] == Counter(counts[0])


def test_unchanged_items_keep_relationship_and_strength(acme: Library) -> None:
    """A row at an item that is identical in the Standard holds for its counterpart, at the same level, as it is."""
    found = acme.crosswalk("acme", STANDARD)
    comparison = acme.compare(CODE, STANDARD)
    same = {row.old: row.new for row in comparison.rows if row.changes == ("identical",)}
    checked = 0
    for row in acme.own_mappings():
        if row.source is not None and row.target in same:
            new = same[row.target]
            assert new is not None
            [claim] = [claim for claim in found[row.source] if (claim.source, claim.target) == (row.source, new)]
            if len(claim.paths) == 1:
                checked += 1
                assert (claim.says, claim.strength) == (row.predicate.value, row.strength)
                assert claim.remainder == row.remainder
    assert checked > 15


def test_what_a_person_has_to_look_at_is_listed(aicop: Run, acme: Library) -> None:
    """Reviews are the same both ways of asking, down to the statement; 2.7#2 is among them, and 2.7#1 is not."""
    review = acme.compare(CODE, STANDARD).review
    printed = records(aicop, "compare", CODE, STANDARD, "--review", *OPTION)
    assert [(row["old"], row["new"], row["review"]) for row in printed] == [
        (str(row.old), str(row.new), row.review) for row in review
    ]
    keys = {str(row.old).partition(":")[2] for row in review}
    assert {"2.7#2", "8.3#2", "5.4", "5.4.1", "13.1"} <= keys
    assert not {"2.7#1", "8.3#1"} & keys
    found = acme.crosswalk("acme", STANDARD)
    relied_on = acme.changes_to_review(found)
    # A statement without a row of its own shares the change of its provision.
    assert {str(row.old).partition("#")[0] for row in relied_on} <= {str(row.old).partition("#")[0] for row in review}
    # Each row of the company at one of these items is behind the list.
    assert {row.target for row in acme.own_mappings()} & {row.old for row in review} <= {row.old for row in relied_on}
    _, _, err = aicop("crosswalk", "acme", STANDARD, *OPTION)
    named = ", ".join(dict.fromkeys(row.new.local for row in relied_on if row.new is not None))
    assert f"To review, because the editions differ there: {named}." in err
    says = {str(claim.target): claim.says for key in ("SC-1", "SC-2") for claim in found[key]}
    assert says[f"{STANDARD}:5.1.2-7#1"] == "superset-of"
    assert says[f"{STANDARD}:5.1.2-7#2"] == "nothing is known"


@pytest.mark.parametrize("key", ["SC-1", "SC-2", "AC-3", "PE-5"])
def test_one_control_is_the_same_both_ways_of_asking(aicop: Run, acme: Library, key: str) -> None:
    """Maps and explanations agree."""
    printed = [
        (row["source"], row["relationship"], row["target"]) for row in records(aicop, "map", f"acme:{key}", *OPTION)
    ]
    claims = [claim for found in acme.mappings_of(f"acme:{key}") for claim in found.claims]
    # Where nothing was found, the command line prints the edition that was searched.
    assert printed == [(str(claim.source), claim.says, str(claim.target or CODE)) for claim in claims]
    for other in ("uk-ai-cop:6.3", "etsi-en-304-223:5.2.2-3"):
        _, out, _ = aicop("explain", f"acme:{key}", other, *OPTION)
        assert out == acme.explain(f"acme:{key}", other)


def test_the_library_finds_and_checks_its_own_keys(aicop: Run, acme: Library, tmp_path: Path) -> None:
    """Search and key check agree, and the mappings contradict nothing."""
    printed = [row["key"] for row in records(aicop, "search", "chat product", "--in", "acme", *OPTION)]
    assert printed == [str(hit.control.id) for hit in acme.search("chat product", ["acme"])]
    assert printed
    keys = ["acme:SC-2", "acme:ZZ-9", "uk-ai-cop:5.4.1"]
    file = tmp_path / "keys.txt"
    file.write_text("\n".join(keys), encoding="utf-8")
    verdicts = [(row["key"], row["id"] or None) for row in aicop.rows("check", str(file), *OPTION)]
    assert verdicts == [(item.text, item.key and str(item.key)) for item in acme.check(keys)]
    assert acme.find_contradictions() == ()
    assert aicop("consistency", *OPTION)[0] == 0


def test_own_columns_come_out_again(aicop: Run) -> None:
    """Exported as CSV, the controls have the company's own columns."""
    code, out, _ = aicop("export", "csv", "acme", *OPTION)
    assert code == 0
    found = [row for row in csv.DictReader(out.splitlines()) if row["kind"] == "control"]
    assert [(row["id"], row["Owner"], row["Frequency"]) for row in found] == [
        (row["Control ID"], row["Owner"], row["Frequency"]) for row in CONTROLS
    ]
