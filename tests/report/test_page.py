"""Pages of one file."""

from __future__ import annotations

import base64
import hashlib
import sys

import pytest

from aicop.errors import MissingData, MissingExtra
from aicop.report import page


def test_a_policy_allows_what_is_in_the_page_alone() -> None:
    """A policy names the digests of the style sheets and scripts, and forbids everything else."""
    found = dict(part.split(" ", 1) for part in page.security_policy(styles=["p {}"], scripts=["1", "2"]).split("; "))
    digests = [base64.b64encode(hashlib.sha256(text).digest()).decode() for text in (b"p {}", b"1", b"2")]
    assert found["default-src"] == found["base-uri"] == found["form-action"] == "'none'"
    assert found["style-src"] == f"'sha256-{digests[0]}'"
    assert found["script-src"] == f"'sha256-{digests[1]}' 'sha256-{digests[2]}'"
    assert "unsafe" not in str(found)


def test_a_page_without_scripts_allows_none() -> None:
    """Without scripts and style sheets, a policy allows none."""
    found = page.security_policy(styles=[])
    assert "style-src 'none'" in found
    assert "script-src 'none'" in found


def test_a_template_escapes_all_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text in a template stays text."""
    monkeypatch.setattr(page, "read_asset", {"odd.html": "<p>{{ text }}</p>\n"}.__getitem__)
    page._environment.cache_clear()
    try:
        assert page.render("odd.html", {"text": "<script>&\"'"}) == "<p>&lt;script&gt;&amp;&#34;&#39;</p>\n"
    finally:
        page._environment.cache_clear()


def test_a_missing_file_is_named() -> None:
    """A file that is missing from the installation is named in the error."""
    with pytest.raises(MissingData, match=r"aicop\.report/absent\.html"):
        page.read_asset("absent.html")


def test_without_jinja_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Jinja2, the error says which extra installs it."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    page._environment.cache_clear()
    with pytest.raises(MissingExtra, match=r"aicop\[report\]"):
        page.render("absent.html", {})
