# Two commands do all the set-up: `make demo` shows the journey, `make test` proves it.
# Without make: see README.md ("Without make").

PYTHON ?= python3
BIN := .venv/bin
TESTS ?= tests

# Each worker imports every test, and many tests start the program: compiled once, all are quicker.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test lint typecheck unit keychain wheel bench mutate timer format clean

demo: .venv/installed
	$(BIN)/autoclaim demo $(ARGS)

test: .venv/installed-dev lint typecheck unit keychain wheel

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

typecheck: .venv/installed-dev
	$(BIN)/mypy
	$(BIN)/mypy $(wildcard scenarios/*/ fixtures/*/)

unit: .venv/installed-dev
	sh .ci/browsers $(BIN)/python
	$(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder $(TESTS)

# Passwords in a real Secret Service, where the machine has one or may install it.
keychain: .venv/installed-dev
	sh .ci/keychain $(BIN)/python

# What ships is what is tested: the wheel in an environment of its own, outside the checkout.
wheel: .venv/installed-dev
	sh .ci/wheel $(BIN)/python

# A real entry in your crontab, waited for until it fires, and taken away again.
timer: .venv/installed-dev
	sh .ci/timer $(BIN)/python

bench: .venv/installed-dev
	for file in tests/bench/*.py; do $(BIN)/python $$file || exit 1; done

# Breaks the rules in some nine thousand places, one by one, and counts what no test notices.
mutate: .venv/installed-dev
	$(BIN)/mutmut run
	$(BIN)/python tests/rules/mutation_score.py

format: .venv/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.venv/installed: pyproject.toml
	sh .ci/venv $(PYTHON)
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/python -m pip install --quiet --group dev
	touch $@

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache mutants
