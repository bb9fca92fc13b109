"""SSSOM/TSV exports in sssom-py, with its validators and command line, and in sssom-pydantic."""

from __future__ import annotations

import logging
from importlib import import_module
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pytest

from aicop import frameworks
from aicop.crosswalk import Crosswalk, crosswalk
from aicop.errors import InvalidDocument
from aicop.interop import sssom as ours
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.identifiers import iri
from aicop.interop.common.rows import rows_of
from aicop.interop.sssom.reader import NO_TERM_FOUND
from aicop.mappings import load as load_rows
from aicop.mappings import sets
from tests.examples import A, B, row
from tests.interop.sssom.examples import ODD, SMALL, theirs

parsers = import_module("sssom.parsers")
validators = import_module("sssom.validators")
writers = import_module("sssom.writers")
cli = import_module("sssom.cli")
models = import_module("sssom_pydantic")
testing = import_module("click.testing")

if TYPE_CHECKING:
    from pathlib import Path

    from aicop.model import MappingSet

# Ignore warnings of pandas and of the generated schema.
pytestmark = pytest.mark.filterwarnings("ignore")
# sssom-py ignores extension slots; sssom-pydantic expects web addresses for sets, although SSSOM allows any URI.
KNOWN = ("No attr for ext_", "mapping set has non-relative URL: urn:aicop:")


def shipped(item: MappingSet) -> Crosswalk:
    """Return all rows of a shipped set."""
    return Crosswalk.from_mappings(load_rows(item.name), frameworks.load(item.source), frameworks.load(item.target))


CROSSWALKS = {item.name: shipped(item) for item in sets()} | {
    "of all words": SMALL,
    "inverted": crosswalk("iso-iec-42001", "uk-ai-cop"),
    "composed": crosswalk("etsi-en-304-223", "iso-iec-42001", via="uk-ai-cop"),
}


@pytest.fixture
def write(tmp_path: Path) -> Any:  # noqa: ANN401 -- a function
    """Return a function that writes a file and returns its path."""

    def written(text: str) -> Path:
        path = tmp_path / "written.sssom.tsv"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def complaints(path: Path) -> list[str]:
    """Return the messages of sssom-py's validators."""
    found = validators.validate(parsers.parse_sssom_table(path), fail_on_error=False)
    return [result.message for report in found.values() for result in report.results]


@pytest.mark.parametrize("item", CROSSWALKS.values(), ids=CROSSWALKS)
def test_its_own_tools_accept_every_row(item: Crosswalk, write: Any, caplog: pytest.LogCaptureFixture) -> None:  # noqa: ANN401
    """No row is dropped, each keeps its predicate and ends, and nothing is reported."""
    rows = rows_of(item, ours.FORMAT.predicates, joint=ours.FORMAT.joint).rows
    path = write(ours.dumps(item))
    with caplog.at_level(logging.WARNING):
        table = parsers.parse_sssom_table(path)
        assert complaints(path) == []
        mappings, _, described, errors = models.read(path, return_errors=True)
    assert [record.getMessage() for record in caplog.records if not record.getMessage().startswith(KNOWN)] == []
    assert len(table.df) == len(rows)
    assert errors == []
    assert len(mappings) == len(rows)
    assert described.title == f"Mapping from {item.source.id} to {item.target.id}"
    triples = [(one.subject.curie, one.predicate.curie, one.object.curie) for one in mappings]
    read = [tuple(cells) for cells in table.df[["subject_id", "predicate_id", "object_id"]].itertuples(index=False)]
    assert sorted(triples) == sorted(read)
    expand = table.converter.expand
    assert {expand(one) for one, _, _ in read} == {
        iri(row.source) if row.source else NO_TERM_FOUND  # type: ignore[arg-type]
        for row in rows
    }
    targets = {iri(row.target) if row.target else NO_TERM_FOUND for row in rows}  # type: ignore[arg-type]
    assert {expand(other) for _, _, other in read} == targets


@pytest.mark.parametrize("name", ["uk-ai-cop@2025-01--iso-iec-42001@2023", "of all words"])
def test_the_command_line_of_sssom_py_accepts_the_file(name: str, write: Any) -> None:  # noqa: ANN401
    """`sssom validate` accepts the file, as the how-to guide says."""
    done = testing.CliRunner().invoke(cli.main, ["validate", str(write(ours.dumps(CROSSWALKS[name])))])
    assert (done.exit_code, done.exception) == (0, None)


def test_the_models_keep_the_extension_slots(write: Any) -> None:  # noqa: ANN401
    """Strengths are read by sssom-pydantic from the extension slots that the header defines."""
    mappings, _, _ = models.read(write(ours.dumps(SMALL)))
    strengths = {one.extensions["ext_strength"].value for one in mappings if "ext_strength" in (one.extensions or {})}
    assert {str(item) for item in strengths} == {"10", "4"}


BROKEN = [
    ("semapv:ManualMappingCuration", "semapv:Bogus", "'semapv:Bogus' does not match"),
    ("\t0.5\t", "\t1.5\t", "1.5 is greater than the maximum of 1.0"),
    ("b_1:X-1", "zz:X-1", "Missing prefix: zz"),
]


@pytest.mark.parametrize(("good", "bad", "message"), BROKEN, ids=["justification", "confidence", "prefix"])
def test_broken_files_are_refused(good: str, bad: str, message: str, write: Any) -> None:  # noqa: ANN401
    """The validators find errors of form."""
    path = write(ours.dumps(SMALL).replace(good, bad))
    assert any(text.startswith(message) for text in complaints(path))
    assert testing.CliRunner().invoke(cli.main, ["validate", str(path)]).exit_code != 0


def test_a_colon_in_an_id_would_lose_the_row(write: Any) -> None:  # noqa: ANN401
    """A colon is percent-encoded, because sssom-py drops such a row with only a warning."""
    pairs = [("R", "corresponds-to", "LLM01:2025"), ("X-1", "cites", "DOC"), ("X-1", "equal-to", "5 #1|x")]
    odd = Crosswalk.from_mappings([row(A.key(one), word, ODD.key(other)) for one, word, other in pairs], A, ODD)
    text = ours.dumps(odd)
    assert len(parsers.parse_sssom_table(write(text)).df) == len(pairs)
    broken = text.replace("LLM01%3A2025", "LLM01:2025")
    assert len(parsers.parse_sssom_table(write(broken)).df) == len(pairs) - 1


def test_errors_that_its_tools_accept_are_refused(write: Any) -> None:  # noqa: ANN401
    """An undefined predicate and a negated one are valid SSSOM that aicop cannot interpret."""
    columns = "subject_id predicate_id object_id mapping_justification predicate_modifier"
    rows = [
        "ex:X-1 oio:bogus ex:X-1 semapv:UnspecifiedMatching ",
        "ex:X-2 skos:exactMatch ex:X-2 semapv:MappingReview Not",
    ]
    path = write(
        theirs(
            *rows, header="#license: https://example.org/\n#mapping_set_id: https://example.org/s\n", columns=columns
        )
    )
    assert complaints(path) == []
    assert len(parsers.parse_sssom_table(path).df) == len(models.read(path).mappings) == len(rows)
    with pytest.raises(InvalidDocument) as caught:
        ours.loads(path.read_bytes(), options=ImportOptions(frameworks=(A, B), source="a", target="b"))
    assert [fault.problem for fault in caught.value.faults] == [
        "'oio:bogus' does not say how the two are related; use a mapping property of SKOS, or leave the row out (--skip-invalid)",
        "'Not' negates the predicate, and negated rows cannot be imported; remove the row",
    ]


def test_files_written_by_sssom_py_are_read(write: Any, tmp_path: Path) -> None:  # noqa: ANN401
    """Its order of columns is read, and only the extension slots are lost."""
    path = tmp_path / "again.sssom.tsv"
    item = CROSSWALKS["uk-ai-cop@2025-01--iso-iec-42001@2023"]
    writers.write_table(parsers.parse_sssom_table(write(ours.dumps(item))), path)
    found = ours.loads(path.read_bytes(), path.name)
    facts = attrgetter("source", "predicate", "target", "rationale", "author", "date", "confidence")
    rows = rows_of(item, ours.FORMAT.predicates, joint=ours.FORMAT.joint).rows
    assert sorted(map(facts, found.mappings), key=str) == sorted(map(facts, rows), key=str)
