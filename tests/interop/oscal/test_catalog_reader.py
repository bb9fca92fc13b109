"""OSCAL catalogs by other authors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from aicop import frameworks
from aicop.errors import InvalidId
from aicop.interop.common.format import ImportOptions
from aicop.interop.oscal import dumps, loads
from aicop.vocabulary import Nature
from tests.interop.oscal.documents import Plain, catalog, control, faults, head, item, read, statement
from tests.interop.oscal.examples import OURS

if TYPE_CHECKING:
    from aicop import Catalogue
    from aicop.model import Control


def test_dropped_facts_of_an_edition_are_counted(mini: Catalogue) -> None:
    """Reading an exported edition drops verbs, parties and other facts that a framework lacks."""
    assert set(loads(dumps(mini)).dropped) == {
        "37 properties",
        "1 link",
        "2 roles",
        "1 party",
        "1 responsible party",
        "1 remark",
    }


def controls(content: Plain) -> list[Control]:
    """Return the elements of a catalog."""
    (framework,) = read(content).frameworks
    return list(framework.controls)


def test_groups_and_controls_are_elements_at_any_depth() -> None:
    """Elements are in file order; ids are those of OSCAL, and the kind is the class or the OSCAL term."""
    inner = {
        "id": "g-1",
        "title": "Inner",
        "controls": [control("c-1", controls=[control("c-1.1", controls=[control("x")])])],
    }
    content = catalog(
        controls=[control("c-0", **{"class": "Norm"})],
        groups=[{"id": "g", "class": "family", "title": "Outer", "groups": [inner]}],
    )
    assert [(str(one.id), str(one.parent or ""), one.kind, one.title) for one in controls(content)] == [
        ("the-norm@2.1:c-0", "", "Norm", "Title of c-0"),
        ("the-norm@2.1:g", "", "family", "Outer"),
        ("the-norm@2.1:g-1", "the-norm@2.1:g", "group", "Inner"),
        ("the-norm@2.1:c-1", "the-norm@2.1:g-1", "control", "Title of c-1"),
        ("the-norm@2.1:c-1.1", "the-norm@2.1:c-1", "control", "Title of c-1.1"),
        ("the-norm@2.1:x", "the-norm@2.1:c-1.1", "control", "Title of x"),
    ]
    assert {one.nature for one in controls(content)} == {Nature.REQUIREMENT}


def test_words_are_the_statement_with_its_items() -> None:
    """Statement and items become one line, guidance is ignored, and a group has its overview."""
    part = statement("Do:", item("one;", item("half of it\nand"), item("the other half;")), item("two."))
    group = {
        "id": "g",
        "title": "G",
        "parts": [{"name": "overview", "prose": "About G."}, statement("Of no account.")],
        "controls": [control("c", part, {"name": "guidance", "prose": "Well."}), control("d", statement(None))],
    }
    assert [one.words for one in controls(catalog(groups=[group]))] == [
        "About G.",
        "Do: one; half of it and the other half; two.",
        None,
    ]


def test_kinds_and_titles_are_one_line_and_never_empty() -> None:
    """A blank class becomes "control", and a blank title becomes the key."""
    named = [control("a", **{"class": " \n"}), control("b", **{"class": "of\ntwo  words\u200b"})]
    (framework,) = read(catalog(metadata=head(title=" \t"), controls=named)).frameworks
    assert [one.kind for one in framework.controls] == ["control", "of two words"]
    assert framework.edition.title == str(framework.id) == "unknown@2.1"


def test_edited_roles_and_kinds_are_one_line(code: Catalogue) -> None:
    """Edits to an exported catalog cannot produce blank kinds or titles of several lines."""
    text = edited(dumps(code), kind=" \n")
    for one in text["catalog"]["metadata"]["roles"]:
        one["title"] = " De\u200bveloper\nof it "
    (framework,) = read(text).frameworks
    assert {one.title for one in framework.controls if one.kind == "role"} == {"Developer of it"}
    assert all(one.kind.strip() for one in framework.controls)


def test_a_title_that_repeats_the_id_is_dropped() -> None:
    """A title or class that repeats the id, which OSCAL requires, is not taken as one."""
    reading = read(catalog(controls=[control("GV.OC-01", title="GV.OC-01", **{"class": "GV-OC-1"})]))
    (one,) = reading.frameworks[0].controls
    assert (one.title, one.kind) == (None, "control")
    assert reading.dropped == ("1 title that repeats the id",)


def test_groups_without_an_id_are_numbered() -> None:
    """Groups without an id are named after their position, and that is reported."""
    content = catalog(groups=[{"title": "A"}, {"title": "B", "groups": [{"title": "C", "controls": [control("c")]}]}])
    reading = read(content)
    assert [str(one.id) for one in reading.frameworks[0].controls] == [
        "the-norm@2.1:group-1",
        "the-norm@2.1:group-2",
        "the-norm@2.1:group-2.1",
        "the-norm@2.1:c",
    ]
    assert reading.unstated == (
        "the id of 3 groups (derived from the position)",
        "the nature of 4 elements (assumed: requirement)",
    )


def test_withdrawn_controls_are_dropped_but_not_their_children() -> None:
    """The children of a withdrawn control belong to its parent."""
    gone = control("c", props=[{"name": "status", "value": "Withdrawn"}], controls=[control("c.1")])
    kept = control("d", props=[{"name": "status", "ns": "https://other", "value": "withdrawn"}])
    reading = read(catalog(groups=[{"id": "g", "title": "G", "controls": [gone, kept]}]))
    assert [(str(one.id), str(one.parent or "")) for one in reading.frameworks[0].controls] == [
        ("the-norm@2.1:g", ""),
        ("the-norm@2.1:c.1", "the-norm@2.1:g"),
        ("the-norm@2.1:d", "the-norm@2.1:g"),
    ]
    assert reading.dropped == ("1 withdrawn element", "1 property")


@pytest.mark.parametrize(
    ("more", "publisher"),
    [
        ({}, None),
        ({"parties": [{"uuid": "1", "name": "They"}]}, None),
        ({"parties": [{"uuid": "1"}], "responsible-parties": [{"role-id": "creator", "party-uuids": ["1"]}]}, None),
        (
            {
                "parties": [{"uuid": "1", "name": "They"}, {"uuid": "2", "name": "We\n all"}],
                "responsible-parties": [
                    {"role-id": "author", "party-uuids": ["1"]},
                    {"role-id": "publisher", "party-uuids": ["2"]},
                ],
            },
            "We all",
        ),
    ],
    ids=["nobody", "no part", "no name", "publisher"],
)
def test_the_publisher_is_found_by_role(more: Plain, publisher: str | None) -> None:
    """The role publisher wins over creator, author and preparer."""
    assert read(catalog(metadata=head() | more)).frameworks[0].edition.publisher == publisher


@pytest.mark.parametrize(
    ("metadata", "options", "edition"),
    [
        (head(), ImportOptions(), "the-norm@2.1"),
        (head(version="v1.0 (draft)"), ImportOptions(framework="norm"), "norm@1.0-draft"),
        (head(), ImportOptions(framework="norm", edition="2"), "norm@2"),
        ({name: value for name, value in head().items() if name != "version"}, ImportOptions(), "the-norm@unknown"),
        (head(oscal_version="v1.2.2"), ImportOptions(), "the-norm@2.1"),
    ],
)
def test_the_key_of_a_framework(metadata: Plain, options: ImportOptions, edition: str) -> None:
    """The key is made of title and version, unless the options give it."""
    (framework,) = read(catalog(metadata=metadata), options).frameworks
    assert str(framework.id) == edition
    assert framework.edition.title == "The Norm"


def test_an_invalid_framework_option_is_refused() -> None:
    """A framework option that is not a valid key raises InvalidId."""
    with pytest.raises(InvalidId):
        read(catalog(), ImportOptions(framework="The Norm"))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("[]", [("", "must be a JSON object, not list")]),
        ("{", [("line 1, column 2", "not JSON: Expecting property name enclosed in double quotes")]),
        ({}, [("", "contains no model of OSCAL; only a catalog or a mapping-collection can be imported")]),
        (
            {"profile": {}},
            [
                (
                    "",
                    "contains a profile, which only selects controls of a catalog (import that catalog, or the resolved "
                    "profile); only a catalog or a mapping-collection can be imported",
                )
            ],
        ),
        (
            {"system-security-plan": {}},
            [("", "contains a system security plan; only a catalog or a mapping-collection can be imported")],
        ),
        (
            {"catalog": {"uuid": "u"}},
            [("catalog.metadata", "this field is missing")],
        ),
        (
            catalog(metadata=head(oscal_version="2.0.0", title="")),
            [
                ("catalog.metadata.oscal-version", "'2.0.0': only OSCAL 1.x can be read"),
                ("catalog.metadata.title", "string should have at least 1 character, not ''"),
            ],
        ),
        (
            catalog(groups=[{"id": "g", "title": "G", "controls": [{"title": 5}, control("c", {"prose": None})]}]),
            [
                ("catalog.groups[0].controls[0].id", "this field is missing"),
                ("catalog.groups[0].controls[0].title", 'must be text, not int; write it in quotes: "5"'),
                ("catalog.groups[0].controls[1].parts[0].name", "this field is missing"),
                ("catalog.groups[0].controls[1].parts[0].prose", "must be text, not NoneType"),
            ],
        ),
        (
            catalog(controls=[control("a", {"id": {"x": 1}, "name": "statement", "prose": "P."})]),
            [("catalog.controls[0].parts[0].id", "must be text, not dict")],
        ),
        (
            catalog(controls=[control("a"), control("A"), control("b c\n"), control("d", controls=[control("d")])]),
            [
                (
                    "catalog.controls[2].id",
                    r"'b c\n' is not a valid id; use 1 to 100 printable characters without spaces at either end",
                ),
                ("catalog.controls[3].controls[0].id", "d is already used at catalog.controls[3].id"),
                ("catalog.controls[3].id", "the parents form a cycle: d is below d"),
                ("catalog.controls[1].id", "A differs from a only in case, separators or leading zeros; rename one"),
            ],
        ),
        (
            catalog(controls=[control("a"), control("A"), control("b"), control("b")]),
            [
                ("catalog.controls[3].id", "b is already used at catalog.controls[2].id"),
                ("catalog.controls[1].id", "A differs from a only in case, separators or leading zeros; rename one"),
            ],
        ),
    ],
    ids=["list", "broken", "nothing", "profile", "plan", "no head", "head", "shape", "id of a part", "ids", "same ids"],
)
def test_faults_of_a_catalog_have_their_places(content: Plain | str, expected: list[tuple[str, str]]) -> None:
    """All faults of a catalog are reported at once with their places."""
    assert faults(content) == expected


def edited(text: str, **changes: str) -> Plain:
    """Return a document with other values for some of aicop's properties."""
    content: Plain = json.loads(text)

    def walk(value: Any) -> None:  # noqa: ANN401 -- plain data
        if isinstance(value, dict):
            if value.get("ns") == OURS and value["name"] in changes:
                value["value"] = changes[value["name"]]
            for one in value.values():
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)

    walk(content)
    return content


def test_aicops_own_properties_are_checked() -> None:
    """An unknown nature and an invalid edition in an exported catalog are faults."""
    text = dumps(frameworks.load("cyber-essentials"))
    natures = faults(edited(text, nature="wish"))
    assert natures[0] == (
        "catalog.controls[0].props",
        "'wish' is not a nature; use one of: requirement, mitigation, risk, technique, role, stage, document, heading",
    )
    assert len(natures) == 5
    assert faults(edited(text, edition="no edition")) == [
        ("catalog.metadata.props", "'no edition' is not an edition id such as 'etsi-en-304-223@2.1.1'")
    ]


def test_an_invalid_key_property_is_ignored() -> None:
    """With an invalid key property, the id is that of OSCAL."""
    text = edited(dumps(frameworks.load("cyber-essentials")), key="no key")
    (framework,) = read(text).frameworks
    assert [str(one.id).partition(":")[2] for one in framework.controls] == [
        one["id"] for one in text["catalog"]["controls"]
    ]


def test_aicops_properties_count_only_in_its_documents() -> None:
    """In a catalog without an edition property, aicop's properties are dropped like any other."""
    part = statement("Do.") | {"props": [{"name": "key", "ns": OURS, "value": "a@1:c-1"}]}
    one = control("c", part, props=[{"name": "kind", "ns": OURS, "value": "wish"}])
    reading = read(catalog(controls=[one]))
    assert [known.kind for known in reading.frameworks[0].controls] == ["control"]
    assert reading.dropped == ("2 properties",)


def test_the_publisher_is_the_first_party_that_has_a_name() -> None:
    """The publisher is the first party with a name in the first role that has one."""
    parties = [{"uuid": "1", "name": " "}, {"uuid": "2", "name": "They"}, {"uuid": "3", "name": "Others"}]
    roles = [{"role-id": "author", "party-uuids": ["3"]}, *({"role-id": "creator", "party-uuids": [n]} for n in "12")]
    reading = read(catalog(metadata=head(parties=parties, responsible_parties=roles)))
    assert reading.frameworks[0].edition.publisher == "They"
    assert reading.dropped == ("2 parties", "2 responsible parties")
    (nobody,) = read(catalog(metadata=head(parties=parties[:1], responsible_parties=roles[1:2]))).frameworks
    assert nobody.edition.publisher is None


def test_a_catalog_without_a_version_has_an_unknown_edition() -> None:
    """The unknown edition is reported, unless the options name it."""
    metadata = head(version=" ")
    assert read(catalog(metadata=metadata)).unstated == ("the edition of 1 framework",)
    assert read(catalog(metadata=metadata), ImportOptions(edition="7")).unstated == ()


def test_all_faults_of_an_exported_catalog_are_reported_at_once(mini: Catalogue) -> None:
    """Unknown natures, invalid ids and duplicates are reported together."""
    text = json.loads(dumps(mini).replace('"requirement"', '"wish"', 1))
    first = text["catalog"]["groups"][0]
    first["groups"][0]["controls"].append({"id": " b ", "title": "B"})
    first["groups"][0]["controls"].append({"id": " b ", "title": "B"})
    problems = " ".join(problem for _, problem in faults(text))
    assert "'wish' is not a nature" in problems
    assert problems.count("' b ' is not a valid id") == 2
    assert "already" in problems
