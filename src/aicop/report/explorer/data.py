"""Everything that a page of the explorer shows, as one plain object."""

from __future__ import annotations

from importlib import metadata
from typing import TYPE_CHECKING, Any

import attrs

from aicop.assessment.assessment import Assessment
from aicop.assessment.status.days import Day
from aicop.catalogue.catalogue import Catalogue
from aicop.catalogue.responsibility import responsibility_matrix
from aicop.errors import count_phrase
from aicop.ids import EditionId
from aicop.library.library import Library
from aicop.records import to_plain
from aicop.report.explorer.assessments import FLAGS, STATES, assessment_data
from aicop.report.explorer.crosswalks import BANDS, Crosswalks, bands, framework_data
from aicop.report.explorer.editions import Guides, edition_data, lineages_data
from aicop.report.explorer.entries import edition_entries, framework_entries
from aicop.report.explorer.graph import artefacts_data, graph_data
from aicop.report.explorer.search_index import search_index
from aicop.report.explorer.texts import Texts
from aicop.spelling import several
from aicop.vocabulary import Coverage, Modality, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.report.explorer.editions import Plain

Name = str


@attrs.frozen(kw_only=True)
class Choice:
    """What of a library a page shows."""

    library: Library
    catalogues: tuple[Catalogue, ...]
    frameworks: tuple[EditionId, ...]
    assessments: tuple[Assessment, ...]
    on: Day | None
    evidence: bool
    wording: frozenset[EditionId]
    """Your frameworks of which the page has the wording; what ships always has it."""

    @property
    def editions(self) -> tuple[EditionId, ...]:
        """The editions of the Code, in order of publication, then yours."""
        return tuple(item.id for item in self.catalogues)

    def shows_wording(self, edition: EditionId) -> bool:
        """Return whether the words of the elements of a framework are shown."""
        return edition in self.wording or edition not in self._own

    @property
    def _own(self) -> frozenset[EditionId]:
        shipped = {item.id for item in Library().frameworks()}
        return frozenset(item.id for item in self.library.frameworks()) - shipped

    def left_out(self) -> Iterator[str]:
        """Yield what of the library the page does not show, counted."""
        library = self.library
        editions = len(library.editions()) - len(self.catalogues)
        if editions:
            yield f"{editions} of {count_phrase(len(library.editions()), 'edition')}"
        frameworks = len(library.frameworks()) - len(self.frameworks)
        if frameworks:
            yield f"{frameworks} of {count_phrase(len(library.frameworks()), 'framework')}, with their mappings"
        for edition in self.frameworks:
            if not self.shows_wording(edition):
                worded = sum(item.words is not None for item in library.framework(edition).controls)
                if worded:
                    yield f"the wording of {count_phrase(worded, 'element')} of {edition}"
        if self.assessments and not self.evidence:
            yield f"the evidence of {count_phrase(len(self.assessments), 'system')}"


def choose(  # noqa: PLR0913 -- the options of a page
    library: Library,
    *,
    editions: str | Iterable[EditionId | Name] | None,
    frameworks: str | Iterable[EditionId | Name] | None,
    assessments: Iterable[Assessment],
    on: Day | None,
    evidence: bool,
    wording: str | Iterable[EditionId | Name],
) -> Choice:
    """
    Return what a page shows, with all names resolved. Editions that assessments are about are always shown.

    Raises:
        UnknownEdition: there is no such edition or framework.
        TypeError: there are assessments, but no date.
    """
    about = tuple(assessments)
    if about and on is None:
        message = "on: a status is at a date, so assessments need one, such as '2026-11-30'"
        raise TypeError(message)
    known = library.editions()
    wanted = set(known) if editions is None else {library.catalogue(name).id for name in several(editions)}
    wanted |= {item.catalogue.id for item in about}
    every = tuple(item.id for item in library.frameworks())
    named = set(every) if frameworks is None else {library.framework(name).id for name in several(frameworks)}
    return Choice(
        library=library,
        catalogues=tuple(library.catalogue(edition) for edition in known if edition in wanted),
        frameworks=tuple(edition for edition in every if edition in named),
        assessments=about,
        on=on,
        evidence=evidence,
        wording=frozenset(library.framework(name).id for name in several(wording)),
    )


def page_data(choice: Choice) -> Plain:
    """Return everything that a page shows."""
    library, texts, guides = choice.library, Texts(), Guides()
    crosswalks = Crosswalks(library, texts)
    graphs = [library.graph(edition) for edition in choice.editions]
    found: Plain = {
        "version": metadata.version("aicop"),
        "digest": library.digest,
        "left_out": list(choice.left_out()),
        "words": _words(),
        "editions": [edition_data(item, guides) for item in choice.catalogues],
        "lineages": lineages_data(library, choice.catalogues, texts),
        "graphs": [graph_data(item, texts) for item in graphs],
        "matrices": [matrix_data(item) for item in choice.catalogues],
        "artefacts": {key: item for graph in graphs for key, item in artefacts_data(graph).items()},
        "threats": {item.key: to_plain(item) for one in choice.catalogues for item in one.threats},
        "frameworks": [
            framework_data(library.framework(edition), texts, wording=choice.shows_wording(edition))
            for edition in choice.frameworks
        ],
        "crosswalks": list(crosswalks.between(choice.editions, choice.frameworks)),
        "sets": list(crosswalks.sets({*choice.editions, *choice.frameworks})),
        "assessments": [
            assessment_data(item, library, choice.on, evidence=choice.evidence)
            for item in choice.assessments
            if choice.on is not None
        ],
    }
    # In the order in which what matches equally well is listed: the Code before other frameworks.
    entries = [entry for graph in graphs for entry in edition_entries(graph.catalogue, graph)]
    for edition in choice.frameworks:
        entries += framework_entries(library.framework(edition), wording=choice.shows_wording(edition))
    # Known once everything else has been gone through.
    return found | {
        "search": search_index(entries),
        "guides": guides.all,
        "mappings": crosswalks.mappings,
        "readings": crosswalks.readings,
        "texts": texts.all,
    }


def matrix_data(catalogue: Catalogue) -> Plain:
    """Return the responsibility matrix of an edition, in the words of `aicop.catalogue.ResponsibilityRow.words`."""
    rows = responsibility_matrix(catalogue).rows
    return {
        "edition": str(catalogue.id),
        "roles": [role.value for role in Role],
        "rows": [
            {
                "key": str(row.provision),
                "words": [list(row.words(role)) for role in Role],
                "others": list(row.other_words),
            }
            for row in rows
        ],
    }


def _words() -> dict[str, Any]:
    """Return the vocabularies in the order in which the page lists their terms."""
    return {
        "bands": BANDS,
        "band_of": bands(),
        "coverage": [item.value for item in Coverage],
        "modalities": [item.value for item in Modality],
        "roles": [item.value for item in Role],
        "states": STATES,
        "flags": FLAGS,
    }
