"""Every object is shown on one line, and as a table in notebooks."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import aicop
from aicop import Library, frameworks, mappings, search
from aicop._notebook import MAX_LINE, MAX_ROWS, html_table, one_line, shown
from aicop.applicability import applicability
from aicop.crosswalk import Crosswalk, crosswalk, explain, find_contradictions, mappings_of
from aicop.errors import AicopError
from aicop.graph import Additions, artefacts, dependencies, flows, graph
from aicop.ids import ControlId, EditionId, JointId
from aicop.interop import formats, worksheets
from aicop.lineage import Lineages
from aicop.tables import SCHEMAS
from tests.examples import row, small_framework
from tests.project.test_api_pages import public_modules, public_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicop import Catalogue

HOSTILE = "<script>alert('1')</script>\x1b[31m\n& \u202e" + "x" * 5000


def shipped() -> Iterator[object]:
    """Yield what the public functions return about the data that ships, and about a library with more."""
    code, new = aicop.load("uk-ai-cop"), aicop.load("etsi-en-304-223")
    yield from (code, new, code.index, code.edition, code.select(role="Developer"), aicop.editions())
    walks = crosswalk("uk-ai-cop", "iso-iec-42001"), crosswalk("etsi-en-304-223", "nist-ai-rmf@1.0")
    for walk in walks:
        yield from (walk, list(walk.claims()), walk.coverage(), walk.gaps(), walk.mappings, walk.omissions)
        yield from (walk.claims_with_warnings(), walk.source, walk.target)
    yield from (
        mappings_of("uk-ai-cop:5.1"),
        find_contradictions(),
        mappings.sets(),
        explain("uk-ai-cop:5.1", "AML.M0023"),
    )
    found = graph(code)
    yield from (found, found.order(), found.waves(), found.critical_path(), found.impact("3.1"), found.handovers())
    yield from (found.impact(list(code)), found.why("6.4", "10.2.2"), found.path("6.4", "10.2.2"), found.central())
    yield from (dependencies(code), flows(code), artefacts(code), Additions(), found.impact("3.1").groups)
    yield from (aicop.compare("uk-ai-cop", "etsi-en-304-223"), Lineages())
    yield from (applicability(code, ["builds-model", "uses"]), search.search("logs of users"))
    yield from (
        frameworks.available(),
        frameworks.load("nist-sp-800-53"),
        formats.formats(),
        worksheets.checklist(code),
    )
    yield from (formats.loads(formats.dumps("oscal", code), "x.json"), SCHEMAS)
    library = Library.open("docs/examples/acme")
    yield from (Library(), library, library.review(), library.check(["uk-ai-cop:5.1", "zz"]), library.mapping_sets())
    yield from (library.frameworks(), library.framework("acme"), library.crosswalk("uk-ai-cop", "acme"))


def parts(value: Any, seen: dict[int, object]) -> Iterator[object]:  # noqa: ANN401 -- anything
    """Yield a value and everything in its collections and public fields, each object once."""
    if isinstance(value, str | int | float | type) or value is None or id(value) in seen:
        return
    seen[id(value)] = value
    if isinstance(value, Mapping):
        for item in value.values():
            yield from parts(item, seen)
    elif isinstance(value, tuple | list | frozenset):
        for item in value:
            yield from parts(item, seen)
    if attrs.has(type(value)):
        yield value
        for field in attrs.fields(type(value)):
            if field.name[0] != "_":
                yield from parts(getattr(value, field.name), seen)


class Page(HTMLParser):
    """The tags and texts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, _: object) -> None:
        """Record a tag."""
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        """Record a text."""
        self.text += data


def in_one_line(value: object) -> bool:
    """Tell whether the repr of an object is short, and safe to print."""
    text = repr(value)
    return 0 < len(text) <= MAX_LINE and text.isprintable()


def test_everything_that_ships_is_shown_on_one_line() -> None:
    """No object that a public function returns has a repr of more than 200 characters, or of several lines."""
    kinds = set()
    seen: dict[int, object] = {}
    for answer in shipped():
        for value in parts(answer, seen):
            if not isinstance(value, AicopError):
                assert in_one_line(value), type(value)
                kinds.add(type(value))
    # Some classes have no object in these answers; the next test covers all of them.
    assert len(kinds) > 60


def test_every_answer_is_a_table_in_notebooks() -> None:
    """Each answer that is one object has HTML with one table, which contains no more than 50 rows and a header."""
    count = 0
    for answer in shipped():
        for value in answer if isinstance(answer, tuple | list) else (answer,):
            if hasattr(value, "_repr_html_"):
                page = Page(value._repr_html_())
                assert page.tags.count("table") == 1
                assert page.tags.count("tr") <= MAX_ROWS + 1
                count += 1
    assert count > 100


def public_records() -> list[type[Any]]:
    """Return all public classes that are made by attrs, except errors."""
    found = set()
    for module in public_modules():
        for name in public_names(module):
            value = getattr(importlib.import_module(module), name)
            if isinstance(value, type) and attrs.has(value) and not issubclass(value, BaseException):
                found.add(value)
    return sorted(found, key=lambda item: item.__name__)


@pytest.mark.parametrize("kind", public_records(), ids=lambda kind: kind.__name__)
def test_no_class_has_the_repr_of_attrs(kind: type[Any]) -> None:
    """Every public class has a repr of its own, because that of attrs prints every field in full."""
    code = getattr(kind.__repr__, "__code__", None)
    assert code is not None
    assert not code.co_filename.startswith("<attrs generated")


@shown
@attrs.frozen(repr=False)
class Sample:
    """A record with a field of every kind."""

    name: str
    words: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    mapped: dict[str, int] = attrs.field(factory=dict)
    inner: Sample | None = None
    others: tuple[Sample, ...] = ()
    size: float = 0.5
    yes: bool = False
    error: Exception | None = None
    _hidden: str = "hidden"


EXAMPLES = [
    (Sample("a"), "<Sample 'a', size=0.5>"),
    (Sample("a", words=("b", "c"), numbers=(1, 2, 3, 4)), "<Sample 'a', words='b'; 'c', numbers=(4 items), size=0.5>"),
    (Sample("a", mapped={"b": 1}, yes=True), "<Sample 'a', mapped=(1 entry), size=0.5, yes=True>"),
    (
        Sample("a", inner=Sample("b"), others=(Sample("c"),)),
        "<Sample 'a', inner=<Sample 'b'>, others=(1 item), size=0.5>",
    ),
    (Sample("a", error=ValueError("b")), "<Sample 'a', size=0.5, error=ValueError('b')>"),
    (Sample("x" * 100), f"<Sample '{'x' * 58}…, size=0.5>"),
    (Sample("", size=0), "<Sample size=0>"),
    (Sample("a", inner=Sample("", others=(Sample("b"),), size=[])), "<Sample 'a', inner=<Sample ...>, size=0.5>"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("record", "text"), EXAMPLES, ids=range(len(EXAMPLES)))
def test_a_record_shows_its_fields_that_are_not_empty(record: Sample, text: str) -> None:
    """Names come without a label, lists as their items or their number, and records by their name."""
    assert repr(record) == text


def test_a_repr_leaves_out_what_it_has_no_room_for() -> None:
    """Long fields are cut, later fields are left out with a sign, and nothing can forge a line."""
    record = Sample(HOSTILE, words=("y" * 59,), numbers=(10**59,), error=ValueError("z" * 80))
    assert in_one_line(record)
    assert repr(record).endswith(", ...>")
    assert repr(record).startswith("<Sample \"<script>alert('1')</script>")
    cut = one_line(record, HOSTILE)
    assert len(cut) <= MAX_LINE
    assert cut.isprintable()


def test_ids_and_large_objects_are_cut() -> None:
    """A joint id of many members, a framework of many kinds and a crosswalk of long names fit on one line."""
    edition = EditionId("acme", "2026")
    assert repr(edition) == "<EditionId acme@2026>"
    assert in_one_line(JointId(ControlId(edition, f"AC-{number}") for number in range(500)))
    assert in_one_line(ControlId(edition, HOSTILE))
    framework = small_framework("a")
    many = attrs.evolve(
        framework, controls=[attrs.evolve(framework.controls[0], kind=f"kind-{n}", id=ControlId(framework.id, f"{n}")) for n in range(99)]
    )  # fmt: skip
    assert in_one_line(many)
    long = EditionId("a" * 190, "1")
    assert in_one_line(attrs.evolve(framework, edition=attrs.evolve(framework.edition, id=long)))


def test_tables_say_how_many_rows_they_leave_out() -> None:
    """A table shows 50 rows and counts the others; a list in a cell shows ten items and counts the others."""
    page = Page(html_table("T", ("a_b",), [(number,) for number in range(60)], 60))
    assert page.tags.count("tr") == 51
    assert page.text.startswith("Ta b0123")
    assert page.text.endswith("4910 more rows not shown.")
    assert "not shown" not in html_table("T", ("a",), [(1,)], 1)
    assert Page(html_table("T", ("a",), [([*range(12)],)], 1)).text.endswith("9and 2 more")
    assert Page(html_table("T", ("a",), [(True,), (False,), (None,)], 3)).text == "Tayes"


def test_crosswalks_count_all_their_claims() -> None:
    """A crosswalk of more claims than a table shows says how many are left out."""
    code = crosswalk("uk-ai-cop", "iso-iec-42001")
    count = sum(1 for _ in code.claims())
    assert f"{count - MAX_ROWS} more rows not shown" in code._repr_html_()


def test_text_of_users_stays_text(mini: Catalogue) -> None:
    """Titles, rationales and notes that look like markup are escaped, in every table."""
    a, b = small_framework("a"), small_framework("b")
    sides = []
    for item in (a, b):
        controls = [attrs.evolve(one, title=HOSTILE, words=HOSTILE) for one in item.controls]
        sides.append(attrs.evolve(item, controls=controls, edition=attrs.evolve(item.edition, title=HOSTILE)))
    mapping = attrs.evolve(row(a.key("X-1"), "equal-to", b.key("Y-1")), rationale=HOSTILE, author=HOSTILE)
    walk = Crosswalk.from_mappings([mapping], *sides)
    provision = attrs.evolve(mini["1.2"], title=HOSTILE)
    values: list[Any] = [*sides, walk, mapping, provision, sides[0].controls[0], *walk["X-1"]]
    values += (attrs.evolve(walk.gaps()[0], remainders=(HOSTILE,)), walk.coverage())
    for value in values:
        page = Page(value._repr_html_())
        assert "script" not in page.tags
        assert page.text.isprintable()
        assert in_one_line(value)
