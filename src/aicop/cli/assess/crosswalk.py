"""The commands of ``aicop assess`` that ask the crosswalks: relevant and towards."""

from __future__ import annotations

import datetime as dt

import click

from aicop.cli.options import on_option, prints, uses_library
from aicop.cli.output import Output
from aicop.cli.streams import note
from aicop.errors import count_phrase
from aicop.library.library import Library


@click.command()
@click.argument("system")
@click.argument("key", required=False)
@uses_library
@prints(
    *("key", "relationship", "strength", "left_open", "control", "verdict", "together_with", "evidence", "note"),
    table=("key", "relationship", "strength", "left_open", "control", "together_with", "verdict", "evidence"),
)
def relevant(out: Output, system: str, key: str | None, library: Library) -> None:
    """
    List what controls.csv knows that is relevant to a statement or provision KEY, or to any.

    It shows how each provision is related to your controls and to elements of other frameworks that have verdicts or
    evidence. Nothing follows from them for the verdict on the provision.
    """
    from aicop.assessment import load
    from aicop.assessment.status.relevance import relevant as relevant_to
    from aicop.assessment.status.relevance import without_relevance
    from aicop.crosswalk.ends import members_of

    about = load(library, system, check_files=False)
    keys = tuple(about.catalogue) if key is None else (key,)
    found = [item for one in keys for item in relevant_to(about, library, one)]
    out.rows(
        [
            {
                "key": item.claim.source,
                "relationship": item.claim.says,
                "strength": item.claim.strength,
                "left_open": item.left_open,
                "control": item.row.key,
                "verdict": item.row.verdict,
                "together_with": [
                    other for other in members_of(item.claim.target or item.row.key) if other != item.row.key
                ],
                "evidence": item.row.evidence,
                "note": item.row.note,
            }
            for item in found
        ]
    )
    note(f"{count_phrase(len(found), 'row')}. Evidence is relevant to a provision; it does not satisfy it.")
    if key is None and (left := without_relevance(about, library)):
        note(f"Relevant to no provision: {', '.join(str(row.key) for row in left)}.")


@click.command()
@click.argument("system")
@click.argument("framework")
@on_option
@uses_library
@prints(
    *(
        "control",
        "title",
        "relationship",
        "strength",
        "left_open",
        "key",
        "shall",
        "should",
        "in_scope",
        "pass",
        "open",
    ),
    table=("control", "relationship", "strength", "left_open", "key", "in_scope", "pass", "open"),
)
def towards(out: Output, system: str, framework: str, on: dt.date, library: Library) -> None:
    """
    List what the verdicts on a system give towards another FRAMEWORK: the provisions that each control is mapped to.

    The counts are those of the statements of the provision. That they pass is no verdict on the control.
    """
    from aicop.assessment import load
    from aicop.assessment.status.relevance import towards as towards_framework
    from aicop.crosswalk.ends import title_of

    found = towards_framework(load(library, system), library, framework, on)
    target = library.framework(found.framework)
    out.rows(
        [
            {
                "control": item.claim.source,
                "title": None if item.claim.source is None else title_of(target, item.claim.source),
                "relationship": item.claim.says,
                "strength": item.claim.strength,
                "left_open": item.left_open,
                "key": item.claim.target,
                "shall": item.shall,
                "should": item.should,
                "in_scope": item.in_scope,
                "pass": item.passed,
                "open": item.open,
            }
            for item in found.contributions
        ]
    )
    mapped = found.elements - len(found.not_found) - len(found.not_mapped)
    note(
        f"{mapped:,} of {found.elements:,} requirements and mitigations of {found.framework} are mapped; nothing was "
        f"found for {len(found.not_found):,}, and {len(found.not_mapped):,} have no mapping. On {found.on}. "
        "A pass here is no verdict on a control."
    )


COMMANDS = {"relevant": relevant, "towards": towards}
