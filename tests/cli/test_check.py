"""The command ``check``: verdicts on the keys in files from the wild."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.runner import Run, write

CASES = Path(__file__).parent.parent / "cases" / "check"
CHECKED = sorted(
    path for path in CASES.iterdir() if path.with_suffix(".right.csv").exists() and ".right" not in path.name
)


@pytest.mark.parametrize("path", CHECKED, ids=[path.stem for path in CHECKED])
def test_keys_as_people_write_them(aicop: Run, path: Path) -> None:
    """Each key has the verdict, id and reason that are in the table beside the file."""
    _, out, _ = aicop("check", str(path), "--format", "csv")
    assert out == path.with_suffix(".right.csv").read_text(encoding="utf-8")


def test_there_is_a_right_table_for_each_list_of_keys() -> None:
    """A list without its right values would not be tested."""
    assert len(CHECKED) == 6


@pytest.mark.parametrize(
    ("key", "edition", "mistake", "reason"),
    [
        ("foo:5.1", "uk-ai-cop", "unknown document", "'foo' is not a known document or framework"),
        ("foo@1:AC-1", "nist-csf", "unknown document", "'foo' is not a known document or framework"),
        ("etsi-en-304-223:5.9", "uk-ai-cop", "no such number", "5.9 is not a provision of etsi-en-304-223@2.1.1"),
        ("LLM99", "nist-csf", "no such number", "nist-csf@2.0 has no 'LLM99'"),
        ("A.99.9", "iso-iec-27001", "no such number", "iso-iec-27001@2022 has no 'A.99.9'"),
        ("A.5.2", "nist-csf", "ambiguous", "nist-csf@2.0 has no 'A.5.2'; it exists in several frameworks"),
        ("clause 5: 9", "iso-iec-42001", "no such number", "iso-iec-42001@2023 has no 'clause 5: 9'"),
        ("foo:AC-1", "own", "unknown document", "'foo' is not a known document or framework"),
        ("etsi-en-304-223:5.9", "own", "no such number", "5.9 is not a provision of etsi-en-304-223@2.1.1"),
        ("A-9", "own", "no such number", "own@1 has no 'A-9'"),
        ("beispiel:J\u00f6rg", "", "unknown document", "'beispiel' is not a known document or framework"),
        ("own:J\u00fcrg", "", "no such number", "own@1 has no 'J\u00fcrg'"),
        (
            "J\u00fcrg",
            "",
            "unreadable",
            "contains the character LATIN SMALL LETTER U WITH DIAERESIS, which no key that",
        ),
    ],
)
def test_the_reason_is_about_the_framework_that_is_meant(  # noqa: PLR0913, PLR0917 -- one parameter for each column
    aicop: Run, tmp_path: Path, key: str, edition: str, mistake: str, reason: str
) -> None:
    """That which the key names, or else that of ``--edition``."""
    folder = tmp_path / "frameworks"
    folder.mkdir()
    (folder / "own@1.csv").write_text("id,kind\nA-2,control\nJ\u00f6rg,control\n", encoding="utf-8")
    more = ("--edition", edition) if edition else ()
    [row] = aicop.rows("check", write(tmp_path, "keys.txt", key), "--library", str(tmp_path), *more)
    assert row["verdict"] == mistake
    assert row["reason"].startswith(reason)


@pytest.mark.parametrize(
    "written", ["own:J\u00f6rg", "own:j\u00f6rg", "own@1:JO\u0308RG", "Jo\u0308rg", "own:J\u00f6rg@1"]
)
def test_ids_of_your_own_may_have_letters_of_every_language(aicop: Run, tmp_path: Path, written: str) -> None:
    """They are found in any case, and whether an accented letter is one character or two."""
    folder = tmp_path / "frameworks"
    folder.mkdir()
    (folder / "own@1.csv").write_text("id,kind\nJ\u00f6rg,control\nJ\u00fcrg,control\n", encoding="utf-8")
    [row] = aicop.rows("check", write(tmp_path, "keys.txt", written), "--library", str(tmp_path))
    assert row["id"] == "own@1:J\u00f6rg"


EMPTY: list[tuple[str, str]] = [
    ("keys.txt", ""),
    ("keys.txt", "\n \n"),
    ("keys.csv", "key,x\n,1\n"),
    ("keys.json", "[]"),
]


@pytest.mark.parametrize(("name", "content"), EMPTY, ids=ascii)
@pytest.mark.parametrize("command", [("check",), ("counterpart", "--to", "etsi-en-304-223", "--file")])
def test_a_file_without_keys_is_an_error(
    aicop: Run, tmp_path: Path, command: tuple[str, ...], name: str, content: str
) -> None:
    """It is most likely the wrong file or column."""
    file = write(tmp_path, name, content)
    code, out, err = aicop(*command, file)
    assert (code, out) == (3, "")
    assert err.endswith(f"{file}: contains no keys; name another file, or the column of the keys with --column\n")
