"""The command that decides whether an edition applies: parse facts, ask, print answers, reasons and open questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from aicop.applicability.facts import Fact
from aicop.cli.options import edition_option, prints, uses_library
from aicop.cli.output import Output
from aicop.cli.streams import note
from aicop.errors import count_phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aicop.applicability import OpenQuestion, Reason
    from aicop.library.library import Library


def _facts(function: Callable[..., None]) -> Callable[..., None]:
    """Add an option for each fact; the command takes those given as keywords."""
    for fact in reversed(Fact):
        function = click.option(f"--{fact}", is_flag=True, help=fact.meaning)(function)
    return function


def _reason(answer: str, facts: Sequence[Fact], reason: Reason) -> dict[str, object]:
    source = reason.source
    return {
        "answer": answer,
        "facts": facts,
        "key": reason.key,
        "reason": reason.text,
        "source": f"{source.document}, {source.locator} ({source.grade})",
    }


def _question(answer: str, facts: Sequence[Fact], item: OpenQuestion) -> dict[str, object]:
    return {
        "answer": f"open question: {answer}",
        "facts": facts,
        "key": item.key,
        "reason": f"{item.question} For: {item.argument_for} Against: {item.argument_against}",
        "source": None,
    }


@click.command()
@edition_option
@_facts
@prints("answer", "facts", "key", "reason", "source", table=("answer", "reason", "source"))
@uses_library
def applies(out: Output, library: Library, edition: str, **facts: bool) -> None:
    """
    Decide whether an edition applies to an organisation, and in which roles.

    Each option is a fact about the organisation's part in one AI system. Give all that are true; the others are taken
    as false. The answer names the reasons and their sources, and the questions that the document leaves open.
    """
    from aicop.applicability import applicability

    given = [name for name, value in facts.items() if value]
    if not given:
        options = ", ".join(f"--{fact}" for fact in Fact)
        message = f"no facts are given, so nothing can be decided; give all that are true of: {options}"
        raise click.UsageError(message)
    answer = applicability(library.catalogue(edition), given)
    verdict = "in scope" if answer.in_scope else "not in scope"
    rows = [_reason(verdict, answer.facts, item) for item in answer.reasons]
    rows += [_question("scope", answer.facts, item) for item in answer.scope_questions]
    for holding in answer.roles:
        rows += [_reason(holding.role, holding.facts, item) for item in holding.reasons]
        rows += [_question(holding.role, holding.facts, item) for item in holding.questions]
    out.rows(rows)
    note(
        f"Decided for {answer.edition} from: {', '.join(answer.facts)}. "
        f"{count_phrase(len(answer.questions), 'open question')}."
    )


COMMANDS = {"applies": applies}
