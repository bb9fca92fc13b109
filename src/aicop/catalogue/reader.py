"""Read the edition files of users."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.catalogue.shipped import build_with_guide
from aicop.errors import Fault, InvalidDocument
from aicop.manifest import guides

if TYPE_CHECKING:
    from aicop.catalogue.catalogue import Catalogue


def loads(content: bytes | str, file: str = "<text>") -> Catalogue:
    """
    Parse an edition file and return its catalogue.

    The format is described in ``docs/reference/data-format.md``. The ``guidance`` of the file may name a guide that
    ships; provisions can then refer to entries of that guide. *file* names the document in faults.

    Raises:
        InvalidDocument: with all violations of the schema or, if there are none, with all inconsistencies.
    """
    # Imported here, like everywhere else, so that users who only load shipped data never import pydantic.
    from aicop.schema.check import check_json
    from aicop.schema.edition import EditionSchema

    data = check_json(EditionSchema, content, file)
    if data.get("guidance") not in {None, *guides()}:
        raise InvalidDocument.from_faults(
            (Fault(file, "guidance", f"no such guide ships with aicop; use one of: {', '.join(guides())}"),)
        )
    return build_with_guide(data, file)
