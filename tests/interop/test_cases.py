"""Small files as other tools write them, each with its right result; the files are in tests/cases/import."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest

from aicop import frameworks
from aicop.errors import InvalidDocument
from aicop.interop import formats
from aicop.interop.ciso_assistant.urns import SHIPPED
from aicop.interop.common.format import ImportOptions
from aicop.library import Library
from aicop.library.adding import add
from tests.cli.examples import library
from tests.cli.runner import Run

if TYPE_CHECKING:
    from aicop.frameworks import Framework
    from aicop.interop.common.format import ImportResult

CASES = Path(__file__).parent.parent / "cases" / "import"
CSF_ISO = ImportOptions(source="nist-csf", target="iso-iec-27001")
CSF = "nist-csf@2.0:GV.OC-02"
ISO = "iso-iec-27001@2022:4.2"


def read(name: str, options: ImportOptions = ImportOptions()) -> ImportResult:
    """Read one of the files."""
    return formats.loads((CASES / name).read_bytes(), name, options)


def triples(reading: ImportResult) -> list[tuple[str, str, str]]:
    """Return source, predicate and target of each mapping."""
    return [(str(row.source), row.predicate.value, str(row.target)) for row in reading.mappings]


def own(key: str) -> Framework:
    """Return one of the frameworks of the first case."""
    return frameworks.loads((CASES / f"1-fw-{key}.json").read_bytes(), "x.json")


MAPPED = {
    "4-ciso-shipped-urn.yaml": (
        ImportOptions(),
        [("nist-csf@2.0:GV.OC-01", "intersects-with", ISO)],
    ),
    "5-sssom-short-row.sssom.tsv": (CSF_ISO, [(CSF, "associated-with", ISO)]),
    "6-sssom-owl-equivalentclass.sssom.tsv": (CSF_ISO, [(CSF, "equal-to", ISO)]),
    "7-sssom-nomapping.sssom.tsv": (CSF_ISO, [("nist-csf@2.0:GV.OC-01", "equal-to", ISO)]),
}


@pytest.mark.parametrize("name", MAPPED)
def test_mappings_are_read(name: str) -> None:
    """The mappings of the file are those that its author means."""
    options, expected = MAPPED[name]
    assert triples(read(name, options)) == expected


def test_the_older_name_of_no_term_found_is_counted_like_the_newer() -> None:
    """That no element is equal does not say that nothing was found, under either name."""
    content = (CASES / "7-sssom-nomapping.sssom.tsv").read_text(encoding="utf-8")
    for text in (content, content.replace("NoMapping", "NoTermFound")):
        reading = formats.loads(text.encode(), "x.sssom.tsv", CSF_ISO)
        assert reading.dropped[-1] == "1 row: no counterpart found with 'skos:exactMatch'"


IDS = {
    "2-ciso-ids-plus.yaml": ["R26", "R26+", "R26-"],
    "2-ciso-ids-apos.yaml": ["3.1.9", "3.1.9'"],
    "2-ciso-ids-long.yaml": ["very-long-name-of-a-node-" * 4],
    "18-skos-concepts-by-broader.ttl": ["A", "B", "C"],
}


@pytest.mark.parametrize("name", IDS)
def test_elements_have_their_ids(name: str) -> None:
    """Signs are a part of ids, long ids are shortened, and concepts belong to the scheme of their broader concepts."""
    (found,) = read(name).frameworks
    assert [item.id.local for item in found.controls] == IDS[name]
    # Each id is found as it is written, and leads to its own element.
    for item in found.controls:
        assert found.key(item.id.local) == item.id
        assert frameworks.loads(frameworks.dumps(found), f"{found.id}.json") == found


def test_a_shortened_id_is_reported_and_its_urn_found() -> None:
    """The report counts the id, and the URN leads to the element."""
    reading = read("2-ciso-ids-long.yaml")
    (found,) = reading.frameworks
    assert "1 id shortened to 100 characters" in reading.dropped
    urn = f"urn:intuitem:risk:req_node:demo:{'very-long-name-of-a-node-' * 5}"
    assert found.key(urn) == found.controls[0].id


REFUSED = {
    "3-ciso-strength-percent.yaml": (
        "objects.requirement_mapping_sets[0].requirement_mappings[0].strength_of_relationship",
        "input should be less than or equal to 10",
    ),
    "8-sssom-literal.sssom.tsv": (
        "line 4",
        "the column 'subject_id' is missing; mappings of texts (rdfs literal), which have a label and no id, are not read",
    ),
    "16-sssom-gz.sssom.tsv.gz": ("", "is compressed with gzip; decompress it first"),
    "19-rdfxml-bad-nodeid.rdf": ("line 4", "not RDF/XML: rdf:nodeID value is not a valid NCName: 41305d"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_named(name: str) -> None:
    """The fault has the place, and the reason of the parser or what kind of file it is."""
    with pytest.raises(InvalidDocument) as caught:
        read(name)
    assert [(fault.path, fault.problem) for fault in caught.value.faults] == [REFUSED[name]]


def test_the_only_mapping_of_a_set_can_be_left_out() -> None:
    """With `skip_invalid`, nothing is left of the file, and what was left out is listed."""
    reading = read("3-ciso-strength-percent.yaml", ImportOptions(skip_invalid=True))
    assert reading.mappings == ()
    assert [(fault.path, fault.problem) for fault in reading.skipped] == [REFUSED["3-ciso-strength-percent.yaml"]]


TWO_TARGETS = "1-oscal-two-targets.json"
BOTH = [("fw-a@1:A1", "subset-of", "fw-b@1:B1"), ("fw-a@1:A1", "subset-of", "fw-c@1:C1")]
OWN = ImportOptions(frameworks=(own("a"), own("b"), own("c")))


@pytest.mark.parametrize(
    "more",
    [
        {"resources": {"a.json": "fw-a", "b.json": "fw-b", "c.json": "fw-c"}},
        {"source": "fw-a", "resources": {"b.json": "fw-b@1", "c.json": "fw-c"}},
        {"source": "fw-a", "target": "fw-c", "resources": {"b.json": "fw-b"}},
        {"source": "fw-b", "resources": {"a.json": "fw-a", "b.json": "fw-b", "c.json": "fw-c"}},
    ],
    ids=["all by name", "two by name", "one by name", "also the one that the side option means"],
)
def test_each_href_is_a_framework(more: dict[str, object]) -> None:
    """The options say which href is which framework; a side option means the only one that is left."""
    assert triples(read(TWO_TARGETS, attrs.evolve(OWN, **more))) == BOTH  # type: ignore[arg-type]


def refused(content: bytes | str, file: str, options: ImportOptions = ImportOptions()) -> str:
    """Return the message with which a file is refused."""
    with pytest.raises(InvalidDocument) as caught:
        formats.loads(content.encode() if isinstance(content, str) else content, file, options)
    return "\n".join(map(str, caught.value.faults))


def faults(name: str, options: ImportOptions) -> list[str]:
    """Return the faults of a file as text."""
    return refused((CASES / name).read_bytes(), name, options).split("\n")


def test_one_option_for_two_hrefs_is_refused() -> None:
    """An option that could mean either of two hrefs means none, and an href that the file does not have is a mistake."""
    assert faults(TWO_TARGETS, attrs.evolve(OWN, source="fw-a", target="fw-b"))[0] == (
        f"{TWO_TARGETS}: has several targets, but --target names one framework: 'b.json', 'c.json'; "
        "say which framework each of them is with --resource NAME=FRAMEWORK"
    )
    named = {"a.json": "fw-a", "b.json": "fw-b", "c.json": "fw-c", "d.json": "fw-b"}
    assert faults(TWO_TARGETS, attrs.evolve(OWN, resources=named)) == [
        f"{TWO_TARGETS}: no framework in this file is called 'd.json'; it has 'a.json', 'b.json', 'c.json'"
    ]
    # In a format that names no frameworks, the option would do nothing.
    [said] = faults("1-fw-a.json", ImportOptions(resources=named))
    assert "is read as aicop, which has no names for frameworks (--resource); these have: trestle, oscal, " in said


def test_the_command_takes_one_option_for_each_href(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The collection with two targets is added to a library, with one file for each pair of frameworks."""
    aicop = Run(capsys)
    folder = library(tmp_path, {})
    place = Path(folder[1]) / "frameworks"
    place.mkdir(exist_ok=True)
    for key in "abc":
        shutil.copyfile(CASES / f"1-fw-{key}.json", place / f"fw-{key}@1.json")
    names = [f"--resource={key}.json=fw-{key}" for key in "abc"]
    code, out, err = aicop("import", str(CASES / TWO_TARGETS), *names, "--add", *folder, "--format", "json")
    assert (code, json.loads(out)["mappings"]) == (0, {"subset-of": 2})
    assert err.count("Wrote ") == 2
    for wrong in ("a.json", "=fw-a", "a.json="):
        code, _, err = aicop("import", str(CASES / TWO_TARGETS), "--resource", wrong, *folder)
        assert (code, "must be NAME=FRAMEWORK, such as catalog.json=nist-csf@2.0" in err) == (2, True)
    code, _, err = aicop("import", str(CASES / TWO_TARGETS), *names[:1], "--resource=a.json=fw-b", *folder)
    assert (code, "'a.json' is given twice: fw-a and fw-b" in err) == (2, True)


def test_the_names_that_ciso_assistant_uses_are_those_of_shipped_editions() -> None:
    """Each name in the table leads to an edition of a framework that ships, which a set can refer to."""
    for name, edition in SHIPPED.items():
        assert str(frameworks.load(edition).id) == edition
        content = (CASES / "4-ciso-shipped-urn.yaml").read_text(encoding="utf-8")
        text = content.replace("framework:iso27001-2022", f"framework:{name.upper()}")
        found = faults_of_ids(text)
        assert not [one for one in found if "is not a known framework" in one], name


def faults_of_ids(text: str) -> list[str]:
    """Return the faults of a library, or none if it is read."""
    try:
        formats.loads(text.encode(), "m.yaml")
    except InvalidDocument as error:
        return [str(fault) for fault in error.faults]
    return []


PREDICATES = {
    "owl:equivalentProperty": "equal-to",
    "owl:sameAs": "equal-to",
    "skos:broader": "subset-of",
    "skos:narrower": "superset-of",
    "skos:related": "associated-with",
    "rdfs:subClassOf": "related-to",
    "rdfs:subPropertyOf": "related-to",
    "sssom:superClassOf": "related-to",
    "owl:disjointWith": "no-relationship",
    "owl:propertyDisjointWith": "no-relationship",
}


@pytest.mark.parametrize("word", PREDICATES)
def test_predicates_of_other_vocabularies_have_one_direction_table(word: str) -> None:
    """Each predicate is read as the strongest relation that it certainly states, under any prefix."""
    content = (CASES / "6-sssom-owl-equivalentclass.sssom.tsv").read_text(encoding="utf-8")
    text = content.replace("owl:equivalentClass", word)
    assert triples(formats.loads(text.encode(), "x.sssom.tsv", CSF_ISO)) == [(CSF, PREDICATES[word], ISO)]
    owl = content.replace("#  owl:", "#  o:").replace("owl:equivalentClass", "o:equivalentClass")
    assert triples(formats.loads(owl.encode(), "x.sssom.tsv", CSF_ISO)) == [(CSF, "equal-to", ISO)]


OLDER = """#curie_map:
#  csf: https://example.org/csf/
#  iso: https://example.org/iso/
subject_id\tpredicate_id\tobject_id\tmatch_type\tcreator_label
csf:GV.OC-02\tskos:exactMatch\tiso:4.2\tHumanCurated\tThey
"""


def test_older_columns_of_sssom_are_read() -> None:
    """The author is found under the older name of the column, and the file is recognised by that of the justification."""
    assert formats.recognise(OLDER.encode(), "x.tsv") == "sssom"
    reading = formats.loads(OLDER.encode(), "x.tsv", CSF_ISO)
    assert [row.author for row in reading.mappings] == ["They"]
    assert reading.dropped == ("1 value of the column 'mapping_justification'",)
    # If a file has both names, each column is what it says.
    both = OLDER.replace("match_type", "author_label").replace("HumanCurated", "Others")
    assert [row.author for row in formats.loads(both.encode(), "x.tsv", CSF_ISO, name="sssom").mappings] == ["Others"]


def test_a_prefix_of_sssom_can_be_named() -> None:
    """Several prefixes on one side are read if the options say which framework each means."""
    content = (CASES / "6-sssom-owl-equivalentclass.sssom.tsv").read_text(encoding="utf-8")
    two = content.replace("#  owl:", "#  ai: https://example.org/ai/\n#  owl:")
    two += "csf:GV.OC-02\tskos:exactMatch\tai:4.2\tsemapv:ManualMappingCuration\t0.9\t\n"
    expected = [(CSF, "equal-to", ISO), (CSF, "equal-to", "iso-iec-42001@2023:4.2")]
    for named in ({"ai": "iso-iec-42001"}, {"https://example.org/ai/": "iso-iec-42001@2023"}):
        options = attrs.evolve(CSF_ISO, resources=named)
        assert triples(formats.loads(two.encode(), "x.sssom.tsv", options)) == expected
    assert "no framework in this file is called 'as'; it has 'csf', 'iso', 'ai'" in refused(
        two.encode(), "x.sssom.tsv", attrs.evolve(CSF_ISO, resources={"ai": "iso-iec-42001", "as": "stride"})
    )


SCHEMES = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://a.example/terms> a skos:ConceptScheme .
<https://b.example/terms> a skos:ConceptScheme .
<https://a.example/1> a skos:Concept ; skos:inScheme <https://a.example/terms> .
<https://a.example/2> a skos:Concept ; skos:broader <https://a.example/1> .
<https://a.example/3> a skos:Concept ; skos:broader <https://a.example/2> .
<https://b.example/1> a skos:Concept ; rdfs:isDefinedBy <https://b.example/terms>, "b", <https://b.example/doc> .
<https://b.example/4> a skos:Concept ; skos:broader <https://b.example/1>, <https://a.example/3> .
<https://c.example/5> a skos:Concept .
"""


def test_concepts_belong_to_the_scheme_of_their_broader_concepts() -> None:
    """Chains of any length count, in every scheme that they lead to; two schemes of one name get two names."""
    reading = formats.loads(SCHEMES.encode(), "x.ttl")
    assert {str(item.id): [one.id.local for one in item.controls] for item in reading.frameworks} == {
        "terms@unknown": ["1", "2", "3", "4"],
        "terms-2@unknown": ["1", "4"],
    }
    assert "a name of its own for 1 framework (a number was added)" in reading.unstated
    assert "1 concept that is in no scheme" in reading.dropped
    assert "2 values of rdfs:isDefinedBy" in reading.dropped


RELATIONS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix csf: <https://example.org/csf/> .
@prefix iso: <https://example.org/iso/> .
@prefix ai: <https://example.org/ai/> .
csf:GV.OC-02 skos:exactMatch iso:4.2 ; skos:broadMatch ai:4.2 .
"""
IRI = "https://example.org/"
BY_IRI = {f"{IRI}csf/": "nist-csf", f"{IRI}iso/": "iso-iec-27001", f"{IRI}ai/": "iso-iec-42001"}


def test_the_beginning_of_iris_can_be_named() -> None:
    """Concepts outside the file are found in the framework that the options give for the beginning of their IRIs."""
    options = ImportOptions(resources=BY_IRI)
    assert sorted(triples(formats.loads(RELATIONS.encode(), "x.ttl", options))) == [
        (CSF, "equal-to", ISO),
        (CSF, "subset-of", "iso-iec-42001@2023:4.2"),
    ]
    wrong = ImportOptions(resources={**BY_IRI, f"{IRI}as/": "stride"})
    assert "no framework in this file is called 'https://example.org/as/'" in refused(RELATIONS, "x.ttl", wrong)
    assert "say which framework each is" in refused(RELATIONS.encode(), "x.ttl", CSF_ISO)


def test_relations_of_rdf_with_faults_can_be_left_out() -> None:
    """Each relation with a fault is listed, and the others are read; other faults refuse the file as before."""
    more = "csf:GV.OC-01 skos:exactMatch iso:99 ; skos:similarMatch iso:4.1 ; skos:closeMatch iso:4.1 .\n"
    options = ImportOptions(resources=BY_IRI, skip_invalid=True)
    reading = formats.loads((RELATIONS + more).encode(), "x.ttl", options)
    assert len(reading.mappings) == 3
    assert sorted(fault.path for fault in reading.skipped) == [
        f"<{IRI}csf/GV.OC-01>, skos:exactMatch <{IRI}iso/99>",
        f"<{IRI}csf/GV.OC-01>, skos:similarMatch",
    ]
    both = "iso:4.2 a skos:Concept, skos:ConceptScheme .\n"
    assert "is both a scheme and a concept" in refused((RELATIONS + both).encode(), "x.ttl", options)


SETS = """urn: urn:demo:risk:library:m
name: M
version: 1
objects:
  requirement_mapping_sets:
  - urn: urn:demo:risk:req_mapping_set:m1
    name: One
    source_framework_urn: urn:intuitem:risk:framework:nist-csf-2.0
    target_framework_urn: urn:intuitem:risk:framework:iso27001-2022
    requirement_mappings:
    - {source_requirement_urn: "urn:x:risk:req_node:c:gv.oc-02", target_requirement_urn: "urn:x:risk:req_node:i:4.2", relationship: equal}
  - urn: urn:demo:risk:req_mapping_set:m2
    name: Two
    source_framework_urn: urn:intuitem:risk:framework:nist-csf-2.0
    target_framework_urn: urn:demo:risk:framework:AI
    requirement_mappings:
    - {source_requirement_urn: "urn:x:risk:req_node:c:gv.oc-02", target_requirement_urn: "urn:x:risk:req_node:a:4.2", relationship: equal}
"""


@pytest.mark.parametrize(
    "options",
    [
        ImportOptions(target="iso-iec-42001"),
        ImportOptions(resources={"urn:demo:risk:framework:AI": "iso-iec-42001"}),
        ImportOptions(resources={"urn:demo:risk:framework:ai": "iso-iec-42001@2023"}),
    ],
    ids=["the only unknown one", "as written", "in lower case"],
)
def test_options_apply_set_by_set(options: ImportOptions) -> None:
    """The target of the first set is known by its URN, so the option is about that of the second."""
    assert triples(formats.loads(SETS.encode(), "m.yaml", options)) == [
        (CSF, "equal-to", ISO),
        (CSF, "equal-to", "iso-iec-42001@2023:4.2"),
    ]


def test_options_that_mean_no_set_are_refused() -> None:
    """A URN that no set has is a mistake, and so is one option for two sets."""
    options = ImportOptions(resources={"urn:demo:risk:framework:AI": "iso-iec-42001", "urn:x": "stride"})
    assert "no framework in this file is called 'urn:x'; it has " in refused(SETS.encode(), "m.yaml", options)
    both = SETS.replace("urn:demo:risk:framework:AI", "urn:intuitem:risk:framework:iso42001-2023")
    assert "has several targets, but --target names one framework" in refused(
        both.encode(), "m.yaml", ImportOptions(target="iso-iec-42001")
    )


TABLE = """$$Source_Resource,$$Target_Resource,$$Map_Source_ID_Ref_list,$$Map_Target_ID_Ref_list,$$Map_Relationship
the source,the target,ids,ids,relationship
csf.json,iso.json,GV.OC-02,4.2,equal-to
csf.json,ai.json,GV.OC-02,4.2,equal-to,too,many
csf.json,ai.json,GV.OC-02,4.2,equal-to
"""


def test_the_resources_of_a_table_can_be_named() -> None:
    """Two targets in the table of compliance-trestle are told apart by their resources."""
    table = "\n".join(line for line in TABLE.splitlines() if "many" not in line)
    named = {"iso.json": "iso-iec-27001", "ai.json": "iso-iec-42001"}
    expected = [(CSF, "equal-to", ISO), (CSF, "equal-to", "iso-iec-42001@2023:4.2")]
    options = ImportOptions(source="nist-csf", resources=named)
    assert triples(formats.loads(f"{table}\n".encode(), "m.csv", options)) == expected
    skipping = attrs.evolve(options, skip_invalid=True)
    reading = formats.loads(TABLE.encode(), "m.csv", skipping)
    assert (triples(reading), len(reading.skipped)) == (expected, 1)
    with pytest.raises(InvalidDocument) as caught:
        formats.loads(f"{TABLE}".encode(), "m.csv", attrs.evolve(CSF_ISO, resources={"x.json": "stride"}))
    assert [fault.path for fault in caught.value.faults][:2] == ["", ""]


@pytest.mark.parametrize(
    ("start", "program"),
    [
        (b"\x1f\x8b\x08", "gzip"),
        (b"BZh91AY&SY", "bzip2"),
        (b"\xfd7zXZ\x00\x00", "xz"),
        (b"\x28\xb5\x2f\xfd\x04", "zstd"),
        (b"7z\xbc\xaf\x27\x1c\x00", "7-Zip"),
    ],
)
@pytest.mark.parametrize("name", ["csv", "oscal", "ciso-assistant", "sssom", "skos", "trestle", "aicop", None])
def test_a_compressed_file_is_named(start: bytes, program: str, name: str | None) -> None:
    """Every format names the program that compressed a file, instead of a byte that is not UTF-8."""
    with pytest.raises(InvalidDocument) as caught:
        formats.loads(start + b"\x00" * 20, "x", name=name)
    assert [fault.problem for fault in caught.value.faults] == [f"is compressed with {program}; decompress it first"]


def test_own_headings_are_told_where_they_are_declared() -> None:
    """A table of controls with other headings is refused with the place where columns are declared."""
    assert 'aicop.toml, such as columns = { "Control ID" = "id" } under' in refused(
        b"Control ID,Domain\nAC-1,Access\n", "k.csv"
    )


LONG = "x" * 150_000


def test_a_long_rationale_is_written_and_read_again(tmp_path: Path) -> None:
    """What an import adds to a library can be read from there, whatever its length."""
    value = json.loads((CASES / TWO_TARGETS).read_bytes())
    value["mapping-collection"]["mappings"][0]["maps"][0]["remarks"] = LONG
    source = tmp_path / "long.json"
    source.write_text(json.dumps(value), encoding="utf-8")
    folder = tmp_path / "library"
    (folder / "frameworks").mkdir(parents=True)
    for key in "abc":
        shutil.copyfile(CASES / f"1-fw-{key}.json", folder / "frameworks" / f"fw-{key}@1.json")
    found = Library.open(folder)
    options = ImportOptions(frameworks=found.registry, resources={f"{key}.json": f"fw-{key}" for key in "abc"})
    add(found, mappings=formats.loads(source.read_bytes(), "long.json", options).mappings, name="long")
    assert {row.rationale for row in Library.open(folder).own_mappings()} == {LONG, None}
