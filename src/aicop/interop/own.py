"""
The JSON of aicop's own: an edition or a framework, as it stands in a folder of a library.

`FORMAT` lists the facts that are lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.catalogue.writer import dumps as edition_text
from aicop.errors import reject
from aicop.frameworks.framework import Framework
from aicop.frameworks.reader import of_list
from aicop.frameworks.writer import dumps as framework_text
from aicop.interop.common.format import Format, ImportOptions, ImportResult

if TYPE_CHECKING:
    from aicop.catalogue.catalogue import Catalogue
    from aicop.interop.common.protocol import Sample

FORMAT = Format(
    name="aicop",
    title="aicop's own JSON of an edition or a framework, for the folder of a library",
    suffix=".json",
    writes=("edition", "framework"),
    reads=("framework",),
    predicates=(),
    keeps="all of an edition; of a framework, all elements with aliases, notes on later changes and the user's own "
    "columns, key, edition, title and publisher",
    loses=("the withdrawn elements of a framework", "the licence, dates, status and notes of a framework"),
    extra=None,
    own_columns=True,
)
_FIELDS = frozenset({"framework", "edition", "controls"})
"""The fields of every framework."""
_EDITION_FIELDS = (frozenset({"document", "edition", "phases"}), frozenset({"document", "edition", "based_on"}))
"""The fields of every edition that is complete in itself, and of every derived one."""


def recognises(sample: Sample) -> bool:
    """Return True for a JSON object with the fields that every framework or edition of this format has."""
    return any(sample.fields.keys() >= fields for fields in (_FIELDS, *_EDITION_FIELDS))


def dumps(item: Catalogue | Framework) -> str:
    """
    Write an edition or a framework as JSON.

    >>> from aicop.frameworks import load
    >>> dumps(load("stride")).splitlines()[1]
    '  "framework": "stride",'
    """
    return framework_text(item) if isinstance(item, Framework) else edition_text(item)


def loads(content: bytes | str, file: str = "<text>.json", options: ImportOptions = ImportOptions()) -> ImportResult:
    """
    Parse a framework; *options* may give it another key and edition.

    Raises:
        InvalidId: the key or label that *options* gives to the framework is malformed.
        InvalidDocument: with all faults, each with its place; or the file is an edition, which
            `aicop.catalogue.loads` reads.
    """
    # Imported here because only reading needs pydantic, which is slow to import.
    from aicop.files.json_text import parse_json
    from aicop.interop.common.naming import edition_for
    from aicop.schema.check import check_object
    from aicop.schema.framework import FrameworkSchema

    value = parse_json(content, file)
    if isinstance(value, dict) and any(value.keys() >= fields for fields in _EDITION_FIELDS):
        advice = "put it into the folder editions of a library, or read it with aicop.catalogue.loads"
        reject(file, "", f"is an edition and not a framework; {advice}")
    data = check_object(FrameworkSchema, value, file)
    edition = edition_for(options, "", None, f"{data['framework']}@{data['edition']}")
    named = data | {"framework": edition.document, "edition": edition.label}
    return ImportResult(
        format=FORMAT.name, frameworks=(of_list(named, file, lambda index, field: f"controls[{index}].{field}"),)
    )
