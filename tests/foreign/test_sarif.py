"""SARIF exports in the SARIF Multitool and its JSON schema."""

from __future__ import annotations

import json
import os
import re
import subprocess
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aicop import frameworks, load
from aicop.assessment import Assessment, Rule, Verdict, check
from aicop.crosswalk import crosswalk
from aicop.frameworks import available
from aicop.interop import gate
from aicop.interop.sarif import SCHEMA, dumps, reference, taxonomy
from aicop.manifest import editions
from aicop.mappings import sets
from aicop.model import System, VerdictRow
from aicop.vocabulary import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

schemas = import_module("jsonschema_rs")

UNAVOIDABLE = {
    "The tool 'aicop' does not provide 'informationUri'.",
    "The tool 'aicop' does not provide any of the version-related properties",
}
"""Warnings on the tool that made a log: this one is of no scan, and the same in every version of the library."""


@pytest.fixture(scope="session")
def multitool() -> Path:
    """Return the path of the program, and fail if it is not installed."""
    written = os.environ.get("AICOP_SARIF_MULTITOOL")
    if not written or not Path(written).is_file():
        pytest.fail("AICOP_SARIF_MULTITOOL is not set to the Sarif.Multitool program of @microsoft/sarif-multitool")
    return Path(written)


@pytest.fixture(scope="session")
def schema(multitool: Path) -> Callable[[Any], list[str]]:
    """Return a check against the program's schema, including formats of ids and addresses."""
    text = (multitool.parent / "sarif-2.1.0.json").read_text(encoding="utf-8-sig")
    validator = schemas.Draft202012Validator(json.loads(text), validate_formats=True)
    return lambda log: [error.message for error in validator.iter_errors(log)]


def _messages(multitool: Path, paths: Iterable[Path]) -> list[str]:
    """Return the errors and warnings for some files, which are in the output, since the exit code is always 0."""
    command = [str(multitool), "validate", *map(str, paths)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)  # noqa: S603 -- it is the tool
    assert "Analysis completed successfully." in done.stdout, done.stdout + done.stderr
    return re.findall(r"(?:error|warning) \w+: .*", done.stdout + done.stderr)


def _log() -> Any:  # noqa: ANN401 -- JSON
    return json.loads(dumps(crosswalk("owasp-llm-top10@2025", "owasp-llm-top10@2026")))


def _all() -> dict[str, str]:
    pairs = sorted({(item.source, item.target) for item in sets()})
    written = {str(edition): dumps(load(edition)) for edition in editions()}
    written |= {str(item.id): dumps(frameworks.load(item.id)) for item in available()}
    return written | {f"{one}--{other}": dumps(crosswalk(one, other)) for one, other in pairs}


def test_everything_that_ships_is_accepted(multitool: Path, schema: Callable[[Any], list[str]], tmp_path: Path) -> None:
    """No errors are reported, and only the warnings about a tool that scans nothing."""
    written = _all()
    paths = []
    for name, text in written.items():
        assert schema(json.loads(text)) == [], name
        paths.append(tmp_path / f"{name}.sarif")
        paths[-1].write_text(text, encoding="utf-8")
    messages = _messages(multitool, paths)
    known_ones = [line for line in messages if any(known in line for known in UNAVOIDABLE)]
    assert [line for line in messages if line not in known_ones] == []
    assert len(known_ones) == len(UNAVOIDABLE) * len(written)


def test_findings_of_gates_are_accepted(multitool: Path, schema: Callable[[Any], list[str]], tmp_path: Path) -> None:
    """Results with rules, places and fingerprints are valid, also without any finding."""
    code = load("uk-ai-cop")
    facts = System(name="chat", title="Chat", edition=code.id, roles=[Role.DEVELOPER])
    row = VerdictRow(key=next(iter(Assessment(system=facts, catalogue=code).statements)), verdict=Verdict.FAIL)
    about = Assessment(system=facts, catalogue=code, verdicts=(row,))
    paths = []
    for name, rules, folder in (("all", list(Rule), "our files"), ("none", ["stale"], ""), ("abs", ["fail"], "/a b")):
        text = gate.sarif([check(about, rules, "2026-06-30")], folder=folder)
        assert schema(json.loads(text)) == [], name
        paths.append(tmp_path / f"{name}.sarif")
        paths[-1].write_text(text, encoding="utf-8")
    messages = _messages(multitool, paths)
    assert [line for line in messages if not any(known in line for known in UNAVOIDABLE)] == []


def _taxonomy(log: Any) -> Any:  # noqa: ANN401 -- JSON
    return log["runs"][0]["taxonomies"][0]


def _unnamed(log: Any) -> None:  # noqa: ANN401 -- JSON
    del _taxonomy(log)["name"]


def _without_id(log: Any) -> None:  # noqa: ANN401 -- JSON
    del _taxonomy(log)["taxa"][0]["id"]


def _with_more(log: Any) -> None:  # noqa: ANN401 -- JSON
    _taxonomy(log)["taxa"][0]["nature"] = "risk"


def _twice(log: Any) -> None:  # noqa: ANN401 -- JSON
    _taxonomy(log)["taxa"][0]["relationships"] *= 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_unnamed, "JSON1002: runs[0].taxonomies[0]: The required property 'name' is missing."),
        (_without_id, "JSON1002: runs[0].taxonomies[0].taxa[0]: The required property 'id' is missing."),
        (_with_more, "JSON1005: runs[0].taxonomies[0].taxa[0].nature: The schema does not define a property 'nature'"),
        (_twice, "JSON1020: runs[0].taxonomies[0].taxa[0].relationships: The elements of the array are not unique."),
    ],
)
def test_broken_logs_are_refused(multitool: Path, tmp_path: Path, change: Callable[[Any], None], message: str) -> None:
    """The program finds errors of form."""
    log = _log()
    change(log)
    path = tmp_path / "broken.sarif"
    path.write_text(json.dumps(log, indent=1), encoding="utf-8")
    assert any(message in line for line in _messages(multitool, [path]))


def test_the_schema_checks_formats(schema: Callable[[Any], list[str]]) -> None:
    """The schema refuses invalid ids, and addresses without a scheme."""
    log = _log()
    _taxonomy(log)["guid"] = "no-guid"
    _taxonomy(log)["informationUri"] = "owasp.org/x"
    assert sorted(schema(log)) == ['"no-guid" is not a "uuid"', '"owasp.org/x" is not a "uri"']


def _dangling(log: Any) -> None:  # noqa: ANN401 -- JSON
    _taxonomy(log)["taxa"][0]["relationships"][0]["target"]["guid"] = "00000000-0000-5000-8000-000000000000"


def _bogus(log: Any) -> None:  # noqa: ANN401 -- JSON
    _taxonomy(log)["taxa"][0]["relationships"][0]["kinds"] = ["bogus"]


def _without_a_day(log: Any) -> None:  # noqa: ANN401 -- JSON
    _taxonomy(log)["releaseDateUtc"] = "2025-12"


def _to_be_filled(log: Any) -> None:  # noqa: ANN401 -- JSON
    _taxonomy(log)["taxa"][0]["shortDescription"]["text"] = "{0} [is](1)"


@pytest.mark.parametrize("change", [_dangling, _bogus, _without_a_day, _to_be_filled])
def test_semantic_errors_are_accepted(
    multitool: Path, schema: Callable[[Any], list[str]], tmp_path: Path, change: Callable[[Any], None]
) -> None:
    """Both accept broken references, kinds, dates and placeholders, which aicop's own tests check."""
    log = _log()
    change(log)
    path = tmp_path / "odd.sarif"
    path.write_text(json.dumps(log, indent=1), encoding="utf-8")
    assert [line for line in _messages(multitool, [path]) if not any(known in line for known in UNAVOIDABLE)] == []
    assert schema(log) == []


def test_a_scanners_log_with_aicops_taxonomy(
    multitool: Path, schema: Callable[[Any], list[str]], tmp_path: Path
) -> None:
    """The example of the how-to guide is valid, and its targets exist."""
    page = Path(__file__).parents[2] / "docs" / "how-to" / "sarif.md"
    (example,) = re.findall(r"```json\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    log = json.loads(example)
    run = log["runs"][0]
    run["taxonomies"] = json.loads(dumps(load("uk-ai-cop")))["runs"][0]["taxonomies"]
    (taxonomy,) = run["taxonomies"]
    assert [one["guid"] for one in run["tool"]["driver"]["supportedTaxonomies"]] == [taxonomy["guid"]]
    guids = {taxon["id"]: taxon["guid"] for taxon in taxonomy["taxa"]}
    pointed = [one["target"] for rule in run["tool"]["driver"]["rules"] for one in rule["relationships"]]
    pointed += [one for result in run["results"] for one in result["taxa"]]
    assert pointed
    for target in pointed:
        assert target["guid"] == guids[target["id"]]
        assert target["toolComponent"]["guid"] == taxonomy["guid"]
    path = tmp_path / "scanner.sarif"
    path.write_text(json.dumps(log, indent=1), encoding="utf-8")
    assert _messages(multitool, [path]) == []
    assert schema(log) == []


def test_a_scanners_log_of_aicops_objects(multitool: Path, schema: Callable[[Any], list[str]], tmp_path: Path) -> None:
    """A log that a scanner writes with `taxonomy` and `reference` is accepted without a warning."""
    component = taxonomy("etsi-en-304-223")
    rules = [
        {
            "id": f"EX{number}",
            "name": "ExampleRule",
            "shortDescription": {"text": "An example."},
            "helpUri": f"https://example.org/scanner/EX{number}",
            "relationships": [{"target": reference(f"etsi-en-304-223:{key}"), "kinds": ["incomparable"]}],
        }
        for number, key in ((1001, "5.2.1-2"), (1002, "5.2.4-1"), (1003, "P5"))
    ]
    driver = {
        "name": "ExampleScanner",
        "version": "1.0",
        "informationUri": "https://example.org/scanner",
        "supportedTaxonomies": [{"name": component["name"], "guid": component["guid"]}],
        "rules": rules,
    }
    location = {"artifactLocation": {"uri": "models/support-bot.json"}, "region": {"startLine": 3}}
    results = [
        {
            "ruleId": rule["id"],
            "ruleIndex": index,
            "message": {"text": "The model 'support-bot' is an example."},
            "locations": [{"physicalLocation": location}],
            "taxa": [reference("etsi-en-304-223:5.2.1-2"), reference("etsi-en-304-223:5.2.4-1")],
        }
        for index, rule in enumerate(rules)
    ]
    run = {"tool": {"driver": driver}, "taxonomies": [component], "results": results}
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    path = tmp_path / "scanner.sarif"
    path.write_text(json.dumps(log, indent=1), encoding="utf-8")
    assert _messages(multitool, [path]) == []
    assert schema(log) == []
