"""
The tools: each asks a `Library` one question and returns a record. They change nothing.

This module does not need the SDK; `aicop.mcp.protocol` offers the tools over the protocol.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

import attrs

from aicop.errors import reject
from aicop.ids import EditionId, PhaseId, PrincipleId, ProvisionId, StatementId
from aicop.keys.kinds import KINDS
from aicop.keys.typed import read_id
from aicop.library.library import Library
from aicop.mcp import answers
from aicop.mcp.answers import page_of
from aicop.mcp.arguments import (
    Arguments,
    Covering,
    KeyAndEdition,
    Keys,
    KeyToMap,
    Listing,
    OneKey,
    Selection,
    TwoKeys,
    Words,
)
from aicop.schema.check import check_plain
from aicop.schema.published import schema_of_record
from aicop.spelling import unknown_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aicop.crosswalk.claim import Claim
    from aicop.crosswalk.core import Crosswalk
    from aicop.ids import Key

MAX_PATHS = 5
"""The maximum number of paths of one claim in an answer."""
_EVERY = 10**9
"""More than any framework has elements."""
CAUTION = "Coverage compares two texts. It says nothing about any system, and it is not compliance."
_ENDS = tuple(kind for kind in KINDS if kind is not EditionId)


def _list_frameworks(library: Library, asked: Listing) -> answers.FrameworkList:
    own = frozenset(library.registry.ids)
    editions = (library.catalogue(item).edition for item in library.editions())
    rows = [
        answers.FrameworkRow(
            id=item.id,
            title=item.title,
            is_edition=is_edition,
            own=item.id in own,
            status=str(item.status),
            elements=len(library.framework(item.id)),
        )
        for is_edition, listed in ((True, editions), (False, library.frameworks()))
        for item in cast("Iterable[Any]", listed)
    ]
    shown, page = page_of(rows, asked.offset, asked.limit, "editions and frameworks")
    return answers.FrameworkList(frameworks=shown, page=page)


def _look_up(library: Library, asked: OneKey) -> answers.Found:
    key = library.parse(asked.key, asked.edition)
    framework = library.framework(key.edition)
    record: Any = framework[key]
    statement = None
    if key.edition in library.editions():
        catalogue = library.catalogue(key.edition)
        if isinstance(key, ProvisionId | StatementId):
            record = catalogue[key if isinstance(key, ProvisionId) else key.provision]
            statement = catalogue.statement(key) if isinstance(key, StatementId) else None
        elif isinstance(key, PrincipleId):
            record = catalogue.principle(key)
        elif isinstance(key, PhaseId):
            record = catalogue.phase(key)
        counterparts = [
            item for other in library.lineages.related(key.edition) for item in library.counterparts(key, other)
        ]
    else:
        counterparts = []
    return answers.Found(
        key=key,
        edition=key.edition,
        edition_title=framework.edition.title,
        record=record,
        statement=statement,
        children=(item.id for item in framework.children(key)),
        counterparts=counterparts,
    )


def _select_provisions(library: Library, asked: Selection) -> answers.SelectedStatements:
    catalogue = library.catalogue(asked.edition)
    filters = {
        name: getattr(asked, name) or None
        for name in ("role", "counterparty", "modality", "phase", "threat", "measure")
    }
    principles = [int(one) if one.isdecimal() else one for one in asked.principle]
    found = catalogue.select(**filters, principle=principles or None)
    rows = [
        answers.SelectedStatement(
            key=StatementId(match.provision.id, statement.ordinal),
            title=match.provision.title,
            phase=match.provision.phase,
            principle=match.provision.principle,
            statement=statement,
        )
        for match in found
        for statement in match.statements
    ]
    shown, page = page_of(rows, asked.offset, asked.limit, "statements")
    return answers.SelectedStatements(
        edition=catalogue.id,
        statements=shown,
        provisions=len(found),
        all_statements=sum(len(item.statements) for item in catalogue.values()),
        page=page,
    )


def _check_keys(library: Library, asked: Keys) -> answers.CheckedKeys:
    verdicts = library.check(asked.keys, asked.edition)
    unknown = sum(item.key is None for item in verdicts)
    return answers.CheckedKeys(verdicts=verdicts, known=len(verdicts) - unknown, unknown=unknown)


def _find_counterpart(library: Library, asked: KeyAndEdition) -> answers.Counterparts:
    key, edition = library.parse(asked.key), library.lineages.resolve(asked.edition)
    found = library.counterparts(key, edition)
    return answers.Counterparts(
        key=key,
        edition=edition,
        counterparts=found,
        rows=library.lineages.rows_of(key, edition),
        absence=None if found else library.lineages.absence(key, edition),
    )


def _claims_of(walk: Crosswalk, key: Key) -> tuple[Claim, ...]:
    """Return the claims about an element and its statements."""
    parts = [part.id for part in walk.source.children(key) if part.kind == "statement"]
    return tuple(dict.fromkeys(claim for one in (key, *parts) for claim in walk[one]))


def _map_key(library: Library, asked: KeyToMap) -> answers.KeyMappings:
    if asked.via and asked.framework is None:
        reject("arguments", "via", "needs a framework to lead to; name one, or leave out via")
    key = library.parse(asked.key)
    if asked.framework is None:
        found = [(item.crosswalk, item.claims) for item in library.mappings_of(key)]
    else:
        walk = library.crosswalk(key.edition, asked.framework, via=asked.via or None)
        found = [(walk, _claims_of(walk, key))]
    frameworks = [
        answers.MappedFramework(
            framework=walk.target.id, title=walk.target.edition.title, claims=len(claims), via=walk.via
        )
        for walk, claims in found
    ]
    pairs = [_mapped_to(walk, claim) for walk, claims in found for claim in claims]
    shown, page = page_of(pairs, asked.offset, asked.limit, "mappings")
    return answers.KeyMappings(key=key, frameworks=frameworks, mappings=shown, page=page)


def _mapped_to(walk: Crosswalk, claim: Claim) -> answers.MappedTo:
    [row] = walk.table_of([claim])
    rationales = claim.rationales
    return answers.MappedTo(
        framework=walk.target.id,
        source=claim.source,
        relationship=claim.says,
        target=claim.target,
        target_title=cast("str | None", row["target_title"]),
        strength=claim.strength,
        remainder=claim.remainder,
        reverse_strength=claim.reverse_strength,
        reverse_remainder=claim.reverse_remainder,
        confidence=claim.confidence,
        basis=dict.fromkeys(item.basis.value for item in claim.mappings),
        author=dict.fromkeys(item.author for item in claim.mappings if item.author),
        rationale=rationales[0] if rationales else None,
        more_rationales=max(len(rationales) - 1, 0),
        paths=len(claim.paths),
        suspect=claim.suspect,
        warnings=claim.warnings,
    )


def _explain_mapping(library: Library, asked: TwoKeys) -> answers.Explanation:
    one, other = (read_id(text, _ENDS, library) for text in (asked.one, asked.other))
    walk = library.crosswalk(one.edition, other.edition, via=asked.via or None)
    claims = [
        answers.ExplainedClaim(
            says=claim.says,
            claim=attrs.evolve(claim, paths=claim.paths[:MAX_PATHS]),
            paths_left_out=max(len(claim.paths) - MAX_PATHS, 0),
        )
        for claim in walk.claims_between(one, other)
    ]
    shown, page = page_of(claims, asked.offset, asked.limit, "claims")
    return answers.Explanation(one=one, other=other, claims=shown, together=walk.mapped_together(one, other), page=page)


def _report_coverage(library: Library, asked: Covering) -> answers.CoverageAnswer:
    walk = library.crosswalk(asked.source, asked.target, via=asked.via or None)
    scope = [walk.source.key(item) for item in asked.within] or None
    report = walk.coverage(scope, denominator=asked.of or None, strength=asked.strength)
    gaps = walk.gaps(scope, denominator=asked.of or None, strength=asked.strength)
    shown, page = page_of(gaps, asked.offset, asked.limit, "gaps")
    return answers.CoverageAnswer(
        source=walk.source.id,
        target=walk.target.id,
        counted=f"{report.denominator}, mapped to {report.target}{report.way}",
        classes=(answers.CoverageClass(coverage=known, count=count) for known, count in report.counts.items()),
        gaps=shown,
        contradictory=report.contradictory,
        not_counted=report.not_counted,
        page=page,
        caution=CAUTION,
    )


def _search(library: Library, asked: Words) -> answers.SearchAnswer:
    # All of them, so that those that are left out can be counted.
    hits = library.search(asked.text, asked.within or None, limit=_EVERY)
    shown, page = page_of(hits, asked.offset, asked.limit, "hits")
    return answers.SearchAnswer(hits=shown, page=page)


@attrs.frozen(kw_only=True, slots=False)
class Tool:
    """A question that can be asked of a library."""

    name: str
    title: str
    description: str
    arguments: type[Arguments]
    answer: type[Any]
    _ask: Callable[[Library, Any], object]

    @functools.cached_property
    def input_schema(self) -> dict[str, Any]:
        """The JSON Schema of the arguments."""
        return self.arguments.model_json_schema()

    @functools.cached_property
    def output_schema(self) -> dict[str, Any]:
        """The JSON Schema of the answer."""
        return schema_of_record(self.answer)

    def __call__(self, library: Library, given: Mapping[str, Any]) -> object:
        """
        Return the answer of a library, a record.

        Raises:
            InvalidDocument: the arguments have faults; all are named.
            AicopError: the library has no answer, with the advice of the error.
        """
        return self._ask(library, check_plain(self.arguments, dict(given), "arguments"))


TOOLS: Mapping[str, Tool] = MappingProxyType(
    {
        tool.name: tool
        for tool in (
            Tool(
                name="list_frameworks",
                title="List editions and frameworks",
                description="List the editions of the AI Code of Practice and the other frameworks in the library, "
                "with the ids by which the other tools refer to them.",
                arguments=Listing,
                answer=answers.FrameworkList,
                ask=_list_frameworks,
            ),
            Tool(
                name="look_up",
                title="Look up a key",
                description="Return everything recorded about one item: a provision, statement, principle or phase of "
                "an edition, or an element of another framework. Provisions are restated in aicop's own words; this "
                "is not the official text.",
                arguments=OneKey,
                answer=answers.Found,
                ask=_look_up,
            ),
            Tool(
                name="select_provisions",
                title="Select provisions",
                description="List the statements of an edition by duty holder, verb, phase, principle, threat or kind "
                "of measure: who shall, should, may or can do what. Filters of different kinds must all match; values "
                "of one filter are alternatives.",
                arguments=Selection,
                answer=answers.SelectedStatements,
                ask=_select_provisions,
            ),
            Tool(
                name="check_keys",
                title="Check keys",
                description="Check whether keys exist. For each wrong key, return the likely mistake, advice and the "
                "nearest keys.",
                arguments=Keys,
                answer=answers.CheckedKeys,
                ask=_check_keys,
            ),
            Tool(
                name="find_counterpart",
                title="Find the counterpart in another edition",
                description="Return the counterparts of a provision, statement, principle, phase or role in another "
                "edition of the Code, with what changed and what a person should review.",
                arguments=KeyAndEdition,
                answer=answers.Counterparts,
                ask=_find_counterpart,
            ),
            Tool(
                name="map_key",
                title="Map a key to other frameworks",
                description="Return what an item is mapped to in another framework, or in all of them, with "
                "relationship, strength and rationale. A mapping is a judgement by its author; an item without one "
                "is not known to be uncovered.",
                arguments=KeyToMap,
                answer=answers.KeyMappings,
                ask=_map_key,
            ),
            Tool(
                name="explain_mapping",
                title="Explain how two items are related",
                description="Return the claims about two items of different frameworks, each with the paths of "
                "mappings and rationales that it follows from.",
                arguments=TwoKeys,
                answer=answers.Explanation,
                ask=_explain_mapping,
            ),
            Tool(
                name="report_coverage",
                title="Report coverage and gaps",
                description="Count how many items of one framework are covered, partly covered, open, reviewed and "
                "not covered, or not reviewed in another framework, and list the gaps. Coverage compares two texts; "
                "it is not compliance.",
                arguments=Covering,
                answer=answers.CoverageAnswer,
                ask=_report_coverage,
            ),
            Tool(
                name="search",
                title="Search",
                description="Search ids, titles and summaries of all frameworks by words, the best match first. "
                "Misspelt words are replaced by similar ones.",
                arguments=Words,
                answer=answers.SearchAnswer,
                ask=_search,
            ),
        )
    }
)
"""The tools by their names."""


def call(library: Library, name: str, given: Mapping[str, Any]) -> object:
    """
    Ask a library by the name of a tool and its arguments as plain data, and return the answer, a record.

    Raises:
        UnknownTerm: there is no such tool.
        InvalidDocument: the arguments have faults; all are named.
        AicopError: the library has no answer, with the advice of the error.
    """
    if name not in TOOLS:
        raise unknown_term("tool", name, tuple(TOOLS))
    return TOOLS[name](library, given)
