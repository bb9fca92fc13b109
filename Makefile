# Needs a stock Python (3.11 or later, with venv); `make PYTHON=python3.12 test` picks another.
# Every path is relative, so that the checkout may lie anywhere, also where a path has a space in it.
PYTHON = python3
BIN = .venv/bin
# The second variable is for pip 25.3 and later, where the first no longer reaches the build.
PIN = PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

.PHONY: tour test lint typing tests wheel newest oldest bench bench-peers bench-crosswalks crosswalks docs clean

tour: .venv/ready
	@$(BIN)/python tools/tour.py

test: lint typing tests wheel

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python tools/settle.py --check
	$(BIN)/python tools/generate_docs.py --check

typing: .venv/ready
	$(BIN)/mypy

tests: .venv/ready
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage report

wheel: .venv/ready
	$(PIN) $(BIN)/python tools/check_wheel.py

# The same tests with what is newest today, and with the floors that pyproject.toml declares.
newest:
	$(PYTHON) -m venv --clear .venv-newest
	.venv-newest/bin/python -m pip install -q --upgrade --upgrade-strategy eager -e ".[cli,draw,dev]"
	.venv-newest/bin/python -m pytest

oldest:
	$(PYTHON) -m venv --clear .venv-oldest
	$(PYTHON) tools/floors.py > .venv-oldest/floors.txt
	.venv-oldest/bin/python -m pip install -q -r .venv-oldest/floors.txt -e ".[cli,draw,dev]"
	.venv-oldest/bin/python -m pytest

bench: .venv/ready
	$(BIN)/python benchmarks/run.py

bench-peers: .venv/ready
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install -q compliance-trestle mitreattack-python
	$(BIN)/python benchmarks/run.py --peers .venv-peers/bin/python

bench-crosswalks: .venv/ready
	$(PYTHON) -m venv .venv-crosswalk-peers
	.venv-crosswalk-peers/bin/python -m pip install -q semra sssom pandas polars
	$(BIN)/python benchmarks/crosswalk_scale.py --peers .venv-crosswalk-peers/bin/python

# Writes the editorial crosswalks from the judges' sheets, and how far the judges agree.
crosswalks: .venv/ready
	$(BIN)/python tools/settle.py
	$(BIN)/python tools/agreement.py

# Writes what is generated: the JSON Schemas and the tables of the reference.
docs: .venv/ready
	$(BIN)/python tools/generate_docs.py

clean:
	rm -rf .venv .venv-newest .venv-oldest .venv-peers .venv-crosswalk-peers build dist src/*.egg-info

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(PIN) $(BIN)/python -m pip install -q -e ".[cli,draw,dev]"
	@touch $@
