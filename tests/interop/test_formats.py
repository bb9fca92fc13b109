"""What all formats declare, and how files are recognised."""

from __future__ import annotations

import csv as standard_csv
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aicop import frameworks, load
from aicop.crosswalk import crosswalk as find_crosswalk
from aicop.errors import InvalidDocument, UnknownEdition, UnknownKey, UnknownTerm
from aicop.interop import csv, markdown, registry
from aicop.interop.common.protocol import Sample, is_readable
from aicop.interop.formats import (
    NAMES,
    dumps,
    dumps_selection,
    dumps_table,
    format_of,
    formats,
    module_of,
    omission_phrases,
    recognise,
)
from aicop.interop.worksheets import checklist
from aicop.vocabulary import Predicate

if TYPE_CHECKING:
    from aicop.interop.common.format import Format

DATA = Path(__file__).parent.parent.parent / "data"


@pytest.mark.parametrize("item", formats(), ids=lambda item: item.name)
def test_every_format_declares_what_it_keeps_and_loses(item: Format) -> None:
    """It reads only what it writes, and declares predicates exactly if it writes crosswalks."""
    assert item.keeps
    assert item.suffix.startswith(".")
    assert item.writes
    assert set(item.writes) <= {"edition", "framework", "crosswalk"}
    assert set(item.reads) <= set(item.writes)
    assert item.loses
    assert all(item.loses)
    assert bool(item.predicates) == ("crosswalk" in item.writes)


def test_names_are_those_of_the_formats() -> None:
    """The names are those of the formats, and any other is an error that lists them."""
    assert tuple(item.name for item in formats()) == NAMES
    with pytest.raises(UnknownTerm) as caught:
        format_of("OSCAL")
    assert caught.value.known == NAMES


RECOGNISED = [
    ('{"catalog": {}}', "x.json", "oscal"),
    ('\ufeff  {"$schema": "x", "mapping-collection": {}}', "x", "oscal"),
    ('{"profile": {}}', "x.json", "oscal"),
    ('{"@context": {}, "@graph": []}', "x.json", "skos"),
    ('[{"@id": "urn:a"}]', "x.json", "skos"),
    ('{"objects": {}, "urn": "x"}', "x.yaml", "ciso-assistant"),
    ("<?xml version='1.0'?><rdf:RDF/>", "x", "skos"),
    ("<rdf:RDF/>", "x.rdf", "skos"),
    ("# a comment\n@prefix a: <urn:a:> .", "x.ttl", "skos"),
    ("PREFIX a: <urn:a:>", "x.txt", "skos"),
    ("<urn:a> <urn:b> <urn:c> .", "x.nt", "skos"),
    ("convert_library_version: 2\nurn: urn:x\nobjects:\n", "x.txt", "ciso-assistant"),
    ("$$Source_Resource,$$Map_Relationship\n", "x.csv", "trestle"),
    ('"Map_Relationship","x"\n', "x.csv", "trestle"),
    ("#curie_map:\n#  a: urn:a:\nsubject_id\tpredicate_id\n", "x.tsv", "sssom"),
    ("subject_id\tpredicate_id\tobject_id\tmapping_justification\n", "x.tsv", "sssom"),
    ("subject_id\tpredicate_id\tobject_id\n", "x.tsv", "csv"),
    ("id;kind\n", "x.txt", "csv"),
    ("id\n", "x.csv", "csv"),
    ("urn: urn:x\ndescription: >\n  a\n  base set of controls.\nobjects: {}\n", "x.yaml", "ciso-assistant"),
    ("---\n\nurn: urn:x\nobjects: {}\n", "x", "ciso-assistant"),
    ("%YAML 1.2\n---\nlibrary-locale: en\nurn: urn:x\n", "x", "ciso-assistant"),
    ("# ours\n\nref_id: x\nobjects: {}\n", "x", "ciso-assistant"),
    ("id\tkind\ttitle\nBASE\tcontrol\tBaseline\nprefix\tcontrol\tx\n", "x.tsv", "csv"),
    ('subject_id,comment\na,"first\nobjects: two"\n', "w.csv", "csv"),
    ("#curie_map:\n#  a: b\nsubject_id\tpredicate_id\nurn:uuid:1\tskos:exactMatch\n", "x.tsv", "sssom"),
    ("  base <urn:a:>\n<a> <b> <c> .", "x", "skos"),
]


@pytest.mark.parametrize(("content", "file", "name"), RECOGNISED)
def test_a_file_is_recognised_by_its_content(content: str, file: str, name: str) -> None:
    """Content decides the format, and the file name decides if content is ambiguous."""
    assert recognise(content.encode(), file) == name


REFUSED = [
    ('"text"', "is in none of the formats"),
    ("[1]", "is JSON, but in none of the formats"),
    ('{"runs": []}', "is SARIF 2.1.0, taxonomies, which aicop writes but does not read"),
    ("prose", "is in none of the formats"),
    ("a: 1\n", "is in none of the formats"),
    ("catalog:\n  uuid: x\n", "is OSCAL in YAML or XML"),
    ("<?xml version='1.0'?>\n<catalog xmlns='http://csrc.nist.gov/ns/oscal/1.0'/>", "is OSCAL in YAML or XML"),
    ('{"profile": "a word"}', "is JSON, but in none of the formats"),
]


@pytest.mark.parametrize(("content", "problem"), REFUSED)
def test_an_unrecognised_file_is_refused(content: str, problem: str) -> None:
    """The fault names what the file seems to be, or says that it is in no known format."""
    with pytest.raises(InvalidDocument) as caught:
        recognise(content.encode(), "x")
    assert caught.value.faults[0].problem.startswith(problem)


def test_a_table_needs_a_format_for_tables() -> None:
    """Writing a table as OSCAL is an error that lists the formats for tables."""
    with pytest.raises(UnknownTerm, match="'oscal' is not a format for tables; use one of: csv, markdown, xlsx"):
        dumps_table("oscal", checklist(load("uk-ai-cop")))


@pytest.mark.parametrize("module", ["csv", "markdown", "worksheets", "trestle"])
def test_writing_does_not_import_pydantic(module: str) -> None:
    """Writers work without pydantic, which is needed only to read users' files."""
    code = (
        f"import sys; from aicop.crosswalk import crosswalk; from aicop.interop import {module} as m; "
        "item = crosswalk('uk-ai-cop', 'iso-42001'); "
        "(getattr(m, 'dumps', None) or m.mappings)(item); sys.exit('pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 -- our own


@pytest.mark.parametrize("module", [csv, markdown], ids=["csv", "markdown"])
def test_csv_and_markdown_hold_every_mapping(module: Any) -> None:  # noqa: ANN401 -- a module
    """Both write every predicate without an extra; only CSV is read."""
    known = module.FORMAT
    assert known.predicates == set(Predicate)
    assert known.writes == ("edition", "framework", "crosswalk")
    assert known.reads == (("framework", "crosswalk") if module is csv else ())
    assert known.extra is None


@pytest.mark.parametrize("name", NAMES)
def test_every_format_implements_the_protocol(name: str) -> None:
    """A format has a reader exactly if it declares that it is read."""
    module = module_of(name)
    assert name == module.FORMAT.name
    assert is_readable(module) == bool(module.FORMAT.reads)


@pytest.mark.parametrize("name", NAMES)
def test_a_format_recognises_what_it_writes(name: str) -> None:
    """Formats recognise their own output, except Markdown, which could be any text, and refused workbooks."""
    crosswalk = find_crosswalk("uk-ai-cop", "iso-iec-42001")
    kinds: dict[str, Any] = {
        "edition": load("uk-ai-cop"),
        "framework": frameworks.load("stride"),
        "crosswalk": crosswalk,
    }
    for kind in module_of(name).FORMAT.writes:
        content = dumps(name, kinds[kind])
        sample = Sample(content, f"x{module_of(name).FORMAT.suffix}")
        if name == "xlsx":
            with pytest.raises(InvalidDocument) as caught:
                module_of(name).recognises(sample)
            assert caught.value.faults[0].problem.startswith("is a workbook")
        else:
            assert module_of(name).recognises(sample) == (name != "markdown")


@pytest.mark.parametrize(
    ("target", "count"), [("nist-csf@2.0", 6), ("iso-iec-27001@2022", 4), ("iso-iec-42001@2023", 0)]
)
@pytest.mark.parametrize("name", [item.name for item in formats() if "crosswalk" in item.writes])
def test_joint_rows_of_shipped_sets_are_written_or_counted(name: str, target: str, count: int) -> None:
    """A format without joint rows lists them among its losses, and counts those of a crosswalk."""
    path = DATA / "mappings" / f"uk-ai-cop@2025-01--{target}.tsv"
    with path.open(encoding="utf-8", newline="") as opened:
        rows = list(standard_csv.DictReader(opened, delimiter="\t", quoting=standard_csv.QUOTE_NONE))
    assert sum("|" in row["target"] for row in rows) == count
    known = format_of(name)
    keeps = known.joint or known.renders_claims
    assert ("joint mappings, of several elements taken together" in known.loses) is not keeps
    phrases = omission_phrases(name, find_crosswalk("uk-ai-cop", target))
    said = [phrase for phrase in phrases if phrase.endswith(": maps several elements taken together")]
    assert said == ([] if keeps or not count else [f"{count} rows: maps several elements taken together"])


def test_unsupported_options_name_the_formats_that_have_them() -> None:
    """The errors list the formats for all editions or with versions, or the versions."""
    assert dumps("registry") == registry.dumps().encode()
    code = load("uk-ai-cop")
    assert b'"specVersion": "1.7"' in dumps("cyclonedx", code, version="1.7")
    with pytest.raises(UnknownTerm, match="'oscal' is not a format for all editions at once; use registry"):
        dumps("oscal")
    with pytest.raises(UnknownTerm, match="'oscal' is not a format with several versions; use cyclonedx"):
        dumps("oscal", code, version="1.7")
    with pytest.raises(UnknownTerm, match=r"'2' is not a CycloneDX version that aicop writes; use one of: 1\.6, 1\.7"):
        dumps("cyclonedx", code, version="2")


@pytest.mark.parametrize("name", NAMES)
def test_a_selection_is_written_by_the_formats_that_hold_one(name: str) -> None:
    """A selection is a profile in OSCAL, statements in Parquet and a checklist in tables; other formats refuse it."""
    code = load("uk-ai-cop")
    if name in {"csv", "markdown", "xlsx", "parquet", "oscal"}:
        written = dumps_selection(name, code, role="End-user")
        assert written[:2] == b"PK" or b"5.4" in written
        with pytest.raises(UnknownKey, match="End-user"):
            dumps_selection(name, code, role="End-user", modality="may")
    else:
        with pytest.raises(UnknownTerm, match="use one of: csv, markdown, xlsx, parquet, oscal"):
            dumps_selection(name, code, role="End-user")


def test_what_ships_may_be_named() -> None:
    """An edition or a framework that ships is taken by its id, key or name, and a name that is none is refused."""
    assert dumps("aicop", "uk-ai-cop") == dumps("aicop", load("uk-ai-cop"))
    assert dumps("csv", "STRIDE") == dumps("csv", frameworks.load("stride"))
    chosen = dumps_selection("csv", "uk-ai-cop", role="End-user")
    assert chosen == dumps_selection("csv", load("uk-ai-cop"), role="End-user")
    with pytest.raises(UnknownEdition, match="uk-ai-cap"):
        dumps("csv", "uk-ai-cap")
