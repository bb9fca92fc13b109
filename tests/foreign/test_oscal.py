"""
OSCAL exports in the tools of OSCAL, and catalogs by other publishers.

compliance-trestle has models and resolves profiles, oscal validates against the metaschema, and oscal-bindings against
the JSON Schema. evidentia-core provides catalogs by three publishers.
"""

from __future__ import annotations

import json
from importlib import import_module
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aicop import Modality, Role, frameworks, load
from aicop.crosswalk import crosswalk
from aicop.errors import InvalidDocument, NothingToWrite, UnknownKey
from aicop.frameworks import available
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.rows import rows_of
from aicop.interop.oscal import FORMAT, dumps, loads, profile
from aicop.keys.control_index import fold
from aicop.manifest import editions
from aicop.mappings import sets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aicop import EditionId
    from aicop.frameworks import Framework

catalog = import_module("trestle.oscal.catalog")
mapping = import_module("trestle.oscal.mapping")
profiles = import_module("trestle.oscal.profile")
resolver = import_module("trestle.core.profile_resolver")
interface = import_module("trestle.core.catalog.catalog_interface")
oscal = import_module("oscal.oscal_content")
bindings = import_module("oscal_bindings")

pytestmark = pytest.mark.filterwarnings("ignore")

CATALOGS = [*editions(), *(item.id for item in available())]
PAIRS = list(
    dict.fromkeys(pair for item in sets() for pair in ((item.source, item.target), (item.target, item.source)))
)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change to a temporary folder, since one of the tools unpacks its data into the current one."""
    monkeypatch.chdir(tmp_path)


def complaints(text: str, model: Any) -> list[str]:  # noqa: ANN401 -- a class of trestle
    """Return the names of the tools that refuse a document."""
    path = Path("document.json")
    path.write_text(text, encoding="utf-8")
    found = []
    try:
        read = model.oscal_read(path)
    except Exception:  # noqa: BLE001 -- whatever it says
        read = None
    if read is None:
        found.append("trestle")
    if not oscal.OSCAL.load(str(path)).is_valid:
        found.append("oscal")
    if not bindings.validate_oscal(text):
        found.append("oscal-bindings")
    return found


def _written(edition: EditionId) -> str:
    return dumps(load(edition) if edition in editions() else frameworks.load(edition))


@pytest.mark.parametrize("edition", CATALOGS, ids=str)
def test_every_catalog_is_accepted(edition: EditionId) -> None:
    """All three tools accept every edition and framework."""
    assert complaints(_written(edition), catalog.Catalog) == []


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0]}--{pair[1]}")
def test_every_crosswalk_is_accepted(pair: tuple[EditionId, EditionId]) -> None:
    """Every crosswalk and its inverse is accepted, or refused by aicop if no relation can be expressed."""
    found = crosswalk(*pair)
    if any(item.source and item.target for item in rows_of(found, FORMAT.predicates).rows):
        assert complaints(dumps(found), mapping.MappingCollection) == []
    else:
        with pytest.raises(NothingToWrite):
            dumps(found)


def test_a_composed_crosswalk_is_accepted() -> None:
    """A composed crosswalk is accepted."""
    found = crosswalk("etsi-en-304-223", "iso-iec-42001", via="uk-ai-cop")
    assert complaints(dumps(found), mapping.MappingCollection) == []


def _profiles(edition: EditionId) -> Iterator[str]:
    for role in (*Role, None):
        for verb in (*Modality, None):
            try:
                yield profile(load(edition), role=role, modality=verb)
            except UnknownKey:
                continue


@pytest.mark.parametrize("edition", editions(), ids=str)
def test_every_profile_is_accepted(edition: EditionId) -> None:
    """The profile of each role and modality with any statement is accepted."""
    texts = list(_profiles(edition))
    assert len(texts) > 10
    for text in texts:
        assert complaints(text, profiles.Profile) == []


def test_trestle_resolves_a_profile(tmp_path: Path) -> None:
    """A profile resolves to the selected provisions of the catalog beside it."""
    code = load("uk-ai-cop")
    (tmp_path / ".trestle").mkdir()
    (tmp_path / "uk-ai-cop@2025-01.json").write_text(dumps(code), encoding="utf-8")
    path = tmp_path / "profile.json"
    path.write_text(profile(code, role="System Operator", modality="shall"), encoding="utf-8")
    resolved = resolver.ProfileResolver.get_resolved_profile_catalog(tmp_path, str(path))
    found = {one.id for one in interface.CatalogInterface(resolved).get_all_controls_from_catalog(recurse=True)}
    chosen = code.select(role="System Operator", modality="shall")
    assert found == {f"uk-ai-cop-{one.provision.id.number}" for one in chosen}


def _unknown_field(content: dict[str, Any]) -> None:
    content["catalog"]["wishes"] = []


def _digit(content: dict[str, Any]) -> None:
    content["catalog"]["groups"][0]["id"] = "1.1"


def _no_title(content: dict[str, Any]) -> None:
    del content["catalog"]["groups"][0]["title"]


ALL = ["trestle", "oscal", "oscal-bindings"]


@pytest.mark.parametrize(
    ("broken", "by"),
    [(_unknown_field, ["trestle", "oscal-bindings"]), (_digit, ALL), (_no_title, ALL)],
    ids=["field", "id", "title"],
)
def test_broken_documents_are_refused(broken: Callable[[dict[str, Any]], None], by: list[str]) -> None:
    """The tools find errors of form, except that one of them accepts an unknown field."""
    content = json.loads(dumps(load("uk-ai-cop")))
    broken(content)
    assert complaints(json.dumps(content), catalog.Catalog) == by


def test_a_mapping_without_maps_is_refused() -> None:
    """All tools refuse a mapping without maps, which is why aicop does not write one."""
    content = json.loads(dumps(crosswalk("uk-ai-cop", "iso-iec-42001")))
    content["mapping-collection"]["mappings"][0]["maps"] = []
    assert complaints(json.dumps(content), mapping.MappingCollection) == ALL


def test_an_unknown_relation_is_refused_by_aicop() -> None:
    """The models accept an unknown relation, since the JSON Schema does not restrict it."""
    text = dumps(crosswalk("uk-ai-cop", "iso-iec-42001")).replace('"intersects-with"', '"bogus-relation"')
    assert {"trestle", "oscal-bindings"}.isdisjoint(complaints(text, mapping.MappingCollection))
    with pytest.raises(InvalidDocument) as caught:
        loads(text)
    assert "bogus-relation" in caught.value.faults[0].problem


def content(name: str) -> str:
    """Return a file of evidentia-core."""
    found = distribution("evidentia-core")
    return Path(str(found.locate_file(f"evidentia_core/catalogs/data/{name}"))).read_text(encoding="utf-8")


def _kinds(framework: Framework) -> dict[str, int]:
    counts: dict[str, int] = {}
    for item in framework.controls:
        counts[item.kind] = counts.get(item.kind, 0) + 1
    return counts


def test_the_catalog_of_nist_is_read() -> None:
    """NIST's SP 800-53 5.2.0 has the elements, order and hierarchy of the shipped list."""
    reading = loads(content("us-federal/nist-800-53-rev5.json"), options=ImportOptions(framework="theirs"))
    (theirs,) = reading.frameworks
    ours = frameworks.load("nist-sp-800-53@5.2.0")
    assert [fold(item.id.local) for item in theirs.controls] == [fold(item.id.local) for item in ours.controls]
    parents = [None if item.parent is None else fold(item.parent.local) for item in theirs.controls]
    assert parents == [None if item.parent is None else fold(item.parent.local) for item in ours.controls]
    assert _kinds(theirs) == {"family": 20, "SP800-53": 300, "SP800-53-enhancement": 714}
    assert f"{len(ours.withdrawn)} withdrawn elements" in reading.dropped
    assert theirs["ac-1"].words is not None
    assert theirs["ac-1"].words.startswith("Develop, document, and disseminate to")
    assert "1,600 parameters" in reading.dropped


def test_the_catalog_of_the_open_source_baseline_is_read() -> None:
    """OSPS has families and controls, whose classes only repeat their ids."""
    (theirs,) = loads(content("international/osps-baseline.oscal.json")).frameworks
    assert _kinds(theirs) == {"family": 8, "control": 41}
    assert all(item.words for item in theirs.controls)


def test_the_manual_of_australia_is_read() -> None:
    """The ISM has nested groups without ids and 1,192 controls."""
    parts = [
        json.loads(content(f"sources/au-ism/2026.09.4/ISM_catalog.part-00{number}.json"))["raw_utf8"]
        for number in (0, 1)
    ]
    reading = loads("".join(parts))
    (theirs,) = reading.frameworks
    assert _kinds(theirs) == {"group": 582, "ISM-principle": 49, "ISM-control": 1143}
    assert reading.unstated[0] == "the id of 582 groups (derived from the position)"
    assert theirs.edition.publisher == "Australian Cyber Security Centre"
