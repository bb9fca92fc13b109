# Needs a stock Python (3.11 or later, with venv); `make PYTHON=python3.12 test` picks another.
# Every path is relative, so that the checkout may lie anywhere, also where a path has a space in it.
PYTHON = python3
BIN = .venv/bin
# The second variable is for pip 25.3 and later, where the first no longer reaches the build.
PIN = PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

RUNTIME_EXTRAS = cli draw mcp parquet rdf report xlsx yaml
EXTRAS = cli,draw,mcp,parquet,rdf,report,xlsx,yaml,docs,dev
FOREIGN = .venv-foreign
# One worker for each processor. A file stays with one worker, which loads once what its tests share.
PARALLEL = --numprocesses=auto --dist=worksteal
LIBRARIES = cattrs fastapi httpx mcp msgspec openapi-spec-validator pandas polars narwhals duckdb sqlalchemy
TOOLS = compliance-trestle oscal oscal-bindings "cyclonedx-python-lib[json-validation]" sssom sssom-pydantic openpyxl jsonschema-rs

# Three versions of Mermaid, and a browser without a screen for them.
NODE = jsdom@29.1.1 mermaid-10@npm:mermaid@10.9.3 mermaid-11@npm:mermaid@11.4.1 mermaid@12.3.0
BROWSER = .venv-browser
CHROMIUM = /usr/bin/chromium
PAGE_TOOLS = axe-core@4.14.1 typescript@7.0.2 eslint@10.15.0 @eslint/js@10.0.1 globals@17.14.0
FUZZ = .venv-fuzz
VARYING = tests/assessment/files tests/cli tests/files tests/interop tests/keys tests/library tests/mcp tests/report tests/schema \
	tests/test_field_types.py tests/test_lazy.py tests/test_records.py tests/test_tables.py
MINUTES = 60
SAMPLE = 50
COUNT = 10000

.PHONY: tour test lint typing site tests wheel foreign browser fuzz mutants upgrades pythons newest oldest bench bench-peers bench-crosswalks bench-formats bench-text bench-growth bench-assessments bench-explorer screenshots crosswalks docs clean .venv-bench

tour: .venv/ready
	@$(BIN)/python tools/tour.py

test: lint typing site tests wheel

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python tools/settle.py --check
	$(BIN)/python tools/generate_docs.py --check
	$(BIN)/python tools/positions.py --check

# Users have either checker, so both must agree with what typing_tests says.
typing: .venv/ready
	$(BIN)/mypy
	$(BIN)/python tools/check_types.py

# The documentation as a site in build/site. Every warning is an error, and so is every reference that leads nowhere.
site: .venv/ready
	$(BIN)/sphinx-build -W --keep-going -n -q -E -b html -d build/doctrees docs build/site

tests: .venv/ready
	$(BIN)/python -m pytest $(PARALLEL) --cov --cov-report=term:skip-covered

wheel: .venv/ready
	$(PIN) $(BIN)/python tools/check_wheel.py

# Acceptance by the tools that read our formats; it installs them first, and takes minutes more than `make test`.
foreign: $(FOREIGN)/ready
	AICOP_NODE_MODULES="$(CURDIR)/$(FOREIGN)/node_modules" \
	AICOP_SARIF_MULTITOOL="$(CURDIR)/$(FOREIGN)/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool" \
	$(FOREIGN)/bin/python -m pytest -o filterwarnings=ignore tests/foreign

# What people look at, in Chromium, which Debian's package of that name installs; and the scripts under the checks of others.
browser: $(BROWSER)/ready
	AICOP_CHROMIUM="$(CHROMIUM)" AICOP_NODE_MODULES="$(CURDIR)/$(BROWSER)/node_modules" \
	$(BROWSER)/bin/python -m pytest tests/browser

# The pictures of the explorer in the documentation. Look at them before you commit them.
screenshots: $(BROWSER)/ready
	AICOP_CHROMIUM="$(CHROMIUM)" $(BROWSER)/bin/python tools/screenshots.py

# Changed files for every reader: an hour for all of them, or `make fuzz MINUTES=1`.
fuzz: $(FUZZ)/ready
	$(FUZZ)/bin/python -m tests.fuzz --minutes $(MINUTES)

# Small changes to the modules of the algebra that no test notices: 50 in each package, or all with SAMPLE=0, which takes
# hours.
mutants: .venv/ready
	$(BIN)/python tools/mutants.py --sample $(SAMPLE)

# Random assessments to another edition and back, from a seed; a few minutes.
upgrades: .venv/ready
	$(BIN)/python -m tests.assessment.upgrades --count $(COUNT)

# The tests of what differs between versions of Python, with each later version that is supported and found here.
pythons:
	set -e; for python in $$($(PYTHON) tools/pythons.py); do \
		echo "$$python"; \
		"$$python" -m venv --clear .venv-pythons; \
		$(PIN) .venv-pythons/bin/python -m pip install -q -e ".[$(EXTRAS)]"; \
		.venv-pythons/bin/python -m pytest $(PARALLEL) -q $(VARYING); \
	done

# The same tests with what is newest today, and with the floors that pyproject.toml declares.
newest:
	$(PYTHON) -m venv --clear .venv-newest
	.venv-newest/bin/python -m pip install -q --upgrade --upgrade-strategy eager -e ".[$(EXTRAS)]"
	.venv-newest/bin/python -m pytest $(PARALLEL)

oldest:
	$(PYTHON) -m venv --clear .venv-oldest
	$(PYTHON) tools/floors.py $(RUNTIME_EXTRAS) > .venv-oldest/floors.txt
	.venv-oldest/bin/python -m pip install -q -r .venv-oldest/floors.txt -e ".[$(EXTRAS)]"
	.venv-oldest/bin/python -m pytest $(PARALLEL)

# Both print nothing but the tables of docs/reference/benchmarks.md.
bench: .venv-bench
	@$(BIN)/python benchmarks/run.py --python .venv-bench/bin/python

bench-peers: .venv-bench
	@$(PYTHON) -m venv .venv-peers
	@.venv-peers/bin/python -m pip install -q compliance-trestle mitreattack-python
	@$(BIN)/python benchmarks/run.py --python .venv-bench/bin/python --peers .venv-peers/bin/python

# The wheel of this checkout, made anew each time: an editable installation imports much at the start of every process.
.venv-bench: .venv/ready
	@$(PYTHON) -m venv --clear $@
	@$(PIN) $(BIN)/python -m build --outdir $@/dist > $@/build.log
	@$(PIN) $@/bin/python -m pip install -q "$$(echo $@/dist/*.whl)[cli]"

bench-crosswalks: .venv/ready
	$(PYTHON) -m venv .venv-crosswalk-peers
	.venv-crosswalk-peers/bin/python -m pip install -q semra sssom pandas polars
	$(BIN)/python benchmarks/crosswalk_scale.py --peers .venv-crosswalk-peers/bin/python

bench-formats: .venv/ready $(FOREIGN)/ready
	$(BIN)/python benchmarks/format_scale.py --peers $(FOREIGN)/bin/python \
		--catalogue $(FOREIGN)/lib/python*/site-packages/evidentia_core/catalogs/data/us-federal/nist-800-53-rev5.json

# How questions about crosswalks grow from 1,000 to 100,000 rows; about half an hour.
bench-growth: .venv/ready
	$(BIN)/python benchmarks/crosswalk_growth.py

# Search, keys and editions as frameworks, at 1,000, 10,000 and 100,000 items.
bench-text: .venv/ready
	$(BIN)/python benchmarks/text_scale.py

# 1,000 systems with 88 verdicts each, loaded, rolled up and checked.
bench-assessments: .venv/ready
	$(BIN)/python benchmarks/assessment_scale.py

# A page of the explorer with what ships, and with 5,000 controls and 50,000 mappings, in Chromium.
bench-explorer: $(BROWSER)/ready
	$(BROWSER)/bin/python benchmarks/explorer_scale.py --chromium "$(CHROMIUM)"

# Writes the editorial crosswalks from the judges' sheets, and how far the judges agree.
crosswalks: .venv/ready
	$(BIN)/python tools/settle.py
	$(BIN)/python tools/agreement.py

# Writes what is generated: the JSON Schemas, the tables of the reference, and the positions of drawings.
docs: .venv/ready
	$(BIN)/python tools/generate_docs.py
	$(BIN)/python tools/positions.py

clean:
	rm -rf .venv .venv-newest .venv-oldest .venv-pythons .venv-bench .venv-peers .venv-crosswalk-peers $(BROWSER) $(FOREIGN) $(FUZZ) build dist src/*.egg-info

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(PIN) $(BIN)/python -m pip install -q -e ".[$(EXTRAS)]"
	@touch $@

$(BROWSER)/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(BROWSER)
	$(PIN) $(BROWSER)/bin/python -m pip install -q -e ".[cli,report,xlsx]" pytest hypothesis playwright
	npm install --prefix "$(BROWSER)" --no-save --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error $(PAGE_TOOLS)
	@touch $@

# atheris has wheels for some versions of Python on Linux alone, so it is no dependency of the tests.
$(FUZZ)/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(FUZZ)
	$(PIN) $(FUZZ)/bin/python -m pip install -q -e ".[cli,rdf,xlsx,yaml]" atheris==3.0.0
	@touch $@

# Over a hundred distributions, in an environment of their own; one that is wanted for the OSCAL catalogs in it alone;
# PyInstaller in another one, since it freezes whatever is there; and some from npm, whose scripts are not run.
$(FOREIGN)/ready: pyproject.toml constraints-foreign.txt
	$(PYTHON) -m venv $(FOREIGN)
	PIP_CONSTRAINT=constraints-foreign.txt $(FOREIGN)/bin/python -m pip install -q --disable-pip-version-check \
		-e ".[cli,mcp,parquet,rdf,xlsx,yaml]" pytest hypothesis $(TOOLS) $(LIBRARIES)
	$(FOREIGN)/bin/python -m pip install -q --disable-pip-version-check --no-deps --ignore-requires-python evidentia-core==0.13.2
	$(PYTHON) -m venv $(FOREIGN)/freezing
	PIP_CONSTRAINT=constraints-foreign.txt $(FOREIGN)/freezing/bin/python -m pip install -q --disable-pip-version-check \
		-e ".[cli]" pyinstaller "setuptools>=77"
	npm install --silent --no-audit --no-fund --no-package-lock --ignore-scripts --prefix $(FOREIGN) \
		@microsoft/sarif-multitool@5.7.0 $(NODE)
	chmod u+x $(FOREIGN)/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
	@touch $@
