"""What a format is, what was read of a file in it, and what a reader is told beside the file."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from aicop.frameworks.framework import Framework
from aicop.model.converters import as_tuple
from aicop.model.mapping import Mapping as Row
from aicop.vocabulary import Predicate


def _predicates(items: Iterable[Predicate]) -> frozenset[Predicate]:
    return frozenset(items)


@attrs.frozen(kw_only=True)
class Format:
    """What is known of a format."""

    name: str
    """As the command line has it."""
    title: str
    """With the versions that are written."""
    suffix: str
    writes: tuple[str, ...] = attrs.field(converter=as_tuple)
    """Of edition, framework and crosswalk, what it can hold."""
    reads: tuple[str, ...] = attrs.field(converter=as_tuple)
    """Of framework and crosswalk, what is read of it; empty where it is only written."""
    predicates: frozenset[Predicate] = attrs.field(converter=_predicates)
    """What mappings may say in it."""
    keeps: str
    """One line: what comes back as it was, or can be found in the file."""
    loses: tuple[str, ...] = attrs.field(converter=as_tuple)
    """What it cannot hold."""
    extra: str | None
    """The extra of this package that is needed to read it, or to write what is only written; None for none."""
    renders_claims: bool = False
    """Whether it writes all claims of a crosswalk for the eye, not only what a row can say."""
    tables: bool = False
    """Whether it writes any table of `aicop.interop.worksheets`."""
    versions: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    """The versions of the format that can be chosen; empty where there is no choice."""
    everything: bool = False
    """Whether it can be written of all editions that ship at once, by ``dumps()``."""


@attrs.frozen(kw_only=True)
class ImportResult:
    """What was understood of a file in another format, and what it holds beyond that."""

    format: str
    """The name of the format, with the version that the file states, if any."""
    frameworks: tuple[Framework, ...] = attrs.field(default=(), converter=as_tuple)
    mappings: tuple[Row, ...] = attrs.field(default=(), converter=as_tuple)
    dropped: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    """What the file holds and aicop does not, counted and in words: ``1,036 parameters``."""
    unstated: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    """What the file does not say and was left open, in words: ``the confidence of 12 mappings``."""


@attrs.frozen(kw_only=True)
class ImportOptions:
    """What a reader is told beside the file: what it cannot say itself, and what its ids mean."""

    framework: str | None = None
    """The key that a framework in the file gets; by default the one that it states as ours, or its title as a key."""
    edition: str | None = None
    """The label of its edition; by default its version, or ``unknown``."""
    source: str | None = None
    """The framework, by key or edition, to which the sources of mappings belong; by default as the file says."""
    target: str | None = None
    """The same for their targets."""
    frameworks: tuple[Framework, ...] = attrs.field(default=(), converter=as_tuple)
    """A user's own, in which ids are looked up before what ships."""
