"""The description of a format, the options for reading a file, and the result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from aicop._notebook import shown
from aicop.errors import Fault
from aicop.frameworks.framework import Framework
from aicop.frameworks.registry import FrameworkRegistry
from aicop.model.converters import as_tuple
from aicop.model.mapping import Mapping as Row
from aicop.vocabulary import Predicate


def _predicates(items: Iterable[Predicate]) -> frozenset[Predicate]:
    return frozenset(items)


@shown
@attrs.frozen(kw_only=True, repr=False)
class Format:
    """The description of a format."""

    name: str
    """The name on the command line."""
    title: str
    """The full name, with the versions that are written."""
    suffix: str
    writes: tuple[str, ...] = attrs.field(converter=as_tuple[str, ...])
    """The objects that can be written: edition, framework, crosswalk, or some of these."""
    reads: tuple[str, ...] = attrs.field(converter=as_tuple[str, ...])
    """The objects that can be read: framework, crosswalk, or both; empty if the format is only written."""
    predicates: frozenset[Predicate] = attrs.field(converter=_predicates)
    """The predicates of mappings that it can express."""
    keeps: str
    """One line about the facts that survive a round trip, or that the file contains."""
    loses: tuple[str, ...] = attrs.field(converter=as_tuple[str, ...])
    """Phrases for the facts that it cannot express."""
    extra: str | None
    """The extra of aicop that is needed to read the format (to write it, if it is only written); None if none is."""
    renders_claims: bool = False
    """Whether it shows all claims of a crosswalk to readers, not only those that a row can express."""
    joint: bool = False
    """Whether it can express that several elements, taken together, are mapped."""
    own_columns: bool = False
    """Whether it keeps the user's own columns of a framework."""
    tables: bool = False
    """Whether it can write the tables of `aicop.interop.worksheets`."""
    versions: tuple[str, ...] = attrs.field(default=(), converter=as_tuple[str, ...])
    """The versions of the format that can be chosen; empty if there is only one."""
    resources: bool = False
    """Whether its files name frameworks, so that `ImportOptions.resources` can say which they are."""
    table_names: tuple[str, ...] = attrs.field(default=(), converter=as_tuple[str, ...])
    """The tables of `aicop.tables` of which a file holds one; empty if there is no choice."""
    everything: bool = False
    """Whether ``dumps()`` without an item writes all editions that ship into one file."""


@shown
@attrs.frozen(kw_only=True, repr=False)
class ImportResult:
    """The content of a file in another format, with a record of the dropped content."""

    format: str
    """The name of the format, with the version if the file states one."""
    frameworks: tuple[Framework, ...] = attrs.field(default=(), converter=as_tuple[Framework, ...])
    mappings: tuple[Row, ...] = attrs.field(default=(), converter=as_tuple[Row, ...])
    dropped: tuple[str, ...] = attrs.field(default=(), converter=as_tuple[str, ...])
    """Phrases that count the content that was not imported, such as ``1,036 parameters``."""
    unstated: tuple[str, ...] = attrs.field(default=(), converter=as_tuple[str, ...])
    """Phrases that count the facts that the file does not state, such as ``the confidence of 12 mappings``."""
    skipped: tuple[Fault, ...] = attrs.field(default=(), converter=as_tuple[Fault, ...])
    """The faults of the mappings that were left out, each with its place; see `ImportOptions.skip_invalid`."""


def _names(given: Mapping[str, str]) -> dict[str, str]:
    return dict(given)


def _lines(given: Iterable[int]) -> frozenset[int]:
    return frozenset(given)


def _registry(given: Iterable[Framework] | FrameworkRegistry) -> FrameworkRegistry:
    return FrameworkRegistry.from_frameworks(given)


@shown
@attrs.frozen(kw_only=True, repr=False)
class ImportOptions:
    """Options for reading a file: facts that the file may not state, and the frameworks in which ids are looked up."""

    framework: str | None = None
    """The key for a framework in the file; by default the aicop key in the file, or a key derived from the title."""
    edition: str | None = None
    """The label of its edition; by default the version in the file, or ``unknown``."""
    source: str | None = None
    """The framework of the sources of mappings, by key or edition; by default the one that the file states."""
    target: str | None = None
    """The framework of the targets of mappings, by key or edition; by default the one that the file states."""
    resources: Mapping[str, str] = attrs.field(factory=dict, converter=_names, hash=False)
    """
    The framework that each name in the file means, by key or edition.

    A name is what the format uses: an href in OSCAL, the resource in the table of compliance-trestle, the URN of a
    framework in CISO Assistant, a prefix in SSSOM, the beginning of IRIs in SSSOM and SKOS. These take precedence.
    *source* and *target* are for files that name one framework on that side, or one that aicop does not know.
    """
    frameworks: FrameworkRegistry = attrs.field(factory=FrameworkRegistry, converter=_registry)
    """Your own frameworks beside the shipped ones: those of a library, or a list."""
    skip_invalid: bool = False
    """
    Whether `aicop.interop.formats.loads` leaves out mappings with faults, instead of refusing the file.

    The faults are in `ImportResult.skipped`. Faults elsewhere, such as in the header, still refuse the file.
    """
    skip_lines: frozenset[int] = attrs.field(default=(), converter=_lines)
    """The lines of a table, or the rows of a workbook, that are not read; for the formats csv and trestle."""
