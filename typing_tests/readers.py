"""What readers take, and ids as field types. Checked by mypy and pyright, never run."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, assert_type

from pydantic import BaseModel, TypeAdapter

import aicop
from aicop import catalogue, frameworks, graph, lineage, mappings
from aicop.graph import Additions
from aicop.ids import ControlId, Key, StatementId
from aicop.mappings import TableChoices
from aicop.model import LineageRow, Mapping
from aicop.vocabulary import DependencyKind, MappingBasis, Predicate, term

# Every reader takes text, bytes, a path, an open file, plain data, or the rows of a table.
document: dict[str, Any] = {"document": "acme"}
table = [{"id": "AC-1", "kind": "control"}]
assert_type(catalogue.loads("{}"), aicop.Catalogue)
assert_type(catalogue.loads(b"{}", "acme.json"), aicop.Catalogue)
assert_type(catalogue.loads(Path("acme.json")), aicop.Catalogue)
assert_type(catalogue.loads(io.StringIO("{}")), aicop.Catalogue)
assert_type(catalogue.loads(io.BytesIO(b"{}")), aicop.Catalogue)
assert_type(catalogue.loads(document), aicop.Catalogue)
assert_type(frameworks.loads(table, framework="acme", edition="2026", title="Acme"), frameworks.Framework)
assert_type(frameworks.loads(Path("acme.csv"), columns={"id": "Ref"}), frameworks.Framework)
assert_type(mappings.loads(Path("map.csv"), author="J. Doe"), tuple[Mapping, ...])
assert_type(mappings.loads(({"source": "AC-1"} for _ in table), choices=TableChoices()), tuple[Mapping, ...])
old, new = aicop.load("uk-ai-cop"), aicop.load("etsi-en-304-223")
assert_type(lineage.loads(b"old\tnew\n", old=old, new=new), tuple[LineageRow, ...])
assert_type(graph.loads(table, "uk-ai-cop"), Additions)
with Path("map.csv").open(encoding="utf-8") as file:
    assert_type(mappings.loads(file, frameworks=[frameworks.load("nist-csf")]), tuple[Mapping, ...])
catalogue.loads(5)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
catalogue.loads([1])  # type: ignore[list-item] # pyright: ignore[reportArgumentType]
frameworks.loads("id\n", header="1")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
lineage.loads("old\tnew\n", old=old)  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]

# A kind narrows the type of a key.
assert_type(aicop.parse("uk-ai-cop:5.4.1"), Key)
assert_type(aicop.parse("uk-ai-cop:5.4.1", kind=aicop.ProvisionId), aicop.ProvisionId)
assert_type(aicop.parse("uk-ai-cop:2.3#1", kind=StatementId), StatementId)
assert_type(aicop.Library().parse("uk-ai-cop:5.4.1", kind=aicop.ProvisionId), aicop.ProvisionId)
assert_type(aicop.parse("PR.DS-01", "nist-csf", kind=ControlId), ControlId)
assert_type(aicop.parse(aicop.ProvisionId.parse("uk-ai-cop@2025-01:5.1")), Key)
aicop.parse(5)  # type: ignore[call-overload] # pyright: ignore[reportArgumentType]
aicop.parse("uk-ai-cop:5.4.1", kind=aicop.Provision)  # type: ignore[type-var] # pyright: ignore[reportCallIssue, reportArgumentType]

# The terms of a vocabulary are read from text, and are text.
assert_type(aicop.Role("end users"), aicop.Role)
assert_type(term(DependencyKind, "requires"), DependencyKind)
assert_type(aicop.Modality("shall") > aicop.Modality.SHOULD, bool)
assert_type([one.value for one in MappingBasis], list[str])
word: str = Predicate.EQUAL
role: aicop.Role = "Developer"  # type: ignore[assignment] # pyright: ignore[reportAssignmentType]


class Detection(BaseModel):
    """What a guardrail would record."""

    key: aicop.ProvisionId
    role: aicop.Role | None = None
    row: Mapping | None = None


detection = Detection.model_validate({"key": "uk-ai-cop:5.4.1", "role": "Developer"})
assert_type(detection.key, aicop.ProvisionId)
assert_type(detection.role, aicop.Role | None)
assert_type(detection.row, Mapping | None)
assert_type(TypeAdapter(aicop.ProvisionId).validate_python("uk-ai-cop:5.4.1"), aicop.ProvisionId)
assert_type(TypeAdapter(aicop.Provision).validate_json("{}"), aicop.Provision)
