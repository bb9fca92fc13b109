"""Read the edition files of users."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from aicop.catalogue.derived import build_derived
from aicop.catalogue.faults import edition_faults
from aicop.catalogue.shipped import build_with_guide, guide_data
from aicop.catalogue.shipped import load as load_shipped
from aicop.errors import Fault, InvalidDocument, UnknownEdition, reject
from aicop.files.source import content_of
from aicop.ids import EditionId
from aicop.manifest import editions, framework_entries, guides

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from aicop.catalogue.catalogue import Catalogue
    from aicop.files.source import Source


def loads(source: Source, file: str | None = None, *, load: Callable[[str], Catalogue] = load_shipped) -> Catalogue:
    """
    Parse an edition file and return its catalogue.

    *source* is its content as text or bytes, a path, an open file, or the same as a dict, such as ``json.load``
    returns. The format is described in ``docs/reference/data-format.md``. The ``guidance`` of the file may name a guide
    that ships; provisions can then refer to entries of that guide. A file with the field ``based_on`` is a derived
    edition: *load* returns the catalogue of its base, and raises `UnknownEdition` if there is none. *file* names the
    document in faults; the default is the name of the path or open file.

    Raises:
        InvalidDocument: with all violations of the schema or, if there are none, with all inconsistencies.
        OSError: the file cannot be read.
    """
    # Imported here, like everywhere else, so that users who only load shipped data never import pydantic.
    from aicop.files.json_text import parse_json
    from aicop.schema.check import check_object
    from aicop.schema.edition import DerivedEditionSchema, EditionSchema

    content, file, _ = content_of(source, file)
    if not isinstance(content, str | bytes):
        reject(file, "", "must be a JSON object, not the rows of a table")
    value = parse_json(content, file)
    if isinstance(value, dict) and "based_on" in value:
        data = check_object(DerivedEditionSchema, value, file)
        early = [*_taken_id(data, file)]
        base = _base(data, file, load)
        if isinstance(base, Fault):
            raise InvalidDocument.from_faults((*early, base))
        build: Callable[[], Catalogue] = functools.partial(build_derived, data, base, file)
    else:
        data = check_object(EditionSchema, value, file)
        early = [*_taken_id(data, file)]
        if data.get("guidance") not in {None, *guides()}:
            problem = f"no such guide ships with aicop; use one of: {', '.join(guides())}"
            raise InvalidDocument.from_faults((*early, Fault(file, "guidance", problem)))
        build = functools.partial(_build_checked, data, file)
    try:
        built = build()
    except InvalidDocument as error:
        if not early:
            raise
        raise InvalidDocument.from_faults((*early, *error.faults)) from error
    if early:
        raise InvalidDocument.from_faults(tuple(early))
    return built


def _build_checked(data: dict[str, Any], file: str) -> Catalogue:
    """Build a catalogue; raise InvalidDocument with every inconsistency, since building relies on valid references."""
    guide = data.get("guidance")
    entries = {item["number"] for item in guide_data(guide)["entries"]} if guide is not None else set()
    if faults := tuple(edition_faults(data, file, entries)):
        raise InvalidDocument.from_faults(faults)
    return build_with_guide(data)


def _taken_id(data: dict[str, Any], file: str) -> Iterator[Fault]:
    """Yield a fault if an edition or framework with this id ships."""
    own = EditionId(data["document"], data["edition"])
    if own in {*editions(), *(item.id for item in framework_entries())}:
        yield Fault(file, "document", f"{own} ships with aicop; use another document key or another edition")


def _base(data: dict[str, Any], file: str, load: Callable[[str], Catalogue]) -> Catalogue | Fault:
    """Return the base of a derived edition, or the fault if it cannot be loaded."""
    if data["based_on"] == f"{data['document']}@{data['edition']}":
        return Fault(file, "based_on", "an edition cannot be based on itself")
    try:
        return load(data["based_on"])
    except UnknownEdition as error:
        return Fault(file, "based_on", str(error))
    except Fault as fault:
        return fault
