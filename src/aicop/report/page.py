"""Pages of one file: templates, and the content security policy that keeps a page from reaching anything else."""

from __future__ import annotations

import base64
import functools
import hashlib
from typing import TYPE_CHECKING, Any

from aicop._resources import read_file_of
from aicop.errors import MissingExtra, escape_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment


def read_asset(name: str) -> str:
    """
    Return the text of a file of this package: a template, a style sheet or a script.

    Raises:
        MissingData: the file is missing from the installation.
    """
    return read_file_of("aicop.report", name)


def _shown(value: object) -> object:
    """Return a value as it may be shown: with escapes for what is invisible, or changes the direction of text."""
    # What a template has made itself, such as the result of a macro, is markup already.
    return value if hasattr(value, "__html__") else escape_text(str(value), keep="\n")


@functools.cache
def _environment() -> Environment:
    """Return the environment of the templates: it escapes all text, and a name that is not defined is an error."""
    try:
        from jinja2 import Environment, FunctionLoader, StrictUndefined
    except ImportError as error:
        raise MissingExtra("report", "Jinja2") from error
    return Environment(
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        loader=FunctionLoader(read_asset),
    )


def render(template: str, facts: dict[str, Any]) -> str:
    """
    Return a template of this package with *facts* in it. All text is escaped.

    Raises:
        MissingExtra: Jinja2 is not installed.
        MissingData: the template is missing from the installation.
    """
    return _environment().get_template(template).render(facts)


def security_policy(*, styles: Iterable[str], scripts: Iterable[str] = ()) -> str:
    """
    Return the content security policy of a page that has just these style sheets and scripts in it.

    The page can load nothing, send nothing, and run no other script; handlers in attributes are forbidden too. Pictures
    may be in the page itself.
    """
    allowed = {
        "default-src": ["'none'"],
        "style-src": [_source(text) for text in styles] or ["'none'"],
        "script-src": [_source(text) for text in scripts] or ["'none'"],
        "img-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in allowed.items())


def _source(text: str) -> str:
    """Return the source expression of an element in the page (W3C Content Security Policy Level 3, section 2.3.1)."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
