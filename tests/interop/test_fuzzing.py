"""Readers of arbitrary bytes, which read a file completely or raise its faults, and nothing else."""

from __future__ import annotations

import io
import json
import random
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aicop import load
from aicop.crosswalk import Crosswalk, crosswalk
from aicop.errors import InvalidDocument
from aicop.files.text import MAX_FILE_SIZE
from aicop.interop import formats
from aicop.interop.common.format import ImportOptions, ImportResult
from aicop.interop.common.rows import rows_of
from tests.examples import A, B, row

if TYPE_CHECKING:
    from collections.abc import Callable

READ = [item.name for item in formats.formats() if "crosswalk" in item.reads]
NAMING = ImportOptions(frameworks=(A, B), source="a@1", target="b@1")


def _small(name: str) -> bytes:
    rows = [
        row(A.key("X-1"), "subset-of", B.key("X-1"), strength=10),
        row(A.key("Y-1"), "intersects-with", B.key("Y-2")),
    ]
    return formats.dumps(name, Crosswalk.from_mappings(rows, A, B))


def _file(name: str) -> str:
    return f"fuzzed{formats.format_of(name).suffix}"


def read(name: str, content: bytes) -> ImportResult | None:
    """Read a file that may be broken; return None if it is refused, with faults that all name the file."""
    try:
        found = formats.loads(content, _file(name), NAMING, name=name)
    except InvalidDocument as error:
        assert error.faults
        assert all(fault.file == _file(name) and fault.problem for fault in error.faults)
        assert len(str(error)) < 100_000
        return None
    assert isinstance(found, ImportResult)
    return found


@pytest.mark.parametrize("name", READ)
def test_a_small_file_is_read_whole(name: str) -> None:
    """The file that the tests below break is read as two mappings."""
    found = read(name, _small(name))
    assert found is not None
    assert [(str(one.source), one.predicate, str(one.target)) for one in found.mappings] == [
        ("a@1:X-1", "subset-of", "b@1:X-1"),
        ("a@1:Y-1", "intersects-with", "b@1:Y-2"),
    ]


@pytest.mark.parametrize("name", READ)
def test_a_truncated_file_is_refused_or_is_a_shorter_table(name: str) -> None:
    """Cut at any byte, a file is refused, except that a table may lose rows at its end."""
    whole = _small(name)
    expected = read(name, whole)
    assert expected is not None
    for end in range(len(whole)):
        found = read(name, whole[:end])
        # Only a table may be read if it is cut, and then only its last row may differ.
        if found is not None and end < len(whole.rstrip()):
            assert formats.format_of(name).suffix != ".json"
            assert len(found.mappings) <= len(expected.mappings)
            assert found.mappings[:-1] == expected.mappings[: len(found.mappings[:-1])]


SAMPLES: dict[str, Callable[[str], bytes]] = {
    "edition": lambda name: formats.dumps(name, load("uk-ai-cop")),
    "crosswalk": lambda name: formats.dumps(name, crosswalk("uk-ai-cop", "iso-iec-42001")),
}


def mutated(content: bytes, seed: int) -> bytes:
    """Change some bytes of a file: replace, cut, duplicate or insert them."""
    drawn = random.Random(seed)
    changed = bytearray(content)
    # Replace, cut, duplicate, insert or copy bytes, one to four times.
    for _ in range(drawn.randint(1, 4)):
        at, size = drawn.randrange(len(changed)), drawn.choice([1, 1, 2, 20, 300])
        match drawn.randrange(5):
            case 0:
                changed[at] = drawn.randrange(256)
            case 1:
                del changed[at : at + size]
            case 2:
                changed[at:at] = changed[at : at + size]
            case 3:
                changed[at:at] = drawn.choice(PIECES)
            case _:
                other = drawn.randrange(len(changed))
                changed[at : at + size] = changed[other : other + size]
        if not changed:
            changed += b" "
    return bytes(changed)


# Tokens with a meaning in one of the formats.
PIECES = [
    *(
        b'"',
        b"'",
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b"\t",
        b"\n",
        b"\r",
        b"\0",
        b"#",
        b"&a ",
        b"*a",
        b"!!python/none ",
    ),
    *(b"null", b"true", b"1e999", b"-1", b"NaN", b"\xff", b"\xc3\x28", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\\ud800"),
    *(b"<!ENTITY a 'b'>", b"=1+1", b"---\n", b"...\n", b"\xe2\x80\xa8", b'"@id":"x",', b'"uuid":1,'),
]


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("what", SAMPLES)
def test_a_changed_file_is_read_or_refused(name: str, what: str) -> None:
    """Seeded changes to real files raise nothing but faults."""
    if what == "edition" and "framework" not in formats.format_of(name).reads:
        assert name in {"trestle", "sssom"}
        return
    whole = SAMPLES[what](name)
    # Large files take long to read, so they get fewer changes.
    for seed in range(60 if len(whole) < 400_000 else 25):
        read(name, mutated(whole, seed))


@pytest.mark.parametrize("name", [item.name for item in formats.formats() if item.reads])
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
@settings(max_examples=60)
def test_any_bytes_are_refused_or_read(name: str, content: bytes) -> None:
    """Arbitrary bytes and texts raise nothing but faults."""
    read(name, content)


ENCODINGS = ["utf-16", "utf-16-le", "utf-32", "latin-1"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", READ)
def test_another_encoding_is_refused(name: str, encoding: str) -> None:
    """A file in UTF-16, UTF-32 or Latin-1 is refused."""
    text = _small(name).decode().replace("subset", "sübset")
    assert read(name, text.encode(encoding)) is None


@pytest.mark.parametrize("name", READ)
def test_a_byte_order_mark_is_ignored(name: str) -> None:
    """A byte order mark, which spreadsheets and editors write, makes no difference."""
    assert read(name, b"\xef\xbb\xbf" + _small(name)) == read(name, _small(name))


DEEP = 100_000
NESTED = {
    "json": b"[" * DEEP,
    "objects": b'{"a":' * DEEP,
    "yaml flow": b"urn: " + b"[" * DEEP,
    "yaml block": b"".join(b" " * i + b"a:\n" for i in range(2000)),
    "yaml lists": b"- " * DEEP,
    "xml": b"<?xml version='1.0'?>" + b"<a>" * DEEP,
    "turtle": b"@prefix a: <urn:a:> . a:a a:b " + b"[ a:b " * 5000,
    "brackets of turtle": b"@prefix a: <urn:a:> . a:a a:b " + b"( " * 5000,
}


@pytest.mark.parametrize("what", NESTED)
@pytest.mark.parametrize("name", READ)
def test_deep_nesting_is_refused(name: str, what: str) -> None:
    """Deep nesting ends in a fault, whatever the reader."""
    assert read(name, NESTED[what]) is None


LAUGHS = "\n".join(
    ["a0: &a0 [lol, lol, lol]", *(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12))]
)
ENTITIES = (
    '<?xml version="1.0"?>\n<!DOCTYPE rdf [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY b{i} "{"&a;" if not i else f"&b{i - 1};" * 9}">' for i in range(1, 12))
    + ']>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><a>&b11;</a></rdf:RDF>'
)
OUTSIDE = (
    '<?xml version="1.0"?>\n<!DOCTYPE rdf [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><a>&a;</a></rdf:RDF>'
)
REMOTE = '{"@context": "https://example.org/context", "@id": "urn:a", "@type": "http://www.w3.org/2004/02/skos/core#Concept"}'
TRAPS = {"laughs": LAUGHS, "entities": ENTITIES, "an entity from outside": OUTSIDE, "a remote context": REMOTE}


@pytest.mark.parametrize("what", TRAPS)
def test_entity_bombs_and_external_references_are_refused(what: str) -> None:
    """Entity bombs, external entities and remote contexts are refused within 20 MB of memory."""
    tracemalloc.start()
    try:
        content = TRAPS[what].encode()
        suffix = ".yaml" if what == "laughs" else ".rdf"
        with pytest.raises(InvalidDocument):
            formats.loads(content, f"trap{suffix}")
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_an_archive_is_refused_without_being_unpacked() -> None:
    """A workbook, or a zip bomb that looks like one, is refused within 1 MB of memory."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(InvalidDocument) as caught:
            formats.loads(packed.getvalue(), "bomb.xlsx")
        assert (
            caught.value.faults[0].problem
            == "is a workbook or another archive, which is not read; save a sheet of elements or mappings as CSV"
        )
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", READ)
def test_a_file_that_is_too_long_is_refused(name: str) -> None:
    """A file above the size limit is refused."""
    start = _small(name)
    assert read(name, start + b" " * (MAX_FILE_SIZE + 1 - len(start))) is None


@pytest.mark.parametrize("name", [name for name in READ if formats.format_of(name).suffix == ".json"])
def test_a_duplicate_key_is_refused(name: str) -> None:
    """A duplicate JSON key is a fault, although JSON parsers silently take the last one."""
    content = _small(name).replace(b'"uuid": ', b'"uuid": 1, "uuid": ', 1).replace(b'"@id": ', b'"@id": 1, "@id": ', 1)
    assert content != _small(name)
    assert read(name, content) is None
    json.loads(content)


def test_every_format_holds_enough_rows_to_break() -> None:
    """Every format that is read holds more than fifty rows of the sample crosswalk."""
    found = crosswalk("uk-ai-cop", "iso-iec-42001")
    for name in READ:
        assert len(rows_of(found, formats.format_of(name).predicates).rows) > 50
