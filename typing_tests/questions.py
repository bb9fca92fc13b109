"""What catalogues, crosswalks, graphs and libraries are asked. Checked by mypy and pyright, never run."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

import aicop
from aicop.catalogue import Match
from aicop.crosswalk import Claim, Contradiction, CoverageReport, Crosswalk, Gap, KeyClaims, crosswalk, crosswalk_in
from aicop.frameworks import Framework
from aicop.graph import DependencyGraph
from aicop.ids import End, Key
from aicop.library import KeyCheck, Review
from aicop.lineage import Comparison
from aicop.model import Control, FrameworkEdition, LineageRow, Mapping, MappingSet, Stakeholder
from aicop.relations import RelationSet
from aicop.search import Hit, search
from aicop.vocabulary import MeasureKind

code = aicop.load("uk-ai-cop")
provision = code["5.4.1"]

# Catalogues: look-ups.
assert_type(code[provision.id], aicop.Provision)
assert_type(code.get("99", None), aicop.Provision | None)
assert_type(code.get("99", 5), aicop.Provision | int)
assert_type(provision.id in code, bool)
# mypy compares with the ids over which a catalogue iterates.
assert_type("5.4.1" in code, bool)  # type: ignore[comparison-overlap]
assert_type(code.principle(5), aicop.Principle)
assert_type(code.principle(provision.principle), aicop.Principle)
assert_type(code.phase("secure-design"), aicop.Phase)
assert_type(code.statement("2.3#1"), aicop.Statement)
assert_type(code.stakeholder("Developer"), Stakeholder)
assert_type(code.find("Principle 5"), Key)
code[5]  # type: ignore[index] # pyright: ignore[reportArgumentType]
code.get(5)  # type: ignore[call-overload] # pyright: ignore[reportArgumentType]
code.principle(5.5)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]

# Filters take one value or several, as terms or as text.
assert_type(code.select(), tuple[Match, ...])
code.select(role="Developer", modality=aicop.Modality.SHALL, measure={MeasureKind("testing")})
code.select(phase=[code.phases[0].id, "secure-design"], principle=5, threat=code.threats[:2])
code.select(principle=[1, "P2", code.principles[0].id])
code.select(role=5)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
code.select("Developer")  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
for match in code.select(role="Developer"):
    assert_type(match.provision, aicop.Provision)
    assert_type(match.statements, tuple[aicop.Statement, ...])

# Crosswalks.
walk = crosswalk("uk-ai-cop", "iso-iec-42001", via=["nist-csf"])
assert_type(walk, Crosswalk)
assert_type(walk["5.4.1"], tuple[Claim, ...])
assert_type(list(walk), list[End])
assert_type(walk.relations_between(provision.id, "6.1"), RelationSet)
assert_type(walk.coverage(), CoverageReport)
assert_type(walk.coverage(code.select(role="Developer"), denominator="statement", strength=3), CoverageReport)
assert_type(walk.coverage([provision.id, "5.4"]), CoverageReport)
assert_type(walk.gaps(), tuple[Gap, ...])
assert_type(walk.inverse().compose(walk).filter(confidence=5), Crosswalk)
assert_type(Crosswalk.from_mappings(walk.mappings, walk.source, walk.target), Crosswalk)
walk.coverage(5)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
walk.coverage(strength="3")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
Crosswalk.from_mappings([provision], walk.source, walk.target)  # type: ignore[list-item] # pyright: ignore[reportArgumentType]

# Libraries.
library = aicop.Library()
assert_type(aicop.Library.open("folder"), aicop.Library)
assert_type(aicop.Library.open(Path("folder"), skip_invalid=True), aicop.Library)
assert_type(library.with_edition(code), aicop.Library)
assert_type(library.with_framework(walk.target, names=["ISO"]), aicop.Library)
assert_type(library.with_mappings(walk.mappings, name="mine"), aicop.Library)
assert_type(library.with_lineage("uk-ai-cop", code.id, library.compare("a", "b").rows), aicop.Library)
assert_type(library.parse("5.4.1", "uk-ai-cop"), Key)
assert_type(library.check(["5.4.1"]), tuple[KeyCheck, ...])
assert_type(library.check("5.4.1"), tuple[KeyCheck, ...])
assert_type(library.editions(), tuple[aicop.EditionId, ...])
assert_type(library.catalogue("uk-ai-cop"), aicop.Catalogue)
assert_type(library.frameworks(), tuple[FrameworkEdition, ...])
assert_type(library.framework("nist-csf"), Framework)
assert_type(library.framework("nist-csf")["PR.DS-01"], Control)
assert_type(library.compare("uk-ai-cop", code.id), Comparison)
assert_type(library.compare("uk-ai-cop", code.id).of_kind("identical"), tuple[LineageRow, ...])
assert_type(library.counterpart("uk-ai-cop:5.4.1", "etsi-en-304-223"), Key)
assert_type(library.graph("uk-ai-cop", kinds="requires"), DependencyGraph)
assert_type(library.graph("uk-ai-cop").prerequisites("5.4.1"), tuple[aicop.ProvisionId, ...])
assert_type(library.mapping_sets(), tuple[MappingSet, ...])
assert_type(library.mappings("mine"), tuple[Mapping, ...])
assert_type(library.crosswalk("uk-ai-cop", "nist-csf", via="iso-iec-42001"), Crosswalk)
assert_type(library.mappings_of("uk-ai-cop:5.4.1"), tuple[KeyClaims, ...])
assert_type(library.explain("uk-ai-cop:5.4.1", provision.id), str)
assert_type(library.coverage("uk-ai-cop", "nist-csf", strength=3), CoverageReport)
assert_type(library.find_contradictions(), tuple[Contradiction, ...])
assert_type(library.search("logging", ["nist-csf"], limit=5), tuple[Hit, ...])
assert_type(library.search("logging", "nist-csf"), tuple[Hit, ...])
assert_type(search("logging", [walk.target]), tuple[Hit, ...])
assert_type(library.review(), Review)
# A library is a stock of mappings.
assert_type(crosswalk_in(library, "uk-ai-cop", "nist-csf"), Crosswalk)
library.with_mappings(provision)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
library.with_framework(code)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
library.catalogue(5)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
library.with_mapings(())  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
