"""
Other catalogues, at the level of ids, hierarchy and short titles; and an edition of the Code seen as one of them.

All are looked up alike: by id, by written key, by the bare id, and by the forms that `aicop.parse` reads.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar, overload

import attrs

from aicop.catalogue.shipped import load as load_edition
from aicop.errors import Fault, InvalidDocument, Mistake, UnknownEdition, UnknownKey
from aicop.files.tables import Sheet
from aicop.ids import ControlId, EditionId, Key, StatementId
from aicop.keys.control_index import ControlIndex, editions_named, folded, rows_of
from aicop.keys.parser import parse
from aicop.manifest import edition_id, editions, framed
from aicop.model.framework import Control, FrameworkEdition
from aicop.model.from_data import control, framework_edition
from aicop.schema.hierarchy import hierarchy_faults
from aicop.spelling import clean
from aicop.vocabulary import ASKING, FrameworkStatus, Nature

if TYPE_CHECKING:
    from aicop.catalogue.catalogue import Catalogue
    from aicop.model.edition import Provision, Statement

T = TypeVar("T")
DEEPEST = 20
"""How many levels a framework that a user brings may have."""
DIGITS = 16
"""Hexadecimal digits of a digest."""


@attrs.frozen(repr=False, eq=False)
class Framework(Mapping[Key, Control]):
    """
    One edition of a framework.

    A mapping from id to `Control` in the publisher's order, without what was withdrawn.

    >>> load("nist-csf")["PR.DS-01"].kind
    'subcategory'
    """

    edition: FrameworkEdition
    withdrawn: tuple[Control, ...]
    """What the publisher withdrew, in its order."""
    _controls: dict[Key, Control]
    _apart: frozenset[str]
    _find: Callable[[str], Key]
    _unions: bool
    _written: dict[str, Key] = attrs.field(init=False)
    _children: dict[Key, tuple[Key, ...]] = attrs.field(init=False)
    _places: dict[Key, int] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        children: dict[Key, list[Key]] = {}
        for item in self._controls.values():
            if item.parent is not None:
                children.setdefault(item.parent, []).append(item.id)
        object.__setattr__(self, "_written", {str(key): key for key in self._controls})
        object.__setattr__(self, "_places", {key: place for place, key in enumerate(self._controls)})
        object.__setattr__(self, "_children", {key: tuple(items) for key, items in children.items()})

    def __repr__(self) -> str:
        kinds: dict[str, int] = {}
        for item in self._controls.values():
            kinds[item.kind] = kinds.get(item.kind, 0) + 1
        return f"<Framework {self.id}: {', '.join(f'{count} {kind}' for kind, count in kinds.items())}>"

    @property
    def id(self) -> EditionId:
        """The edition's id."""
        return self.edition.id

    def __iter__(self) -> Iterator[Key]:
        return iter(self._controls)

    def __len__(self) -> int:
        return len(self._controls)

    def key(self, written: Key | str) -> Key:
        """
        Give the id that is written so.

        Raises:
            UnknownKey: it is not in this edition; the error says what was likely meant.
        """
        if not isinstance(written, str):
            if written in self._controls:
                return written
            written = str(written)
        if (known := self._written.get(written) or self._written.get(f"{self.id}:{written}")) is not None:
            return known
        found = self._find(written)
        if found not in self._controls:
            advice = f"{found} is of {found.edition}, and this is {self.id}."
            raise UnknownKey(written, Mistake.OTHER_EDITION, advice)
        return found

    def __getitem__(self, written: Key | str) -> Control:
        """
        Give an element.

        Raises:
            UnknownKey: it is not in this edition; the error says what was likely meant.
        """
        return self._controls[self.key(written)]

    @overload
    def get(self, key: Key | str, default: None = None, /) -> Control | None: ...
    @overload
    def get(self, key: Key | str, default: Control | T, /) -> Control | T: ...
    def get(self, key: Key | str, default: Control | T | None = None, /) -> Control | T | None:
        """Give an element, or *default* where there is none."""
        try:
            return self[key]
        except UnknownKey:
            return default

    @property
    def controls(self) -> tuple[Control, ...]:
        """The elements, in the publisher's order."""
        return tuple(self._controls.values())

    def children(self, key: Key | str) -> tuple[Control, ...]:
        """
        Give what is printed directly under an element, in order.

        Raises:
            UnknownKey: it is not in this edition.
        """
        return tuple(self._controls[item] for item in self._children.get(self.key(key), ()))

    def title(self, key: Key) -> str | None:
        """Give the title of an element; of a statement that of its provision; None where there is none."""
        item = self._controls[key]
        if item.title is None and item.kind == "statement" and item.parent is not None:
            return self._controls[item.parent].title
        return item.title

    def place(self, key: Key) -> int:
        """Give the place of an element in the publisher's order, from 0."""
        return self._places[key]

    def whole(self, key: Key) -> Key | None:
        """
        Give what an element is a part of: who does all of the whole does the part. None where there is no such whole.

        Mostly its parent. An enhancement is no part of the control that it is printed under, and a sub-provision no
        part of the provision above it: they are parts of the family and of the principle.
        """
        item = self._controls[key]
        above = self._controls.get(item.parent) if item.parent is not None else None
        if above is not None and item.kind in self._apart:
            above = self._controls.get(above.parent) if above.parent is not None else None
        return above.id if above is not None and above.nature in ASKING else None

    def wholes(self) -> dict[Key, Key]:
        """Give what each element is a part of, for all that are a part of something."""
        found = {key: self.whole(key) for key in self._controls}
        return {key: above for key, above in found.items() if above is not None}

    @property
    def full(self) -> frozenset[Key]:
        """The wholes that are nothing but the union of their parts: provisions of statements, principles of these."""
        return frozenset(self.wholes().values()) if self._unions else frozenset()

    def of_kind(self, *kinds: str) -> tuple[Key, ...]:
        """Give the ids of all elements of these kinds, in order."""
        return tuple(item.id for item in self._controls.values() if item.kind in kinds)


def digest(item: Control) -> str:
    """
    Give the digest of what can be judged of an element: its title and our own words; its bare id where it has neither.

    The first `DIGITS` hexadecimal digits of SHA-256. A mapping records it for both sides; when the element says
    something else than it did, the two differ and the mapping is suspect. An element that only moved keeps it.
    """
    text = f"{item.title or ''}\n{item.words or ''}" if item.title or item.words else bare(item.id)
    return sha256(text.encode()).hexdigest()[:DIGITS]


def bare(key: Key) -> str:
    """Give the written form of an id without its edition."""
    return str(key).partition(":")[2]


def known() -> tuple[FrameworkEdition, ...]:
    """List the editions of frameworks that can be loaded, those of one framework together, the current one first."""
    return tuple(framework_edition(item.data) for item in framed())


def load(framework: EditionId | str) -> Framework:
    """
    Load a framework by key, name or edition; an edition of the Code too.

    >>> load("ISO 42001")
    <Framework iso-iec-42001@2023: 43 clause, 11 objective, 38 control>

    Raises:
        UnknownEdition: there is none.
    """
    wanted = str(framework)
    if found := editions_named(wanted):
        return _listed(found[0].id)
    try:
        edition = edition_id(wanted)
    except UnknownEdition as error:
        keys = dict.fromkeys([*error.known, *(str(item.id) for item in framed())])
        raise UnknownEdition(wanted, tuple(keys), error.advice) from None
    return _of_shipped(edition)


def _finder(index: ControlIndex) -> Callable[[str], Key]:
    """Give the reader of what people write for an element of a listed framework."""

    def found(written: str) -> Key:
        cleaned = clean(written)
        for head in (f"{index.edition}:", f"{index.edition.document}:"):
            if cleaned.startswith(head):
                return index.find(cleaned.removeprefix(head), written)
        if index.of(cleaned) is not None or all(item.id != index.edition for item in framed()):
            return index.find(cleaned, written)
        return parse(written, index.edition)

    return found


@functools.cache
def _of_shipped(edition: EditionId) -> Framework:
    return _seen(load_edition(edition))


@functools.cache
def _listed(edition: EditionId) -> Framework:
    entry = next(item for item in framed() if item.id == edition)
    rows = rows_of(edition)
    records = [control(row, edition, entry.data["natures"]) for row in rows]
    return Framework(
        framework_edition(entry.data),
        tuple(item for item in records if item.withdrawn),
        {item.id: item for item in records if not item.withdrawn},
        frozenset(entry.data.get("apart", ())),
        _finder(ControlIndex.from_rows(edition, rows)),
        unions=False,
    )


def _said(said: Statement) -> str:
    return f"{said.who} {said.modality} {said.action}{f', when {said.condition}' if said.condition else ''}"


def _of_provision(item: Provision) -> Iterator[Control]:
    words = [_said(said) for said in item.statements]
    part = "provision" if item.parent is None else "sub-provision"
    yield Control(
        id=item.id,
        parent=item.principle if item.parent is None else item.parent,
        kind=part,
        nature=Nature.REQUIREMENT,
        title=item.title,
        words=". ".join(words),
    )
    for said, text in zip(item.statements, words, strict=True):
        key = StatementId(item.id, said.ordinal)
        yield Control(id=key, parent=item.id, kind="statement", nature=Nature.REQUIREMENT, title=None, words=text)


def _of_edition(catalogue: Catalogue) -> Iterator[Control]:
    for phase in catalogue.phases:
        yield Control(id=phase.id, parent=None, kind="phase", nature=Nature.STAGE, title=phase.title)
        for principle in catalogue.principles:
            if principle.phase == phase.id:
                yield Control(
                    id=principle.id,
                    parent=phase.id,
                    kind="principle",
                    nature=Nature.REQUIREMENT,
                    title=principle.title,
                )
                for item in catalogue.values():
                    if item.principle == principle.id:
                        yield from _of_provision(item)
    for holder in catalogue.stakeholders:
        key = ControlId(catalogue.id, holder.role)
        yield Control(id=key, parent=None, kind="role", nature=Nature.ROLE, title=holder.role, words=holder.definition)


def of(catalogue: Catalogue) -> Framework:
    """
    See an edition as a framework: phases, principles, provisions, statements and roles.

    A statement is a part of its provision, a provision of its principle; a phase is a stage and has no parts.
    """
    if catalogue.id in editions() and load_edition(catalogue.id) is catalogue:
        return _of_shipped(catalogue.id)
    return _seen(catalogue)


def _seen(catalogue: Catalogue) -> Framework:
    edition = catalogue.edition
    facts = FrameworkEdition(
        id=edition.id,
        title=edition.title,
        publisher=edition.publisher,
        published=edition.published,
        status=FrameworkStatus(edition.status.value),
        licence=edition.licence,
        licence_class=None,
        address=edition.address,
        ids_official=True,
        titles="those of provisions are ours",
        complete=True,
        note=None,
        source=edition.source,
    )
    controls = {item.id: item for item in _of_edition(catalogue)}
    return Framework(facts, (), controls, frozenset({"sub-provision"}), catalogue.find, unions=True)


def _spelling_faults(controls: Iterable[dict[str, str]], file: str, place: Place) -> Iterator[Fault]:
    """Yield ids that differ only in what people spell either way, so that none of them could be found."""
    seen: dict[str, str] = {}
    for i, item in enumerate(controls):
        known = seen.setdefault(folded(item["id"]), item["id"])
        if known != item["id"]:
            yield Fault(file, place(i, "id"), f"{item['id']} differs from {known} only in case, separators or zeros")


def loads(content: bytes | str, file: str = "<text>.json", **facts: str) -> Framework:
    r"""
    Read a framework that a user brings: another standard, or an organisation's own control library.

    *file* ends in ``.json``, ``.tsv`` or ``.csv``. A table has the columns ``id``, ``kind`` and, where wanted,
    ``parent``, ``title`` and ``nature``; the framework's own key, edition and title are then given in *facts*. Without
    a nature, an element is a requirement.

    >>> loads("id,kind\nA-1,control\n", "own.csv", framework="own", edition="1", title="Our controls")["A-1"].kind
    'control'

    Raises:
        InvalidDocument: with all faults of form; or with every repeated id, missing parent and circle, all ids that
            differ only in spelling, and an edition that ships already.
    """
    from aicop.schema.check import check_framework

    data = check_framework(content, file, **facts)
    place = _items if file.lower().endswith(".json") else _lines(content, file)
    edition = EditionId(data["framework"], data["edition"])
    if edition in {*editions(), *(item.id for item in framed())}:
        said = f"{edition} ships with this library; give yours another key or edition"
        raise InvalidDocument.from_faults((*_list_faults(data, file, place), Fault(file, "framework", said)))
    return of_list(data, file, place)


Place = Callable[[int, str], str]
"""Where a field of an element is, given its place in the list from 0 and the field's name."""


def _lines(content: bytes | str, file: str) -> Place:
    """Tell an element of a table by its line."""
    lines: list[int] = []

    def place(number: int, _: str) -> str:
        if not lines:
            lines.extend(line for line, _ in Sheet(content, file).rows())
        return f"line {lines[number]}"

    return place


def _items(place: int, field: str) -> str:
    return f"controls[{place}].{field}"


def _list_faults(data: dict[str, Any], file: str, place: Place) -> Iterator[Fault]:
    rows = (
        (item["id"], item.get("parent"), place(i, "id"), place(i, "parent")) for i, item in enumerate(data["controls"])
    )
    yield from hierarchy_faults(rows, file, "control")
    yield from _spelling_faults(data["controls"], file, place)


def _depth_faults(data: dict[str, Any], file: str, place: Place) -> Iterator[Fault]:
    """Yield elements that stand deeper than any hierarchy goes that people made, in one that has no circle."""
    parents = {item["id"]: item.get("parent") for item in data["controls"]}
    depths: dict[str | None, int] = {None: 0}
    for i, item in enumerate(data["controls"]):
        trail = []
        step: str | None = item["id"]
        while step not in depths:
            trail.append(step)
            step = parents[step]
        depths.update(zip(reversed(trail), itertools.count(depths[step] + 1), strict=False))
        if depths[item["id"]] == DEEPEST + 1:
            yield Fault(file, place(i, "parent"), f"stands more than {DEEPEST} levels deep")


def of_list(data: dict[str, Any], file: str, place: Place, found: Iterable[Fault] = ()) -> Framework:
    """
    Make a framework of plain data that is as `aicop.schema.framework.FrameworkDocument` says.

    *found* is what is wrong with its file already.

    Raises:
        InvalidDocument: with that, every repeated id, missing parent and circle, and all ids that differ only in
            spelling; or with what stands too deep.
    """
    if faults := (*found, *_list_faults(data, file, place)) or tuple(_depth_faults(data, file, place)):
        raise InvalidDocument.from_faults(faults)
    edition = EditionId(data["framework"], data["edition"])
    natures = {item["kind"]: Nature.REQUIREMENT for item in data["controls"]}
    controls = [control(item, edition, natures) for item in data["controls"]]
    index = ControlIndex.from_rows(edition, data["controls"])
    items = {item.id: item for item in controls}
    return Framework(framework_edition(data), (), items, frozenset(), _finder(index), unions=False)
