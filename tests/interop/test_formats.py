"""All formats together: what each says of itself, and how a file is recognised."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from aicop import frameworks, load
from aicop.crosswalk import crosswalk as find_crosswalk
from aicop.errors import InvalidDocument, UnknownKey, UnknownTerm
from aicop.interop import csv, markdown, registry
from aicop.interop.common.protocol import ReadableFormat, Sample
from aicop.interop.formats import NAMES, dumps, dumps_selection, dumps_table, format_of, formats, module_of, recognise
from aicop.interop.worksheets import checklist
from aicop.vocabulary import Predicate

if TYPE_CHECKING:
    from aicop.interop.common.format import Format


@pytest.mark.parametrize("item", formats(), ids=lambda item: item.name)
def test_every_format_says_what_it_keeps_and_loses(item: Format) -> None:
    """In words; it reads nothing that it does not write, and says something of crosswalks if it writes them."""
    assert item.keeps
    assert item.suffix.startswith(".")
    assert item.writes
    assert set(item.writes) <= {"edition", "framework", "crosswalk"}
    assert set(item.reads) <= set(item.writes)
    assert item.loses
    assert all(item.loses)
    assert bool(item.predicates) == ("crosswalk" in item.writes)


def test_names_are_those_of_the_formats() -> None:
    """And any other is an error that lists them."""
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
def test_a_file_is_recognised_by_what_it_holds(content: str, file: str, name: str) -> None:
    """And by the ending of its name where that leaves it open."""
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


@pytest.mark.parametrize(("content", "said"), REFUSED)
def test_what_is_not_recognised_is_refused(content: str, said: str) -> None:
    """With the advice to name the format, or that it is not read."""
    with pytest.raises(InvalidDocument) as caught:
        recognise(content.encode(), "x")
    assert caught.value.faults[0].problem.startswith(said)


def test_a_table_has_no_place_in_other_formats() -> None:
    """Those of tables are named."""
    with pytest.raises(UnknownTerm, match="'oscal' is not a format for tables; use one of: csv, markdown, xlsx"):
        dumps_table("oscal", checklist(load("uk-ai-cop")))


@pytest.mark.parametrize("module", ["csv", "markdown", "worksheets", "trestle"])
def test_writing_does_not_import_pydantic(module: str) -> None:
    """It is needed only for what a user brings."""
    code = (
        f"import sys; from aicop.crosswalk import crosswalk; from aicop.interop import {module} as m; "
        "item = crosswalk('uk-ai-cop', 'iso-42001'); "
        "(getattr(m, 'dumps', None) or m.mappings)(item); sys.exit('pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 -- our own


@pytest.mark.parametrize("module", [csv, markdown], ids=["csv", "markdown"])
def test_a_format_says_what_it_is(module: Any) -> None:  # noqa: ANN401 -- a module
    """It holds everything that a mapping can say; Markdown is written only."""
    known = module.FORMAT
    assert known.predicates == set(Predicate)
    assert known.writes == ("edition", "framework", "crosswalk")
    assert known.reads == (("framework", "crosswalk") if module is csv else ())
    assert known.extra is None


@pytest.mark.parametrize("name", NAMES)
def test_every_format_offers_what_the_protocol_asks(name: str) -> None:
    """A format that is read has a reader, and no other has."""
    module = module_of(name)
    assert name == module.FORMAT.name
    assert isinstance(module, ReadableFormat) == bool(module.FORMAT.reads)


@pytest.mark.parametrize("name", NAMES)
def test_a_format_recognises_what_it_writes(name: str) -> None:
    """And no other format that is asked before it does; Markdown could be any text, and a workbook is refused."""
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


def test_everything_and_versions_are_asked_of_formats_that_have_them() -> None:
    """The errors name those formats, or the versions."""
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
def test_a_part_of_an_edition_is_written_where_a_format_holds_one(name: str) -> None:
    """The End-user has one duty, 5.4; OSCAL holds it as a profile, tables as a checklist."""
    code = load("uk-ai-cop")
    if name in {"csv", "markdown", "xlsx", "oscal"}:
        written = dumps_selection(name, code, duty_holder="End-user")
        assert written[:2] == b"PK" or b"5.4" in written
        with pytest.raises(UnknownKey, match="End-user"):
            dumps_selection(name, code, duty_holder="End-user", modality="may")
    else:
        with pytest.raises(UnknownTerm, match="use one of: csv, markdown, xlsx, oscal"):
            dumps_selection(name, code, duty_holder="End-user")
