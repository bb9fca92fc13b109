"""The command `frameworks`."""

from __future__ import annotations

from tests.cli.examples import DATA, printed
from tests.cli.runner import Run, records


def test_frameworks_are_listed_with_their_element_counts(aicop: Run) -> None:
    """Every shipped framework is listed with its number of elements, without those that the publisher withdrew."""
    counts = {
        path.stem: sum(not row.get("withdrawn") for row in printed(f"frameworks/{path.name}"))
        for path in (DATA / "frameworks").glob("*.tsv")
    }
    rows = records(aicop, "frameworks")
    assert {row["framework"]: row["elements"] for row in rows} == counts
    [iso] = [row for row in rows if row["framework"] == "iso-iec-42001@2023"]
    assert (iso["status"], iso["published"], iso["ids"]) == ("current", "2023-12", "official")
    assert {bool(row["checked"]) for row in rows if row["status"] in {"current", "living"}} == {True}
    assert {row["checked"] for row in rows if row["status"] in {"superseded", "draft"}} == {None}
    assert {row["ids"] for row in rows} == {"official", "ours or others'"}
    assert aicop("frameworks")[1].splitlines()[0].split() == [
        "framework",
        "title",
        "status",
        "checked",
        "elements",
    ]
