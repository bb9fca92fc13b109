"""Explanations of wrong keys."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from aicop import UnknownKey, parse
from aicop.errors import KeyMistake

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
