"""The commands of ``aicop assess`` that write: init, record and evidence."""

from __future__ import annotations

import datetime as dt
import getpass
import sys
from typing import TYPE_CHECKING, Any

import click

from aicop.cli.groups import HELP, SuggestingGroup
from aicop.cli.options import edition_option, on_option, prints, read_day, several, uses_library
from aicop.cli.output import Output
from aicop.cli.streams import note
from aicop.errors import FileAlreadyExists, count_phrase
from aicop.vocabulary import Role, term

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aicop.cli.options import Decorator
    from aicop.library.library import Library


def _name_of_user(_: click.Context, __: click.Parameter, name: str | None) -> str:
    if name:
        return name
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        message = "the name of the user is not known; name who records it"
        raise click.BadParameter(message) from None


by_option: Decorator = click.option(
    "--by",
    callback=_name_of_user,
    metavar="NAME",
    help="Who records it, for history.csv.  [default: the name of the user]",
)


def _ask() -> list[str]:
    """Ask for the facts about the organisation, one after the other."""
    from aicop.applicability.facts import Fact

    click.echo("Which of these are true of your organisation's part in this system?", err=True)
    return [fact.value for fact in Fact if click.confirm(fact.meaning, default=False, err=True)]


@click.command()
@click.argument("system")
@edition_option
@several("--role", metavar="ROLE", help=f"A role that is held: {', '.join(Role)}.")
@several("--fact", metavar="FACT", help="A fact from which roles follow, as in 'aicop applies'.")
@click.option("--title", metavar="TITLE", help="The title of the system.  [default: made from its name]")
@click.option("--owner", metavar="NAME", help="Who owns the system.")
@click.option("--unit", metavar="NAME", help="The organisational unit that it belongs to.")
@several("--inherits", metavar="SYSTEM", help="A system of the library from which verdicts are inherited.")
@uses_library
def init(  # noqa: PLR0913 -- one option for each fact
    *,
    system: str,
    edition: str,
    role: Sequence[str],
    fact: Sequence[str],
    title: str | None,
    owner: str | None,
    unit: str | None,
    inherits: Sequence[str],
    library: Library,
) -> None:
    """
    Start the assessment of SYSTEM in the library: its facts, and empty tables of verdicts and evidence.

    SYSTEM is a name in lower case, such as chat-assistant. Name the roles that are held, or facts from which they
    follow; on a terminal without either, you are asked for the facts. Nothing is overwritten.
    """
    from aicop.assessment import start

    if not role and not fact:
        if not sys.stdin.isatty():
            message = "name the roles that are held with --role, or facts from which they follow with --fact"
            raise click.UsageError(message)
        fact = _ask()
    try:
        found = start(
            library,
            system,
            edition=edition,
            roles=role,
            facts=fact,
            title=title,
            owner=owner,
            unit=unit,
            inherits=inherits,
        )
    except FileAlreadyExists as error:
        message = f"{error.path} already exists; choose another name, or edit what is there"
        raise click.UsageError(message) from None
    scope = sum(state.state.value != "out of scope" for state in found.states(dt.date.min))
    note(f"Wrote {found.folder}: {', '.join(found.system.roles)}; {scope} of {len(found.statements)} statements.")


def _day_option(name: str, meaning: str) -> Callable[..., Any]:
    return click.option(name, callback=read_day, metavar="DAY", help=f"{meaning}, as an ISO date.")


@click.command()
@click.argument("system")
@click.argument("key")
@click.argument("verdict")
@several("--role", metavar="ROLE", help="Only for this role, if the roles that are held have different verdicts.")
@click.option("--reason", metavar="TEXT", help="Why it is not applicable, or in scope although no role binds it.")
@several("--evidence", metavar="ID", help="The evidence, instead of that of the row.")
@click.option("--owner", metavar="NAME", help="Who works on it.")
@click.option("--assessor", metavar="NAME", help="Who gave the verdict.")
@_day_option("--due", "The day by which it is to be done")
@_day_option("--review", "The day on which it is to be looked at again")
@click.option("--accepted-by", metavar="NAME", help="Who accepts the risk of a fail.")
@_day_option("--accepted-until", "The last day on which it is accepted")
@click.option("--note", "remark", metavar="TEXT", help="A note.")
@on_option
@by_option
@uses_library
def record(  # noqa: PLR0913 -- one option for each column
    *,
    system: str,
    key: str,
    verdict: str,
    role: Sequence[str],
    reason: str | None,
    evidence: Sequence[str],
    owner: str | None,
    assessor: str | None,
    due: dt.date | None,
    review: dt.date | None,
    accepted_by: str | None,
    accepted_until: dt.date | None,
    remark: str | None,
    on: dt.date,
    by: str,
    library: Library,
) -> None:
    """
    Record the VERDICT on the statement KEY, which may be a provision with one statement.

    VERDICT is pass, fail, inconclusive, "not applicable" or "not assessed". The verdict goes to verdicts.csv and to
    history.csv. KEY may also be an element of another framework, such as a control of yours, whose verdict goes to
    controls.csv.
    """
    from aicop.assessment import State, Verdict, load, recorded, save
    from aicop.assessment.editing.recording import record as record_statement
    from aicop.assessment.editing.recording import record_control, statement_of

    found = before = load(library, system, check_files=False)
    cells = {"reason": reason, "evidence": evidence or None, "owner": owner, "assessor": assessor, "note": remark}
    more = {"due": due, "review": review, "accepted_by": accepted_by, "accepted_until": accepted_until}
    statement = statement_of(found, library, key)
    if statement is None:
        if role or any(more.values()):
            message = (
                f"{key} is an element of another framework, whose verdicts have no role, due, review or acceptance"
            )
            raise click.UsageError(message)
        found = record_control(found, library, key, verdict, on, **cells)  # type: ignore[arg-type]
    else:
        for one in role or (None,):
            found = record_statement(found, statement, verdict, on, role=one, **cells, **more)  # type: ignore[arg-type]
    save([recorded(before, found, on, by)])
    note(f"Recorded {term(Verdict, verdict)} for {system}: {statement or library.parse(key)}.")
    if statement is not None and (state := found.state(statement, on)).state is State.OUT_OF_SCOPE:
        why = " ".join(state.reasons)
        note(
            f"It does not count, because the statement is out of scope. {why} If it applies all the same, add --reason."
        )


@click.group("evidence", cls=SuggestingGroup, context_settings=HELP)
def evidence() -> None:
    """Evidence: files in the library, and web addresses."""


@evidence.command("add")
@click.argument("system")
@click.argument("source", metavar="FILE")
@several("--for", "keys", metavar="KEY", help="A statement, or an element of another framework, that it is about.")
@click.option("--id", "name", metavar="ID", help="Its id, unique in the library.  [default: the next, such as EV-12]")
@click.option("--title", metavar="TITLE", help="Its title.  [default: the name of the file]")
@click.option("--type", "kind", metavar="KIND", help="Its kind, such as document, record or test result.")
@_day_option("--valid-until", "The last day on which it is valid")
@click.option("--artefact", metavar="KEY", help="The key of the artefact that it is an example of.")
@click.option("--note", "remark", metavar="TEXT", help="A note.")
@on_option
@by_option
@uses_library
def add(  # noqa: PLR0913 -- one option for each column
    *,
    system: str,
    source: str,
    keys: Sequence[str],
    name: str | None,
    title: str | None,
    kind: str | None,
    valid_until: dt.date | None,
    artefact: str | None,
    remark: str | None,
    on: dt.date,
    by: str,
    library: Library,
) -> None:
    """
    Add FILE, or a web address, to the evidence of SYSTEM, and link it to the verdicts on one or more statements.

    The file must be in the folder of the library. Its path and SHA-256 digest are recorded, so that a later change
    shows. A web address is taken as it is, and never fetched. A file that is evidence already is only linked;
    options that would change its row are refused.
    """
    from aicop.assessment import collect, link, load, recorded, save

    found = load(library, system, check_files=False)
    more = {"title": title, "kind": kind, "valid_until": valid_until, "artefact": artefact, "note": remark}
    item = collect(found, library, source, on, id=name, **more)  # type: ignore[arg-type]
    save([recorded(found, link(found, library, item, keys), on, by)])
    note(f"{item.id}: {item.location}, linked to {count_phrase(len(keys), 'key')}.")
    # An address is the same evidence whenever it was added, so that only files have earlier contents.
    if earlier := [one.id for one in found.pool.values() if one.location == item.location and one.id != item.id]:
        note(
            f"{' and '.join(earlier)} is the same file with other content: a verdict that names it stays stale until "
            f"it is recorded again with --evidence {item.id}."
        )


@evidence.command("list")
@click.argument("system", required=False)
@on_option
@uses_library
@prints(
    *("system", "id", "kind", "title", "location", "state", "collected", "valid_until", "expired", "artefact"),
    *("statements", "controls", "note"),
    table=("id", "title", "location", "state", "valid_until", "statements"),
)
def list_(out: Output, system: str | None, on: dt.date, library: Library) -> None:
    """
    List the evidence of SYSTEM, or of all systems: whether its file is as it was, and what names it.

    A file is present, missing or changed since it was collected. What has no file is not checked.
    """
    from aicop.assessment import load_all

    found = load_all(library, None if system is None else [system])
    rows = [
        {
            "system": about.system.name,
            "id": item.id,
            "kind": item.kind,
            "title": item.title,
            "location": item.location,
            "state": about.files.get(item.id),
            "collected": item.collected,
            "valid_until": item.valid_until,
            "expired": "yes" if item.valid_until is not None and item.valid_until < on.isoformat() else "no",
            "artefact": item.artefact,
            "statements": [str(row.key.local) for row in about.verdicts if item.id in row.evidence],
            "controls": [str(row.key) for row in about.controls if item.id in row.evidence],
            "note": item.note,
        }
        for about in found
        for item in about.evidence
    ]
    out.rows(rows)
    note(f"{count_phrase(len(rows), 'piece')} of evidence of {count_phrase(len(found), 'system')}.")


COMMANDS: dict[str, click.Command] = {"init": init, "record": record, "evidence": evidence}
