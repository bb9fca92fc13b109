"""
The JSON of aicop's own: a framework, as it stands in the folder ``frameworks`` of a library.

`FORMAT` lists the facts that are lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.frameworks.reader import of_list
from aicop.frameworks.writer import dumps as framework_text
from aicop.interop.common.format import Format, ImportOptions, ImportResult

if TYPE_CHECKING:
    from aicop.frameworks.framework import Framework
    from aicop.interop.common.protocol import Sample

FORMAT = Format(
    name="aicop",
    title="aicop's own JSON of a framework, for the folder of a library",
    suffix=".json",
    writes=("framework",),
    reads=("framework",),
    predicates=(),
    keeps="all elements, with aliases, notes on later changes and the user's own columns; key, edition, title and "
    "publisher",
    loses=("the withdrawn elements of a framework", "the licence, dates, status and notes of a framework"),
    extra=None,
    own_columns=True,
)
_FIELDS = frozenset({"framework", "edition", "controls"})
"""The fields that every file has."""


def recognises(sample: Sample) -> bool:
    """Return True for a JSON object with the fields that every file of this format has."""
    return sample.fields.keys() >= _FIELDS


def dumps(item: Framework) -> str:
    """
    Write a framework as JSON.

    >>> from aicop.frameworks import load
    >>> dumps(load("stride")).splitlines()[1]
    '  "framework": "stride",'
    """
    return framework_text(item)


def loads(content: bytes | str, file: str = "<text>.json", options: ImportOptions = ImportOptions()) -> ImportResult:
    """
    Parse a framework; *options* may give it another key and edition.

    Raises:
        InvalidId: the key or label that *options* gives to the framework is malformed.
        InvalidDocument: with all faults, each with its place.
    """
    # Imported here because only reading needs pydantic, which is slow to import.
    from aicop.interop.common.naming import edition_for
    from aicop.schema.check import check_json
    from aicop.schema.framework import FrameworkSchema

    data = check_json(FrameworkSchema, content, file)
    edition = edition_for(options, "", None, f"{data['framework']}@{data['edition']}")
    named = data | {"framework": edition.document, "edition": edition.label}
    return ImportResult(
        format=FORMAT.name, frameworks=(of_list(named, file, lambda index, field: f"controls[{index}].{field}"),)
    )
