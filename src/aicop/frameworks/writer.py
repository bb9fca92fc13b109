"""Write frameworks as JSON, and their elements as tables; `aicop.frameworks.loads` reads both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.files.json_text import dump_json
from aicop.files.tables import csv_text, tsv_text
from aicop.frameworks.own_columns import COLUMNS, OPTIONAL, own_heading, own_names
from aicop.model.framework import ALIAS_SEPARATOR

if TYPE_CHECKING:
    from aicop.frameworks.framework import Framework
    from aicop.model.framework import Control


def _cells(item: Control) -> dict[str, str | None]:
    return {
        "id": item.id.local,
        "parent": None if item.parent is None else item.parent.local,
        "kind": item.kind,
        "title": item.title,
        "nature": item.nature.value,
        "words": item.words,
        "amended": item.amended,
    }


def dumps(item: Framework) -> str:
    """
    Return a framework as JSON that `aicop.frameworks.loads` reads.

    Withdrawn elements are not written. The only facts about the edition that are written are its key, title and
    publisher.
    """
    facts = {
        "framework": item.id.document,
        "edition": item.id.label,
        "title": item.edition.title,
        "publisher": item.edition.publisher,
    }
    # Absent fields are left out rather than written as null.
    controls = [
        {name: value for name, value in _cells(one).items() if value is not None}
        | ({"aliases": list(one.aliases)} if one.aliases else {})
        | ({"extra": dict(one.extra)} if one.extra else {})
        for one in item.controls
    ]
    return dump_json({name: value for name, value in facts.items() if value is not None} | {"controls": controls})


def own_columns(item: Framework) -> tuple[str, ...]:
    """Return the names of the user's own columns, in the order in which the elements first use them."""
    return own_names(item.controls)


def dumps_table(item: Framework, *, separator: str = ",") -> str:
    r"""
    Return the elements of a framework as a table with all columns, including the user's own.

    The table is CSV or, if *separator* is a tab, TSV, in which line breaks and tabs in cells become spaces.
    `aicop.frameworks.loads` reads it; it does not contain the key, edition, title and publisher, nor the withdrawn
    elements. An own column that is called like one of aicop's gets `` (own)`` added to its name.

    >>> from aicop.frameworks import load
    >>> print(dumps_table(load("stride"), separator="\t").splitlines()[1])
    Spoofing		threat_category	Spoofing	risk

    Raises:
        ValueError: the separator is neither a comma nor a tab.
    """
    if separator not in {",", "\t"}:
        message = f"the separator is {separator!r}; use a comma or a tab"
        raise ValueError(message)
    own = own_columns(item)
    columns = (*COLUMNS, *(name for name in OPTIONAL if any(getattr(one, name) for one in item.controls)))
    header = [*columns, *map(own_heading, own)]
    rows = []
    for one in item.controls:
        cells = _cells(one) | {"aliases": ALIAS_SEPARATOR.join(one.aliases)}
        extra = dict(one.extra)
        rows.append([*(cells[name] or "" for name in columns), *(extra.get(name, "") for name in own)])
    return (tsv_text if separator == "\t" else csv_text)([header, *rows])
