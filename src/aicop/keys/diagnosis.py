"""Explain keys that match nothing: the likely mistake, and the key that was probably meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aicop.errors import KeyMistake, UnknownKey, excerpt
from aicop.ids import PhaseId, PrincipleId
from aicop.keys.edition_index import Index, index
from aicop.manifest import document_entries, editions, framework_entries
from aicop.spelling import close

if TYPE_CHECKING:
    from collections.abc import Iterable


def unknown_document(text: str, name: str) -> UnknownKey:
    """Return the error for the key *text* whose document *name* is unknown."""
    keys = [document.key for document in document_entries()]
    near = close(name.lower(), [*keys, *dict.fromkeys(item.id.document for item in framework_entries())], n=1)
    advice = f"{excerpt(name)} is not a known document or framework; the documents are {', '.join(keys)}."
    return UnknownKey(text, KeyMistake.UNKNOWN_DOCUMENT, advice, near)


def keys_of(home: Index, numbers: Iterable[str]) -> tuple[str, ...]:
    """Return the keys for these numbers in an edition."""
    return tuple(f"{home.edition}:{number}" for number in numbers)


def respell(text: str, home: Index) -> str | None:
    """Return the provision number that differs from *text* only in separators and leading zeros, or None."""
    if not re.fullmatch(r"[0-9.,;_/ -]+", text):
        return None

    def figures(number: str) -> list[str]:
        return [figure.lstrip("0") for figure in re.findall(r"[0-9]+", number)]

    return next((number for number in home.provisions if figures(number) == figures(text)), None)


def other_edition_with(number: str, home: Index) -> Index | None:
    """Return the index of the newest other shipped edition that has a provision with this number, or None."""
    for edition in reversed(editions()):
        if edition != home.edition and number in index(edition).provisions:
            return index(edition)
    return None


def explain_number(number: str, home: Index, asked: str) -> UnknownKey:
    """
    Return the error for a number that is not a provision of *home*, with the likeliest mistake.

    *asked* is the original key, for the error message.
    """
    # The checks run from the most specific to the most general explanation. First: a number of another edition that is
    # numbered in the other style (the Code's or ETSI's).
    here = home.edition
    heading = home.of_clause(number)
    other = other_edition_with(number, home)
    twin = home.of_tail(other.provisions[number]) if other else None
    if other and twin and home.hyphenated != other.hyphenated:
        origin = "a UK number" if home.hyphenated else "an ETSI number"
        mistake = KeyMistake.UK_NUMBER if home.hyphenated else KeyMistake.ETSI_NUMBER
        advice = f"{number} is {origin}; in {here} that provision is {twin}."
        if heading is not None:
            advice += f" (The clause {number} is {_name_of_heading(heading)}.)"
        return UnknownKey(asked, mistake, advice, keys_of(home, [twin]))
    # Second: the clause of a principle or phase.
    own = [known for known in home.provisions if known.startswith((f"{number}-", f"{number}."))]
    if heading is not None and own:
        advice = f"{number} is the clause of {_name_of_heading(heading)}; its provisions are {own[0]} to {own[-1]}."
        return UnknownKey(asked, KeyMistake.CLAUSE, advice, (str(heading), *keys_of(home, own[:1])))
    # Third: the number of a principle.
    if number.isdecimal() and int(number) in home.principles:
        meant = f"P{int(number)}"
        advice = f"{number} alone is the number of a principle; write {meant}."
        return UnknownKey(asked, KeyMistake.PRINCIPLE_AS_PROVISION, advice, keys_of(home, [meant]))
    return _explain_level(number, home, asked)


def _range_phrase(numbers: list[str]) -> str:
    """Return the numbers of provisions, in order, as a phrase."""
    first, *others = numbers
    if not others:
        return f"the provision {first} alone"
    return f"the provisions {first} {'to' if others[1:] else 'and'} {others[-1]}"


def _name_of_heading(heading: PrincipleId | PhaseId) -> str:
    if isinstance(heading, PrincipleId):
        return f"principle {heading.number}"
    return f"the phase {heading.slug.replace('-', ' ')}"


def _explain_level(number: str, home: Index, asked: str) -> UnknownKey:
    """Return the error for an invented level, otherwise for a misspelt number, otherwise for a number past the end."""
    # A number in the style of ETSI is not below a provision of the Code, even if it begins with the same digits.
    above = number if home.hyphenated or "-" not in number else ""
    while (cut := above.rfind(".")) > 0:
        above = above[:cut]
        if above in home.provisions:
            below = [known for known in home.provisions if known.startswith(f"{above}.")]
            if len(home.provisions[above][1]) > 1:
                advice = f"{above} is a sub-provision, and {home.edition} has no level below it."
            elif not below:
                advice = f"{above} has no sub-provisions in {home.edition}."
            elif number.count(".") > below[0].count("."):
                advice = f"{home.edition} has no level below sub-provisions."
            else:
                advice = (
                    f"{above} has only the sub-provision{'s' * (len(below) > 1)} {', '.join(below)} in {home.edition}."
                )
            return UnknownKey(asked, KeyMistake.INVENTED_LEVEL, advice, keys_of(home, [*below, above]))
    if (mended := respell(number, home)) is not None:
        return UnknownKey(
            asked, KeyMistake.NO_SUCH_NUMBER, f"it is written {mended} in {home.edition}.", keys_of(home, [mended])
        )
    siblings = [known for known, (principle, _) in home.provisions.items() if _heads(number, principle, home)]
    if siblings:
        principle = home.provisions[siblings[0]][0]
        advice = f"{number} is not a provision of {home.edition}; principle {principle} has {_range_phrase(siblings)}."
        return UnknownKey(asked, KeyMistake.NO_SUCH_NUMBER, advice, keys_of(home, [siblings[-1]]))
    if clauses := [clause for clause in home.principles.values() if clause]:
        advice = f"{number} is not a provision of {home.edition}; its last principle is clause {clauses[-1]}."
        near = close(number, home.provisions, n=1)
        return UnknownKey(asked, KeyMistake.NO_SUCH_NUMBER, advice, keys_of(home, near))
    principle = int(re.split(r"[.-]", number)[0])
    wrong = f"{number} is not a provision of {home.edition}"
    if principle not in home.principles:
        wrong = f"{home.edition} has no principle {principle}"
    advice = f"{wrong}; its principles are P1 to P{max(home.principles)}."
    return UnknownKey(asked, KeyMistake.NO_SUCH_NUMBER, advice)


def _heads(number: str, principle: int, home: Index) -> bool:
    """Return whether *number* begins like the provisions of a principle."""
    head = f"{home.principles[principle]}-" if home.hyphenated else f"{principle}."
    return number.startswith(head)
