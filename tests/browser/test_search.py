"""The search of a page."""

from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

from aicop import frameworks, load
from aicop.manifest import editions
from aicop.report.explorer.search_index import normalise, search_index, words_of
from tests.browser.modules import write_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from aicop.report.explorer.search_index import Entry


def entries() -> Iterator[Entry]:
    """Yield what a page lists: the provisions and principles of all editions, and the elements of some frameworks."""
    for catalogue in map(load, editions()):
        for principle in catalogue.principles:
            aliases = [principle.clause] if principle.clause else []
            yield {
                "key": str(principle.id),
                "title": principle.title,
                "kind": "principle",
                "text": "",
                "aliases": aliases,
            }
        for item in catalogue.values():
            text = " ".join(said.action for said in item.statements)
            yield {"key": str(item.id), "title": item.title, "kind": "provision", "text": text}
    for name in ("mitre-atlas", "nist-csf", "iso-iec-42001", "owasp-llm-top10"):
        for control in frameworks.load(name).controls:
            yield {
                "key": str(control.id),
                "title": control.title or "",
                "kind": control.kind,
                "text": control.words or "",
            }


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Return a page with an index of what ships."""
    file: Path = tmp_path_factory.mktemp("search") / "search.html"
    write_page(file, ["search/words.js", "search/keys.js", "search/search.js"], search_index(entries()))
    context = browser.new_context()
    opened = context.new_page()
    opened.goto(file.as_uri())
    opened.evaluate("window.search = createSearch(DATA)")
    yield opened
    context.close()


def find(page: Page, text: str, limit: int = 5) -> list[dict[str, Any]]:
    """Return what a search finds."""
    found: list[dict[str, Any]] = page.evaluate("([text, limit]) => search.find(text, limit)", [text, limit])
    return found


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("5.4.1", "uk-ai-cop@2025-01:5.4.1"),
        ("  5.4.1 ", "uk-ai-cop@2025-01:5.4.1"),
        ("uk-ai-cop@2025-01:5.4.1", "uk-ai-cop@2025-01:5.4.1"),
        ("UK-AI-COP@2025-01:P5", "uk-ai-cop@2025-01:P5"),
        ("EN 304 223 5.2.1", "etsi-en-304-223@2.1.1:P5"),
        ("EN 304 223 5.2.1-4.1", "etsi-en-304-223@2.1.1:5.2.1-4.1"),
        ("5.1.2-3 ts 104 223", "etsi-ts-104-223@1.1.1:5.1.2-3"),
        ("AML.T0020", "mitre-atlas@2026.07:AML.T0020"),
        ("aml.t0020", "mitre-atlas@2026.07:AML.T0020"),
        ("pr.ds-01", "nist-csf@2.0:PR.DS-01"),
        ("iso 42001 A.6.2.4", "iso-iec-42001@2023:A.6.2.4"),
        ("principle P5", "uk-ai-cop@2025-01:P5"),
    ],
)
def test_keys_and_numbers_come_first(page: Page, text: str, key: str) -> None:
    """A key is found as it is written, in any case, and with the name of its document before or after it."""
    assert find(page, text)[0]["key"] == key


def test_a_number_also_finds_what_is_under_it(page: Page) -> None:
    """5.4 comes first, then its sub-provisions; 5.40 would not be under it."""
    keys = [hit["key"] for hit in find(page, "uk 5.4")]
    assert keys[:3] == [f"uk-ai-cop@2025-01:{number}" for number in ("5.4", "5.4.1", "5.4.2")]
    assert [hit["key"] for hit in find(page, "EN 304 223 5.2.1-4")][:3] == [
        f"etsi-en-304-223@2.1.1:5.2.1-{number}" for number in ("4", "4.1", "4.2")
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("poisning", "poisoning"),
        ("inventroy", "inventory"),
        ("vulnerabilty disclosure", "vulnerability disclosure"),
        ("suply chain", "supply chain"),
        ("adversaril", "adversarial"),
        ("recoverry plans", "recovery plans"),
        ("Prompt Injektion", "prompt injection"),
    ],
)
def test_typos_find_the_same(page: Page, typed: str, meant: str) -> None:
    """A left out, added, changed or swapped letter makes no difference to the first answer."""
    assert find(page, typed)
    assert find(page, typed)[0]["key"] == find(page, meant)[0]["key"]


@pytest.mark.parametrize(
    ("american", "british"), [("sanitize", "sanitise"), ("organization", "organisation"), ("behavior", "behaviour")]
)
def test_both_spellings_of_english_find_the_same(page: Page, american: str, british: str) -> None:
    """The Code writes British English, and other frameworks American."""
    found = [sorted(hit["key"] for hit in find(page, word, 500)) for word in (american, british)]
    assert found[0] == found[1]
    assert any(key.startswith("uk-ai-cop") for key in found[0])


def test_words_are_found_where_they_matter_most(page: Page) -> None:
    """All words must be there if they can be; a title counts more than a text; a beginning is enough."""
    hits = find(page, "asset inventory")
    assert hits[0] == {
        "key": "uk-ai-cop@2025-01:5.1",
        "title": load("uk-ai-cop")["5.1"].title,
        "kind": "provision",
        "score": hits[0]["score"],
    }
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    assert find(page, "invent")[0]["key"] == "uk-ai-cop@2025-01:5.1"
    assert next(hit["key"] for hit in find(page, "the audit trail of the")) == "uk-ai-cop@2025-01:2.3"
    assert all(hit["key"].startswith("nist-csf") for hit in find(page, "nist recovery plan"))
    assert {hit["kind"] for hit in find(page, "principle supply chain", 2)} == {"principle"}


def test_nothing_and_nonsense_find_nothing(page: Page) -> None:
    """Blanks, stop words and words that nothing is like have no answer; the limit holds."""
    for text in ("", "   ", "the of", "xqzzkwv", "zz", "💥", ":", "hasOwnProperty"):
        assert find(page, text) == [], text
    assert len(find(page, "security", 7)) == 7
    assert len(page.evaluate("search.find('security')")) == 20


def test_words_in_the_page_are_those_of_python(page: Page) -> None:
    """Both make the same words of every character that Unicode 14 has assigned, alone and within a word."""
    chars = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) not in {"Cn", "Cs", "Co"} and code > 0x1F
    ]
    texts = [f"a{char}b {char}" for char in chars]
    mine = [words_of(text) for text in texts]
    theirs = page.evaluate("texts => texts.map(wordsOf)", texts)
    assert [
        (hex(ord(char)), one, other) for char, one, other in zip(chars, mine, theirs, strict=True) if one != other
    ] == []
    samples = ["Élan ﬁne Ⅳ ＡＢ", "STRASSE Straße", "İstanbul ΟΔΟΣ", "don't naïve_x re-use AML.T0020"]
    assert page.evaluate("texts => texts.map(normalise)", samples) == [normalise(text) for text in samples]


@pytest.mark.parametrize(
    ("one", "other", "most", "expected"),
    [
        ("", "", 1, 0),
        ("data", "data", 2, 0),
        ("data", "dta", 2, 1),
        ("data", "daata", 2, 1),
        ("data", "date", 2, 1),
        ("data", "dtaa", 2, 1),
        ("data", "model", 2, 3),
        ("a", "abcdef", 2, 3),
        ("abcdefgh", "hgfedcba", 2, 3),
    ],
)
def test_distances_count_letters(page: Page, one: str, other: str, most: int, expected: int) -> None:
    """Beyond the limit, a distance is only more than the limit."""
    found = page.evaluate("([one, other, most]) => distance(one, other, most)", [one, other, most])
    assert min(found, most + 1) == expected
