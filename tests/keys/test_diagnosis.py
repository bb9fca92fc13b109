"""Explanations of wrong keys."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from aicop import UnknownKey, parse
from aicop.errors import KeyMistake
from aicop.keys import find
from aicop.keys.edition_index import Index
from tests.examples import mini_edition

with (Path(__file__).parent / "wrong_keys.tsv").open(encoding="utf-8", newline="") as table:
    WRONG = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", WRONG, ids=[f"{row['key']} {row['edition']}".strip() or "empty" for row in WRONG])
def test_wrong_keys_are_explained(row: dict[str, str]) -> None:
    """Each wrong key has its likely mistake, advice and nearest keys, word for word."""
    with pytest.raises(UnknownKey) as caught:
        parse(row["key"], row["edition"] or None)
    wanted = UnknownKey(row["key"], KeyMistake(row["mistake"]), row["advice"], tuple(row["nearest"].split()))
    assert caught.value == wanted
    assert str(caught.value).count("\n") == 0


def test_there_are_enough_wrong_keys() -> None:
    """There are at least sixty, with every mistake except the two that only a look-up in one edition makes."""
    assert len(WRONG) >= 60
    assert {row["mistake"] for row in WRONG} == set(KeyMistake) - {
        KeyMistake.OTHER_EDITION,
        KeyMistake.OTHER_FRAMEWORK,
        KeyMistake.OTHER_KIND,
    }


@pytest.mark.parametrize("row", WRONG, ids=[f"{row['key']} {row['edition']}".strip() or "empty" for row in WRONG])
def test_the_nearest_keys_exist(row: dict[str, str]) -> None:
    """Every suggested key can be parsed."""
    for key in row["nearest"].split():
        if ":" in key:
            assert str(parse(key)) == key


@pytest.mark.parametrize(
    ("numbers", "phrase"),
    [
        (["1.1"], "the provision 1.1 alone"),
        (["1.1", "1.2"], "the provisions 1.1 and 1.2"),
        (["1.1", "1.2", "1.3"], "the provisions 1.1 to 1.3"),
        (["1.1", "1.2", "1.2.1", "1.3"], "the provisions 1.1 to 1.3"),
    ],
)
def test_a_number_past_the_end_is_explained_by_those_that_there_are(numbers: list[str], phrase: str) -> None:
    """However many provisions the principle has, and the last one is the nearest."""
    data = mini_edition()
    [principle] = data["phases"][0]["principles"]
    principle["provisions"] = [principle["provisions"][0] | {"number": number} for number in numbers]
    with pytest.raises(UnknownKey) as caught:
        find("1.9", Index.from_plain(data))
    advice = f"1.9 is not a provision of mini-code@1; principle 1 has {phrase}."
    nearest = (f"mini-code@1:{numbers[-1]}",)
    assert caught.value == UnknownKey("1.9", KeyMistake.NO_SUCH_NUMBER, advice, nearest)
