"""
Parse keys of provisions, principles, phases and statements as people write them.

Parsing is tolerant about form and exact about existence; see `aicop.keys.parser.parse`. The index of an edition is
built from its plain data, so that the same rules apply to a user's own catalogue as to the shipped ones.
"""

from __future__ import annotations

import functools
import re

from aicop.errors import KeyMistake, UnknownEdition, UnknownKey, excerpt
from aicop.ids import (
    ControlId,
    EditionId,
    Key,
    PhaseId,
    PrincipleId,
    ProvisionId,
    StatementId,
    split_edition,
    split_key,
    split_label,
)
from aicop.keys.control_index import control_index, editions_named, find_control
from aicop.keys.diagnosis import explain_number, keys_of, other_edition_with, respell, unknown_document
from aicop.keys.edition_index import Index, index
from aicop.manifest import DocumentEntry, document_before, document_entries, editions, resolve_edition
from aicop.spelling import clean, close, odd_character
from aicop.vocabulary import Role, known_term

# Patterns are kept as text until they are used, because compiling them would cost as much as importing the module.
_DATE = r"\((?:[A-Za-z]+ )?[0-9]{4}(?:-[0-9]{2})?\)"
_LABEL = (
    r"\(?(?i:@\s*v?(?=[0-9A-Za-z])|v(?:ersion)?\s*(?=[0-9]))([0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*)\)?"
    rf"(?:\s*{_DATE})?"
)
_WORDED = (
    r"(?i:provisions?|requirements?|principles?|(?:sub-?)?clauses?|sections?|(?:cl|sect?)\b\.?(?=\s*[0-9])|§+"
    r"|phases?|no\.?|p(?=\s*[0-9]))\s*"
)
# The kinds of words in front of a number, by the beginning of the word.
_CLAUSE_WORDS = ("clause", "cl", "sub", "sec", "§")
_NUMBER = r"[0-9]+(?:\.[0-9]+)*(?:\s*-\s*[0-9]+(?:\.[0-9]+)*)?"
_CANONICAL = r"([A-Za-z][A-Za-z0-9 _-]*?)(?:@([0-9A-Za-z.-]+))?:(.+)"

_STAKEHOLDERS = frozenset(Role) - {Role.ORGANISATION}


@functools.cache
def _heads() -> tuple[str, ...]:
    """Return the beginnings of keys that name a shipped document in its written form."""
    return tuple(f"{document.key}{sign}" for document in document_entries() for sign in ":@")


def _edition_of(document: DocumentEntry, label: str | None, text: str) -> EditionId:
    """Return the edition with this label, or the current one; raise UnknownKey if it does not ship."""
    if label is None or label in document.editions:
        return EditionId(document.key, label or document.editions[-1])
    try:
        return resolve_edition(f"{document.key}@{label}")
    except UnknownEdition as error:
        carried = ", ".join(f"{document.key}@{known}" for known in document.editions)
        if label in dict(document.not_carried):
            note = dict(document.not_carried)[label]
            raise UnknownKey(text, KeyMistake.WITHDRAWN_EDITION, f"{note}. Available: {carried}.") from error
        advice = f"{document.key} has no edition {label}. Available: {carried}."
        raise UnknownKey(text, KeyMistake.UNKNOWN_EDITION, advice) from error


def _locate(document: DocumentEntry, rest: str, text: str) -> tuple[EditionId, str]:
    """Return the edition that *rest* names, by default the current one, and the text after it."""
    # A year or month in brackets after the name is the date of publication, and is skipped.
    rest = re.sub(rf"^[ ,_-]*(?:{_DATE})?[ ,_-]*", "", rest)
    if label := re.match(_LABEL, rest):
        return _edition_of(document, label[1], text), rest[label.end() :]
    # A version without a sign before it, such as "EN 304 223 2.1.1, 5.2.2-5". Alone, it may also be a number.
    for known in (*document.editions, *dict(document.not_carried)):
        following = rest.removeprefix(known)
        if following != rest and (following[:1] in {" ", ",", ":"} or (not following and known in document.editions)):
            return _edition_of(document, known, text), following
    local, behind = split_label(rest)
    return _edition_of(document, behind or None, text), local


def _no_role(cleaned: str, text: str) -> None:
    """Raise UnknownKey if *cleaned* is the name of a role."""
    name, _ = split_edition(cleaned)
    if name[:1].isalpha() and (role := known_term(Role, name)) is not None:
        advice = f"this is a stakeholder, not an item; in Python it is Role({role.value!r})."
        raise UnknownKey(text, KeyMistake.STAKEHOLDER, advice)


def parse_tolerantly(text: str, edition: EditionId | str | None = None) -> Key:
    """
    Return the id that a written key refers to, whatever its spelling; see `aicop.keys.parser.parse`.

    Raises:
        UnknownKey: no item exists under this key; the error states the likely mistake and the nearest keys.
        UnknownEdition: *edition* does not ship.
    """
    cleaned = clean(text)
    _only_ascii(cleaned, text)
    frameworks = editions_named(str(edition)) if edition is not None else ()
    # Frameworks come before documents, whose short names match the beginning of other keys: "EN" that of "EN 303 645".
    if not cleaned.startswith(_heads()):
        _no_role(cleaned, text)
        asking = control_index(frameworks[0].id) if frameworks else None
        if (control := find_control(cleaned, text, asking)) is not None:
            return control
    found = document_before(cleaned)
    if found is not None:
        home, rest = _locate(*found, text)
        return _find(rest, index(home), text)
    within = index(resolve_edition(edition)) if edition is not None and not frameworks else None
    if (match := re.fullmatch(_CANONICAL, cleaned)) and not re.match(_WORDED, cleaned):
        raise unknown_document(text, match[1])
    if frameworks:
        return control_index(frameworks[0].id).find(cleaned, text)
    if within is not None:
        return _find(cleaned, within, text)
    raise _ambiguous(re.sub(r"^etsi\s+", "", cleaned, flags=re.IGNORECASE), text)


def _only_ascii(cleaned: str, text: str) -> None:
    """Raise UnknownKey if *cleaned* has a letter that no key has of what ships."""
    if cleaned.isascii() or (odd := next((one for one in cleaned if not one.isascii() and one != "§"), None)) is None:
        return
    advice = "which no key that ships contains; retype it"
    if match := re.fullmatch(_CANONICAL, cleaned):
        if document_before(cleaned) is None and not editions_named(match[1]):
            raise unknown_document(text, match[1])
        raise odd_character(text, odd, f"{advice}.")
    raise odd_character(text, odd, f"{advice}, or add the framework whose ids have it to your library.")


def _ambiguous(cleaned: str, text: str) -> UnknownKey:
    """Return the error for a key without a document, which suggests the editions in which it exists."""
    homes: list[Key] = []
    problems: list[tuple[Index, UnknownKey]] = []
    for home in map(index, editions()):
        try:
            homes.append(_find(cleaned, home, text))
        except UnknownKey as error:
            problems.append((home, error))
            if (heading := home.of_clause(cleaned)) is not None:
                homes.append(heading)
    if homes:
        where = f"only in {homes[0].edition}" if len(homes) == 1 else "in several documents"
        example = f"{homes[0].edition.document}:{homes[0].local}"
        advice = f"it exists {where}; write the document first, as in {example}."
        return UnknownKey(text, KeyMistake.AMBIGUOUS, advice, map(str, homes))
    number = _strip_word(cleaned)[1]
    mended = {home.edition: spelt for home, _ in problems if (spelt := respell(number, home)) not in {None, number}}
    if mended:
        keys = [f"{edition}:{spelt}" for edition, spelt in mended.items()]
        where = " and ".join(map(str, mended))
        advice = f"it is written {next(iter(mended.values()))} in {where}; write the document first, as in {keys[0]}."
        return UnknownKey(text, KeyMistake.NO_SUCH_NUMBER, advice, keys)
    # No edition has it. A number with a hyphen is in the style of ETSI, so the Code is not meant.
    hyphenated = re.fullmatch(_NUMBER, number) is not None and "-" in number
    errors = [error for home, error in problems if home.hyphenated or not hyphenated]
    # A specific explanation from any edition is better advice than a general one.
    general = {KeyMistake.UNREADABLE, KeyMistake.NO_SUCH_NUMBER}
    likeliest = next((error for error in errors if error.mistake not in general), errors[0])
    if not hyphenated:
        return likeliest
    # The editions of ETSI have the same numbers.
    return UnknownKey(text, likeliest.mistake, likeliest.advice, [key for error in errors for key in error.nearest])


def find_tolerantly(written: str, home: Index) -> Key:
    """
    Return the id that *written* refers to in the edition of *home*; see `aicop.keys.parser.find`.

    Raises:
        UnknownKey: the edition has no such item.
    """
    cleaned = clean(written)
    _only_ascii(cleaned, written)
    own = home.edition.document
    if not cleaned.startswith(_heads()) and not cleaned.startswith((f"{own}:", f"{own}@")):
        _no_role(cleaned, written)
        if (control := find_control(cleaned, written)) is not None:
            advice = f"this is an element of {control.edition}, not an item of {home.edition}."
            raise UnknownKey(written, KeyMistake.OTHER_FRAMEWORK, advice)
    if cleaned.startswith((f"{own}:", f"{own}@")) and all(document.key != own for document in document_entries()):
        # A user's own document, which is not in the registry.
        edition, rest = split_key(cleaned)
        if edition not in {own, str(home.edition)}:
            raise UnknownKey(written, KeyMistake.OTHER_EDITION, f"names {edition}, but this is {home.edition}.")
        return _find(rest, home, written)
    found = document_before(cleaned)
    if found is None:
        return _find(cleaned, home, written)
    edition_found, rest = _locate(*found, written)
    if edition_found != home.edition:
        advice = (
            f"names {edition_found}, but this is {home.edition}; use aicop.counterpart to get from one to the other."
        )
        raise UnknownKey(written, KeyMistake.OTHER_EDITION, advice)
    return _find(rest, home, written)


def _find(written: str, home: Index, asked: str) -> Key:
    """Return the id of a key without its document in the edition of *home*, or raise UnknownKey quoting *asked*."""
    rest = written.strip(" :,")
    if rest.startswith("(") and rest.endswith(")"):
        rest = rest[1:-1].strip()
    if "#" in rest and (match := re.fullmatch(r"(.*[0-9])\s*#\s*([0-9]{1,4})", rest)):
        return _statement(match[1], int(match[2]), home, asked)
    if not rest:
        example = keys_of(home, home.provisions)[0]
        advice = f"names {home.edition} but no item of it; add a number, as in {example}."
        raise UnknownKey(asked, KeyMistake.NO_ITEM, advice)
    word, rest = _strip_word(rest)
    if re.fullmatch(_NUMBER, rest):
        return _numbered(word, re.sub(r"\s", "", rest), home, asked)
    if rest in _STAKEHOLDERS:
        return ControlId(home.edition, rest)
    return _phase(rest, home, asked)


def _numbered(word: str, number: str, home: Index, asked: str) -> Key:
    """Return the id of what has this number, after a word that says what it is; the word may be empty."""
    if word in {"p", "principle", "principles"}:
        return _principle(number, home, asked)
    if word.startswith("phase") and number.isdecimal():
        return _phase_at(int(number), home, asked)
    if word.startswith((*_CLAUSE_WORDS, "phase")) and (heading := home.of_clause(number)):
        return heading
    if number in home.provisions:
        return ProvisionId(home.edition, number)
    raise explain_number(number, home, asked)


def _statement(number: str, ordinal: int, home: Index, asked: str) -> StatementId:
    whole = _find(number, home, asked)
    if not isinstance(whole, ProvisionId):
        advice = f"{whole} has no statements; only provisions have statements."
        raise UnknownKey(asked, KeyMistake.INVENTED_LEVEL, advice, [str(whole)])
    count = home.statements[whole.number]
    if not 0 < ordinal <= count:
        known = [str(StatementId(whole, i + 1)) for i in range(count)]
        advice = f"{whole} has {count} statement{'s' * (count > 1)}."
        raise UnknownKey(asked, KeyMistake.INVENTED_LEVEL, advice, known)
    return StatementId(whole, ordinal)


def _strip_word(text: str) -> tuple[str, str]:
    """Return a word such as "provision" in front of a number, or nothing, and the rest."""
    match = re.match(_WORDED, text)
    return (match[0].strip(" .").lower(), text[match.end() :]) if match else ("", text)


def _phase(rest: str, home: Index, asked: str) -> PhaseId:
    wanted = re.sub(r"[\s_-]+", "-", rest).lower()
    for slug in home.phases:
        if wanted in {slug, slug.removeprefix("secure-")}:
            return PhaseId(home.edition, slug)
    if (mended := respell(rest, home)) is not None:
        raise UnknownKey(
            asked, KeyMistake.NO_SUCH_NUMBER, f"it is written {mended} in {home.edition}.", keys_of(home, [mended])
        )
    near = close(wanted, home.phases, n=1, cutoff=0.7)
    if near:
        raise UnknownKey(asked, KeyMistake.NO_SUCH_NUMBER, f"not a phase of {home.edition}.", keys_of(home, near))
    if started := re.match(_NUMBER, rest):
        number = re.sub(r"\s", "", started[0])
        if number in home.provisions:
            advice = f"{excerpt(rest[started.end() :])} after the number {number} is not recognised; remove it."
            raise UnknownKey(asked, KeyMistake.NO_SUCH_NUMBER, advice, keys_of(home, [number]))
    raise UnknownKey(asked, KeyMistake.UNREADABLE, "no number, principle or phase is recognised in it.")


def _phase_at(place: int, home: Index, asked: str) -> PhaseId:
    """Return the phase at a place in printed order, counted from one."""
    phases = list(home.phases)
    if not 0 < place <= len(phases):
        advice = f"{home.edition} has the phases 1 to {len(phases)}."
        raise UnknownKey(asked, KeyMistake.NO_SUCH_NUMBER, advice, keys_of(home, phases[-1:]))
    return PhaseId(home.edition, phases[place - 1])


def _principle(number: str, home: Index, asked: str) -> PrincipleId:
    if number.isdecimal():
        if int(number) in home.principles:
            return PrincipleId(home.edition, int(number))
        last = max(home.principles)
        advice = f"{home.edition} has the principles P1 to P{last}."
        raise UnknownKey(asked, KeyMistake.NO_SUCH_NUMBER, advice, keys_of(home, [f"P{last}"]))
    other = other_edition_with(number, home)
    if number in home.provisions:
        own = number
    elif other is not None and (here := home.of_tail(other.provisions[number])):
        own = here
    else:
        raise explain_number(number, home, asked)
    advice = f"P and 'principle' are only for the numbers of principles; {number} is a provision"
    if own != number:
        assert other is not None
        advice += f" of {other.edition}, which is {own} here"
    raise UnknownKey(asked, KeyMistake.PRINCIPLE_AS_PROVISION, f"{advice}.", keys_of(home, [own]))
