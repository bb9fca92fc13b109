"""Modules of JavaScript that are joined into one script."""

from __future__ import annotations

import pytest

from aicop.report.explorer.joining import JoinError, join

MODULES = {
    "start.js": '/** Start. */\n\nimport { one } from "./first.js";\nimport { two } from "./second-part.js";\none(two);\n',
    "first.js": "export function one(text) {\n  return text;\n}\nfunction hidden() {}\n",
    "second-part.js": 'import { one } from "./first.js";\nexport const two = one(2);\nexport class Three {}\n',
}

JOINED = """\
(() => {
"use strict";
const first_js = (() => {
function one(text) {
  return text;
}
function hidden() {}
return { one };
})();

const second_part_js = (() => {
const { one } = first_js;
const two = one(2);
class Three {}
return { two, Three };
})();

const start_js = (() => {
/** Start. */

const { one } = first_js;
const { two } = second_part_js;
one(two);
return {  };
})();
})();
"""


def test_modules_follow_those_that_they_import() -> None:
    """Each module is a function of its own after those that it imports, and returns what it exports."""
    assert join("start.js", read=MODULES.__getitem__) == JOINED


def test_an_import_may_have_a_name_on_each_line() -> None:
    """An import that is too long for one line is the same as one on one line."""
    wide = {"start.js": 'import { two, Three } from "./second-part.js";\ntwo();\n'}
    long = {"start.js": 'import {\n  two,\n  Three,\n} from "./second-part.js";\ntwo();\n'}
    assert join("start.js", read=(MODULES | long).__getitem__) == join("start.js", read=(MODULES | wide).__getitem__)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('import { one as two } from "./first.js";', "line 1: write an import as"),
        ('import * as first from "./first.js";', "line 1: write an import as"),
        ('import { one } from "https://example.org/first.js";', "line 1: write an import as"),
        ('const zero = 0;\nimport {\n  one,\n  two as three,\n} from "./first.js";', "line 2: write an import as"),
        ('import {\n  one,\n} from "./first.js";\nexport let two = 2;', "line 4: write an export in front"),
        ('import { absent, hidden } from "./first.js";', "first.js does not export absent, hidden"),
        ("const one = 1;\nexport { one };", "line 2: write an export in front of a declaration"),
        ("export default 1;", "line 1: write an export in front of a declaration"),
        ("export let one = 1;", "line 1: write an export in front of a declaration"),
        ("const end = '</SCRIPT>';", "cannot have the start or end of a script"),
        ("const start = '<!--';", "cannot have the start or end of a script or comment"),
        ('import { x } from "./odd.js";', "the modules import each other: odd.js -> odd.js"),
    ],
)
def test_what_does_not_fit_together_is_an_error(text: str, problem: str) -> None:
    """A form of import or export that is not known, and what would end the script, are refused with their place."""
    with pytest.raises(JoinError, match=r"^odd\.js") as caught:
        join("odd.js", read=(MODULES | {"odd.js": text}).__getitem__)
    assert problem in str(caught.value)


def test_modules_in_folders_are_found() -> None:
    """A module is imported by its path from the importing one, and is the same by whichever path."""
    modules = {
        "start.js": 'import { a } from "./views/a.js";\nimport { b } from "./b.js";\nuse(a, b);\n',
        "views/a.js": 'import { b } from "../b.js";\nimport { c } from "./c.js";\nexport const a = b + c;\n',
        "views/c.js": "export const c = 3;\n",
        "b.js": "export const b = 2;\n",
    }
    script = join("start.js", read=modules.__getitem__)
    assert script.count("const b_js = ") == 1
    assert script.index("const views_c_js = ") < script.index("const views_a_js = ") < script.index("const start_js = ")


def test_the_modules_of_the_package_fit_together() -> None:
    """The scripts that ship can be joined."""
    script = join("main.js")
    assert script.startswith('(() => {\n"use strict";\n')
    assert "\nimport " not in script
    assert "\nexport " not in script
