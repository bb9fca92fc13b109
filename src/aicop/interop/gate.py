"""
What a gate found, for its readers: text, JUnit XML, SARIF 2.1.0, annotations of GitHub, Markdown and a badge.

All functions are pure, and take the results of several systems. Texts of the user's are escaped for each format. The
files of findings are paths in the folder of the library; *folder* is put before them, such as its path in a repository.

Source: SARIF 2.1.0, 3.27 (results) and 3.29 (locations); GitHub, "Workflow commands" (annotations); Shields, "Endpoint
Badge".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from aicop.assessment.status.states import State
from aicop.errors import count_phrase, escape_text
from aicop.files.json_text import drop_empty, dump_json
from aicop.files.markdown import markdown_table, markdown_text
from aicop.interop.common.identifiers import uuid
from aicop.interop.sarif import SCHEMA
from aicop.vocabulary import Modality, term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aicop.assessment.status.gate import Finding, GateResult, Rule, RuleResult
    from aicop.assessment.status.units import Status
    from aicop.catalogue.catalogue import OneOrMore


def _path(folder: str, file: str) -> str:
    return f"{folder.rstrip('/')}/{file}" if folder not in {"", "."} else file


def _attribute(text: object) -> str:
    """Return a text as an attribute of XML, with quotes; XML cannot hold control characters."""
    return quoteattr(escape_text(str(text)))


def _place(finding: Finding, folder: str) -> str:
    line = "" if finding.line is None else f", line {finding.line}"
    return f"{_path(folder, finding.file)}{line}"


def text(results: Iterable[GateResult], *, folder: str = "") -> str:
    """
    Return a line for each finding: its file and line, the rule, and what is wrong, as linters print it.

    Many editors and terminals lead from such a line to its place.
    """
    return "".join(
        f"{escape_text(_path(folder, one.file))}:{'' if one.line is None else f'{one.line}:'} "
        f"{one.rule}: {escape_text(one.message)}\n"
        for result in results
        for one in result.findings
    )


def junit(results: Iterable[GateResult], *, folder: str = "") -> str:
    """
    Return the results as JUnit XML: a suite for each system, and a case for each statement to which a rule applies.

    Statements out of scope, and those to which no rule applies, have no case. There is no time, because nothing ran.
    """
    listed = tuple(results)
    cases = sum(len(item.checked) for one in listed for item in one.rules)
    failures = sum(len(_by_statement(item)) for one in listed for item in one.rules)
    suites = "".join(_suite(one, folder) for one in listed)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<testsuites name="aicop" tests="{cases}" failures="{failures}">\n{suites}</testsuites>\n'


def _by_statement(item: RuleResult) -> dict[object, list[Finding]]:
    found: dict[object, list[Finding]] = {}
    for finding in item.findings:
        found.setdefault(finding.key, []).append(finding)
    return found


def _suite(result: GateResult, folder: str) -> str:
    cases = sum(len(item.checked) for item in result.rules)
    failures = sum(len(_by_statement(item)) for item in result.rules)
    properties = "".join(
        f"      <property name={_attribute(name)} value={_attribute(value)}/>\n"
        for name, value in (("title", result.title), ("edition", result.edition), ("on", result.on))
    )
    body = "".join(_case(result, item, key, folder) for item in result.rules for key in item.checked)
    return (
        f'  <testsuite name={_attribute(result.system)} tests="{cases}" failures="{failures}" errors="0" skipped="0">\n'
        f"    <properties>\n{properties}    </properties>\n{body}  </testsuite>\n"
    )


def _case(result: GateResult, item: RuleResult, key: object, folder: str) -> str:
    name = f"    <testcase classname={_attribute(f'{result.system}.{item.rule}')} name={_attribute(key)}"
    found = _by_statement(item).get(key)
    if found is None:
        return f"{name}/>\n"
    message = " ".join(one.message for one in found)
    text = "\n".join(f"{_place(one, folder)}: {one.message}" for one in found)
    failure = (
        f"      <failure type={_attribute(item.rule)} message={_attribute(message)}>"
        f"{escape(escape_text(text, keep=chr(10)))}</failure>\n"
    )
    return f"{name}>\n{failure}    </testcase>\n"


def sarif(results: Iterable[GateResult], *, folder: str = "") -> str:
    """
    Return the results as a SARIF log with one run, and a result for each finding.

    A finding without a row is placed at the first line of the file. Its fingerprint is that of the system, rule,
    statement and role, so that it stays the same when lines move.
    """
    listed = tuple(results)
    rules = tuple(dict.fromkeys(item.rule for one in listed for item in one.rules))
    driver = {
        "name": "aicop",
        "rules": [
            {"id": rule.value, "shortDescription": {"text": rule.meaning}, "defaultConfiguration": {"level": "error"}}
            for rule in rules
        ],
    }
    found = [_sarif_result(one, finding, rules, folder) for one in listed for finding in one.findings]
    run = {"tool": {"driver": driver}, "results": found, "columnKind": "utf16CodeUnits"}
    return dump_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _sarif_result(result: GateResult, finding: Finding, rules: Sequence[Rule], folder: str) -> dict[str, Any]:
    # A message is plain text in which braces are placeholders and ``[text](target)`` is a link.
    text = escape_text(finding.message).replace("{", "{{").replace("}", "}}").replace("](", "\\](")
    facts = {
        "system": result.system,
        "key": str(finding.key),
        "role": finding.role,
        "state": finding.state.value,
        "on": result.on,
    }
    return {
        "ruleId": finding.rule.value,
        "ruleIndex": rules.index(finding.rule),
        "level": "error",
        "message": {"text": text},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(_path(folder, finding.file))},
                    "region": {"startLine": finding.line or 1},
                }
            }
        ],
        "partialFingerprints": {"aicop/v1": uuid("finding", result.system, finding.rule, finding.key, finding.role)},
        "properties": {"aicop": drop_empty(facts)},
    }


def _uri(path: str) -> str:
    """Return a path as a relative reference, or as the address of a file if it is absolute."""
    whole = quote(path, safe="/", errors="surrogateescape")
    return f"file://{whole}" if path.startswith("/") else whole


def github(results: Iterable[GateResult], *, folder: str = "") -> str:
    """Return one workflow command per finding, which GitHub shows as an annotation of the line."""
    return "".join(
        f"::error file={_property(_path(folder, one.file))},line={one.line or 1},"
        f"title={_property(f'{result.system}: {one.rule}')}::{_data(one.message)}\n"
        for result in results
        for one in result.findings
    )


def _data(text: str) -> str:
    # A line break would end the command, and begin another one.
    return escape_text(text, keep="\r\n").replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def markdown(results: Iterable[GateResult], *, folder: str = "") -> str:
    """Return a summary in Markdown: for each system a table of the rules with counts, and a table of the findings."""
    return "\n".join(_summary(result, folder) for result in results)


def _summary(result: GateResult, folder: str) -> str:
    broken = sum(bool(item.findings) for item in result.rules)
    said = f"{count_phrase(broken, 'rule')} of {len(result.rules)} broken"
    limits = [f"role {' or '.join(result.roles)}"] if result.roles else []
    limits += [f"phase {' or '.join(phase.slug for phase in result.phases)}"] if result.phases else []
    filters = f" Filter: {'; '.join(limits)}." if limits else ""
    about = f"{_cell(result.edition)}, {result.on}: {said}.{filters}"
    head = f"### {_cell(result.title)} ({_cell(result.system)})\n\n{about}\n\n"
    rules = markdown_table(
        ("rule", "checked", "broken"),
        ([_cell(item.rule), str(len(item.checked)), str(len(_by_statement(item)))] for item in result.rules),
    )
    lines = [
        [_cell(one.rule), _cell(one.key), _cell(one.message), _cell(_place(one, folder))] for one in result.findings
    ]
    return head + rules + (f"\n{markdown_table(('rule', 'statement', 'finding', 'place'), lines)}" if lines else "")


def _cell(value: object) -> str:
    return markdown_text(escape_text(str(value)))


def badge(status: Status, *, modality: OneOrMore = Modality.SHALL, label: str | None = None) -> str:
    """
    Return the JSON of an endpoint badge of Shields that counts the statements in scope by their state.

    *modality* chooses the statements, and may be several. The badge has counts with their denominator, no share and no
    grade, and always the same colour.

    Raises:
        UnknownTerm: there is no such modality.
    """
    kinds = dict.fromkeys(term(Modality, one) for one in ((modality,) if isinstance(modality, str) else modality))
    counts = {
        state: sum(unit.count(state, modality=kind) for unit in status.units for kind in kinds) for state in State
    }
    in_scope = sum(count for state, count in counts.items() if state is not State.OUT_OF_SCOPE)
    said = ", ".join(_counts(counts)) if in_scope else "none in scope"
    content = {
        "schemaVersion": 1,
        "label": escape_text(label if label is not None else f"{status.edition} {' or '.join(kinds)}"),
        "message": f"{said} of {in_scope}" if in_scope else said,
        "color": "blue",
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _counts(counts: dict[State, int]) -> Iterator[str]:
    """Yield the number of statements in each state in scope, those that pass first; others only if there are any."""
    yield f"{counts[State.PASS]} pass"
    for state in (State.FAIL, State.STALE, State.INCONCLUSIVE, State.NOT_ASSESSED, State.NOT_APPLICABLE):
        if counts[state]:
            yield f"{counts[state]} {state}"
