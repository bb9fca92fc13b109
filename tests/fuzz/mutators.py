"""
Changes to inputs that keep their structure, so that most of them get past the parser of the format.

Each function takes the content of a file and a source of random numbers, and returns a changed content. They are given
any bytes, also those that earlier changes have broken; what they cannot parse is changed byte by byte.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    import random

Mutator = Callable[[bytes, "random.Random"], bytes]

ODD_TEXTS = (
    *("", " ", "\t", "\n", "\r\n", "\0", "\x1b[31m", "\x7f", "\x85", "\u200b", "\u202e", "\u2028", "\ufeff", "\ufffd"),
    *("é", "e\u0301", "ß", "İ", "ǆ", "\u0661", "²", "½", "Ⅷ", "𝟙", "\U0001f600", "\U000e0041", "\u00a0", "\u3000"),
    *(
        "=1+1",
        "'=1",
        "@x",
        "-1",
        "+1",
        "#",
        "# x",
        "|",
        "a|b",
        ";",
        ",",
        ":",
        "@",
        "..",
        "/",
        "\\",
        '"',
        "'",
        "`",
        "<b>",
    ),
    *(
        "&amp;",
        "%41",
        "${x}",
        "{{x}}",
        "null",
        "true",
        "yes",
        "no",
        "~",
        "1e999",
        "1_000",
        "0x10",
        "010",
        "5.10",
        "00.1",
    ),
    *("2026-02-30", "0000-00-00", "9999-12-31T23:59:60Z", "urn:", "http://[", "urn:aicop:", "P1", "1.1", "X-1", "x-01"),
    *("a@1", "a@1:X-1", "uk-ai-cop@2025-01:5.4.1", "uk-ai-cop", "A" * 300, "1" * 300, "1." * 200, "(" * 100, " " * 200),
)
"""Texts that mean something in a format, are spelt oddly, or are long."""
ODD_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 10, 11, 0.5, 1e300, 2**63, 10**400, [], {}, [[]], [None], {"": None}),
    *ODD_TEXTS,
)
_BYTES = (
    b"\xff",
    b"\xc3\x28",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\0",
    b"\\ud800",
    b'"',
    b"\n",
    b"\t",
    b"PK\x03\x04",
)
_MAX_DEEP = 60
_MAX_TIMES = 40


def mutate_bytes(content: bytes, draw: random.Random) -> bytes:
    """Replace, remove, repeat, insert or move some bytes."""
    changed = bytearray(content or b" ")
    for _ in range(draw.randint(1, 4)):
        at, size = draw.randrange(len(changed) + 1), draw.choice((1, 1, 2, 20, 200))
        match draw.randrange(6):
            case 0:
                changed[at : at + 1] = bytes([draw.randrange(256)])
            case 1:
                del changed[at : at + size]
            case 2:
                changed[at:at] = changed[at : at + size] * draw.randint(1, 3)
            case 3:
                changed[at:at] = draw.choice(_BYTES)
            case 4:
                changed[at:at] = draw.choice(ODD_TEXTS).encode()
            case _:
                other = draw.randrange(len(changed) + 1)
                changed[at : at + size] = changed[other : other + size]
    return bytes(changed)


def _odd_text(text: str, draw: random.Random, texts: list[str]) -> str:  # noqa: PLR0911 -- one for each change
    """Change a text: insert into it, cut it, repeat it, change its case, or replace it by another text."""
    at = draw.randrange(len(text) + 1)
    match draw.randrange(8):
        case 0:
            return text[:at] + draw.choice(ODD_TEXTS) + text[at:]
        case 1:
            return text[:at]
        case 2:
            return text[:at] + text[at + 1 :]
        case 3:
            return text * draw.randint(2, 5)
        case 4:
            return text.swapcase()
        case 5:
            return text[:at] + (chr(ord(text[at]) ^ 1) if at < len(text) and text[at] < "\ud7ff" else "0") + text[at:]
        case 6:
            return draw.choice(ODD_TEXTS)
        case _:
            return draw.choice(texts or [text])


def _places(value: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401 -- plain data
    """Return every place in plain data, as a container and a key or index in it."""
    found: list[tuple[Any, Any]] = []
    rest = [value]
    while rest:
        item = rest.pop()
        inside = (
            list(item.items()) if isinstance(item, dict) else list(enumerate(item)) if isinstance(item, list) else []
        )
        for key, inner in inside:
            found.append((item, key))
            rest.append(inner)
    return found


def _copy(value: Any) -> Any:  # noqa: ANN401 -- plain data
    return json.loads(json.dumps(value, default=str))


def _at_place(whole: Any, draw: random.Random) -> None:  # noqa: ANN401, C901, PLR0912 -- one case for each change
    """Change plain data in one place: remove, repeat, move, replace, wrap or rename something."""
    places = _places(whole)
    if not places:
        return
    holder, key = draw.choice(places)
    other_holder, other_key = draw.choice(places)
    match draw.randrange(10):
        case 0:
            del holder[key]
        case 1:
            holder[key] = draw.choice(ODD_VALUES)
        case 2:
            holder[key] = _copy(other_holder[other_key])
        case 3 if isinstance(holder, list):
            holder.insert(draw.randrange(len(holder) + 1), _copy(holder[key]))
        case 4 if isinstance(holder, list):
            holder.reverse()
        case 5 if isinstance(holder, dict):
            names = [name for where, name in places if isinstance(where, dict)]
            holder[draw.choice([*names, _odd_text(str(key), draw, [])])] = holder.pop(key)
        case 6:
            for _ in range(draw.choice((1, 2, _MAX_DEEP))):
                holder[key] = [holder[key]] if draw.random() < 1 / 2 else {"a": holder[key]}
        case 7 if isinstance(holder, list):
            holder += [_copy(holder[key]) for _ in range(draw.randrange(_MAX_TIMES))]
        case _:
            texts = [where[name] for where, name in places if isinstance(where[name], str)]
            if isinstance(holder[key], str):
                holder[key] = _odd_text(holder[key], draw, texts)
            else:
                holder[key] = draw.choice(texts or ["x"])


def mutate_json(content: bytes, draw: random.Random) -> bytes:
    """Change JSON in one to three places, and stay JSON; sometimes repeat a key, which Python cannot write."""
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError):
        return mutate_bytes(content, draw)
    box = [whole]
    for _ in range(draw.randint(1, 3)):
        _at_place(box, draw)
    text = json.dumps(box[0] if box else None, ensure_ascii=draw.random() < 1 / 2, indent=draw.choice((None, 1)))
    if draw.random() < 1 / 20:
        text = re.sub(r'"([a-z_-]+)": ', r'"\1": 0, "\1": ', text, count=1)
    return text.encode("utf-8", "surrogatepass")


def mutate_yaml(content: bytes, draw: random.Random) -> bytes:
    """Change YAML in one to three places as data, or as lines."""
    if draw.random() < 1 / 4:
        return mutate_lines(content, draw)
    try:
        whole = yaml.safe_load(content)
        box = [whole]
        for _ in range(draw.randint(1, 3)):
            _at_place(box, draw)
        written = yaml.safe_dump(
            box[0] if box else None, sort_keys=False, allow_unicode=draw.random() < 1 / 2, encoding="utf-8"
        )
    # What no YAML can be read from or written to has been broken by an earlier change.
    except Exception:  # noqa: BLE001 -- PyYAML raises many types
        return mutate_bytes(content, draw)
    assert isinstance(written, bytes)
    return written


_WORD = re.compile(r"[^\s\"',:=|\[\]]+")
_YAML_MARKS = (
    "&a ",
    "*a",
    "!!str ",
    "!!python/none ",
    "? ",
    "<<: *a",
    "- ",
    "  ",
    "|\n  ",
    ">-\n  ",
    "---",
    "...",
    "%YAML 2.0",
)


def mutate_lines(content: bytes, draw: random.Random) -> bytes:
    """Remove, repeat, move or change lines of text; for YAML, Turtle and lists of keys."""
    lines = content.decode("utf-8", "replace").split("\n")
    for _ in range(draw.randint(1, 3)):
        at, other = draw.randrange(len(lines)), draw.randrange(len(lines))
        match draw.randrange(7):
            case 0 if len(lines) > 1:
                del lines[at]
            case 1:
                lines.insert(other, lines[at])
            case 2:
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines[at] = draw.choice(_YAML_MARKS) + lines[at]
            case 4:
                lines[at] = lines[at].lstrip() if draw.random() < 1 / 2 else f"  {lines[at]}"
            case 5:
                word = draw.choice(_WORD.findall(lines[other]) or ["x"])
                lines[at] = _WORD.sub(lambda _, word=word: word, lines[at], count=draw.choice((0, 1)))
            case _:
                lines[at] = _odd_text(lines[at], draw, lines)
    return "\n".join(lines).encode("utf-8", "surrogatepass")


_TOML_VALUES = (
    "2026-11-30",
    "2026-11-30T07:32:00Z",
    "07:32:00.5",
    "nan",
    "-inf",
    "0xff",
    "1_000",
    "9" * 5000,
    "true",
    "[]",
    '["a", 1]',
    "[[2026-11-30]]",
    "{a = 07:32:00}",
    '"""a\nb"""',
    '""',
    r'"\u0000"',
)
"""Values of every type that TOML has, also of those that JSON has not."""


def mutate_toml(content: bytes, draw: random.Random) -> bytes:
    """Put a value of another type in place of one, or change lines."""
    lines = content.decode("utf-8", "replace").split("\n")
    places = [place for place, line in enumerate(lines) if "=" in line]
    if not places or draw.random() < 1 / 2:
        return mutate_lines(content, draw)
    at = draw.choice(places)
    name, _, value = lines[at].partition("=")
    other = draw.choice(_TOML_VALUES)
    lines[at] = f"{name}= {draw.choice((other, f'[{other}]', f'[{value}, {other}]'))}"
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def mutate_text(content: bytes, draw: random.Random) -> bytes:
    """Change a short text, such as a key or a search: characters, or words and numbers of it."""
    text = content.decode("utf-8", "replace")
    for _ in range(draw.randint(1, 3)):
        parts = re.findall(r"\w+|\W+", text) or [""]
        at, other = draw.randrange(len(parts)), draw.randrange(len(parts))
        match draw.randrange(5):
            case 0:
                parts[at], parts[other] = parts[other], parts[at]
            case 1:
                parts.insert(at, parts[other])
            case 2:
                del parts[at]
            case _:
                parts[at] = _odd_text(parts[at], draw, parts)
        text = "".join(parts)
    return text.encode("utf-8", "surrogatepass")


def mutate_table(content: bytes, draw: random.Random) -> bytes:  # noqa: C901, PLR0912 -- one case for each change
    """Change a table of cells: its header, a row, a column, a cell, or its separator and quotes."""
    text = content.decode("utf-8", "replace")
    comments = [line for line in text.split("\n") if line.startswith("#")]
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    if not lines:
        return mutate_bytes(content, draw)
    mark = max("\t,;", key=lines[0].count)
    quote = "" if mark == "\t" else '"'
    # A split that respects quotes and needs no well-formed table.
    pattern = re.compile(rf'(?:^|{re.escape(mark)})((?:"(?:[^"]|"")*")?[^{re.escape(mark)}]*)')
    rows = [pattern.findall(line) if mark in line else [line] for line in lines]
    for _ in range(draw.randint(1, 3)):
        row = draw.choice(rows)
        other = draw.choice(rows)
        if not row or not other:
            continue
        at = draw.randrange(len(row))
        match draw.randrange(10):
            case 0:
                row[at] = draw.choice(other)
            case 1:
                row[at] = draw.choice(ODD_TEXTS)
            case 2:
                row[at] = f"{row[at]}|{draw.choice(other)}"
            case 3:
                rows.insert(draw.randrange(len(rows) + 1), list(row))
            case 4 if len(rows) > 1:
                rows.remove(row)
            case 5:
                for each in rows:
                    if at < len(each):
                        each.insert(draw.randrange(len(each) + 1), each[at])
            case 6:
                for each in rows:
                    if at < len(each):
                        del each[at]
            case 7:
                rows[0] = [_odd_text(name, draw, rows[0]) if draw.random() < 1 / 4 else name for name in rows[0]]
            case 8:
                row[at] = f"{quote}{row[at]}{quote}" if draw.random() < 1 / 2 else row[at].strip('"')
            case _:
                row[at] = _odd_text(row[at], draw, other)
    written = draw.choice("\t,;") if draw.random() < 1 / 10 else mark
    ending = draw.choice(("\r\n", "\r")) if draw.random() < 1 / 20 else "\n"
    if comments and draw.random() < 1 / 3:
        comments = mutate_lines("\n".join(comments).encode(), draw).decode("utf-8", "replace").split("\n")
    changed = ending.join([*comments, *(written.join(row) for row in rows), ""])
    return changed.encode("utf-8", "surrogatepass")


_ELEMENT = re.compile(r"<(?:[A-Za-z]\w*:)?[A-Za-z]\w*(?:\s[^<>]*)?(?:/>|>[^<]*</[^>]*>)")
_WRITTEN = re.compile(r"(?<=>)[^<>]+(?=<)|(?<==\")[^\"]*(?=\")")


def mutate_xml(content: bytes, draw: random.Random) -> bytes:
    """Change XML: remove, repeat or move an innermost element, or change a text or the value of an attribute."""
    text = content.decode("utf-8", "replace")
    for _ in range(draw.randint(1, 3)):
        elements, texts = list(_ELEMENT.finditer(text)), list(_WRITTEN.finditer(text))
        if not elements or not texts:
            return mutate_bytes(content, draw)
        one, other, word = draw.choice(elements), draw.choice(elements), draw.choice(texts)
        match draw.randrange(5):
            case 0:
                text = text[: one.start()] + text[one.end() :]
            case 1:
                text = text[: one.start()] + one[0] * draw.choice((2, 3, _MAX_TIMES)) + text[one.end() :]
            case 2:
                text = text[: one.start()] + other[0] + text[one.end() :]
            case 3:
                text = text[: word.start()] + draw.choice(texts)[0] + text[word.end() :]
            case _:
                written = _odd_text(word[0], draw, [item[0] for item in texts])
                # Characters that XML cannot hold are left to the changes of bytes.
                text = text[: word.start()] + re.sub(r"[<&\0-\x08\x0b-\x1f]", "", written) + text[word.end() :]
    return text.encode("utf-8", "surrogatepass")


def _unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def mutate_workbook(content: bytes, draw: random.Random) -> bytes:
    """Change one part of a workbook as XML, or remove, repeat or rename one."""
    try:
        parts = _unpacked(content)
    except Exception:  # noqa: BLE001 -- zipfile raises many types
        return mutate_bytes(content, draw)
    if not parts:
        return mutate_bytes(content, draw)
    names = list(parts)
    # Most of what a reader looks at is in the sheets and the texts that they share.
    sheets = [name for name in names if "sheet" in name.lower() or "strings" in name.lower()] or names
    name = draw.choice(sheets if draw.random() < 4 / 5 else names)
    match draw.randrange(12):
        case 0:
            del parts[name]
        case 1:
            parts[draw.choice(names)] = parts[name]
        case 2:
            parts[_odd_text(name, draw, names)] = parts.pop(name)
        case 3:
            parts[name] = mutate_bytes(parts[name], draw)
        case _:
            parts[name] = mutate_xml(parts[name], draw)
    return packed(parts)


def packed(parts: dict[str, bytes]) -> bytes:
    """Return a ZIP archive with these parts, the same for the same parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            # The date is fixed; and a name with a null character ends there, so that it may be empty.
            archive.writestr(zipfile.ZipInfo(name.replace("\0", "") or "x"), data)
    return out.getvalue()


def mutate(content: bytes, draw: random.Random) -> bytes:
    """Change a content by the structure that it seems to have; one time in ten, by bytes."""
    if draw.random() < 1 / 10:
        return mutate_bytes(content, draw)
    start = content.lstrip()[:1]
    if content.startswith(b"PK\x03\x04"):
        return mutate_workbook(content, draw)
    if start in {b"{", b"["}:
        return mutate_json(content, draw)
    if start == b"<":
        return mutate_xml(content, draw)
    return mutate_lines(content, draw)


_PART = re.compile(rb"^=== (\S+)\n", re.MULTILINE)
"""The line before each file of a folder that is written as one text."""


def split_folder(content: bytes) -> dict[str, bytes]:
    """Return the files of a folder that is written as one text, by their path."""
    _, *found = _PART.split(content)
    return {name.decode("utf-8", "replace"): text for name, text in zip(found[::2], found[1::2], strict=True)}


def join_folder(files: dict[str, bytes]) -> bytes:
    """Return files as one text, from which `split_folder` restores those that end with a line break."""
    return b"".join(
        b"=== %s\n%s%s" % (name.encode(), text, b"" if text.endswith(b"\n") else b"\n") for name, text in files.items()
    )


def mutate_folder(content: bytes, draw: random.Random) -> bytes:
    """Change a file of a folder by its suffix, its name, or the set of files."""
    files = split_folder(content)
    if not files:
        return mutate_bytes(content, draw)
    names = list(files)
    name = draw.choice(names)
    match draw.randrange(12):
        case 0:
            del files[name]
        case 1:
            other = draw.choice(names)
            files[name], files[other] = files[other], files[name]
        case 2:
            files[re.sub(r"[\s\0]", "", _odd_text(name, draw, names)) or "x"] = files[name]
        case _:
            by_suffix: dict[str, Mutator] = {
                ".json": mutate_json,
                ".csv": mutate_table,
                ".tsv": mutate_table,
                ".toml": mutate_toml,
            }
            files[name] = by_suffix.get(name[name.rfind(".") :], mutate_lines)(files[name], draw)
    return join_folder(files)
