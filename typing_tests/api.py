"""What the types of answers promise a caller. Checked by mypy and pyright, never run."""

from __future__ import annotations

from typing import assert_type

import aicop
from aicop.catalogue import Match
from aicop.crosswalk import crosswalk
from aicop.frameworks import Framework
from aicop.graph import CriticalPath, Impact, Wave, graph
from aicop.ids import Key
from aicop.interop import ImportOptions, ImportResult, formats, oscal, parquet, xlsx
from aicop.lineage import Comparison
from aicop.model import Counterparty, Guidance, LineageRow, Mapping
from aicop.tables import Row
from aicop.vocabulary import DependencyKind

catalogue = aicop.load("uk-ai-cop")
assert_type(catalogue, aicop.Catalogue)
assert_type(catalogue["5.4.1"], aicop.Provision)
assert_type(catalogue.get("5.4.1"), aicop.Provision | None)
assert_type(list(catalogue), list[aicop.ProvisionId])
assert_type(list(catalogue.keys()), list[aicop.ProvisionId])
assert_type(list(catalogue.items()), list[tuple[aicop.ProvisionId, aicop.Provision]])
assert_type(catalogue.principles, tuple[aicop.Principle, ...])
assert_type(catalogue.phases, tuple[aicop.Phase, ...])
assert_type(catalogue.children("5.4"), tuple[aicop.Provision, ...])
assert_type(catalogue.parent("5.4.1"), aicop.Provision | None)
assert_type(catalogue.select(role=aicop.Role.DEVELOPER, modality=["shall", "should"]), tuple[Match, ...])

provision = catalogue["5.4.1"]
assert_type(provision.id, aicop.ProvisionId)
assert_type(provision.id.edition, aicop.EditionId)
assert_type(provision.parent, aicop.ProvisionId | None)
assert_type(provision.guidance, Guidance | None)
for statement in provision.statements:
    assert_type(statement, aicop.Statement)
    assert_type(statement.modality, aicop.Modality)
    assert_type(statement.duty_holders, tuple[aicop.Role, ...])
    assert_type(statement.counterparties, tuple[Counterparty, ...])
    assert_type(statement.condition, str | None)

assert_type(aicop.editions(), tuple[aicop.EditionId, ...])
assert_type(aicop.parse("uk-ai-cop:5.4.1"), Key)
assert_type(aicop.counterpart(provision.id, "etsi-en-304-223"), aicop.ProvisionId)
assert_type(aicop.counterpart(catalogue.principles[0].id, "etsi-en-304-223"), aicop.PrincipleId)
assert_type(aicop.counterpart("uk-ai-cop:5.4.1", "etsi-en-304-223"), Key)
assert_type(aicop.counterparts(provision.id, "etsi-en-304-223"), tuple[aicop.ProvisionId, ...])
assert_type(aicop.counterparts("uk-ai-cop:5.4.1", "etsi-en-304-223"), tuple[Key, ...])
assert_type(aicop.compare("uk-ai-cop", "etsi-en-304-223"), Comparison)
assert_type(aicop.compare("uk-ai-cop", "etsi-en-304-223").rows, tuple[LineageRow, ...])

assert_type(graph(catalogue).waves(), tuple[Wave, ...])
assert_type(graph(catalogue).impact(provision.id, kinds="refines"), Impact)
assert_type(graph(catalogue).critical_path(kinds=DependencyKind, weights={"5.1": 2.5, provision.id: 3}), CriticalPath)

assert_type(catalogue.table("statements"), list[Row])
assert_type(catalogue.table_of(catalogue.select(role="Developer")), list[Row])
assert_type(graph(catalogue).table(), list[Row])
assert_type(crosswalk("uk-ai-cop", "iso-iec-42001").coverage().table(), list[Row])
for row in crosswalk("uk-ai-cop", "iso-iec-42001").table():
    assert_type(row, dict[str, str | int | bool | None])

assert_type(parquet.dumps(catalogue, "statements"), bytes)
assert_type(oscal.dumps(catalogue), str)
assert_type(oscal.dumps(crosswalk("uk-ai-cop", "iso-iec-42001")), str)
assert_type(xlsx.dumps(catalogue), bytes)
assert_type(oscal.loads("{}").frameworks, tuple[Framework, ...])
assert_type(oscal.loads("{}").mappings, tuple[Mapping, ...])
assert_type(formats.loads(b"{}", "x.json", ImportOptions(source="nist-csf")), ImportResult)

oscal.dumps(5)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
provision.title = "x"  # type: ignore[misc] # pyright: ignore[reportAttributeAccessIssue]
catalogue["5.4.1"] = provision  # type: ignore[index] # pyright: ignore[reportIndexIssue]
aicop.load(5)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
catalogue.select(dutyholder="Developer")  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
