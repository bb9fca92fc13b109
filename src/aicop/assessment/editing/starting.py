"""Start the assessment of a system: its folder, with its facts and empty tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aicop.assessment.files.parsing import EVIDENCE, FOLDER, SYSTEM, VERDICTS, system_from
from aicop.assessment.files.reader import load, load_all
from aicop.assessment.files.tables import dumps_evidence, dumps_verdicts
from aicop.errors import LibraryWithoutFolder, reject
from aicop.files.atomic import write_set
from aicop.spelling import several

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from aicop.applicability.facts import Fact
    from aicop.assessment.assessment import Assessment
    from aicop.catalogue.catalogue import Catalogue
    from aicop.ids import EditionId
    from aicop.library.library import Library
    from aicop.vocabulary import Role

_HEAD = (
    "# The facts about an assessment: a system, the edition that it is assessed against, and the roles that are held.\n"
)


def start(  # noqa: PLR0913 -- the facts about a system
    library: Library,
    system: str,
    *,
    edition: EditionId | str = "uk-ai-cop",
    roles: str | Iterable[Role | str] = (),
    facts: str | Iterable[Fact | str] = (),
    title: str | None = None,
    owner: str | None = None,
    unit: str | None = None,
    inherits: str | Iterable[str] = (),
) -> Assessment:
    """
    Write the folder of a new assessment into the folder of a library, ``assessments/<system>/``, and return it.

    *system* is its name, in lower case. Without *roles*, these follow from *facts* about the organisation; see
    `aicop.applicability.applicability`. The title is by default made from the name. Nothing is overwritten.

    Raises:
        LibraryWithoutFolder: the library has no folder.
        UnknownEdition: there is no such edition.
        UnknownTerm: there is no such role or fact.
        UnknownSystem: the library has no assessment of a system to inherit from.
        InvalidDocument: with all faults: no role is named and none follows from the facts, the name is not in lower
            case, a system to inherit from is assessed against another edition.
        FileAlreadyExists: the library has an assessment of this system.
        OSError: a file cannot be written; then none is.
    """
    if library.folder is None:
        raise LibraryWithoutFolder
    catalogue = library.catalogue(edition)
    file = f"{FOLDER}/{system}/{SYSTEM}"
    held, given = _roles(catalogue, several(roles), several(facts), file)
    data = {
        "system": system,
        "title": title if title is not None else system.replace("-", " ").capitalize(),
        "owner": owner,
        "unit": unit,
        "edition": str(catalogue.id),
        "roles": held,
        "facts": given,
        "inherits": list(several(inherits)),
    }
    data = {name: value for name, value in data.items() if value not in (None, [])}
    wanted = system_from(data, file)
    for base in load_all(library, wanted.inherits, check_files=False):
        if base.catalogue.id != catalogue.id:
            said = (
                f"{base.system.name} is assessed against {base.catalogue.id}, not {catalogue.id}; upgrade one of them"
            )
            reject(file, "inherits", said)
    home: Path = library.folder / FOLDER / system
    texts = {SYSTEM: _HEAD + _toml(data), VERDICTS: dumps_verdicts(()), EVIDENCE: dumps_evidence(())}
    write_set({home / name: text.encode() for name, text in texts.items()})
    return load(library, system)


def _roles(
    catalogue: Catalogue, roles: tuple[Role | str, ...], facts: tuple[Fact | str, ...], file: str
) -> tuple[list[str], list[str]]:
    """Return the roles that are held, named or following from the facts, and the facts."""
    # Imported here, because most assessments are read and not started.
    from aicop.applicability.roles import applicability
    from aicop.vocabulary import Role, term

    answer = applicability(catalogue, facts) if facts else None
    given = [] if answer is None else [fact.value for fact in answer.facts]
    if roles:
        named = {term(Role, role) for role in roles}
        return [role.value for role in Role if role in named], given
    if answer is None:
        reject(file, "roles", "no roles are named; name those that are held, or facts from which they follow")
    if not answer.roles:
        said = f"no role follows from the facts {', '.join(given)}, so that the edition does not apply"
        reject(file, "roles", f"{said}; name the roles if it should be assessed all the same")
    return [holding.role.value for holding in answer.roles], given


def _toml(data: dict[str, Any]) -> str:
    """Return plain data as TOML, whose strings are written as in JSON."""
    return "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in data.items())
